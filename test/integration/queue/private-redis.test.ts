import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPrivateRedis, type PrivateRedis } from '../../../src/queue/private-redis.ts';
import { until } from '../../support/until.ts';

let dataDir: string;
const open: PrivateRedis[] = [];
const clients: Redis[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'private-redis-'));
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  for (const redis of open.splice(0)) await redis.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async (directory = dataDir): Promise<PrivateRedis> => {
  const redis = await startPrivateRedis({ dataDir: directory });
  open.push(redis);
  return redis;
};
const connect = (socket: string): Redis => {
  const client = new Redis({ path: socket, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
};
/** An orphan that has ended may still be listed until its foster parent collects it. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('the private Redis', () => {
  it('listens on its socket alone, evicts nothing and appends to a file', async () => {
    const client = connect((await start()).socket);
    const setting = async (name: string) => (await client.config('GET', name))[1];
    expect(await setting('port')).toBe('0');
    expect(await setting('maxmemory-policy')).toBe('noeviction');
    expect(await setting('appendonly')).toBe('yes');
    expect(await setting('unixsocketperm')).toBe('700');
  });

  it('ends with the app and keeps its data for the next start', async () => {
    const first = await start();
    const firstPid = first.pid();
    await connect(first.socket).set('kept', 'yes');
    await first.stop();
    expect(isRunning(firstPid)).toBe(false);
    expect(await connect((await start()).socket).get('kept')).toBe('yes');
  });

  it('works in a directory whose path is longer than a socket path may be', async () => {
    const deep = join(dataDir, 'a'.repeat(80), 'b'.repeat(80));
    mkdirSync(deep, { recursive: true });
    const redis = await start(deep);
    expect(await connect(redis.socket).ping()).toBe('PONG');
  });

  it('comes up again by itself, with its data, when it is killed', async () => {
    const redis = await start();
    const client = connect(redis.socket);
    await client.set('kept', 'yes');
    await until('the write to reach the file', async () =>
      /aof_pending_bio_fsync:0/.test(await client.info('persistence')),
    );
    const killed = redis.pid();
    process.kill(killed, 'SIGKILL');
    await until('another process to serve', () => redis.pid() !== killed);
    expect(await client.get('kept')).toBe('yes');
  });

  it('takes over, with its data, the one that a crashed app left behind', async () => {
    const app = startAppThatWillCrash(dataDir);
    const leftover = await app.redisPid;
    app.crash();
    await app.ended;
    expect(isRunning(leftover)).toBe(true);

    const redis = await start();
    expect(redis.pid()).not.toBe(leftover);
    expect(isRunning(leftover)).toBe(false);
    expect(await connect(redis.socket).get('left')).toBe('behind');
  });

  it('refuses a directory that a living app uses, and leaves its Redis alone', async () => {
    const first = await start();
    await connect(first.socket).ping();
    await expect(startPrivateRedis({ dataDir })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('Another civicase is running') as string,
    });
    expect(isRunning(first.pid())).toBe(true);
  });

  it('leads to the log when the server does not start', async () => {
    mkdirSync(join(dataDir, 'redis', 'appendonlydir'), { recursive: true });
    mkdirSync(join(dataDir, 'redis', 'redis.sock'));
    await expect(startPrivateRedis({ dataDir })).rejects.toMatchObject({
      kind: 'internal',
      message: expect.stringContaining('redis.log') as string,
    });
  });
});

/** Another process that starts a private Redis, writes to it, and is then killed without a chance to stop it. */
function startAppThatWillCrash(directory: string) {
  const module = new URL('../../../src/queue/private-redis.ts', import.meta.url).href;
  const program = `
    import { Redis } from 'ioredis';
    import { startPrivateRedis } from ${JSON.stringify(module)};
    const redis = await startPrivateRedis({ dataDir: ${JSON.stringify(directory)} });
    const client = new Redis({ path: redis.socket });
    await client.set('left', 'behind');
    console.log(redis.pid());
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    redisPid: new Promise<number>((resolve) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
    }),
    ended: new Promise((resolve) => child.once('exit', resolve)),
    crash: () => child.kill('SIGKILL'),
  };
}

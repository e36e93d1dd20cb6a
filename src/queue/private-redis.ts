import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { AppError } from '../base/errors.ts';
import { silentLogger, type Logger } from '../base/logger.ts';
import { findRedisProgram } from './redis-program.ts';
import { shortSocketPath } from './socket-path.ts';

export interface PrivateRedis {
  /** Unix socket for `openQueue`. */
  readonly socket: string;
  /** Process id of the server that runs now; another one after it died and was started again. */
  pid(): number;
  stop(): Promise<void>;
}

export interface PrivateRedisOptions {
  readonly dataDir: string;
  readonly logger?: Logger;
  /** Where to look for the program, in the form of PATH. */
  readonly searchPath?: string;
}

const SOCKET_NAME = 'redis.sock';
const PID_FILE = 'redis.pid';
const POLL_MILLIS = 20;
const START_POLLS = 500;
const STOP_POLLS = 500;
const RESTART_MILLIS = 200;

/**
 * Starts a Redis (or Valkey) of the app's own in `<dataDir>/redis`: a unix socket, no TCP port, append-only
 * file, nothing ever evicted. One that a crashed app left behind is stopped first, in order, so that its data
 * are taken over; one that dies is started again on the same data until `stop`.
 *
 * @throws AppError `not-found` without a program, `conflict` when another living app uses the directory,
 *   `internal` when the server does not come up.
 */
export async function startPrivateRedis(options: PrivateRedisOptions): Promise<PrivateRedis> {
  const logger = options.logger ?? silentLogger;
  const program = findRedisProgram(options.searchPath ?? process.env['PATH'] ?? '');
  const directory = resolve(options.dataDir, 'redis');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const socket = shortSocketPath(directory, SOCKET_NAME);

  let child: ChildProcess | undefined;
  let stopping = false;

  const launch = async (): Promise<void> => {
    const started = spawnServer(program, directory);
    child = started;
    started.once('exit', (code, signal) => {
      if (stopping || child !== started) return;
      logger.warn({ code, signal }, 'The private Redis ended by itself; starting it again');
      void pause(RESTART_MILLIS, undefined, { ref: false }).then(() => {
        if (!stopping) launch().catch(() => logger.error({}, 'The private Redis cannot be started again'));
      });
    });
    await waitUntilServing(started, socket.path, directory);
  };

  try {
    await retireLeftover(directory, socket.path, logger);
    await launch();
  } catch (thrown) {
    stopping = true;
    await endProcess(child?.pid);
    socket.remove();
    throw thrown;
  }

  return {
    socket: socket.path,
    pid: () => child?.pid ?? 0,
    stop: async () => {
      stopping = true;
      await endProcess(child?.pid);
      socket.remove();
    },
  };
}

function spawnServer(program: string, directory: string): ChildProcess {
  const settings = {
    port: '0',
    // Relative to the working directory, so the server itself never meets the limit on the length of a socket path.
    unixsocket: SOCKET_NAME,
    unixsocketperm: '700',
    dir: directory,
    pidfile: join(directory, PID_FILE),
    logfile: 'redis.log',
    loglevel: 'warning',
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  };
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
  // A process group of its own: Ctrl-C in the terminal ends the app, which then ends Redis, last.
  const child = spawn(program, args, { cwd: directory, stdio: 'ignore', detached: true });
  child.unref();
  return child;
}

async function waitUntilServing(child: ChildProcess, socketPath: string, directory: string): Promise<void> {
  // 'error' comes when the program cannot be started at all; then there is no process id either.
  child.once('error', () => undefined);
  for (let poll = 0; poll < START_POLLS && child.pid !== undefined && child.exitCode === null; poll += 1) {
    const answer = await ask(socketPath, async (redis) => processIdIn(await redis.info('server')));
    if (answer !== null && answer === child.pid) return;
    await pause(POLL_MILLIS);
  }
  throw new AppError(
    'internal',
    `The private Redis did not come up. Its own words are in ${join(directory, 'redis.log')}.`,
    { details: { exitCode: child.exitCode } },
  );
}

/** Ends a server that outlived its app. A living app shows by its connections: then the directory is not ours. */
async function retireLeftover(directory: string, socketPath: string, logger: Logger): Promise<void> {
  const pid =
    (await ask(socketPath, async (redis) => processIdIn(await redis.info('server')))) ??
    recordedPid(directory);
  if (pid === null) return;
  // The kernel may need a moment to close the connections of an app that has just been killed.
  for (let poll = 0; ; poll += 1) {
    const others = await ask(socketPath, otherClients);
    if (others === null || others === 0) break;
    if (poll === 50) {
      throw new AppError(
        'conflict',
        `Another civicase is running on the data directory ${resolve(directory, '..')} (its Redis is process ${pid}). Stop it, or choose another directory with --data.`,
        { details: { redisPid: pid } },
      );
    }
    await pause(POLL_MILLIS);
  }
  logger.info({ redisPid: pid }, 'Taking over the Redis that an earlier run left behind');
  await endProcess(pid);
}

async function otherClients(redis: Redis): Promise<number> {
  const list = String(await redis.client('LIST'));
  return list.split('\n').filter((line) => line.trim() !== '').length - 1;
}

/** A server too stuck to answer is still known by its pid file, if that process is a Redis at all. */
function recordedPid(directory: string): number | null {
  try {
    const pid = Number(readFileSync(join(directory, PID_FILE), 'utf8').trim());
    if (!Number.isInteger(pid) || pid <= 1) return null;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return /redis-server|valkey-server/.test(command) && command.includes(SOCKET_NAME) ? pid : null;
  } catch {
    return null;
  }
}

async function ask<Answer>(
  socketPath: string,
  question: (redis: Redis) => Promise<Answer>,
): Promise<Answer | null> {
  const redis = new Redis({
    path: socketPath,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await question(redis);
  } catch {
    return null;
  } finally {
    redis.disconnect();
  }
}

function processIdIn(info: string): number {
  return Number(/^process_id:(\d+)/m.exec(info)?.[1] ?? 0);
}

/** SIGTERM lets Redis write its file out; what does not end by that within ten seconds is killed. */
async function endProcess(pid: number | undefined): Promise<void> {
  if (pid === undefined || pid === 0) return;
  if (!signal(pid, 'SIGTERM')) return;
  for (let poll = 0; poll < STOP_POLLS; poll += 1) {
    if (!signal(pid, 0)) return;
    await pause(POLL_MILLIS);
  }
  signal(pid, 'SIGKILL');
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/** An orphan that has ended but was not yet collected still takes signals. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PrivateRedis } from '../../../src/queue/private-redis.ts';
import { startTestRedis } from '../../support/private-redis.ts';
import { createQueueDesk, noting } from '../../support/queue-desk.ts';
import { until } from '../../support/until.ts';

let redis: PrivateRedis;
const { open, closeAll } = createQueueDesk(() => redis.socket, Date.UTC(2026, 2, 2, 12));

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());
const workers: { readonly kill: () => boolean }[] = [];
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.kill();
  await closeAll();
});

describe('a job', () => {
  it('whose worker process is killed is taken by another, once', async () => {
    const queue = await open();
    const doomed = startWorkerProcess(redis.socket);
    await queue.enqueue({ name: 'mirror.run', data: { pair: 'river-hill' } });
    await doomed.hears('job');
    doomed.kill();
    await doomed.ended;
    expect((await queue.counts()).active).toBe(1);

    const seen: unknown[] = [];
    await queue.run(noting(seen), { lockMillis: 300 });
    await until('the other worker to take it', () => seen.length > 0);
    await queue.whenIdle();
    expect(seen).toEqual([{ pair: 'river-hill' }]);
  });
});

describe('a process that closes its queue', () => {
  it.each(['stays', 'is gone before', 'goes meanwhile'])('ends by itself when Redis %s', async (fate) => {
    const server = await startTestRedis();
    const queue = await open({ socket: server.socket });
    const worker = startWorkerProcess(server.socket);
    await queue.enqueue({ name: 'mirror.run', data: { pair: 'river-hill' } });
    await worker.hears('job');
    await worker.hears('running');

    if (fate === 'is gone before') await server.stop();
    worker.say('close');
    await worker.hears('stopping');
    if (fate === 'goes meanwhile') await server.stop();
    worker.say('finish');
    expect(await worker.ended).toEqual([0, null]);
    const told = worker.words.filter((word) => word !== 'running');
    expect(told).toEqual(['job', 'stopping', 'finished', 'closed']);
    await server.stop();
  });
});

/** A process whose worker takes one job and holds it until it is told to finish. */
function startWorkerProcess(socket: string) {
  const program = fileURLToPath(new URL('worker-process.ts', import.meta.url));
  const child = fork(program, [socket], { execArgv: ['--import', 'tsx'] });
  const words: unknown[] = [];
  child.on('message', (word) => words.push(word));
  const worker = {
    words,
    hears: (word: string) => until(`the worker to say ${word}`, () => words.includes(word)),
    say: (word: string) => child.send(word),
    ended: once(child, 'exit'),
    kill: () => child.kill('SIGKILL'),
  };
  workers.push(worker);
  return worker;
}

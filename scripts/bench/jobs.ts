import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Queue as BullQueue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { silentLogger } from '../../src/base/logger.ts';
import type { Clock } from '../../src/base/clock.ts';
import { openQueue } from '../../src/queue/queue.ts';
import { startPrivateRedis } from '../../src/queue/private-redis.ts';
import { createOccurrenceRepository } from '../../src/store/occurrence-repository.ts';
import { openStore } from '../../src/store/store.ts';
import { compare, type Comparison } from './measure.ts';

const JOBS = 1_000;
const clock: Clock = { now: () => Date.now(), sleep: () => Promise.resolve() };

/** Row, BullMQ, claim by a worker, row finished — against BullMQ handing the same number of jobs to a worker. */
export async function compareJobs(folder: string): Promise<Comparison> {
  const redis = await startPrivateRedis({ dataDir: join(folder, 'jobs'), logger: silentLogger });
  const store = await openStore(join(folder, 'jobs', 'store.sqlite'));
  const occurrences = createOccurrenceRepository(store.db);
  const queue = await openQueue({ socket: redis.socket, clock, logger: silentLogger, name: 'bench' });
  const counter = countTo();
  await queue.run({
    'occurrence.run': async (data) => {
      const { occurrenceId } = data as { readonly occurrenceId: string };
      const now = clock.now();
      const claimed = await occurrences.claim(occurrenceId, { now, until: now + 60_000 });
      if (claimed !== null)
        await occurrences.finish(claimed, { state: 'done', reason: null, resultActivityId: 1, now });
      counter.count();
      return { kind: 'done' };
    },
    'mirror.run': () => Promise.resolve({ kind: 'done' }),
    'occurrences.plan': () => Promise.resolve({ kind: 'done' }),
    'occurrences.sweep': () => Promise.resolve({ kind: 'done' }),
    'drift.look': () => Promise.resolve({ kind: 'done' }),
  });

  const connection = new Redis(redis.socket, { maxRetriesPerRequest: null });
  const plainQueue = new BullQueue('plain', { connection, prefix: 'bench' });
  const plainCounter = countTo();
  const workerConnection = new Redis(redis.socket, { maxRetriesPerRequest: null });
  const handOut = (): Promise<void> => {
    plainCounter.count();
    return Promise.resolve();
  };
  const worker = new Worker('plain', handOut, {
    connection: workerConnection,
    prefix: 'bench',
    concurrency: 8,
  });
  const options = { removeOnComplete: true };

  let caseId = 0;
  try {
    return await compare('an occurrence through row, BullMQ and worker vs BullMQ alone', 'job', JOBS, {
      ours: async () => {
        const done = counter.until(JOBS);
        const dueAt = clock.now() - 1_000;
        caseId += 1;
        const keys = Array.from({ length: JOBS }, (_, activityId) => ({
          site: 'bench',
          rule: 'bench',
          caseId,
          activityId,
          recipientId: 0,
          dueAt,
          channel: 'activity' as const,
        }));
        const ids = await occurrences.insertPlanned(keys, clock.now());
        await queue.wake(ids.map((occurrenceId) => ({ occurrenceId, at: dueAt })));
        await done;
      },
      plain: async () => {
        const done = plainCounter.until(JOBS);
        for (let from = 0; from < JOBS; from += 100)
          await Promise.all(
            Array.from({ length: 100 }, () => plainQueue.add('run', { id: randomUUID() }, options)),
          );
        await done;
      },
    });
  } finally {
    await worker.close();
    await plainQueue.close();
    workerConnection.disconnect();
    connection.disconnect();
    await queue.close();
    await store.close();
    await redis.stop();
  }
}

function countTo(): { count(): void; until(goal: number): Promise<void> } {
  let left = 0;
  let reached: () => void = () => undefined;
  return {
    count() {
      left -= 1;
      if (left === 0) reached();
    },
    until(goal) {
      left = goal;
      return new Promise((resolve) => (reached = resolve));
    },
  };
}

import { silentLogger } from '../../src/base/logger.ts';
import type { JobHandlers, JobOutcome } from '../../src/queue/jobs.ts';
import { openQueue, type Queue, type QueueOptions } from '../../src/queue/queue.ts';
import { createStandingClock } from './standing-clock.ts';

export const DONE: JobOutcome = { kind: 'done' };

/** Opens queues for one test file, at a standing instant, and closes them after each test. */
export function createQueueDesk(socket: () => string, at: number) {
  const queues: Queue[] = [];
  return {
    open: async (options: Partial<QueueOptions> = {}): Promise<Queue> => {
      const queue = await openQueue({
        socket: socket(),
        clock: createStandingClock(at),
        logger: silentLogger,
        guardMillis: 20,
        ...options,
      });
      queues.push(queue);
      return queue;
    },
    closeAll: async (): Promise<void> => {
      for (const queue of queues.splice(0)) await queue.close();
    },
  };
}

/** Handlers that note what came; each can be replaced. */
export function noting(seen: unknown[], change: Partial<JobHandlers> = {}): JobHandlers {
  const note = (data: unknown) => {
    seen.push(data);
    return Promise.resolve(DONE);
  };
  return {
    'occurrence.run': note,
    'mirror.run': note,
    'occurrences.plan': note,
    'occurrences.sweep': note,
    'drift.look': note,
    ...change,
  };
}

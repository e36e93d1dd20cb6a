import { ErrorCode, Queue as BullQueue } from 'bullmq';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, EpochMillis } from '../base/clock.ts';
import { AppError, toAppError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { jobIdOf, type Job, type JobHandlers } from './jobs.ts';
import { connectRedis, waitUntilReady, type RedisPlace } from './redis-connection.ts';
import { startJobRunner, type JobRunnerOptions } from './job-runner.ts';

export interface WakeUp {
  readonly occurrenceId: string;
  /** On the app's clock; a moment that has passed means at once. */
  readonly at: EpochMillis;
}

export interface Round {
  readonly job: Job;
  readonly everyMillis: number;
}

export interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

export interface Queue {
  /**
   * Has `occurrence.run` come at these instants: one job per occurrence however often it is woken, the last
   * instant counting. Never throws: the rows are the truth, and the sweeper wakes what was lost here.
   */
  wake(wakeUps: readonly WakeUp[]): Promise<void>;
  /** Asks for a job as soon as a worker is free; asked for again while it waits or runs, it is done once. */
  enqueue(job: Job): Promise<void>;
  /**
   * Makes these, and no others, the periodic jobs, the first time at once. Intervals are of real time. Should
   * Redis lose them, they are made anew within seconds.
   */
  setRounds(rounds: readonly Round[]): Promise<void>;
  /** Starts taking jobs. The answer stops it after the jobs in hand; `close` does so too. */
  run(handlers: JobHandlers, options?: JobRunnerOptions): Promise<() => Promise<void>>;
  counts(): Promise<QueueCounts>;
  /** Resolves once no job waits or runs; those delayed to a later moment are not waited for. */
  whenIdle(signal?: AbortSignal): Promise<void>;
  /** Whether Redis answers at this moment. */
  isReady(): Promise<boolean>;
  /** Stops workers after the jobs in hand, then the connections. */
  close(): Promise<void>;
}

export type QueueOptions = RedisPlace & {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Several installations may share one Redis, each under a name of its own. */
  readonly name?: string;
  /** How often to look whether Redis still knows the periodic jobs. */
  readonly guardMillis?: number;
};

const JOB_PREFIX = 'civicase';
const IDLE_POLL_MILLIS = 10;
const WAKES_AT_ONCE = 100;
const GUARD_MILLIS = 5_000;
/** A failure is kept for a look at it; the row, not the job, says what happened. */
const KEPT_FAILURES = { count: 1_000, age: 7 * 24 * 3_600 };
const JOB_OPTIONS = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 5_000 },
  removeOnComplete: true,
  removeOnFail: KEPT_FAILURES,
  stackTraceLimit: 0,
};

/**
 * Connects to Redis and answers the queue on it.
 *
 * @throws AppError `invalid-input` for an address that is none, `remote-unavailable` when Redis does not answer.
 */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  const { clock, logger } = options;
  const place: RedisPlace =
    'socket' in options ? { socket: options.socket } : { redisUrl: checkUrl(options.redisUrl) };
  const name = options.name ?? 'bridge';
  const connection = connectRedis({ place, logger, patient: false });
  const bull = new BullQueue(name, { connection, prefix: JOB_PREFIX, defaultJobOptions: JOB_OPTIONS });
  // The connection logs its own trouble; without a listener BullMQ's copy of it would end the process.
  bull.on('error', () => undefined);
  try {
    await waitUntilReady(connection, place);
    await bull.waitUntilReady();
  } catch (thrown) {
    connection.disconnect();
    throw toAppError(thrown);
  }

  const stops: (() => Promise<void>)[] = [];
  let rounds: ReadonlyMap<string, Round> = new Map();

  const addRounds = async (): Promise<void> => {
    for (const [id, { job, everyMillis }] of rounds) {
      const template = { name: job.name, data: job.data, opts: { ...JOB_OPTIONS, attempts: 1 } };
      await bull.upsertJobScheduler(id, { every: everyMillis }, template);
    }
  };
  // A wiped Redis forgets the periodic jobs too, the sweep among them: only the process can bring them back.
  const guard = setInterval(() => {
    void bull
      .getJobSchedulersCount()
      .then((present) => (present < rounds.size ? addRounds() : undefined))
      .catch(() => undefined);
  }, options.guardMillis ?? GUARD_MILLIS);
  guard.unref();

  const put = async (job: Job, delay: number): Promise<void> => {
    const jobId = jobIdOf(job);
    const state = await bull.getJobState(jobId);
    if (state === 'delayed') {
      const present = await bull.getJob(jobId);
      if (delay > 0) await present?.changeDelay(delay).catch(ignoreLostRace);
      else await present?.promote().catch(ignoreLostRace);
      return;
    }
    // A finished job that is kept would swallow the new one, which has the same id.
    if (state === 'failed' || state === 'completed') await bull.remove(jobId);
    await bull.add(job.name, job.data, { jobId, delay });
  };

  const counts = async (): Promise<QueueCounts> => {
    const found = await bull.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed');
    const count = (type: string) => found[type] ?? 0;
    return {
      waiting: count('wait') + count('prioritized'),
      active: count('active'),
      delayed: count('delayed'),
      failed: count('failed'),
    };
  };

  return {
    async wake(wakeUps) {
      try {
        for (let from = 0; from < wakeUps.length; from += WAKES_AT_ONCE) {
          const now = clock.now();
          await Promise.all(
            wakeUps
              .slice(from, from + WAKES_AT_ONCE)
              .map(({ occurrenceId, at }) =>
                put({ name: 'occurrence.run', data: { occurrenceId } }, Math.max(0, at - now)),
              ),
          );
        }
      } catch {
        logger.warn(
          { wakeUps: wakeUps.length },
          'Wake-ups could not be stored in Redis; the sweeper will repeat them',
        );
      }
    },

    enqueue: (job) => put(job, 0),

    async setRounds(wanted) {
      rounds = new Map(wanted.map((round) => [jobIdOf(round.job), round]));
      for (const present of await bull.getJobSchedulers()) {
        if (!rounds.has(present.key)) await bull.removeJobScheduler(present.key);
      }
      await addRounds();
    },

    async run(handlers, runnerOptions = {}) {
      const stop = await startJobRunner({
        ...runnerOptions,
        name,
        prefix: JOB_PREFIX,
        place,
        clock,
        logger,
        handlers,
        put,
      });
      stops.push(stop);
      return stop;
    },

    counts,

    async whenIdle(signal) {
      for (;;) {
        signal?.throwIfAborted();
        const { waiting, active } = await counts();
        if (waiting + active === 0) return;
        await pause(IDLE_POLL_MILLIS);
      }
    },

    async isReady() {
      try {
        await connection.ping();
        return true;
      } catch {
        return false;
      }
    },

    async close() {
      clearInterval(guard);
      for (const stop of stops.splice(0).reverse()) await stop();
      await bull.close();
      connection.disconnect();
    },
  };
}

const LOST_RACES: readonly unknown[] = [ErrorCode.JobNotExist, ErrorCode.JobNotInState];

/** Between asking for a job's state and changing it, a worker may have taken it: then there is nothing to change. */
function ignoreLostRace(error: unknown): void {
  if (error instanceof Error && 'code' in error && LOST_RACES.includes(error.code)) return;
  throw error;
}

function checkUrl(redisUrl: string): string {
  const protocol = URL.canParse(redisUrl) ? new URL(redisUrl).protocol : null;
  if (protocol === 'redis:' || protocol === 'rediss:') return redisUrl;
  throw new AppError(
    'invalid-input',
    `REDIS_URL must look like redis://127.0.0.1:6379/0 (or rediss://… with TLS); got ${protocol === null ? 'something that is no URL' : `one that begins with ${protocol}`}.`,
  );
}

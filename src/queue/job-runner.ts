import { DelayedError, UnrecoverableError, Worker, type Job as BullJob } from 'bullmq';
import type { Redis } from 'ioredis';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { AppError, ERROR_TREATMENT, toAppError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Job, JobHandlers, JobOutcome } from './jobs.ts';
import { connectRedis, waitUntilReady, type RedisPlace } from './redis-connection.ts';

export interface JobRunnerOptions {
  /** How many jobs run at once. */
  readonly concurrency?: number;
  /** A job whose worker has not been heard of for so long is taken by another. */
  readonly lockMillis?: number;
}

interface JobRunnerParts extends JobRunnerOptions {
  readonly name: string;
  readonly prefix: string;
  readonly place: RedisPlace;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly handlers: JobHandlers;
  /** Asks for a job under its fixed id. */
  readonly put: (job: Job, delay: number) => Promise<void>;
}

const CONCURRENCY = 8;
const LOCK_MILLIS = 30_000;
const REPORT_MILLIS = 1_000;

/** Takes jobs until the answer is called, which tells those in hand to come to an end and waits for them. */
export async function startJobRunner(parts: JobRunnerParts): Promise<() => Promise<void>> {
  const { clock, logger, handlers } = parts;
  const lockMillis = parts.lockMillis ?? LOCK_MILLIS;
  const connection = connectRedis({ place: parts.place, logger, patient: true });
  try {
    await waitUntilReady(connection, parts.place);
  } catch (thrown) {
    connection.disconnect();
    throw thrown;
  }

  const stopping = new AbortController();
  const inHand = new Set<Promise<JobOutcome>>();

  const process = async (job: BullJob, token: string | undefined): Promise<void> => {
    const work = { name: job.name, data: job.data as unknown } as Job;
    if (!(work.name in handlers)) throw new UnrecoverableError('unknown job');
    if (job.repeatJobKey !== undefined) {
      // A scheduler only rings. The work is a job with a fixed id, so that a round which outlasts its interval,
      // here or in another process, is not begun a second time beside itself.
      await parts.put(work, 0);
      return;
    }
    const handled = runHandler(handlers, work, stopping.signal).catch((thrown: unknown): JobOutcome => {
      // Told to stop, a long pass ends between two steps; the rest is for the next start.
      if (stopping.signal.aborted) return { kind: 'again', at: clock.now() };
      throw reportFailure(logger, job, thrown);
    });
    inHand.add(handled);
    const outcome = await handled.finally(() => inHand.delete(handled));
    switch (outcome.kind) {
      case 'done':
        return;
      case 'again':
        // BullMQ counts in real time while the app's clock may be another, so only the distance is carried over.
        await job.moveToDelayed((await redisNow(connection)) + Math.max(1, outcome.at - clock.now()), token);
        throw new DelayedError();
      default:
        outcome satisfies never;
    }
  };

  const worker = new Worker(parts.name, process, {
    connection,
    prefix: parts.prefix,
    concurrency: parts.concurrency ?? CONCURRENCY,
    lockDuration: lockMillis,
    stalledInterval: lockMillis,
    // However often its worker dies, a job is taken again: whether anything is left to do, the row knows.
    maxStalledCount: 1_000_000,
    runRetryDelay: 1_000,
  });
  worker.on('error', () => undefined);
  worker.on('stalled', (jobId) => logger.warn({ jobId }, 'A job lost its worker and is taken again'));
  await worker.waitUntilReady();

  let stopped: Promise<void> | undefined;
  return () =>
    (stopped ??= (async () => {
      stopping.abort();
      const closing = worker.close().catch(() => undefined);
      do await Promise.allSettled(inHand);
      while (!(await settlesWithin(closing, REPORT_MILLIS)) && inHand.size > 0);
      // Without Redis a finished job can never report its end; its lock runs out there and another worker takes it.
      connection.disconnect();
      await closing;
    })());
}

async function settlesWithin(promise: Promise<void>, millis: number): Promise<boolean> {
  const over = new AbortController();
  const settled = promise.then(() => true);
  const late = pause(millis, false, { signal: over.signal }).catch(() => false);
  return Promise.race([settled, late]).finally(() => {
    over.abort();
  });
}

async function runHandler(handlers: JobHandlers, { name, data }: Job, signal: AbortSignal) {
  return handlers[name](data, signal);
}

/**
 * What BullMQ is told of a failure: it stores the words in Redis, so they are the kind of the error and no more.
 * A foreign error may quote an address or a key, so even the log gets only what our own errors say.
 */
function reportFailure(logger: Logger, job: BullJob, thrown: unknown): Error {
  const error = toAppError(thrown);
  const fields = { job: job.name, jobId: job.id, kind: error.kind, attempt: job.attemptsMade + 1 };
  const words = thrown instanceof AppError ? thrown.message : 'an unexpected error';
  const origin = thrown instanceof AppError ? {} : { error: nameOf(thrown), at: framesOf(thrown) };
  const { retry } = ERROR_TREATMENT[error.kind];
  if (retry) logger.warn({ ...fields, ...origin }, `Job failed and will be tried again: ${words}`);
  else logger.error({ ...fields, ...origin }, `Job failed: ${words}`);
  return retry ? new Error(error.kind) : new UnrecoverableError(error.kind);
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}

/** The places without the first lines, which repeat the message. */
function framesOf(thrown: unknown): readonly string[] {
  const lines = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : [];
  return lines
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 5)
    .map((line) => line.trim());
}

async function redisNow(connection: Redis): Promise<number> {
  const [seconds, micros] = await connection.time();
  return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
}

import type { Logger } from '../base/logger.ts';
import type { JobHandlers } from '../queue/jobs.ts';
import type { JobRunnerOptions } from '../queue/job-runner.ts';
import type { Queue, Round } from '../queue/queue.ts';
import { createDriftLookJob, type DriftLookParts } from './drift-look.ts';
import { createMirrorRunJob, type MirrorRunParts } from './mirror-run.ts';
import { createOccurrenceRunJob, type OccurrenceRunParts } from './occurrence-run.ts';
import { createOccurrencesPlanJob, type OccurrencesPlanParts } from './occurrences-plan.ts';
import { createOccurrencesSweepJob, type OccurrencesSweepParts } from './occurrences-sweep.ts';

export interface WorkerParts
  extends OccurrenceRunParts, MirrorRunParts, OccurrencesPlanParts, OccurrencesSweepParts, DriftLookParts {
  readonly queue: Pick<Queue, 'run' | 'setRounds'>;
  readonly logger: Logger;
  /** Sites whose cases rules look at, and pairs that are mirrored, each with its interval in milliseconds. */
  readonly planEvery: Readonly<Record<string, number>>;
  readonly mirrorEvery: Readonly<Record<string, number>>;
  /** Sites that are looked at for drift. */
  readonly driftEvery: Readonly<Record<string, number>>;
  readonly sweepEveryMillis: number;
}

export interface WorkerOptions extends JobRunnerOptions {
  /** False leaves the periodic jobs alone: whoever steps the clock asks for each round himself. */
  readonly rounds?: boolean;
}

/**
 * Takes jobs from the queue and gives each to its use case; sets the periodic jobs to what the configuration says.
 *
 * @returns stops it after the jobs in hand.
 * @throws AppError `remote-unavailable` when Redis does not answer.
 */
export async function startWorker(
  parts: WorkerParts,
  { rounds = true, ...options }: WorkerOptions = {},
): Promise<() => Promise<void>> {
  const handlers: JobHandlers = {
    'occurrence.run': createOccurrenceRunJob(parts),
    'mirror.run': createMirrorRunJob(parts),
    'occurrences.plan': createOccurrencesPlanJob(parts),
    'occurrences.sweep': createOccurrencesSweepJob(parts),
    'drift.look': createDriftLookJob(parts),
  };
  const stop = await parts.queue.run(handlers, options);
  if (rounds) await parts.queue.setRounds(roundsOf(parts));
  return stop;
}

function roundsOf({ planEvery, mirrorEvery, driftEvery, sweepEveryMillis }: WorkerParts): readonly Round[] {
  return [
    { job: { name: 'occurrences.sweep', data: {} }, everyMillis: sweepEveryMillis },
    ...Object.entries(planEvery).map(([site, everyMillis]): Round => ({
      job: { name: 'occurrences.plan', data: { site } },
      everyMillis,
    })),
    ...Object.entries(mirrorEvery).map(([pair, everyMillis]): Round => ({
      job: { name: 'mirror.run', data: { pair } },
      everyMillis,
    })),
    ...Object.entries(driftEvery).map(([site, everyMillis]): Round => ({
      job: { name: 'drift.look', data: { site } },
      everyMillis,
    })),
  ];
}

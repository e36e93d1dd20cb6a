import type { EpochMillis } from '../base/clock.ts';

/** Every job and what it carries: ids and names from the configuration, never personal data. */
export interface JobPayloads {
  /** One occurrence has come due. */
  readonly 'occurrence.run': { readonly occurrenceId: string };
  /** One pass of a mirror pair. */
  readonly 'mirror.run': { readonly pair: string };
  /** Rules against the cases of a site: new occurrences are planned, outlived ones cancelled. */
  readonly 'occurrences.plan': { readonly site: string };
  /** Wakes everything that SQL says is due and Redis may have forgotten. */
  readonly 'occurrences.sweep': Readonly<Record<string, never>>;
  /** What was applied to a site against what it holds now; people are told of edits. */
  readonly 'drift.look': { readonly site: string };
}

export type JobName = keyof JobPayloads;
export type Job = {
  readonly [Name in JobName]: { readonly name: Name; readonly data: JobPayloads[Name] };
}[JobName];

/** `again`: the same job is to come back at that instant of the app's clock, without counting as a failure. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'again'; readonly at: EpochMillis };

/**
 * Data comes from Redis, so a handler checks it before use. The signal says that the worker is to stop: a handler
 * that throws after it has its job kept for the next start.
 */
export type JobHandlers = {
  readonly [Name in JobName]: (data: unknown, signal: AbortSignal) => Promise<JobOutcome>;
};

/**
 * The one id under which a job may exist: what is asked for twice is done once, also across processes.
 * BullMQ refuses `:` in an id and an id of digits alone, so the subject is escaped and never stands first.
 */
export function jobIdOf(job: Job): string {
  const base = job.name.replace('.', '-');
  switch (job.name) {
    case 'occurrence.run':
      return `${base}-${encodeURIComponent(job.data.occurrenceId)}`;
    case 'mirror.run':
      return `${base}-${encodeURIComponent(job.data.pair)}`;
    case 'occurrences.plan':
    case 'drift.look':
      return `${base}-${encodeURIComponent(job.data.site)}`;
    case 'occurrences.sweep':
      return base;
  }
}

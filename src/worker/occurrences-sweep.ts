import type { JobHandlers } from '../queue/jobs.ts';

export interface OccurrencesSweepParts {
  readonly sweepOccurrences: () => Promise<unknown>;
  /** Files the records that sent mails still lack. */
  readonly recordOutstanding: () => Promise<unknown>;
}

/** The job carries nothing: SQL says what is due. */
export function createOccurrencesSweepJob(parts: OccurrencesSweepParts): JobHandlers['occurrences.sweep'] {
  return async () => {
    await parts.sweepOccurrences();
    await parts.recordOutstanding();
    return { kind: 'done' };
  };
}

import { z } from 'zod';
import type { JobHandlers } from '../queue/jobs.ts';
import { readPayload } from './read-payload.ts';

export interface OccurrencesPlanParts {
  readonly planOccurrences: (site: string, signal: AbortSignal) => Promise<unknown>;
}

const payload = z.object({ site: z.string().min(1) });

export function createOccurrencesPlanJob(parts: OccurrencesPlanParts): JobHandlers['occurrences.plan'] {
  return async (data, signal) => {
    await parts.planOccurrences(readPayload('occurrences.plan', payload, data).site, signal);
    return { kind: 'done' };
  };
}

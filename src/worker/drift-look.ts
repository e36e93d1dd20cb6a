import { z } from 'zod';
import type { JobHandlers } from '../queue/jobs.ts';
import { readPayload } from './read-payload.ts';

export interface DriftLookParts {
  /** Looks for edits of what was applied to the site, and tells people of new ones. */
  readonly lookForDrift: (site: string) => Promise<unknown>;
}

const payload = z.object({ site: z.string().min(1) });

export function createDriftLookJob(parts: DriftLookParts): JobHandlers['drift.look'] {
  return async (data) => {
    await parts.lookForDrift(readPayload('drift.look', payload, data).site);
    return { kind: 'done' };
  };
}

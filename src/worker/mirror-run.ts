import { z } from 'zod';
import type { JobHandlers } from '../queue/jobs.ts';
import { readPayload } from './read-payload.ts';

export interface MirrorRunParts {
  /** One pass of a pair; what fails in it for good is in its own report, what it throws ends the pass. */
  readonly runMirror: (pair: string, signal: AbortSignal) => Promise<unknown>;
}

const payload = z.object({ pair: z.string().min(1) });

export function createMirrorRunJob(parts: MirrorRunParts): JobHandlers['mirror.run'] {
  return async (data, signal) => {
    await parts.runMirror(readPayload('mirror.run', payload, data).pair, signal);
    return { kind: 'done' };
  };
}

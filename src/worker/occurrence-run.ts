import { z } from 'zod';
import type { Occurrence } from '../case/occurrence.ts';
import type { FollowUpOutcome } from '../follow-up/run-follow-up.ts';
import type { JobHandlers, JobOutcome } from '../queue/jobs.ts';
import type { ReminderOutcome } from '../reminder/deliver-reminder.ts';
import { readPayload } from './read-payload.ts';

export interface OccurrenceRunParts {
  readonly findOccurrence: (id: string) => Promise<Occurrence | null>;
  readonly runFollowUp: (id: string) => Promise<FollowUpOutcome>;
  readonly deliverReminder: (id: string) => Promise<ReminderOutcome>;
}

const payload = z.object({ occurrenceId: z.string().min(1) });
const DONE: JobOutcome = { kind: 'done' };

/**
 * Runs an occurrence that has come due. Its row decides whether there is anything to do: a job that comes too
 * early, too often or too late finds nothing to claim.
 */
export function createOccurrenceRunJob(parts: OccurrenceRunParts): JobHandlers['occurrence.run'] {
  return async (data) => {
    const { occurrenceId } = readPayload('occurrence.run', payload, data);
    const occurrence = await parts.findOccurrence(occurrenceId);
    if (occurrence === null) return DONE;
    const run = occurrence.channel === 'email' ? parts.deliverReminder : parts.runFollowUp;
    const outcome = await run(occurrenceId);
    if (outcome.kind === 'put-off') return { kind: 'again', at: outcome.at };
    if (outcome.kind !== 'not-mine') return DONE;
    // Woken early, as by a clock that runs ahead: come back when it is due.
    const now = await parts.findOccurrence(occurrenceId);
    return now?.state === 'planned' ? { kind: 'again', at: now.wakeAt } : DONE;
  };
}

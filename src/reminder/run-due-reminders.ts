import { deliverReminder, type ReminderOutcome } from './deliver-reminder.ts';
import { recordOutstanding } from './record-reminders.ts';
import type { ReminderParts } from './reminder-parts.ts';

export interface RemindersReport {
  /** How many reminders ended in each way. */
  readonly outcomes: Readonly<Record<ReminderOutcome['kind'], number>>;
  /** Records of mails sent in earlier runs that were filed now. */
  readonly recordedLater: number;
}

const BATCH = 100;

/** Sends everything that is due now, in this process and without a queue. Several may run at once. */
export async function runDueReminders(
  parts: ReminderParts & { readonly signal?: AbortSignal },
): Promise<RemindersReport> {
  const { occurrences, clock, signal } = parts;
  const outcomes = { sent: 0, 'not-mine': 0, skipped: 0, suppressed: 0, failed: 0, unknown: 0, 'put-off': 0 };
  const { recorded } = await recordOutstanding(parts);
  await occurrences.returnExpired(clock.now());
  for (;;) {
    const due = await occurrences.listDue({ now: clock.now(), limit: BATCH, channel: 'email' });
    if (due.length === 0) return { outcomes, recordedLater: recorded };
    for (const { id } of due) {
      signal?.throwIfAborted();
      outcomes[(await deliverReminder(id, parts)).kind] += 1;
    }
  }
}

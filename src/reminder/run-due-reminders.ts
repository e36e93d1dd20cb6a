import type { EpochMillis } from '../base/clock.ts';
import { deliverReminder, type ReminderOutcome } from './deliver-reminder.ts';
import { recordOutstanding } from './record-reminders.ts';
import type { ReminderParts } from './reminder-parts.ts';

export interface RemindersReport {
  /** How many reminders ended in each way. */
  readonly outcomes: Readonly<Record<ReminderOutcome['kind'], number>>;
  /** What was put off: until when the first of it, and why, each reason once. Null: nothing was. */
  readonly putOff: { readonly until: EpochMillis; readonly reasons: readonly string[] } | null;
  /** Records of mails sent in earlier runs that were filed now. */
  readonly recordedLater: number;
}

const BATCH = 500;
/** Under way at the same time, so that the site is read and written for many of them at once. */
const AT_ONCE = 50;

/** Sends everything that is due now, in this process and without a queue. Several may run at once. */
export async function runDueReminders(
  parts: ReminderParts & { readonly signal?: AbortSignal },
): Promise<RemindersReport> {
  const { occurrences, clock, signal } = parts;
  const outcomes = { sent: 0, 'not-mine': 0, skipped: 0, suppressed: 0, failed: 0, unknown: 0, 'put-off': 0 };
  let putOff: RemindersReport['putOff'] = null;
  const { recorded } = await recordOutstanding(parts);
  await occurrences.returnExpired(clock.now());
  for (;;) {
    const due = await occurrences.listDue({ now: clock.now(), limit: BATCH, channel: 'email' });
    if (due.length === 0) return { outcomes, putOff, recordedLater: recorded };
    await eachOf(due, AT_ONCE, async ({ id }) => {
      signal?.throwIfAborted();
      const outcome = await deliverReminder(id, parts);
      outcomes[outcome.kind] += 1;
      if (outcome.kind === 'put-off') putOff = withPutOff(putOff, outcome);
    });
  }
}

/** Some at a time. Ends when nothing is under way any more, and throws what was thrown first. */
async function eachOf<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const item of left) {
      await work(item).catch((thrown: unknown) => failures.push(thrown));
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (failures.length > 0) throw failures[0];
}

const withPutOff = (
  before: RemindersReport['putOff'],
  { at, reason }: { readonly at: EpochMillis; readonly reason: string },
): RemindersReport['putOff'] => ({
  until: Math.min(at, before?.until ?? at),
  reasons: [...new Set([...(before?.reasons ?? []), reason])],
});

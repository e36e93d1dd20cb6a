import { ERROR_TREATMENT, toAppError } from '../base/errors.ts';
import { composeRecord } from './compose-mail.ts';
import type { ReminderParts } from './reminder-parts.ts';

type RecordParts = Pick<
  ReminderParts,
  'occurrences' | 'records' | 'site' | 'clock' | 'logger' | 'settings' | 'mailer'
>;

const RECORDS_PER_ROUND = 200;
const RECORD_LEASE = 5 * 60_000;
const RECORD_PAUSE = 60_000;

/**
 * Files the record of a sent mail on its case, once however often it is called: the site finds what it has by the
 * origin key. A site that does not answer is asked again by `recordOutstanding`; the mail itself is never touched.
 *
 * @returns the id of the activity; null when there is none yet, or never will be.
 */
export async function recordReminder(id: string, parts: RecordParts): Promise<number | null> {
  const { occurrences, records, clock } = parts;
  const occurrence = await occurrences.find(id);
  if (occurrence === null) return null;
  if (occurrence.resultActivityId !== null) return occurrence.resultActivityId;
  const now = clock.now();
  if (!(await records.claimRecord(id, { now, until: now + RECORD_LEASE }))) return null;

  const messageId = (await occurrences.findDelivery(id))?.messageId ?? parts.mailer.messageIdFor(id);
  try {
    const { cases, zone } = parts.site(occurrence.site);
    const sentAt = occurrence.finishedAt ?? now;
    const record = composeRecord(occurrence, messageId, zone, sentAt, parts.settings.language);
    const activityId = await cases.recordMail(record);
    await records.settle(id, { activityId, reason: null });
    return activityId;
  } catch (thrown) {
    const { kind } = toAppError(thrown);
    if (ERROR_TREATMENT[kind].retry) {
      parts.logger.warn(
        { occurrenceId: id, kind },
        'A sent reminder is not on its case yet; trying again later',
      );
      // A call that timed out may still be at work on the site, and the next attempt must find what it made.
      await records.putOffRecord(id, clock.now() + RECORD_PAUSE);
    } else {
      parts.logger.error({ occurrenceId: id, kind }, 'A sent reminder cannot be recorded on its case');
      await records.settle(id, {
        activityId: null,
        reason: `sent, but the site refused the record (${kind})`,
      });
    }
    return null;
  }
}

/** Files what is still missing. A site that fails once is left alone until the next round. */
export async function recordOutstanding(
  parts: RecordParts,
): Promise<{ readonly recorded: number; readonly outstanding: number }> {
  let recorded = 0;
  let outstanding = 0;
  const silent = new Set<string>();
  for (const { occurrenceId, site } of await parts.records.listUnrecorded({
    now: parts.clock.now(),
    limit: RECORDS_PER_ROUND,
  })) {
    if (!silent.has(site) && (await recordReminder(occurrenceId, parts)) !== null) {
      recorded += 1;
      continue;
    }
    silent.add(site);
    outstanding += 1;
  }
  return { recorded, outstanding };
}

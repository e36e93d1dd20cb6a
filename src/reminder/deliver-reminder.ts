import type { EpochMillis } from '../base/clock.ts';
import { AppError, ERROR_TREATMENT, toAppError, type ErrorKind } from '../base/errors.ts';
import { isTooLate } from '../case/late-policy.ts';
import type { Occurrence } from '../case/occurrence.ts';
import type { FinalState } from '../case/occurrence-store.ts';
import { explainOccurrence } from '../case/plan-occurrences.ts';
import { composeMailData, languageFor, mailActionOf } from './compose-mail.ts';
import type { MailOutcome, OutgoingMail } from './ports.ts';
import { recordReminder } from './record-reminders.ts';
import type { ReminderParts } from './reminder-parts.ts';
import { whySuppressed } from './suppression.ts';

export type ReminderOutcome =
  /** `activityId` is the record on the case, null while that is still to be written. */
  | { readonly kind: 'sent'; readonly activityId: number | null }
  /** Not claimed: early, cancelled, finished, or held by another worker. */
  | { readonly kind: 'not-mine' }
  | { readonly kind: 'skipped' | 'suppressed' | 'failed' | 'unknown'; readonly reason: string }
  /** To be woken again at `at`. */
  | { readonly kind: 'put-off'; readonly at: EpochMillis; readonly reason: string };

const ONE_MINUTE = 60_000;
/** Longer than reading a case takes. */
const CLAIM_LEASE = 5 * ONE_MINUTE;
/** Longer than the slowest SMTP dialogue: after it nobody can tell any more whether the mail went out. */
const SENDING_LEASE = 15 * ONE_MINUTE;
const LONGEST_PAUSE = 60 * ONE_MINUTE;

/** Stored and shown, so fixed: a site's own words may hold personal data. */
const FAILURE_REASONS: Readonly<Record<ErrorKind, string>> = {
  'invalid-input': 'the rule or its template is not valid',
  'not-found': 'the site or the mail template is no longer there',
  forbidden: 'the site does not permit reading the case',
  conflict: 'the site is not prepared for it',
  'stale-plan': 'an internal error',
  'remote-rejected': 'the site refused to show the case',
  'remote-unavailable': 'the site did not answer',
  internal: 'an internal error',
};

type Prepared =
  | { readonly kind: 'mail'; readonly mail: OutgoingMail }
  | { readonly kind: 'skipped' | 'suppressed'; readonly reason: string };

/**
 * Sends the mail of one occurrence, at most once however often it is called: claims it, reads case, activity,
 * recipient and consent again, asks again whether it still holds, marks it as being sent, hands it to SMTP, notes
 * the outcome and files a record on the case. What only may have gone out (the connection broke, or the process
 * died, after the text began to flow) ends as `unknown`, which nothing repeats: a person decides.
 *
 * @returns what became of it; no fault of site, mail server or recipient is thrown.
 * @throws what the store throws.
 */
export async function deliverReminder(id: string, parts: ReminderParts): Promise<ReminderOutcome> {
  const { occurrences, clock } = parts;
  const claimedAt = clock.now();
  const occurrence = await occurrences.claim(id, { now: claimedAt, until: claimedAt + CLAIM_LEASE });
  if (occurrence === null) return { kind: 'not-mine' };

  let prepared: Prepared;
  try {
    prepared = await prepareMail(occurrence, parts);
  } catch (thrown) {
    return await settleFault(occurrence, toAppError(thrown), parts);
  }
  if (prepared.kind !== 'mail') return await end(occurrence, prepared.kind, prepared.reason, parts);

  const attempts = ((await occurrences.findDelivery(id))?.attempts ?? 0) + 1;
  const delivery = { occurrenceId: id, messageId: prepared.mail.messageId, attempts };
  await occurrences.saveDelivery({ ...delivery, lastError: null, updatedAt: clock.now() });
  const outcome = await parts.mailer.inTurn(async () => {
    // From here to the outcome the row says `sending`: a crash in between is seen, and nothing sends it again.
    if (!(await occurrences.beginSending(occurrence, clock.now() + SENDING_LEASE))) return null;
    return await parts.mailer
      .send(prepared.mail)
      .catch((): MailOutcome => ({ kind: 'unknown', code: 'unexpected error' }));
  });
  if (outcome === null) return { kind: 'not-mine' };
  if (outcome.kind !== 'accepted') {
    await occurrences.saveDelivery({ ...delivery, lastError: outcome.code, updatedAt: clock.now() });
  }
  return await settleOutcome(occurrence, outcome, attempts, parts);
}

/** Everything that can still speak against the mail, asked at the last moment. */
async function prepareMail(occurrence: Occurrence, parts: ReminderParts): Promise<Prepared> {
  const site = parts.site(occurrence.site);
  const caseFile = await site.cases.readCase(occurrence.caseId);
  const now = parts.clock.now();
  const context = { rules: parts.rules, site: occurrence.site, zone: site.zone, now };
  const verdict = explainOccurrence(occurrence, caseFile, context);
  if (verdict.kind === 'gone') return { kind: 'skipped', reason: verdict.reason };
  if (isTooLate(verdict.rule.late, occurrence.dueAt, now)) {
    return { kind: 'skipped', reason: 'its moment is too long past' };
  }
  const recipient = verdict.caseFile.contacts.get(occurrence.recipientId);
  const suppressed = whySuppressed(recipient, parts.settings);
  if (recipient === undefined || suppressed !== null) {
    return { kind: 'suppressed', reason: suppressed ?? 'the recipient is gone' };
  }
  const action = mailActionOf(verdict);
  const language = languageFor(action, recipient, parts.settings.language);
  const labels = await site.cases.readLabels(verdict.caseFile, verdict.activity);
  const local = { now: site.zone.toLocal(now), timeZone: site.timeZone };
  const data = composeMailData(verdict, recipient, labels, local);
  return {
    kind: 'mail',
    mail: {
      ...parts.renderMail(action.template, data, language),
      to: { name: recipient.displayName, address: recipient.email ?? '' },
      messageId: parts.mailer.messageIdFor(occurrence.id),
      language,
    },
  };
}

async function settleOutcome(
  occurrence: Occurrence,
  outcome: MailOutcome,
  attempts: number,
  parts: ReminderParts,
): Promise<ReminderOutcome> {
  switch (outcome.kind) {
    case 'accepted': {
      const result = { state: 'done', reason: null, resultActivityId: null, now: parts.clock.now() } as const;
      if (!(await parts.occurrences.finish(occurrence, result))) return { kind: 'not-mine' };
      return { kind: 'sent', activityId: await recordReminder(occurrence.id, parts) };
    }
    case 'temporary':
      if (attempts < parts.settings.maxAttempts) {
        return await putOff(
          occurrence,
          attempts,
          `the mail server did not take it yet (${outcome.code})`,
          parts,
        );
      }
      return await end(
        occurrence,
        'failed',
        `the mail server did not take it in ${attempts} attempts (${outcome.code})`,
        parts,
      );
    case 'permanent':
      return await end(occurrence, 'failed', `the mail server refused it (${outcome.code})`, parts);
    case 'unknown':
      return await end(
        occurrence,
        'unknown',
        `the connection broke while the mail was handed over (${outcome.code})`,
        parts,
      );
    default:
      return outcome satisfies never;
  }
}

async function settleFault(
  occurrence: Occurrence,
  error: AppError,
  parts: ReminderParts,
): Promise<ReminderOutcome> {
  const reason = FAILURE_REASONS[error.kind];
  if (ERROR_TREATMENT[error.kind].retry) return await putOff(occurrence, occurrence.attempts, reason, parts);
  // Our own errors say nothing personal; of a foreign one only the kind is told.
  const words = error.cause === undefined ? error.message : reason;
  parts.logger.error({ occurrenceId: occurrence.id, kind: error.kind }, `Reminder failed: ${words}`);
  return await end(occurrence, 'failed', reason, parts);
}

async function end(
  occurrence: Occurrence,
  state: Exclude<FinalState, 'done'>,
  reason: string,
  { occurrences, clock }: ReminderParts,
): Promise<ReminderOutcome> {
  const ended = await occurrences.finish(occurrence, {
    state,
    reason,
    resultActivityId: null,
    now: clock.now(),
  });
  return ended ? { kind: state, reason } : { kind: 'not-mine' };
}

async function putOff(
  occurrence: Occurrence,
  attempts: number,
  reason: string,
  { occurrences, clock }: ReminderParts,
): Promise<ReminderOutcome> {
  const at = clock.now() + Math.min(LONGEST_PAUSE, ONE_MINUTE * 2 ** Math.min(attempts - 1, 10));
  return (await occurrences.putOff(occurrence, at, reason))
    ? { kind: 'put-off', at, reason }
    : { kind: 'not-mine' };
}

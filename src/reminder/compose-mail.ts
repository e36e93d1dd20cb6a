import { AppError } from '../base/errors.ts';
import type { Contact } from '../case/case-file.ts';
import { withoutCaseToken } from '../case/case-token.ts';
import type { Occurrence } from '../case/occurrence.ts';
import type { Verdict, WallClock } from '../case/plan-occurrences.ts';
import type { Action } from '../case/rule.ts';
import type { CaseLabels, MailLanguage, MailRecord, ReminderMailData } from './ports.ts';

export type MailAction = Extract<Action, { kind: 'send-mail' }>;
type Holding = Extract<Verdict, { kind: 'holds' }>;

/** @throws AppError `internal` when the rule does something else: its occurrences are of the other channel. */
export function mailActionOf({ rule }: Holding): MailAction {
  if (rule.action.kind === 'send-mail') return rule.action;
  throw new AppError('internal', `Rule ${rule.name} sends no mail.`);
}

/** The language of the rule, else the recipient's, else the configured one. */
export function languageFor(action: MailAction, recipient: Contact, otherwise: MailLanguage): MailLanguage {
  if (action.language !== null) return action.language;
  const preferred = recipient.preferredLanguage?.slice(0, 2).toLowerCase();
  return preferred === 'fr' || preferred === 'en' ? preferred : otherwise;
}

/** What the template may speak of, from the case as it was just read. Texts lose tokens that name other cases. */
export function composeMailData(
  { caseFile, activity }: Holding,
  recipient: Contact,
  labels: CaseLabels,
  site: { readonly now: string; readonly timeZone: string },
): ReminderMailData {
  const clientNames = caseFile.clientIds.flatMap((id) => caseFile.contacts.get(id)?.displayName ?? []);
  return {
    recipientName: recipient.displayName,
    activityType: labels.activityType,
    activitySubject: cleanText(activity.subject),
    activityDate: activity.dateTime,
    isOverdue: activity.dateTime < site.now,
    caseType: labels.caseType,
    caseId: caseFile.id,
    caseSubject: cleanText(caseFile.subject),
    clientNames,
    timeZone: site.timeZone,
  };
}

const RECORD_WORDS = {
  en: { sent: 'Reminder sent', rule: 'Rule', about: 'About activity', id: 'Message-ID' },
  fr: { sent: 'Rappel envoyé', rule: 'Règle', about: 'Au sujet de l’activité', id: 'Message-ID' },
} as const;

/**
 * The record for the case. It follows from the occurrence alone, so that it can be written long after the mail,
 * when the case has changed, and comes out the same.
 */
export function composeRecord(
  occurrence: Occurrence,
  messageId: string,
  zone: WallClock,
  sentAt: number,
  language: MailLanguage,
): MailRecord {
  const words = RECORD_WORDS[language];
  const lines = [
    `${words.rule}: ${occurrence.rule}`,
    `${words.about}: ${occurrence.activityId}`,
    `${words.id}: ${messageId}`,
  ];
  return {
    occurrenceId: occurrence.id,
    caseId: occurrence.caseId,
    recipientId: occurrence.recipientId,
    subject: withoutCaseToken(`${words.sent}: ${occurrence.rule}`),
    details: `<p>${lines.map(escapeHtml).join('<br />')}</p>`,
    sentAt: zone.toLocal(sentAt),
  };
}

function cleanText(text: string | null): string | null {
  const clean = withoutCaseToken(text ?? '');
  return clean === '' ? null : clean;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

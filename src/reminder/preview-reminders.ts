import type { EpochMillis } from '../base/clock.ts';
import { occurrenceId, type OccurrenceKey, type OccurrenceState } from '../case/occurrence.ts';
import { explainOccurrence, planOccurrences, type RuleContext } from '../case/plan-occurrences.ts';
import { languageFor, mailActionOf } from './compose-mail.ts';
import type { MailLanguage } from './ports.ts';
import type { ReminderParts } from './reminder-parts.ts';
import { whySuppressed, type SuppressionReason } from './suppression.ts';

/** Who would get what, when. For people at a screen, never for a log: it names the recipient. */
export interface ReminderPreview {
  readonly occurrenceId: string;
  readonly site: string;
  readonly rule: string;
  readonly dueAt: EpochMillis;
  readonly caseId: number;
  readonly activityId: number;
  readonly activityType: string;
  readonly recipientId: number;
  readonly recipientName: string;
  readonly address: string | null;
  readonly template: string;
  readonly language: MailLanguage;
  /** Null: nothing is stored of it yet. */
  readonly state: OccurrenceState | null;
  /** Why no mail would go out; null: it would. */
  readonly suppressed: SuppressionReason | null;
}

/**
 * The reminders of one site up to a horizon, the earliest first, computed from its open cases as they are now.
 * Nothing is written or sent; what was sent already is left out.
 *
 * @param horizon milliseconds from now.
 * @throws AppError of the site's client.
 */
export async function previewReminders(
  siteName: string,
  horizon: number,
  parts: Pick<ReminderParts, 'occurrences' | 'rules' | 'site' | 'clock' | 'settings'>,
): Promise<readonly ReminderPreview[]> {
  const { cases, zone } = parts.site(siteName);
  const rules = parts.rules.filter(({ action }) => action.kind === 'send-mail');
  if (rules.length === 0) return [];
  const context: RuleContext = { rules, site: siteName, zone, now: parts.clock.now() };
  const previews: ReminderPreview[] = [];
  for await (const files of cases.readOpenCases(null)) {
    for (const caseFile of files) {
      for (const key of planOccurrences({ ...context, caseFile, horizon })) {
        const verdict = explainOccurrence(key, caseFile, context);
        if (verdict.kind === 'holds') previews.push(...(await preview(key, verdict, parts)));
      }
    }
  }
  return previews.sort(
    (one, other) => one.dueAt - other.dueAt || (one.occurrenceId < other.occurrenceId ? -1 : 1),
  );
}

async function preview(
  key: OccurrenceKey,
  verdict: Extract<ReturnType<typeof explainOccurrence>, { kind: 'holds' }>,
  { occurrences, settings }: Pick<ReminderParts, 'occurrences' | 'settings'>,
): Promise<readonly ReminderPreview[]> {
  const id = occurrenceId(key);
  const state = (await occurrences.find(id))?.state ?? null;
  const recipient = verdict.caseFile.contacts.get(key.recipientId);
  const isOver = state !== null && !['planned', 'claimed', 'cancelled'].includes(state);
  if (isOver || recipient === undefined) return [];
  const action = mailActionOf(verdict);
  return [
    {
      occurrenceId: id,
      site: key.site,
      rule: key.rule,
      dueAt: key.dueAt,
      caseId: key.caseId,
      activityId: key.activityId,
      activityType: verdict.activity.type,
      recipientId: key.recipientId,
      recipientName: recipient.displayName,
      address: recipient.email,
      template: action.template,
      language: languageFor(action, recipient, settings.language),
      state,
      suppressed: whySuppressed(recipient, settings),
    },
  ];
}

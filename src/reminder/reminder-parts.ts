import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { OccurrenceStore } from '../case/occurrence-store.ts';
import type { WallClock } from '../case/plan-occurrences.ts';
import type { Rule } from '../case/rule.ts';
import type { MailLanguage, MailRecords, MailSender, ReminderSite, RenderMail } from './ports.ts';
import type { SuppressionSettings } from './suppression.ts';

export interface ReminderSettings extends SuppressionSettings {
  /** For recipients whose own language is not among those of the templates, and for records. */
  readonly language: MailLanguage;
  /** How often the mail server is asked to take one mail. */
  readonly maxAttempts: number;
}

export const DEFAULT_REMINDER_SETTINGS: ReminderSettings = {
  language: 'en',
  mailOptedOut: false,
  maxAttempts: 10,
};

export interface SiteOfReminders {
  readonly cases: ReminderSite;
  /** The site's wall clock, and the IANA name of its zone. */
  readonly zone: WallClock;
  readonly timeZone: string;
}

/** What reminders need. */
export interface ReminderParts {
  readonly occurrences: Pick<
    OccurrenceStore,
    | 'find'
    | 'listDue'
    | 'claim'
    | 'beginSending'
    | 'putOff'
    | 'finish'
    | 'returnExpired'
    | 'saveDelivery'
    | 'findDelivery'
  >;
  readonly records: MailRecords;
  readonly rules: readonly Rule[];
  /** The site of that name; throws `not-found` for one that left the configuration. */
  readonly site: (name: string) => SiteOfReminders;
  readonly mailer: MailSender;
  readonly renderMail: RenderMail;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  readonly settings: ReminderSettings;
}

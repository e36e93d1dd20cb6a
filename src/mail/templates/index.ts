import type { MailLanguage } from '../../reminder/ports.ts';
import { activityReminderEn, activityReminderFr } from './activity-reminder.ts';
import { clientReminderEn, clientReminderFr } from './client-reminder.ts';
import { driftReportEn, driftReportFr } from './drift-report.ts';
import type { MailTemplate } from './template.ts';

type MailTemplates = Readonly<Record<string, Readonly<Record<MailLanguage, MailTemplate>>>>;

/** The templates of reminders that come with the product, by the name a rule uses. */
export const MAIL_TEMPLATES: MailTemplates = {
  'activity-reminder': { en: activityReminderEn, fr: activityReminderFr },
  'client-reminder': { en: clientReminderEn, fr: clientReminderFr },
};

/** Those of mails that no rule sends. */
export const REPORT_TEMPLATES: MailTemplates = {
  'drift-report': { en: driftReportEn, fr: driftReportFr },
};

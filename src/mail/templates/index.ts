import type { MailLanguage } from '../../reminder/ports.ts';
import { activityReminderEn, activityReminderFr } from './activity-reminder.ts';
import { clientReminderEn, clientReminderFr } from './client-reminder.ts';
import type { MailTemplate } from './template.ts';

/** The templates that come with the product, by the name a rule uses. */
export const MAIL_TEMPLATES: Readonly<Record<string, Readonly<Record<MailLanguage, MailTemplate>>>> = {
  'activity-reminder': { en: activityReminderEn, fr: activityReminderFr },
  'client-reminder': { en: clientReminderEn, fr: clientReminderFr },
};

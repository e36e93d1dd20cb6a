import { createZoneClock } from '../calendar/wall-clock.ts';
import { AppError } from '../base/errors.ts';
import { createReminderSite } from '../civicrm/reminder-site.ts';
import { createMailer } from '../mail/mailer.ts';
import { createMailRenderer } from '../mail/render-mail.ts';
import { DEFAULT_REMINDER_SETTINGS, type ReminderParts } from '../reminder/reminder-parts.ts';
import { createMailRecordRepository } from '../store/mail-record-repository.ts';
import type { App } from './app.ts';
import { openOccurrences } from './follow-ups.ts';
import { rememberByName } from './remember.ts';

type PreviewParts = Pick<ReminderParts, 'occurrences' | 'rules' | 'site' | 'clock' | 'settings'>;

/** What looking ahead needs: everything but a way to send. */
export async function reminderPreviewParts(app: App): Promise<PreviewParts> {
  const { mail, rules } = app.config;
  return {
    occurrences: await openOccurrences(app),
    rules,
    site: rememberByName((name) => {
      const { timeZone } = app.siteSettings(name);
      return {
        cases: createReminderSite(app.site(name), app.logger),
        zone: createZoneClock(timeZone),
        timeZone,
      };
    }),
    clock: app.clock,
    settings:
      mail === null
        ? DEFAULT_REMINDER_SETTINGS
        : { language: mail.language, mailOptedOut: mail.optOut === 'ignore', maxAttempts: mail.maxAttempts },
  };
}

/**
 * What sending reminders needs. The connections to the mail server are closed with the app.
 *
 * @throws AppError `invalid-input` when the configuration has no `mail`.
 */
export async function reminderParts(app: App): Promise<ReminderParts> {
  const { mail, file } = app.config;
  if (mail === null) {
    throw new AppError(
      'invalid-input',
      `No mail server is configured in ${file}. Add "mail: { url: smtp://…, from: … }", then run this again.`,
    );
  }
  const mailer = createMailer(mail.url, mail.from);
  app.onClose('mail', () => mailer.close());
  const { db } = await app.store();
  return {
    ...(await reminderPreviewParts(app)),
    records: createMailRecordRepository(db),
    mailer,
    renderMail: createMailRenderer(mail.templates),
    logger: app.logger,
  };
}

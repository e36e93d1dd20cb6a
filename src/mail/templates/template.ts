/**
 * One mail in one language: Handlebars over `ReminderMailData`. The subject is plain text, the body is HTML that
 * stands inside the layout; `{{date activityDate}}` writes a date in the language of the mail.
 */
export interface MailTemplate {
  readonly subject: string;
  readonly body: string;
}

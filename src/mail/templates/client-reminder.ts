import type { MailTemplate } from './template.ts';

/** To the client: says what and when, and nothing of how the case is kept inside. */
export const clientReminderEn: MailTemplate = {
  subject: 'Reminder: {{activityType}} on {{date activityDate}}',
  body: `<p>Dear {{recipientName}},</p>
<p>We would like to remind you of this date with us:</p>
<table>
  <tr><th>What</th><td><strong>{{activityType}}</strong></td></tr>
  <tr><th>When</th><td>{{dateTime activityDate}}</td></tr>
</table>
<p>If you cannot make it, please let us know.</p>
<p class="note">Times are those of {{timeZone}}. This message was sent automatically.</p>`,
};

export const clientReminderFr: MailTemplate = {
  subject: 'Rappel : {{activityType}} le {{date activityDate}}',
  body: `<p>Bonjour {{recipientName}},</p>
<p>Nous vous rappelons ce rendez-vous avec nous :</p>
<table>
  <tr><th>Objet</th><td><strong>{{activityType}}</strong></td></tr>
  <tr><th>Date</th><td>{{dateTime activityDate}}</td></tr>
</table>
<p>Si vous avez un empêchement, merci de nous prévenir.</p>
<p class="note">Heures de {{timeZone}}. Ce message a été envoyé automatiquement.</p>`,
};

import type { MailTemplate } from './template.ts';

/** To someone who works on the case. */
export const activityReminderEn: MailTemplate = {
  subject:
    '{{#if isOverdue}}Overdue{{else}}Reminder{{/if}}: {{activityType}}{{#if activitySubject}} – {{activitySubject}}{{/if}}, {{date activityDate}}',
  body: `<p>Hello {{recipientName}},</p>
<p>{{#if isOverdue}}This activity was due and is still open:{{else}}This activity is coming up:{{/if}}</p>
<table>
  <tr><th>Activity</th><td><strong>{{activityType}}</strong>{{#if activitySubject}}<br>{{activitySubject}}{{/if}}</td></tr>
  <tr><th>{{#if isOverdue}}Was due{{else}}Due{{/if}}</th><td>{{dateTime activityDate}}</td></tr>
  <tr><th>Case</th><td>{{caseType}} no. {{caseId}}{{#if caseSubject}}<br>{{caseSubject}}{{/if}}</td></tr>
  {{#if clientNames}}<tr><th>Client</th><td>{{list clientNames}}</td></tr>{{/if}}
</table>
<p class="note">Times are those of {{timeZone}}. This message was sent automatically because the activity concerns you.</p>`,
};

export const activityReminderFr: MailTemplate = {
  subject:
    '{{#if isOverdue}}En retard{{else}}Rappel{{/if}} : {{activityType}}{{#if activitySubject}} – {{activitySubject}}{{/if}}, {{date activityDate}}',
  body: `<p>Bonjour {{recipientName}},</p>
<p>{{#if isOverdue}}Cette activité est échue et reste ouverte :{{else}}Cette activité approche :{{/if}}</p>
<table>
  <tr><th>Activité</th><td><strong>{{activityType}}</strong>{{#if activitySubject}}<br>{{activitySubject}}{{/if}}</td></tr>
  <tr><th>{{#if isOverdue}}Échue le{{else}}Échéance{{/if}}</th><td>{{dateTime activityDate}}</td></tr>
  <tr><th>Dossier</th><td>{{caseType}} n° {{caseId}}{{#if caseSubject}}<br>{{caseSubject}}{{/if}}</td></tr>
  {{#if clientNames}}<tr><th>Personne suivie</th><td>{{list clientNames}}</td></tr>{{/if}}
</table>
<p class="note">Heures de {{timeZone}}. Ce message a été envoyé automatiquement parce que l’activité vous concerne.</p>`,
};

import type { MailTemplate } from './template.ts';

/** To whoever looks after the case types: what was edited on a site since they were brought there. */
export const driftReportEn: MailTemplate = {
  subject: 'Case types on {{site}} were edited: {{list names}}',
  body: `<p>Hello,</p>
<p>On {{site}} this is not as it was brought there:</p>
<table>
{{#each findings}}
  <tr><td><strong>{{title}}</strong>{{#each lines}}<br>{{this}}{{/each}}<br>({{edited}})</td></tr>
{{/each}}
</table>
<p>Take it over to where the case types are built, or undo it on {{site}}. To see all differences: civicase drift {{site}}</p>
<p class="note">This message was sent automatically. It comes once for each edit.</p>`,
};

export const driftReportFr: MailTemplate = {
  subject: 'Types de dossier modifiés sur {{site}} : {{list names}}',
  body: `<p>Bonjour,</p>
<p>Sur {{site}}, ceci n’est plus comme transféré :</p>
<table>
{{#each findings}}
  <tr><td><strong>{{title}}</strong>{{#each lines}}<br>{{this}}{{/each}}<br>({{edited}})</td></tr>
{{/each}}
</table>
<p>Reprenez ces modifications là où les types de dossier sont construits, ou annulez-les sur {{site}}. Pour tout voir : civicase drift {{site}}</p>
<p class="note">Ce message a été envoyé automatiquement. Il vient une fois par modification.</p>`,
};

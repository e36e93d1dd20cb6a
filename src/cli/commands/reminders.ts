import { Command, InvalidArgumentError } from 'commander';
import { forEachSite, reminderParts, reminderPreviewParts } from '../../app/index.ts';
import { previewReminders, type ReminderPreview } from '../../reminder/preview-reminders.ts';
import { runDueReminders, type RemindersReport } from '../../reminder/run-due-reminders.ts';
import type { CommandContext } from '../context.ts';
import { planSites, presentPerSite, renderFailures, sitesOf } from './followups.ts';

const DAY_MILLIS = 86_400_000;

export function remindersCommand(context: CommandContext): Command {
  const command = new Command('reminders').description('reminder mails by the rules of civicase.yaml');
  command
    .command('preview')
    .description('who would get which mail, and when; nothing is sent')
    .option('--days <n>', 'how many days ahead (default: schedule.horizonDays)', wholeNumber)
    .option('--site <name>', 'only this site')
    .addHelpText(
      'after',
      `
Computed from the open cases as they are now. It names the recipients: keep the output to yourself.
Exit code 0, also when there are mails ahead; 1 when a site did not answer.

Example:
  civicase reminders preview --days 7`,
    )
    .action(async (options: { readonly days?: number; readonly site?: string }) => {
      const { ahead, perSite } = await context.withApp(async (app) => {
        const parts = await reminderPreviewParts(app);
        const horizon = (options.days ?? app.config.schedule.horizonDays) * DAY_MILLIS;
        const sites = sitesOf(app, options.site);
        const found = await forEachSite(sites, (site) => previewReminders(site, horizon, parts));
        return { perSite: found, ahead: found.values.flat().sort((one, other) => one.dueAt - other.dueAt) };
      });
      context.report({
        exitCode: perSite.failures.length > 0 ? 1 : 0,
        json: {
          reminders: ahead.map((each) => ({ ...each, dueAt: new Date(each.dueAt).toISOString() })),
          failures: perSite.failures.map(({ site, error }) => ({
            site,
            kind: error.kind,
            message: error.message,
          })),
        },
        text: [
          ...(ahead.length === 0
            ? perSite.failures.length > 0
              ? []
              : ['No mail is ahead. Rules with "sendMail" in civicase.yaml make some.']
            : ahead.map(renderPreview)),
          ...renderFailures(perSite),
        ].join('\n'),
      });
    });
  command
    .command('run')
    .description('plan what the rules ask for, and send the mails that are due')
    .addHelpText(
      'after',
      `
Each mail is sent at most once, however often this runs, and recorded on its case. A mail of which nobody can
tell whether it left is shown as unknown and not repeated. Exit code 1 when some failed, are
unknown, or were put off because a site or the mail server did not take part; run it again later.

Example:
  civicase reminders run`,
    )
    .action(async () => {
      const { planned, report } = await context.withApp(async (app) => {
        const parts = await reminderParts(app);
        const reports = await planSites(app, sitesOf(app, undefined));
        return { planned: reports, report: await runDueReminders({ ...parts, signal: app.signal }) };
      });
      const { sent, skipped, suppressed, failed, unknown, 'put-off': putOff } = report.outcomes;
      context.report({
        exitCode: failed + unknown + putOff + planned.failures.length > 0 ? 1 : 0,
        json: { planned: presentPerSite(planned), ...report },
        text: [
          `Reminders: ${sent} sent, ${suppressed} suppressed (no consent or no address), ${skipped} no longer wanted, ${putOff} put off, ${failed} failed, ${unknown} unknown`,
          ...(report.recordedLater > 0
            ? [`Records of earlier mails filed on their cases: ${report.recordedLater}`]
            : []),
          ...renderFailures(planned),
          ...renderPutOff(report.putOff),
          ...(failed + unknown > 0 ? ['The status page ("civicase up") says why.'] : []),
        ].join('\n'),
      });
    });
  return command;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError(`Expected a whole number, got "${text}".`);
  return Number(text);
}

function renderPutOff(putOff: RemindersReport['putOff']): readonly string[] {
  if (putOff === null) return [];
  return [
    ...putOff.reasons.map((reason) => `  ! put off: ${reason}`),
    `  Not tried again before ${minute(putOff.until)}; run this again then, or let "civicase up" do it.`,
  ];
}

const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function renderPreview({
  dueAt,
  site,
  caseId,
  rule,
  recipientName,
  address,
  language,
  suppressed,
}: ReminderPreview): string {
  const to =
    suppressed === null ? `to ${recipientName} <${address ?? ''}> (${language})` : `not sent: ${suppressed}`;
  return `${minute(dueAt)}  ${site} case ${caseId}  ${rule}  ${to}`;
}

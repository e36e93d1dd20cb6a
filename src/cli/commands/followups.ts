import { Command } from 'commander';
import {
  followUpParts,
  forEachSite,
  openOccurrences,
  planningParts,
  type App,
  type PerSite,
} from '../../app/index.ts';
import {
  planFollowUps,
  previewFollowUps,
  type PlanPreview,
  type PlanReport,
} from '../../follow-up/plan-follow-ups.ts';
import { runFollowUp } from '../../follow-up/run-follow-up.ts';
import type { CommandContext } from '../context.ts';
import { renderOccurrences } from '../render-occurrences.ts';

interface RunOptions {
  readonly dryRun?: boolean;
  readonly site?: string;
}

interface FollowUpReport {
  readonly planned: PerSite<PlanReport>;
  readonly outcomes: Readonly<Record<'done' | 'skipped' | 'failed' | 'put-off', number>>;
  readonly reasons: readonly string[];
}

export function followUpsCommand(context: CommandContext): Command {
  const command = new Command('followups').description('follow-up activities by the rules of civicase.yaml');
  command
    .command('run')
    .description('plan what the rules ask for, and write the follow-ups that are due')
    .option('--dry-run', 'show what would happen, and change nothing')
    .option('--site <name>', 'only this site')
    .addHelpText(
      'after',
      `
Running it twice writes nothing twice. Reminders are planned too; "civicase reminders run" sends them.
Exit codes: 0 done; 1 some could not be written, or a site did not answer; with --dry-run 2 when something is
ahead or would be cancelled.

Examples:
  civicase followups run --dry-run
  civicase followups run --site riverside`,
    )
    .action((options: RunOptions) =>
      options.dryRun === true ? showPreview(context, options.site) : planAndRun(context, options.site),
    );
  return command;
}

/** The named site, or all that a rule watches. `not-found` for an unknown one. */
export function sitesOf(app: App, site: string | undefined): readonly string[] {
  const { sites, rules } = app.config;
  if (site === undefined) {
    return Object.keys(sites).filter((name) => rules.some((rule) => rule.sites?.includes(name) !== false));
  }
  app.siteSettings(site);
  return [site];
}

/** Brings the planned occurrences of the sites in line with the rules; a running worker finds them by its sweep. */
export function planSites(app: App, sites: readonly string[]): Promise<PerSite<PlanReport>> {
  const wakeUps = { wake: () => Promise.resolve() };
  return forEachSite(sites, async (site) => planFollowUps({ ...(await planningParts(app, site)), wakeUps }));
}

/** One line per site that failed. */
export const renderFailures = ({ failures }: PerSite<unknown>): readonly string[] =>
  failures.map(({ site, error }) => `  ! ${site}: ${error.message}`);

/** For --json: errors as in the error document. */
export const presentPerSite = <Value>({ values, failures }: PerSite<Value>): object => ({
  sites: values,
  failures: failures.map(({ site, error }) => ({ site, kind: error.kind, message: error.message })),
});

async function showPreview(context: CommandContext, site: string | undefined): Promise<void> {
  const previews = await context.withApp((app) =>
    forEachSite(sitesOf(app, site), async (name) => previewFollowUps(await planningParts(app, name))),
  );
  const isSilent = previews.values.every(
    ({ upcoming, cancellations }) => upcoming.length + cancellations.length === 0,
  );
  context.report({
    exitCode: previews.failures.length > 0 ? 1 : isSilent ? 0 : 2,
    json: presentPerSite(previews),
    text:
      [...previews.values.map(renderPreview), ...renderFailures(previews)].join('\n') ||
      'No rule watches a site. Write some under "rules" in civicase.yaml.',
  });
}

async function planAndRun(context: CommandContext, site: string | undefined): Promise<void> {
  const report = await context.withApp((app) => runDue(app, sitesOf(app, site)));
  const { planned, outcomes, reasons } = report;
  context.report({
    exitCode: outcomes.failed > 0 || planned.failures.length > 0 ? 1 : 0,
    json: { planned: presentPerSite(planned), outcomes, reasons },
    text: [
      ...planned.values.map(
        (each) =>
          `${each.site}: open cases ${each.cases}; occurrences planned ${each.planned}, cancelled ${each.cancelled}`,
      ),
      `Follow-ups: ${outcomes.done} written, ${outcomes.skipped} skipped, ${outcomes.failed} failed, ${outcomes['put-off']} put off until the site answers`,
      ...renderFailures(planned),
      ...reasons.map((reason) => `  ! ${reason}`),
    ].join('\n'),
  });
}

async function runDue(app: App, sites: readonly string[]): Promise<FollowUpReport> {
  const planned = await planSites(app, sites);
  const occurrences = await openOccurrences(app);
  const parts = await followUpParts(app);
  const outcomes = { done: 0, skipped: 0, failed: 0, 'put-off': 0 };
  const reasons = new Set<string>();
  for (const site of sites) {
    const due = await occurrences.listDue({
      now: app.clock.now(),
      limit: 100_000,
      channel: 'activity',
      site,
    });
    for (const { id, rule, caseId } of due) {
      app.signal.throwIfAborted();
      const outcome = await runFollowUp(id, parts);
      if (outcome.kind === 'not-mine') continue;
      outcomes[outcome.kind] += 1;
      if (outcome.kind === 'failed')
        reasons.add(`${site}, case ${caseId}, rule ${rule}: ${outcome.error.message}`);
    }
  }
  return { planned, outcomes, reasons: [...reasons] };
}

function renderPreview({ site, cases, upcoming, cancellations }: PlanPreview): string {
  return [
    `${site}: open cases ${cases}; occurrences ahead ${upcoming.length}, to be cancelled ${cancellations.length}`,
    renderOccurrences(upcoming),
    ...cancellations.map(({ rule, caseId, reason }) => `  - case ${caseId}, ${rule}: cancelled, ${reason}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

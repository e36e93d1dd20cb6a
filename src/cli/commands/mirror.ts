import { Command } from 'commander';
import { readMirrors, runMirror } from '../../app/index.ts';
import { failureOf, type MirrorReport, type MirrorStatus } from '../../mirror/index.ts';
import type { CommandContext } from '../context.ts';

export function mirrorCommand(context: CommandContext): Command {
  return new Command('mirror')
    .description('keep the cases of one site mirrored on another')
    .addCommand(mirrorRunCommand(context))
    .addCommand(mirrorStatusCommand(context));
}

function mirrorRunCommand(context: CommandContext): Command {
  return new Command('run')
    .description('carry what changed since the last pass from the source to the target')
    .argument('<pair>', 'a pair of civicase.yaml')
    .option('--dry-run', 'show what would be written, and write nothing')
    .addHelpText(
      'after',
      `
The first pass makes the custom fields for origin keys on the target by itself, and says so. An interrupted pass
goes on where it stopped. Exit code 0: done; 2: some cases were held back, edited on both sides, or, with
--dry-run, something would be written. "civicase mirror status" says which and why.

Examples:
  civicase mirror run river-hill --dry-run
  civicase mirror run river-hill`,
    )
    .action(async (pair: string, options: { readonly dryRun?: boolean }) => {
      const dryRun = options.dryRun === true;
      const report = await context.withApp((app) => runMirror(app, pair, { dryRun }));
      const { rejected, conflicts } = report.counts;
      const isNotable = rejected + conflicts > 0 || (dryRun && report.writes.length > 0);
      context.report({ exitCode: isNotable ? 2 : 0, json: report, text: renderReport(report) });
    });
}

function mirrorStatusCommand(context: CommandContext): Command {
  return new Command('status')
    .description('show how far each mirror is, and what it holds back')
    .argument('[pair]', 'a pair of civicase.yaml (default: all)')
    .addHelpText(
      'after',
      `
Asks no site. Exit code 2 when the last pass failed, or cases are held back or were edited on both sides.

Example:
  civicase mirror status`,
    )
    .action(async (pair: string | undefined) => {
      const mirrors = await context.withApp((app) => readMirrors(app, pair ?? null));
      const isClean = mirrors.every(
        ({ lastRun, rejects, conflicts }) =>
          failureOf(lastRun) === null && rejects.length + conflicts.length === 0,
      );
      context.report({
        exitCode: isClean ? 0 : 2,
        // Field values of a conflict are the content of cases: they stay on the sites.
        json: {
          mirrors: mirrors.map(({ conflicts, ...mirror }) => ({
            ...mirror,
            conflicts: conflicts.map(({ sourceValue: _source, targetValue: _target, ...rest }) => rest),
          })),
        },
        text:
          mirrors.length === 0
            ? 'No mirror is configured. Name two sites under "pairs" in civicase.yaml.'
            : mirrors.map(renderStatus).join('\n\n'),
      });
    });
}

const COUNT_WORDS: Readonly<Record<keyof MirrorReport['counts'], string>> = {
  casesCreated: 'cases created',
  casesUpdated: 'cases updated',
  casesUnchanged: 'cases unchanged',
  contactsCreated: 'contacts created',
  contactsMatched: 'contacts matched',
  contactsUpdated: 'contacts updated',
  rolesCreated: 'roles created',
  rolesUpdated: 'roles updated',
  rolesRemoved: 'roles removed',
  activitiesCreated: 'activities created',
  activitiesAdopted: 'activities adopted',
  activitiesUpdated: 'activities updated',
  activitiesTrashed: 'activities trashed',
  rejected: 'records held back',
  conflicts: 'fields kept as edited on the target',
};

function renderReport({ pair, dryRun, counts, fieldsCreated, casesGone, requests }: MirrorReport): string {
  const done = Object.entries(COUNT_WORDS).flatMap(([key, words]) => {
    const count = counts[key as keyof typeof counts];
    return count === 0 ? [] : [`  ${words}: ${count}`];
  });
  return [
    `${pair}${dryRun ? ' (dry run: nothing was written)' : ''}`,
    ...fieldsCreated.map((field) => `  made the custom field ${field} on the target`),
    ...(done.length === 0 ? ['  nothing to do'] : done),
    ...(casesGone === 0 ? [] : [`  cases gone from the source, left on the target: ${casesGone}`]),
    `  requests: ${requests.source + requests.target}`,
  ].join('\n');
}

function renderStatus({ pair, lastRun, lagMillis, cases, rejects, conflicts }: MirrorStatus): string {
  const failure = failureOf(lastRun);
  const last = lastRun === null ? 'never' : new Date(lastRun.startedAt).toISOString();
  const behind = lagMillis === null ? 'not known before the first pass' : `${Math.round(lagMillis / 1000)} s`;
  return [
    `${pair}: last pass ${last}, behind by ${behind}`,
    `  cases: ${cases.mirrored} mirrored, ${cases.unfinished} half-done, ${cases.rejected} held back, ${cases.gone} gone from the source`,
    ...(failure === null ? [] : [`  ! the last pass failed: ${failure}`]),
    ...rejects.map(
      ({ caseId, entity, sourceId, reason }) => `  ! case ${caseId}, ${entity} ${sourceId}: ${reason}`,
    ),
    ...conflicts.map(
      ({ caseId, entity, field }) =>
        `  ! case ${caseId}, ${entity}: ${field} was edited on the target and kept`,
    ),
  ].join('\n');
}

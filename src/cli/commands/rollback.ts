import { Command } from 'commander';
import { changeSite, openMigrationSite, openRunJournal } from '../../app/index.ts';
import { rollbackMigration, shownKey, type RollbackOutcome } from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';

export function rollbackCommand(context: CommandContext): Command {
  return new Command('rollback')
    .description('undo what a run of "civicase apply" did')
    .argument('<run>', 'id of the run, as apply printed it; "civicase apply --runs" lists them')
    .option('--dry-run', 'show what would be undone and what would stay, and change nothing')
    .addHelpText(
      'after',
      `
Undoes the last change first, each only where the site still is as the run left it. What was changed or used there since
stays, and so does what anything that stays leans on: a case type with cases stays with all that it needs. Each is named
with its reason and with what would let it go; the rest is undone. Roll the run back again later for what stayed.

Exit code 0: all of it is undone; 2: something stayed; 1: it failed.

Examples:
  civicase rollback 3f2a9c61d0b4-1 --dry-run
  civicase rollback 3f2a9c61d0b4-1`,
    )
    .action(async (runId: string, { dryRun = false }: { readonly dryRun?: boolean }) => {
      const { site, outcome } = await context.withApp(async (app) => {
        const journal = await openRunJournal(app);
        const run = await journal.run(runId);
        const site = openMigrationSite(app, run.site);
        const roll = () => rollbackMigration(runId, site, journal, { dryRun });
        return { site: run.site, outcome: await (dryRun ? roll() : changeSite(app, run.site, roll)) };
      });
      context.report({
        exitCode: outcome.stays.length === 0 ? 0 : 2,
        json: { runId, site, dryRun, ...outcome },
        text: renderRollback(outcome, site, runId, dryRun),
      });
    });
}

function renderRollback(
  { undone, stays }: RollbackOutcome,
  site: string,
  runId: string,
  dryRun: boolean,
): string {
  const [undo, stay] = dryRun ? ['Would be undone', 'Would stay'] : ['Undone', 'Stays'];
  const lines = [
    ...(undone.length === 0 ? [] : [`${undo} on ${site}:`, ...undone.map((key) => `  ✓ ${shownKey(key)}`)]),
    ...(stays.length === 0 ? [] : [`${stay} on ${site}:`]),
    ...stays.flatMap(({ key, reason, remedy }) => [`  ! ${shownKey(key)}: ${reason}.`, `      ${remedy}`]),
  ];
  return lines.length === 0
    ? `Nothing to undo on ${site}: run ${runId} is undone already.`
    : lines.join('\n');
}

import { Command } from 'commander';
import { changeSite, openMigrationSite, openRunJournal } from '../../app/index.ts';
import { rollbackMigration } from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';

export function rollbackCommand(context: CommandContext): Command {
  return new Command('rollback')
    .description('undo what a run of "civicase apply" did')
    .argument('<run>', 'id of the run, as apply printed it')
    .addHelpText(
      'after',
      `
Undoes the last change first, after looking at all of them: nothing is undone while cases or other case types
use what would go, or when something was changed there since.

Example:
  civicase rollback 3f2a9c61`,
    )
    .action(async (runId: string) => {
      const undone = await context.withApp(async (app) => {
        const journal = await openRunJournal(app);
        const run = await journal.run(runId);
        const site = openMigrationSite(app, run.site);
        const keys = await changeSite(app, run.site, () => rollbackMigration(runId, site, journal));
        return { site: run.site, keys };
      });
      context.report({
        exitCode: 0,
        json: { runId, site: undone.site, undone: undone.keys },
        text:
          undone.keys.length === 0
            ? `Nothing to undo on ${undone.site}: run ${runId} is undone already.`
            : [`Undone on ${undone.site}:`, ...undone.keys.map((key) => `  ✓ ${key}`)].join('\n'),
      });
    });
}

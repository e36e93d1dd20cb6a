import { Command } from 'commander';
import { openMigrationSite, openRunJournal } from '../../app/index.ts';
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
        return {
          site: run.site,
          keys: await rollbackMigration(runId, openMigrationSite(app, run.site), journal),
        };
      });
      context.report({
        exitCode: 0,
        json: { runId, site: undone.site, undone: undone.keys },
        text: [`Undone on ${undone.site}:`, ...undone.keys.map((key) => `  ✓ ${key}`)].join('\n'),
      });
    });
}

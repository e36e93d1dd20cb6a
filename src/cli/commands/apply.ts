import { Command } from 'commander';
import { changeSite, openMigrationSite, openRunJournal, rehearsePlan } from '../../app/index.ts';
import { applyMigration, readPlan, type MigrationPlan } from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readInput } from '../io.ts';
import { parseJson } from '../../base/parse-json.ts';
import { isRehearsedWell, renderRehearsal } from '../render-rehearsal.ts';

interface ApplyOptions {
  readonly yes?: boolean;
  readonly rehearse?: boolean;
}

export function applyCommand(context: CommandContext): Command {
  return new Command('apply')
    .description('carry out a migration plan, and read back what it wrote')
    .argument('<plan>', 'file that "civicase plan --out" wrote; - reads stdin')
    .option('--yes', 'do not ask; without a terminal nothing is asked anyway')
    .option('--rehearse', 'apply it to an embedded site made like the target, and to nothing else')
    .addHelpText(
      'after',
      `
Every change is noted before it is made. After an interruption the same command goes on where it stopped.
A plan whose target has changed since is refused, and so is a second apply or rollback while one is under way. Exit code 0, also when there was nothing left to do.

With --rehearse the target is only read: an embedded site is made like it, the plan is applied there, and a case of each
type is opened and compared with the simulation. Exit code 0: it would go well; 2: it would not, with the reason.

Example:
  civicase plan riverside hilltop --case-type housing_support --out plan.json
  civicase apply plan.json --rehearse
  civicase apply plan.json`,
    )
    .action(async (path: string, options: ApplyOptions) => {
      const plan = readPlan(parseJson(await readInput(context.io, path), inputName(path)));
      if (options.rehearse === true) {
        const rehearsal = await context.withApp((app) => rehearsePlan(app, plan));
        context.report({
          exitCode: isRehearsedWell(rehearsal) ? 0 : 2,
          json: rehearsal,
          text: renderRehearsal(rehearsal),
        });
        return;
      }
      const outcome = await context.withApp(async (app) => {
        const site = openMigrationSite(app, plan.target);
        if (options.yes !== true && !(await isWanted(context, plan))) return null;
        const journal = await openRunJournal(app);
        return changeSite(app, plan.target, () => applyMigration(plan, site, journal));
      });
      if (outcome === null) {
        context.report({ exitCode: 0, json: { applied: [], declined: true }, text: 'Nothing was changed.' });
        return;
      }
      const { applied, alreadyThere, runId } = outcome;
      context.report({
        exitCode: 0,
        json: outcome,
        text:
          applied.length === 0
            ? `Nothing to do: ${plan.target} already holds all of the plan.`
            : [
                `Made on ${plan.target} and read back (run ${runId ?? ''}):`,
                ...applied.map((key) => `  ✓ ${key}`),
                ...alreadyThere.map((key) => `  · ${key} was there already`),
                `To undo them: civicase rollback ${runId ?? ''}`,
              ].join('\n'),
      });
    });
}

async function isWanted({ io }: CommandContext, plan: MigrationPlan): Promise<boolean> {
  if (io.ask === null || plan.changes.length === 0) return true;
  return /^\s*y(es)?\s*$/i.test(
    await io.ask(`Carry out the plan on ${plan.target} (changes: ${plan.changes.length})? [y/N] `),
  );
}

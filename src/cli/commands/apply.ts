import { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { applyPlan, openRunJournal, planOfRun, rehearsePlan, type App } from '../../app/index.ts';
import { AppError, toAppError } from '../../base/errors.ts';
import { parseJson } from '../../base/parse-json.ts';
import {
  applyReportOf,
  changeTitle,
  readPlan,
  selectChanges,
  type ApplyOptions,
  type EntityKey,
  type MigrationPlan,
} from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readInput } from '../io.ts';
import { renderApplied, renderApplyReport, renderRuns, whatToDo } from '../render-apply.ts';
import { isRehearsedWell, renderRehearsal } from '../render-rehearsal.ts';

interface ApplyCommandOptions {
  readonly yes?: boolean;
  readonly rehearse?: boolean;
  readonly resume?: string;
  readonly runs?: boolean;
  readonly only?: readonly string[];
  readonly verbose?: boolean;
}

/** What is to be applied, and what of its plan is left out. */
interface Chosen {
  readonly plan: MigrationPlan;
  readonly left: readonly EntityKey[];
}

export function applyCommand(context: CommandContext): Command {
  return new Command('apply')
    .description('carry out a migration plan, and read back what it wrote')
    .argument('[plan]', 'file that "civicase plan --out" wrote; - reads stdin')
    .option('--yes', 'do not ask; without a terminal nothing is asked anyway')
    .option('--only <key...>', 'make only these changes, and what they need: keys such as case_type:appeal')
    .option('--resume <run>', 'finish a run that was interrupted; its plan was kept with it')
    .option('--runs', 'list the runs so far, the latest first, and change nothing')
    .option('--rehearse', 'apply it to an embedded site made like the target, and to nothing else')
    .option('--verbose', 'without a terminal too, a line for every change')
    .addHelpText(
      'after',
      `
Every change is noted before it is made. After an interruption the same command goes on where it stopped, and so does
--resume with the id of the run; nothing is made twice. A plan whose target has changed since is refused, and so is a
second apply or rollback while one is under way. When it fails part way, each change is listed as done, not done or
unknown. Exit code 0: all is made, also when there was nothing left to do; 1: it failed.

With --only the rest of the plan stays as it is: apply the same plan again for it.

With --rehearse the target is only read: an embedded site is made like it, the plan is applied there, and a case of each
type is opened and compared with the simulation. Exit code 0: it would go well; 2: it would not, with the reason.

Examples:
  civicase plan riverside hilltop --case-type housing_support --out plan.json
  civicase apply plan.json --rehearse
  civicase apply plan.json
  civicase apply plan.json --only activity_type:Hearing
  civicase apply --runs
  civicase apply --resume 3f2a9c61d0b4-1`,
    )
    .action(async (path: string | undefined, options: ApplyCommandOptions) => {
      refuseUnclear(path, options);
      if (options.runs === true) return listRuns(context);
      const given = path === undefined ? null : await readChosen(context, path, options.only);
      if (given !== null && options.rehearse === true) return rehearse(context, given.plan);
      try {
        await context.withApp(async (app) => {
          const chosen = given ?? { plan: await planOfRun(app, options.resume ?? ''), left: [] };
          await apply(context, app, chosen, options);
        });
      } catch (thrown) {
        throw told(toAppError(thrown), context);
      }
    });
}

function refuseUnclear(path: string | undefined, options: ApplyCommandOptions): void {
  const { resume, runs = false, rehearse = false, only } = options;
  const ways = [path !== undefined, resume !== undefined, runs].filter((one) => one).length;
  const fault =
    ways === 0
      ? 'What is to be applied? Give the file of a plan, or --resume RUN; --runs lists the runs.'
      : ways > 1
        ? 'Give one of these alone: the file of a plan, --resume RUN, or --runs.'
        : path === undefined && (rehearse || only !== undefined)
          ? `${rehearse ? '--rehearse' : '--only'} needs the file of a plan.`
          : null;
  if (fault !== null) throw new AppError('invalid-input', fault);
}

async function readChosen(
  { io }: CommandContext,
  path: string,
  only: readonly string[] | undefined,
): Promise<Chosen> {
  const plan = readPlan(parseJson(await readInput(io, path), inputName(path)));
  return only === undefined ? { plan, left: [] } : selectChanges(plan, only);
}

async function rehearse(context: CommandContext, plan: MigrationPlan): Promise<void> {
  const rehearsal = await context.withApp((app) => rehearsePlan(app, plan));
  context.report({
    exitCode: isRehearsedWell(rehearsal) ? 0 : 2,
    json: rehearsal,
    text: renderRehearsal(rehearsal),
  });
}

async function listRuns(context: CommandContext): Promise<void> {
  const { runs, zones } = await context.withApp(async (app) => ({
    runs: await (await openRunJournal(app)).runs(),
    zones: Object.fromEntries(
      Object.keys(app.config.sites).map((site) => [site, app.siteSettings(site).timeZone]),
    ),
  }));
  context.report({
    exitCode: 0,
    json: {
      runs: runs.map(({ startedAt, ...run }) => ({
        ...run,
        startedAt: Temporal.Instant.fromEpochMilliseconds(startedAt).toString(),
      })),
    },
    text: renderRuns(runs, zones),
  });
}

async function apply(
  context: CommandContext,
  app: App,
  { plan, left }: Chosen,
  { yes = false, verbose = false }: ApplyCommandOptions,
): Promise<void> {
  // An unknown target is told before anything is asked.
  app.siteSettings(plan.target);
  if (!yes && !(await isWanted(context, plan))) {
    context.report({ exitCode: 0, json: { applied: [], declined: true }, text: 'Nothing was changed.' });
    return;
  }
  const isEach = verbose || context.io.ask !== null;
  const onChange: ApplyOptions['onChange'] = (change, place, total) => {
    if (isEach || place === 1 || place === total)
      context.note(`${String(place)}/${String(total)} ${changeTitle(change)}`);
  };
  const outcome = await applyPlan(app, plan, { onChange });
  context.report({
    exitCode: 0,
    json: { ...outcome, left },
    text: renderApplied(outcome, plan.target, left),
  });
}

/** What became of each change goes with the error: to people in lists, into the document as data. */
function told(error: AppError, context: CommandContext): AppError {
  const report = applyReportOf(error);
  if (report === null) return error;
  context.note(renderApplyReport(report));
  const { cause } = error;
  const details = { ...error.details, whatToDo: whatToDo(report.runId) };
  return new AppError(error.kind, error.message, { details, cause });
}

async function isWanted({ io }: CommandContext, plan: MigrationPlan): Promise<boolean> {
  if (io.ask === null || plan.changes.length === 0) return true;
  return /^\s*y(es)?\s*$/i.test(
    await io.ask(`Carry out the plan on ${plan.target} (changes: ${plan.changes.length})? [y/N] `),
  );
}

import { Command } from 'commander';
import {
  openMigrationSite,
  openProcessSite,
  openRunJournal,
  requireTestCases,
  testOpenings,
  verifyLive,
  verifyRun,
  type App,
} from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import { entityWords } from '../../migrate/index.ts';
import type { OpeningOutcome } from '../../process-test/index.ts';
import type { CommandContext } from '../context.ts';
import { renderDrift } from '../render-drift.ts';
import { isAsSimulated, renderOpenings } from '../render-openings.ts';

interface VerifyOptions {
  readonly live?: string;
  readonly caseType?: readonly string[];
  readonly withTestCase?: boolean;
}

/** What was found, before it is shown. */
interface Verification {
  readonly site: string;
  readonly isAsExpected: boolean;
  readonly json: object;
  readonly lines: readonly string[];
  readonly caseTypes: readonly string[];
}

export function verifyCommand(context: CommandContext): Command {
  return new Command('verify')
    .description('look whether a site still is as a run of "civicase apply" left it, and works')
    .argument('[run]', 'id of the run, as apply printed it')
    .option('--live <site>', 'instead of a run: whether that site has all that its case types name')
    .option('--case-type <name...>', 'with --live: these case types, by name')
    .option(
      '--with-test-case',
      'open a case of each type with disposable contacts, compare it with the simulation, and remove it all',
    )
    .addHelpText(
      'after',
      `
Everything that the run made is read back from its site and compared with what was read back right after the run.

With --with-test-case a case of each type of the run is opened on the site today: its activities, their dates,
statuses, subjects and assignees are compared with the simulation. The case, its activities, its relationships and its
two contacts are removed afterwards, also after Ctrl-C; what could not be removed is named. A key that may not delete
them is refused before anything is made. The contacts have no address: no mail can be sent to them.

Exit code 0: all is as it should be; 2: something is not, each is named; 1: it could not be found out.

Examples:
  civicase verify 3f2a9c61d0b4-1
  civicase verify 3f2a9c61d0b4-1 --with-test-case
  civicase verify --live hilltop --case-type housing_support --with-test-case`,
    )
    .action(async (run: string | undefined, options: VerifyOptions) => {
      refuseUnclear(run, options);
      const { found, openings } = await context.withApp(
        async (app) => {
          const withCases = options.withTestCase === true;
          const site = run === undefined ? (options.live ?? '') : await siteOf(app, run);
          if (withCases) await requireTestCases(openProcessSite(app, site));
          const found =
            run === undefined
              ? await lookAtSite(app, site, options.caseType ?? [])
              : await lookAtRun(app, run);
          return { found, openings: withCases ? await openCases(app, found) : [] };
        },
        // A case that was opened is removed first.
        { logLevel: 'error', interruptible: false },
      );
      context.report({
        exitCode: found.isAsExpected && openings.every(isAsSimulated) ? 0 : 2,
        json: { ...found.json, ...(options.withTestCase === true ? { testCases: openings } : {}) },
        text: [...found.lines, ...renderOpenings(openings, found.site)].join('\n'),
      });
    });
}

function refuseUnclear(run: string | undefined, { live, caseType }: VerifyOptions): void {
  const fault =
    run === undefined && live === undefined
      ? 'What is to be verified? Give the id of a run, or --live SITE with --case-type NAME.'
      : run !== undefined && (live !== undefined || caseType !== undefined)
        ? 'A run knows its site and its case types: give either the run, or --live with --case-type.'
        : live !== undefined && caseType === undefined
          ? `Which case types of "${live}"? Give their names with --case-type NAME.`
          : null;
  if (fault !== null) throw new AppError('invalid-input', fault);
}

const siteOf = async (app: App, runId: string): Promise<string> =>
  (await (await openRunJournal(app)).run(runId)).site;

async function lookAtRun(app: App, runId: string): Promise<Verification> {
  const journal = await openRunJournal(app);
  const run = await journal.run(runId);
  const { drift, looked, caseTypes } = await verifyRun(run, openMigrationSite(app, run.site), journal);
  const isFinished = run.state === 'done';
  return {
    site: run.site,
    caseTypes,
    isAsExpected: drift.length === 0 && isFinished,
    json: { run: run.id, site: run.site, finished: isFinished, looked, drift },
    lines: [
      drift.length === 0
        ? `${run.site} still holds all that run ${run.id} made there (entries: ${String(looked)}).`
        : `On ${run.site} not all is as run ${run.id} left it (${String(drift.length)} of ${String(looked)}):`,
      ...renderDrift(drift),
      ...(isFinished ? [] : ['The run was not finished: apply its plan again to go on, or roll it back.']),
    ],
  };
}

async function lookAtSite(app: App, site: string, caseTypes: readonly string[]): Promise<Verification> {
  const found = await verifyLive(openMigrationSite(app, site), caseTypes);
  return {
    site,
    caseTypes,
    isAsExpected: found.every(({ lacks }) => lacks.length === 0),
    json: { site, caseTypes: found },
    lines: found.flatMap(({ caseType, lacks }) => [
      lacks.length === 0
        ? `${site} has all that ${caseType} names.`
        : `${site} lacks what ${caseType} names, or has it switched off:`,
      ...lacks.map(({ key, kind }) => `  ! ${entityWords(key)}: ${kind}`),
    ]),
  };
}

const openCases = (app: App, { site, caseTypes }: Verification): Promise<readonly OpeningOutcome[]> =>
  testOpenings(
    {
      migration: openMigrationSite(app, site),
      cases: openProcessSite(app, site),
      timeZone: app.siteSettings(site).timeZone,
    },
    caseTypes,
    app,
  );

import { watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { openProcessSite } from '../../app/index.ts';
import { AppError, toAppError } from '../../base/errors.ts';
import {
  coverageOf,
  hasPassed,
  renderJUnit,
  renderOutcomes,
  runProcessTest,
  specificationJsonSchema,
  type FileOutcome,
  type ProcessSite,
  type TestOutcome,
} from '../../process-test/index.ts';
import type { CommandContext } from '../context.ts';
import { findTestFiles, readTestFile, type TestFile } from '../process-test-files.ts';
import { writeOutput } from '../write-output.ts';

interface TestOptions {
  readonly site?: string;
  readonly junit?: string;
  readonly coverage?: boolean;
  readonly watch?: boolean;
  readonly schema?: boolean;
}

export function xmlTestCommand(context: CommandContext): Command {
  return new Command('test')
    .description('play the process tests of case types: what must be due when, and for whom')
    .argument(
      '[paths...]',
      'files NAME.test.yaml, or folders that hold some (default: the folder you are in)',
    )
    .option(
      '--site <name>',
      'play them on that site of civicase.yaml, too, with cases that are removed again',
    )
    .option('--coverage', 'tell which steps no test expects')
    .option('--junit <file>', 'write the results there for a build server')
    .option('--watch', 'play them again whenever a file changes, until Ctrl-C')
    .option('--schema', 'print the JSON Schema of the files, for editors')
    .addHelpText(
      'after',
      `
A file beside the case type tells by examples what the case type must do:

  tests:
    - name: The first call opens the way
      given: { opened: 2026-03-02, by: Ada }
      when:
        - { on: day 4, completed: Phone Call }
      then:
        due:
          - Home visit: { on: day 7, for: Ada }
        overdue: []

With --site each test opens a case of that type there, plays the same, compares the case with the simulation, and
removes the case and its people, also after a failure. No mail is sent.

Exit code 0: all passed; 2: a test failed; 1: a file could not be read.

Examples:
  civicase xml test civicase-xml --coverage
  civicase xml test housing_support.test.yaml --watch
  civicase xml test civicase-xml --site hilltop --junit report.xml`,
    )
    .action(async (paths: readonly string[], options: TestOptions) => {
      if (options.schema === true) {
        const schema = specificationJsonSchema();
        context.report({ exitCode: 0, json: schema, text: JSON.stringify(schema, null, 2) });
        return;
      }
      const wanted = paths.length === 0 ? ['.'] : paths;
      if (options.watch === true && options.site !== undefined)
        throw new AppError('invalid-input', 'Tests on a site are not watched: leave --site or --watch out.');
      if (options.watch === true) await watchTests(context, wanted, options);
      else await playAll(context, wanted, options);
    });
}

/** Plays all tests once and reports them. Answers the folders from which something was read. */
async function playAll(
  context: CommandContext,
  paths: readonly string[],
  options: TestOptions,
): Promise<readonly string[]> {
  const files: TestFile[] = [];
  for (const path of findTestFiles(context.io, paths)) files.push(await readTestFile(context.io, path));
  const { site } = options;
  const outcomes =
    site === undefined
      ? await playFiles(files, null, context.io.signal)
      : await context.withApp((app) => playFiles(files, openProcessSite(app, site), context.io.signal), {
          logLevel: 'error',
          // A test that is under way removes its case first.
          interruptible: false,
        });
  if (options.junit !== undefined) writeOutput(context.io, options.junit, renderJUnit(outcomes));
  context.report({
    exitCode: outcomes.every(({ tests }) => tests.every(hasPassed)) ? 0 : 2,
    json: { files: outcomes.map(outcomeJson) },
    text: renderOutcomes(outcomes, { coverage: options.coverage === true }),
  });
  return files.flatMap(({ file, caseTypeFile }) => [dirname(file), dirname(caseTypeFile)]);
}

async function playFiles(
  files: readonly TestFile[],
  site: ProcessSite | null,
  signal: AbortSignal,
): Promise<readonly FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  for (const { file, caseType, model, specification } of files) {
    const tests: TestOutcome[] = [];
    for (const test of specification.tests) {
      if (signal.aborted && site !== null)
        throw new AppError(
          'conflict',
          'Interrupted. The cases and people of the tests are removed from the site.',
        );
      tests.push(await runProcessTest({ caseType, model, specification, site }, test));
    }
    const coverage = coverageOf(
      model,
      tests.flatMap(({ covered }) => covered),
    );
    outcomes.push({ file, caseType, tests, coverage });
  }
  return outcomes;
}

const outcomeJson = ({ file, caseType, tests, coverage }: FileOutcome) => ({
  file,
  caseType,
  tests: tests.map((test) => ({
    name: test.name,
    passed: hasPassed(test),
    only_simulated: test.onlySimulated,
    failures: test.failures,
  })),
  coverage,
});

const SETTLED_MILLIS = 100;

async function watchTests(
  context: CommandContext,
  paths: readonly string[],
  options: TestOptions,
): Promise<void> {
  const { io } = context;
  while (!io.signal.aborted) {
    const folders = await playAll(context, paths, options).catch((thrown: unknown) => {
      context.report({
        exitCode: 1,
        json: { error: toAppError(thrown).message },
        text: toAppError(thrown).message,
      });
      return [];
    });
    context.note('Waiting for a change; Ctrl-C ends.');
    await nextChange(
      io.signal,
      [...paths, ...folders].map((path) => resolve(io.workingDirectory, path)),
    );
  }
}

/** Resolves a moment after a file changed, or when the signal is aborted. */
function nextChange(signal: AbortSignal, paths: readonly string[]): Promise<void> {
  return new Promise((done) => {
    let timer: NodeJS.Timeout | null = null;
    const finish = (): void => {
      if (timer !== null) clearTimeout(timer);
      watchers.forEach((watcher) => watcher.close());
      signal.removeEventListener('abort', finish);
      done();
    };
    const watchers = [...new Set(paths)].map((path) =>
      // An editor writes a file in several moves.
      watch(path, { recursive: true }, () => {
        timer ??= setTimeout(finish, SETTLED_MILLIS);
      }),
    );
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
  });
}

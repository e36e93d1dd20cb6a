import type { Coverage } from './coverage.ts';
import type { Problem, TimelineLine } from './check.ts';
import type { Failure, TestOutcome } from './run-test.ts';

/** What became of one file of tests. */
export interface FileOutcome {
  readonly file: string;
  readonly caseType: string;
  readonly tests: readonly TestOutcome[];
  readonly coverage: Coverage;
}

export const hasPassed = ({ failures }: TestOutcome): boolean => failures.length === 0;

const SIGNS: Readonly<Record<TimelineLine['sign'], string>> = { same: ' ', expected: '-', actual: '+' };

/** For people: each test, and of a failed one the small timeline with `-` before what was expected, `+` before what is. */
export function renderOutcomes(
  outcomes: readonly FileOutcome[],
  options: { readonly coverage: boolean },
): string {
  const tests = outcomes.flatMap((outcome) => outcome.tests);
  const failed = tests.filter((test) => !hasPassed(test)).length;
  return [
    ...outcomes.flatMap((outcome) => [
      `${outcome.caseType} (${outcome.file})`,
      ...outcome.tests.flatMap(renderTest),
      ...(options.coverage ? renderCoverage(outcome.coverage) : []),
    ]),
    `${String(tests.length - failed)} passed, ${String(failed)} failed`,
  ].join('\n');
}

function renderTest(test: TestOutcome): readonly string[] {
  const lines = hasPassed(test) ? [] : renderFailures(test.failures).map((line) => `      ${line}`);
  const note = test.onlySimulated === null ? '' : ` (only simulated: ${test.onlySimulated})`;
  return [`  ${hasPassed(test) ? '✓' : '✗'} ${test.name}${note}`, ...lines];
}

/** The failures of one test, line by line. */
export function renderFailures(failures: readonly Failure[]): readonly string[] {
  return failures.flatMap(({ moment, problems }) => [
    `${moment.charAt(0).toUpperCase()}${moment.slice(1)}:`,
    ...problems.flatMap(renderProblem),
  ]);
}

function renderProblem({ what, timeline }: Problem): readonly string[] {
  const legend = timeline.some(({ sign }) => sign !== 'same') ? ' (- expected, + actual)' : '';
  return [`  ${what}${legend}`, ...timeline.map(({ sign, text }) => `    ${SIGNS[sign]} ${text}`)];
}

function renderCoverage({ steps, missing }: Coverage): readonly string[] {
  return [
    `  ${String(steps - missing.length)} of ${String(steps)} steps are expected by a test${missing.length === 0 ? '.' : '; not:'}`,
    ...missing.map(({ activityType, set, step }) => `    ${activityType} (step ${String(step)} of ${set})`),
  ];
}

/** JUnit's XML, as build servers read it. No times: a test takes none worth telling. */
export function renderJUnit(outcomes: readonly FileOutcome[]): string {
  const total = outcomes.flatMap(({ tests }) => tests);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts(total)}>`,
    ...outcomes.flatMap(({ file, caseType, tests }) => [
      `  <testsuite name="${escaped(caseType)}" file="${escaped(file)}" ${counts(tests)}>`,
      ...tests.flatMap((test) => renderCase(test, { file, caseType })),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function renderCase(
  test: TestOutcome,
  { file, caseType }: { file: string; caseType: string },
): readonly string[] {
  const head = `    <testcase classname="${escaped(caseType)}" name="${escaped(test.name)}" file="${escaped(file)}"`;
  if (hasPassed(test)) return [`${head}/>`];
  const message = test.failures[0]?.problems[0]?.what ?? '';
  return [
    `${head}>`,
    `      <failure message="${escaped(message)}">${escaped(renderFailures(test.failures).join('\n'))}</failure>`,
    '    </testcase>',
  ];
}

const counts = (tests: readonly TestOutcome[]): string =>
  `tests="${String(tests.length)}" failures="${String(tests.filter((test) => !hasPassed(test)).length)}"`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- XML 1.0 cannot hold these at all
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

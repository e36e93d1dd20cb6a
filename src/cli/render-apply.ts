import { Temporal } from 'temporal-polyfill';
import { shownKey, type ApplyReport, type EntityKey, type MigrationOutcome } from '../migrate/index.ts';
import type { Run } from '../migrate/ports.ts';

export function renderApplied(
  { applied, alreadyThere, runId }: MigrationOutcome,
  target: string,
  left: readonly EntityKey[],
): string {
  const rest =
    left.length === 0
      ? []
      : [
          `Not asked for (${String(left.length)}); apply the plan again for what is still to be made of it:`,
          ...left.map((key) => `  – ${key}`),
        ];
  if (applied.length === 0)
    return [
      left.length === 0
        ? `Nothing to do: ${target} already holds all of the plan.`
        : `Nothing to do: ${target} already holds all that was asked for.`,
      ...rest,
    ].join('\n');
  return [
    `Made on ${target} and read back (run ${runId ?? ''}):`,
    ...applied.map((key) => `  ✓ ${key}`),
    ...alreadyThere.map((key) => `  · ${key} was there already`),
    ...rest,
    `To undo them: civicase rollback ${runId ?? ''}`,
  ].join('\n');
}

export const whatToDo = (runId: string) =>
  ({ finish: `civicase apply --resume ${runId}`, undo: `civicase rollback ${runId}` }) as const;

/** What became of each change of an apply that failed. */
export function renderApplyReport({ runId, done, notDone, unknown }: ApplyReport): string {
  const list = (title: string, mark: string, keys: readonly EntityKey[]) =>
    keys.length === 0
      ? []
      : [`${title} (${String(keys.length)}):`, ...keys.map((key) => `  ${mark} ${shownKey(key)}`)];
  const { finish, undo } = whatToDo(runId);
  return [
    `Run ${runId} stopped part way.`,
    ...list('Done', '✓', done),
    ...list('Not done', '–', notDone),
    ...list('Unknown: the site could not be read, or shows something else', '?', unknown),
    `To finish it: ${finish}`,
    `To undo what is done: ${undo}`,
  ].join('\n');
}

const STATES = { running: 'not finished', done: 'done', 'rolled-back': 'rolled back' } as const;

/** A line each. @param zones of the sites; a run of a site that is not known any more is shown in UTC. */
export function renderRuns(runs: readonly Run[], zones: Readonly<Record<string, string>>): string {
  if (runs.length === 0) return 'No plan has been applied yet.';
  const rows = runs.map(({ id, state, site, startedAt, caseType }) => [
    id,
    STATES[state],
    site,
    Temporal.Instant.fromEpochMilliseconds(startedAt)
      .toZonedDateTimeISO(zones[site] ?? 'UTC')
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
      .replace('T', ' '),
    caseType,
  ]);
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const widths = [0, 1, 2, 3].map(width);
  const unfinished = runs.find(({ state }) => state === 'running');
  return [
    ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')),
    ...(unfinished === undefined ? [] : [`To finish a run: civicase apply --resume ${unfinished.id}`]),
  ].join('\n');
}

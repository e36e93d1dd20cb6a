import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../definition.ts';
import type { DefinitionPath } from '../edit.ts';
import { longestGrowing } from './align.ts';
import type { CaseTypeChange } from './change.ts';
import { isList, isMap, type MaybeJson } from './json-parts.ts';

/** A step before and after, side by side; a side without it is null. */
export interface StepRow {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  /** Whether it changed its place among the steps that stayed, or its activity set. */
  readonly isMoved: boolean;
}

export interface SetRows {
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly steps: readonly StepRow[];
}

/** All activity sets with their steps, old beside new, as the changes between the two definitions tell. */
export function sideBySide(
  before: CaseTypeDefinition,
  after: CaseTypeDefinition,
  changes: readonly CaseTypeChange[],
): readonly SetRows[] {
  const [old, now] = [listOf(before.activitySets), listOf(after.activitySets)];
  const moves = changes.filter((change) => change.kind === 'moved');
  const stepAt = (path: DefinitionPath): JsonValue | undefined =>
    stepsOf(old[Number(path[1])])[Number(path[3])];
  return pairUp(old, now, ['activitySets'], ['activitySets'], changes).map(({ source, target }) => {
    const [oldSteps, newSteps] = [
      source === null ? [] : stepsOf(old[source]),
      target === null ? [] : stepsOf(now[target]),
    ];
    const list = (index: number | null): DefinitionPath => ['activitySets', index ?? -1, 'activityTypes'];
    const rows = pairUp(oldSteps, newSteps, list(source), list(target), changes);
    return {
      before: source === null ? null : asMap(old[source]),
      after: target === null ? null : asMap(now[target]),
      steps: rows.map(({ source: from, target: to, isMoved }): StepRow => {
        const arrival = moves.find(({ path }) => to !== null && isAt(path, [...list(target), to]));
        const leaves = moves.some((move) => from !== null && isAt(move.from, [...list(source), from]));
        return {
          before:
            arrival === undefined
              ? from === null
                ? null
                : asMap(oldSteps[from])
              : asMap(stepAt(arrival.from)),
          after: to === null ? null : asMap(newSteps[to]),
          isMoved: isMoved || leaves || arrival !== undefined,
        };
      }),
    };
  });
}

interface Pair {
  readonly source: number | null;
  readonly target: number | null;
  readonly isMoved: boolean;
}

/** The items of two lists in the order after; what went stands behind what it followed. */
function pairUp(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  beforePath: DefinitionPath,
  afterPath: DefinitionPath,
  changes: readonly CaseTypeChange[],
): readonly Pair[] {
  const gone = new Set(
    changes.flatMap((change) => {
      if (change.kind !== 'removed' && change.kind !== 'moved') return [];
      const path = change.kind === 'moved' ? change.from : change.path;
      return isAt(path.slice(0, -1), beforePath) ? [Number(path.at(-1))] : [];
    }),
  );
  const come = new Set(
    changes.flatMap((change) =>
      (change.kind === 'added' || change.kind === 'moved') && isAt(change.path.slice(0, -1), afterPath)
        ? [Number(change.path.at(-1))]
        : [],
    ),
  );
  const kept = [...before.keys()].filter((index) => !gone.has(index));
  const order = changes.find((change) => change.kind === 'reordered' && isAt(change.list, beforePath));
  const sources = order?.kind === 'reordered' ? order.order.map((at) => kept[at] ?? 0) : kept;
  const standing = new Set(longestGrowing(sources));
  let next = 0;
  const pairs = [...after.keys()].map((target): Pair => {
    if (come.has(target)) return { source: null, target, isMoved: false };
    const at = next++;
    return { source: sources[at] ?? null, target, isMoved: !standing.has(at) };
  });
  for (const source of [...gone].toSorted((a, b) => a - b)) {
    const behind = pairs.findLastIndex(
      (pair) => pair.source !== null && pair.source < source && !pair.isMoved,
    );
    pairs.splice(behind + 1, 0, { source, target: null, isMoved: false });
  }
  return pairs;
}

const isAt = (path: DefinitionPath, other: DefinitionPath): boolean => path.join('.') === other.join('.');
const listOf = (value: MaybeJson): readonly JsonValue[] => (isList(value) ? value : []);
const stepsOf = (set: MaybeJson): readonly JsonValue[] => (isMap(set) ? listOf(set['activityTypes']) : []);
const asMap = (value: MaybeJson): JsonObject => (isMap(value) ? value : {});

import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../definition.ts';
import type { DefinitionPath } from '../edit.ts';
import { alignItems, longestGrowing } from './align.ts';
import { applyChanges, keysAfter } from './apply-changes.ts';
import type { CaseTypeChange, FieldChange } from './change.ts';
import { findRenames, withRenames } from './find-renames.ts';
import { byTopic } from './field-topics.ts';
import { asList, fieldOf, isMap, isSame } from './json-parts.ts';
import { matchMoves, type SetPair } from './match-moves.ts';
import { displayName, subjectAt } from './subject.ts';
import { markTimelines } from './timeline-marks.ts';

const LIST_KEYS: ReadonlySet<string> = new Set([
  'activityTypes',
  'statuses',
  'activitySets',
  'caseRoles',
  'activityAsgmtGrps',
]);
/** Lists that limit a choice, and do not when they are empty. */
export const LIMITS: ReadonlySet<string> = new Set(['statuses', 'activityAsgmtGrps']);
const DERIVED = 'timelineActivityTypes';
const STEPS = 'activityTypes';

/**
 * What leads from one definition to another, in the words of people: `applyChanges` makes `after` of `before`. Nothing
 * is left out: what has no words of its own is a change of a value at its path. The order of keys counts in items,
 * whose fields CiviCRM writes in that order, and not at the top, where it has its own.
 */
export function diffCaseTypes(
  before: CaseTypeDefinition,
  after: CaseTypeDefinition,
): readonly CaseTypeChange[] {
  const [from, to] = [markTimelines(before).definition, markTimelines(after).definition];
  const renames = findRenames(from, to);
  const changes = [
    ...renames.map((rename) => ({ kind: 'renamed', ...rename }) as const),
    ...compareRoots(withRenames(from, renames), to),
  ];
  // What CiviCRM derives from the sets differs on its own only in definitions that it did not make.
  const reached = applyChanges(before, changes)[DERIVED];
  return isSame(reached, after[DERIVED])
    ? changes
    : [...changes, valueChange([DERIVED], reached, after[DERIVED])];
}

function compareRoots(before: JsonObject, after: JsonObject): readonly CaseTypeChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const path = [key];
    const lists = LIST_KEYS.has(key) ? listsOf(before[key], after[key]) : undefined;
    // Without a list of statuses a case may have any, so its coming and going is a change as a whole; so with groups.
    const isWhole = LIMITS.has(key) && (lists?.before.length === 0 || lists?.after.length === 0);
    if (lists === undefined || isWhole) {
      return isSame(before[key], after[key]) ? [] : [valueChange(path, before[key], after[key])];
    }
    const compared =
      key === 'activitySets'
        ? compareSets(lists, before, after)
        : compareList(lists, path, path, before, after);
    return [...compared, ...listItself(path, before[key], after[key], lists.after)];
  });
}

interface Lists {
  readonly before: readonly JsonValue[];
  readonly after: readonly JsonValue[];
}

function listsOf(before: JsonValue | undefined, after: JsonValue | undefined): Lists | undefined {
  const [one, other] = [asList(before), asList(after)];
  return one === undefined || other === undefined ? undefined : { before: one, after: other };
}

/** An empty list and none are two things; adding an item makes the list. */
function listItself(
  path: DefinitionPath,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  items: readonly JsonValue[],
): readonly CaseTypeChange[] {
  if (after === undefined && before !== undefined) return [valueChange(path, [], undefined)];
  if (before === undefined && after !== undefined && items.length === 0)
    return [valueChange(path, undefined, [])];
  return [];
}

function compareList(
  lists: Lists,
  beforePath: DefinitionPath,
  afterPath: DefinitionPath,
  before: JsonObject,
  after: JsonObject,
): readonly CaseTypeChange[] {
  const sources = alignItems(lists.before, lists.after);
  return [
    ...comings(lists, sources, { beforePath, afterPath, before, after }),
    ...sources.flatMap((source, index) =>
      source === null
        ? []
        : compareItems(
            lists.before[source] ?? null,
            lists.after[index] ?? null,
            [...afterPath, index],
            after,
          ),
    ),
  ];
}

interface Where {
  readonly beforePath: DefinitionPath;
  readonly afterPath: DefinitionPath;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** What went, what came, and the order of what stayed. */
function comings(
  lists: Lists,
  sources: readonly (number | null)[],
  { beforePath, afterPath, before, after }: Where,
): readonly CaseTypeChange[] {
  const kept = new Set(sources);
  return [
    ...lists.before.flatMap((value, index): readonly CaseTypeChange[] => {
      const path = [...beforePath, index];
      return kept.has(index) ? [] : [{ kind: 'removed', path, value, subject: subjectAt(before, path) }];
    }),
    ...lists.after.flatMap((value, index): readonly CaseTypeChange[] => {
      const path = [...afterPath, index];
      return sources[index] === null ? [{ kind: 'added', path, value, subject: subjectAt(after, path) }] : [];
    }),
    ...reordering(lists, sources, { beforePath, afterPath, before, after }),
  ];
}

function reordering(
  lists: Lists,
  sources: readonly (number | null)[],
  { beforePath, afterPath, after }: Where,
): readonly CaseTypeChange[] {
  const kept = sources.flatMap((source, index) => (source === null ? [] : [{ source, index }]));
  const sorted = kept.map(({ source }) => source).toSorted((a, b) => a - b);
  const order = kept.map(({ source }) => sorted.indexOf(source));
  if (order.every((place, index) => place === index)) return [];
  const standing = new Set(longestGrowing(order));
  const nameAt = (index: number): string => displayName(lists.after[index]);
  const moves = kept.flatMap(({ index }, at) =>
    standing.has(at) ? [] : [{ name: nameAt(index), behind: index === 0 ? null : nameAt(index - 1) }],
  );
  return [
    { kind: 'reordered', list: beforePath, order, subject: subjectAt(after, [...afterPath, 0]), moves },
  ];
}

function compareSets(sets: Lists, before: JsonObject, after: JsonObject): readonly CaseTypeChange[] {
  const root: DefinitionPath = ['activitySets'];
  const sources = alignItems(sets.before, sets.after);
  const pairs = sources.flatMap((source, index): readonly SetPair[] => {
    if (source === null) return [];
    const [one, other] = [sets.before[source], sets.after[index]];
    const lists = isMap(one) && isMap(other) ? listsOf(one[STEPS], other[STEPS]) : undefined;
    return lists === undefined
      ? [{ source, index, steps: undefined }]
      : [{ source, index, steps: { ...lists, sources: alignItems(lists.before, lists.after) } }];
  });
  const moves = matchMoves(pairs);
  return [
    ...comings(sets, sources, { beforePath: root, afterPath: root, before, after }),
    ...pairs.flatMap(({ source, index, steps }): readonly CaseTypeChange[] => {
      const path = [...root, index];
      const [one, other] = [sets.before[source] ?? null, sets.after[index] ?? null];
      if (steps === undefined) return compareItems(one, other, path, after);
      const where = {
        beforePath: [...root, source, STEPS],
        afterPath: [...path, STEPS],
        before,
        after,
      };
      const stays = comings(steps, steps.sources, where).filter((change) => !moves.covers(change));
      return [
        ...compareItems(one, other, path, after, STEPS),
        ...stays,
        ...steps.sources.flatMap((from, at) =>
          from === null
            ? []
            : compareItems(
                steps.before[from] ?? null,
                steps.after[at] ?? null,
                [...where.afterPath, at],
                after,
              ),
        ),
        ...listItself(where.afterPath, fieldOf(one, STEPS), fieldOf(other, STEPS), steps.after),
      ];
    }),
    ...moves.pairs.flatMap(({ from, to, before: one, after: other }): readonly CaseTypeChange[] => [
      {
        kind: 'moved',
        from,
        path: to,
        subject: subjectAt(after, to),
        fromSet: subjectAt(before, from.slice(0, 2)),
      },
      ...compareItems(one, other, to, after),
    ]),
  ];
}

/** The fields of an item that stayed; `apart` is a field that is compared elsewhere. */
function compareItems(
  before: JsonValue,
  now: JsonValue,
  path: DefinitionPath,
  after: JsonObject,
  apart?: string,
): readonly CaseTypeChange[] {
  if (isSame(before, now)) return [];
  if (!isMap(before) || !isMap(now)) return [valueChange(path, before, now)];
  const subject = subjectAt(after, path);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((key) => key !== apart);
  const wanted = Object.keys(now);
  const fields = keys.flatMap((key): readonly FieldChange[] => {
    if (isSame(before[key], now[key])) return [];
    const position = Object.hasOwn(before, key) ? {} : { position: wanted.indexOf(key) };
    return [{ key, ...sides(before[key], now[key]), ...position }];
  });
  const reached = keysAfter(
    [
      ...Object.keys(before).filter((key) => Object.hasOwn(now, key)),
      ...(apart !== undefined && !Object.hasOwn(before, apart) && Object.hasOwn(now, apart) ? [apart] : []),
    ],
    fields,
  );
  return [
    ...byTopic(subject.what, now, fields).map((topic): CaseTypeChange => ({
      kind: 'changed',
      path,
      subject,
      ...topic,
    })),
    // JavaScript puts keys that are numbers first, whatever their order.
    ...(isSame(Object.keys(Object.fromEntries(reached.map((key) => [key, true]))), wanted)
      ? []
      : [{ kind: 'fields-reordered', path, keys: wanted, subject } satisfies CaseTypeChange]),
  ];
}

const sides = (before?: JsonValue, after?: JsonValue): Pick<FieldChange, 'before' | 'after'> => ({
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const valueChange = (path: DefinitionPath, before?: JsonValue, after?: JsonValue): CaseTypeChange => ({
  kind: 'value',
  path,
  ...sides(before, after),
});

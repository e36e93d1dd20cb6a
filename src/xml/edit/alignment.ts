import { canonicalJson, type JsonObject, type JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition, CaseTypeEdit } from '../../case-type/index.ts';

/** Where an item was before: an index in the list at a path; null for a new one. */
export type Source = { readonly list: string; readonly index: number } | null;

/** For every list of a definition, by its path (`activitySets.0.activityTypes`), where its items were before. */
export type Alignment = ReadonlyMap<string, readonly Source[]>;

const SETS = 'activitySets';
const STEPS = 'activityTypes';
const LISTS = ['activityTypes', 'statuses', SETS, 'caseRoles', 'activityAsgmtGrps'] as const;
/** Beyond so many comparisons, renamed items are matched by their places alone. */
const MOST_PAIRS = 250_000;
const stepsPath = (set: number): string => `${SETS}.${String(set)}.${STEPS}`;

/** Finds the items of `before` in `after`: equal ones, then those of one name, then the most similar. */
export function alignDefinitions(before: CaseTypeDefinition, after: CaseTypeDefinition): Alignment {
  const alignment = alignWith(before, after, alignItems);
  return withStepsOfOtherSets(before, after, alignment);
}

/** As an edit says, so that the second of two like items is not taken for the first. */
export function alignEdit(
  before: CaseTypeDefinition,
  after: CaseTypeDefinition,
  edit: CaseTypeEdit,
): Alignment {
  switch (edit.kind) {
    case 'insert':
      return spliced(before, after, null, edit.path);
    case 'remove':
      return typeof edit.path.at(-1) === 'number'
        ? spliced(before, after, edit.path, null)
        : alignWith(before, after, inPlace);
    case 'move':
      return spliced(before, after, edit.path, edit.to);
    case 'set-leaf':
      return LISTS.some((key) => key === edit.path.at(-1))
        ? alignDefinitions(before, after)
        : alignWith(before, after, inPlace);
    case 'rename-case-type':
    case 'rename-activity-type':
    case 'rename-activity-status':
    case 'rename-status':
    case 'rename-role':
    case 'rename-set':
    case 'rename-group':
      return alignWith(before, after, inPlace);
    default:
      return edit satisfies never;
  }
}

type Aligner = (before: readonly JsonValue[], after: readonly JsonValue[]) => readonly (number | null)[];

function alignWith(before: CaseTypeDefinition, after: CaseTypeDefinition, align: Aligner): Alignment {
  const alignment = new Map<string, readonly Source[]>();
  for (const list of LISTS) {
    const sources = align(listOf(before[list]), listOf(after[list])).map(sourceIn(list));
    alignment.set(list, sources);
    if (list === SETS) addSteps(alignment, before, after, sources, align);
  }
  return alignment;
}

function addSteps(
  alignment: Map<string, readonly Source[]>,
  before: CaseTypeDefinition,
  after: CaseTypeDefinition,
  sets: readonly Source[],
  align: Aligner,
): void {
  listOf(after[SETS]).forEach((set, index) => {
    const source = sets[index] ?? null;
    const former = source === null ? [] : stepsOf(listOf(before[SETS])[source.index]);
    const sources = align(former, stepsOf(set)).map(sourceIn(stepsPath(source?.index ?? 0)));
    alignment.set(stepsPath(index), sources);
  });
}

const sourceIn =
  (list: string) =>
  (index: number | null): Source =>
    index === null ? null : { list, index };

const inPlace: Aligner = (before, after) => after.map((_, index) => (index < before.length ? index : null));

type Path = readonly (string | number)[] | null;

function spliced(before: CaseTypeDefinition, after: CaseTypeDefinition, from: Path, to: Path): Alignment {
  const sourcesOf = (list: string): readonly Source[] =>
    listAt(before, list).map((_, index) => ({ list, index }));
  const lists = new Map<string, readonly Source[]>();
  const [fromList, fromIndex] = split(from);
  const [toList, toIndex] = split(to);
  if (fromList !== '') lists.set(fromList, sourcesOf(fromList).toSpliced(fromIndex, 1));
  if (toList !== '') {
    const moved: Source = fromList === '' ? null : { list: fromList, index: fromIndex };
    lists.set(toList, (lists.get(toList) ?? sourcesOf(toList)).toSpliced(toIndex, 0, moved));
  }
  const alignment = new Map(alignWith(before, after, inPlace));
  for (const [list, sources] of lists) alignment.set(list, sources);
  const sets = lists.get(SETS);
  if (sets !== undefined) addSteps(alignment, before, after, sets, inPlace);
  return alignment;
}

const split = (path: Path): readonly [string, number] =>
  path === null ? ['', 0] : [path.slice(0, -1).join('.'), Number(path.at(-1))];

/** For every item of `after` the index of its like in `before`, each used once. */
export function alignItems(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): readonly (number | null)[] {
  const result = after.map((): number | null => null);
  const free = new Set(before.keys());
  const match = (target: number, source: number | undefined): void => {
    if (source === undefined || result[target] !== null || !free.delete(source)) return;
    result[target] = source;
  };
  for (const keyOf of [canonicalJson, nameOf]) {
    const byKey = groupBy([...free], (index) => keyOf(before[index] ?? null));
    after.forEach((item, target) => {
      if (result[target] === null) match(target, byKey.get(keyOf(item))?.shift());
    });
  }
  for (const { target, source } of likePairs(before, after, result, free)) match(target, source);
  after.forEach((_, target) => {
    match(target, placeOf(target, result));
  });
  return result;
}

/** The open items that are at least half alike, the most alike first. */
function likePairs(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  result: readonly (number | null)[],
  free: ReadonlySet<number>,
): readonly { readonly target: number; readonly source: number }[] {
  const open = after.flatMap((item, target) => (result[target] === null ? [{ item, target }] : []));
  if (open.length * free.size > MOST_PAIRS) return [];
  return open
    .flatMap(({ item, target }) =>
      [...free].map((source) => ({ target, source, share: likeness(before[source] ?? null, item) })),
    )
    .filter(({ share }) => share >= 0.5)
    .sort((a, b) => b.share - a.share);
}

/** Where an item would have been if nothing but itself had changed: right behind the one before it. */
const placeOf = (target: number, sources: readonly (number | null)[]): number =>
  target === 0 ? 0 : (sources[target - 1] ?? -2) + 1;

function nameOf(item: JsonValue): string {
  const name = isMap(item) ? item['name'] : item;
  return canonicalJson(name ?? null);
}

/** The share of fields, the name apart, that two items have in common. */
function likeness(one: JsonValue, other: JsonValue): number {
  if (!isMap(one) || !isMap(other)) return 0;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  keys.delete('name');
  if (keys.size === 0) return 0;
  const equal = [...keys].filter(
    (key) => canonicalJson(one[key] ?? null) === canonicalJson(other[key] ?? null),
  );
  return equal.length / keys.size;
}

/** A step that went to another set as it was is that step. */
function withStepsOfOtherSets(
  before: CaseTypeDefinition,
  after: CaseTypeDefinition,
  alignment: Alignment,
): Alignment {
  const used = new Set([...alignment.values()].flat().map((source) => source && sourceKey(source)));
  const lost = listOf(before[SETS]).flatMap((set, index) =>
    stepsOf(set).map((step, at) => ({ step, source: { list: stepsPath(index), index: at } })),
  );
  const byStep = groupBy(
    lost.filter(({ source }) => !used.has(sourceKey(source))),
    ({ step }) => canonicalJson(step),
  );
  const result = new Map(alignment);
  listOf(after[SETS]).forEach((set, index) => {
    const list = stepsPath(index);
    const steps = stepsOf(set);
    const sources = result.get(list) ?? [];
    result.set(
      list,
      sources.map(
        (source, at) => source ?? byStep.get(canonicalJson(steps[at] ?? null))?.shift()?.source ?? null,
      ),
    );
  });
  return result;
}

export const sourceKey = ({ list, index }: NonNullable<Source>): string => `${list}.${String(index)}`;

const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
const stepsOf = (set: JsonValue | undefined): readonly JsonValue[] =>
  set !== undefined && isMap(set) ? listOf(set[STEPS]) : [];

function listAt(definition: CaseTypeDefinition, path: string): readonly JsonValue[] {
  const [list = '', set, steps] = path.split('.');
  return steps === undefined ? listOf(definition[list]) : stepsOf(listOf(definition[list])[Number(set)]);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

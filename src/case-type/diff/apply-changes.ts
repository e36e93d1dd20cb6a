import { AppError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../definition.ts';
import type { DefinitionPath } from '../edit.ts';
import { groupBy } from './align.ts';
import type { CaseTypeChange, FieldChange } from './change.ts';
import { withRenames } from './find-renames.ts';
import { isList, isMap, type MaybeJson } from './json-parts.ts';
import { markTimelines, unmarkTimelines } from './timeline-marks.ts';

type Of<Kind extends CaseTypeChange['kind']> = Extract<CaseTypeChange, { readonly kind: Kind }>;

/**
 * The definition that the changes of `diffCaseTypes` lead to, taken in the order in which it gives them.
 * @throws AppError conflict when a change does not fit the definition
 */
export function applyChanges(
  before: CaseTypeDefinition,
  changes: readonly CaseTypeChange[],
): CaseTypeDefinition {
  const of = <Kind extends CaseTypeChange['kind']>(kind: Kind): readonly Of<Kind>[] =>
    changes.filter((change): change is Of<Kind> => change.kind === kind);
  const marked = markTimelines(before);
  let root = withRenames(marked.definition, of('renamed'));
  const change = (path: DefinitionPath, make: (value: MaybeJson) => MaybeJson): void => {
    root = changeAt(root, path, make, path) as JsonObject;
  };
  const carried = new Map<DefinitionPath, JsonValue>();
  for (const { from } of of('moved')) carried.set(from, itemAt(root, from));

  const leaving = [...of('removed').map(({ path }) => path), ...carried.keys()].toSorted(fromTheEnd);
  // Steps go and change places while the paths of their sets still hold.
  for (const depth of DEPTHS) {
    for (const path of leaving.filter((one) => one.length === depth + 1)) {
      change(path.slice(0, -1), (list) => listAt(list, path).toSpliced(Number(path.at(-1)), 1));
    }
    for (const { list, order } of of('reordered').filter((one) => one.list.length === depth)) {
      change(list, (items) => permuted(listAt(items, list), order, list));
    }
  }
  const arrivals = [
    ...of('added').map(({ path, value }) => ({ path, value })),
    ...of('moved').map(({ from, path }) => ({ path, value: carried.get(from) ?? null })),
  ];
  for (const { path, value } of arrivals.toSorted((a, b) => fromTheStart(a.path, b.path))) {
    change(path.slice(0, -1), (list) => listAt(list ?? [], path).toSpliced(Number(path.at(-1)), 0, value));
  }
  for (const { path, after } of of('value')) {
    if (path[0] !== 'timelineActivityTypes') change(path, () => after);
  }
  for (const [, changes] of groupBy(of('changed'), ({ path }) => path.join('.'))) {
    const fields = changes.flatMap((one) => one.fields);
    change(changes[0]?.path ?? [], (item) => withFields(item, fields));
  }
  for (const { path, keys } of of('fields-reordered')) {
    change(path, (item) => (isMap(item) ? pick(item, keys) : item));
  }
  const result = unmarkTimelines({ definition: root, derived: marked.derived });
  const former =
    marked.derived === false ? { timelineActivityTypes: before.timelineActivityTypes ?? null } : {};
  return of('value')
    .filter(({ path }) => path[0] === 'timelineActivityTypes')
    .reduce<CaseTypeDefinition>(
      (value, { path, after }) =>
        changeAt(value as JsonObject, path, () => after, path) as CaseTypeDefinition,
      { ...result, ...former },
    );
}

/** The paths of lists: `activitySets.0.activityTypes`, then those at the top. */
const DEPTHS = [3, 1];
/** Higher indexes first, so that what is taken out moves nothing that is still to go. */
const fromTheEnd = (a: DefinitionPath, b: DefinitionPath): number => Number(b.at(-1)) - Number(a.at(-1));
/** Lists before what is in their items, and from the front, so that every index is the final one. */
const fromTheStart = (a: DefinitionPath, b: DefinitionPath): number =>
  a.length - b.length || Number(a.at(-1)) - Number(b.at(-1));

function changeAt(
  value: MaybeJson,
  path: DefinitionPath,
  make: (value: MaybeJson) => MaybeJson,
  whole: DefinitionPath,
): MaybeJson {
  const [key, ...deeper] = path;
  if (key === undefined) return make(value);
  if (isList(value) && typeof key === 'number' && key < value.length) {
    return value.with(key, changeAt(value[key], deeper, make, whole) ?? null);
  }
  if (!isMap(value) || typeof key !== 'string') throw misfit(whole);
  const inner = changeAt(Object.hasOwn(value, key) ? value[key] : undefined, deeper, make, whole);
  if (inner !== undefined) return { ...value, [key]: inner };
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}

function withFields(item: MaybeJson, fields: readonly FieldChange[]): MaybeJson {
  if (!isMap(item)) return item;
  const values = new Map(fields.map(({ key, after }) => [key, after]));
  const kept = Object.keys(item).filter((key) => !values.has(key) || values.get(key) !== undefined);
  return Object.fromEntries(
    keysAfter(kept, fields).map((key) => [key, (values.has(key) ? values.get(key) : item[key]) ?? null]),
  );
}

/** The keys of an item with the new ones at their places. */
export function keysAfter(kept: readonly string[], fields: readonly FieldChange[]): readonly string[] {
  const news = fields.flatMap(({ key, position }) => (position === undefined ? [] : [{ key, position }]));
  return news
    .toSorted((a, b) => a.position - b.position)
    .reduce((keys, { key, position }) => keys.toSpliced(position, 0, key), kept);
}

function itemAt(root: JsonObject, path: DefinitionPath): JsonValue {
  const item = path.reduce<MaybeJson>(
    (value, key) =>
      isList(value) && typeof key === 'number' ? value[key] : isMap(value) ? value[key] : undefined,
    root,
  );
  if (item === undefined) throw misfit(path);
  return item;
}

function listAt(list: MaybeJson, path: DefinitionPath): readonly JsonValue[] {
  if (isList(list)) return list;
  throw misfit(path);
}

function permuted(
  items: readonly JsonValue[],
  order: readonly number[],
  path: DefinitionPath,
): readonly JsonValue[] {
  if (items.length !== order.length) throw misfit(path);
  return order.map((from) => items[from] ?? null);
}

/** In this order; keys that it does not name stay behind. */
const pick = (item: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]] as const])));

function misfit(path: DefinitionPath): AppError {
  return new AppError(
    'conflict',
    `The changes do not fit this definition: nothing suitable stands at ${path.join('.')}. Apply them to the definition from which they were computed.`,
    { details: { path } },
  );
}

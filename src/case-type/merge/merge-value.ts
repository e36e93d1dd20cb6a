import type { JsonObject } from '../../base/json.ts';
import { isList, isMap, isSame, type MaybeJson } from '../diff/json-parts.ts';
import type { DefinitionPath } from '../edit.ts';
import type { FoundConflict } from './conflict.ts';
import { mergeOrder } from './merge-order.ts';

export interface Merged<Value = MaybeJson> {
  readonly value: Value;
  readonly conflicts: readonly FoundConflict[];
}

/** The three sides of something; undefined where it is absent. */
export interface Sides<Value = MaybeJson> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}

/** Merges the value of one key of an item, or leaves it to the usual way. */
export type KeyMerger = (key: string, sides: Sides) => Merged | undefined;

const usual: KeyMerger = () => undefined;

/** A value of which at most one side changed it, or whose fields can be merged each by itself. */
export function mergeValue(sides: Sides, path: DefinitionPath, mergeKey: KeyMerger = usual): Merged {
  const { base, ours, theirs } = sides;
  if (isSame(ours, theirs) || isSame(base, theirs)) return { value: ours, conflicts: [] };
  if (isSame(base, ours)) return { value: theirs, conflicts: [] };
  if (isMap(ours) && isMap(theirs)) {
    return mergeFields({ base: isMap(base) ? base : {}, ours, theirs }, path, mergeKey);
  }
  // What one side removed and the other edited stays, as edited.
  return { value: ours ?? theirs, conflicts: [{ kind: 'value', path, ...present(sides) }] };
}

/** Fields merge each by itself, and then the order in which they stand. */
export function mergeFields(
  { base, ours, theirs }: Sides<JsonObject>,
  path: DefinitionPath,
  mergeKey: KeyMerger = usual,
): Merged<JsonObject> {
  const fields = new Map<string, Merged>();
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const sides = { base: at(base, key), ours: at(ours, key), theirs: at(theirs, key) };
    fields.set(key, mergeKey(key, sides) ?? mergeField(sides, [...path, key]));
  }
  const members = new Set([...fields].flatMap(([key, { value }]) => (value === undefined ? [] : [key])));
  const { order } = mergeKeyOrder(Object.keys(base), Object.keys(ours), Object.keys(theirs), members);
  return {
    value: Object.fromEntries(order.map((key) => [key, fields.get(key)?.value ?? null])),
    conflicts: [...fields.values()].flatMap(({ conflicts }) => conflicts),
  };
}

/** Several texts in one field, as the groups of a role, merge one by one. */
function mergeField(sides: Sides, path: DefinitionPath): Merged {
  const { base, ours, theirs } = sides;
  if (path.at(-1) !== 'groups' || !isTexts(ours) || !isTexts(theirs)) return mergeValue(sides, path);
  const former = isTexts(base) ? base : [];
  const members = new Set(
    [...ours, ...theirs].filter((text) =>
      former.includes(text) ? ours.includes(text) && theirs.includes(text) : true,
    ),
  );
  const { order, isConflict } = mergeOrder(former, ours, theirs, members);
  return isConflict ? mergeValue(sides, path) : { value: order, conflicts: [] };
}

const isTexts = (value: MaybeJson): value is readonly string[] =>
  isList(value) && value.every((text) => typeof text === 'string') && new Set(value).size === value.length;

/** The order of fields has no effect: where the sides differ, that of lesser text counts. */
function mergeKeyOrder(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  members: ReadonlySet<string>,
) {
  const merged = mergeOrder(base, ours, theirs, members);
  if (!merged.isConflict) return merged;
  const other = mergeOrder(base, theirs, ours, members);
  return merged.order.join('\n') <= other.order.join('\n') ? merged : other;
}

const at = (item: JsonObject, key: string): MaybeJson => (Object.hasOwn(item, key) ? item[key] : undefined);

function present({ base, ours, theirs }: Sides) {
  return {
    ...(base === undefined ? {} : { base }),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}

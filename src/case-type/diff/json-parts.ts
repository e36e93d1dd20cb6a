import type { JsonObject, JsonValue } from '../../base/json.ts';

export type MaybeJson = JsonValue | undefined;

export const isList = (value: MaybeJson): value is readonly JsonValue[] => Array.isArray(value);
export const isMap = (value: MaybeJson): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);

/** Equal to the order of keys, which CiviCRM's writer follows. */
export const isSame = (one: MaybeJson, other: MaybeJson): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A list, where an absent one counts as empty; undefined for anything else. */
export const asList = (value: MaybeJson): readonly JsonValue[] | undefined =>
  value === undefined ? [] : isList(value) ? value : undefined;

/** The first text of a leaf, `''` when there is none. */
export function textOf(value: MaybeJson): string {
  const first = isList(value) ? value[0] : value;
  return typeof first === 'string' || typeof first === 'number' ? String(first) : '';
}

export const fieldOf = (value: MaybeJson, key: string): MaybeJson =>
  isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;

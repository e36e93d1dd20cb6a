import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from './definition.ts';
import { isPhpTrue, leafText, phpInt } from './php-values.ts';

/**
 * A definition as CiviCRM reads it back once it is XML: scalars are texts, an empty leaf is `[]`, one of a list is
 * no list, `groups` is split. What it reads from a file stays exactly as it is; `null` counts as absent.
 */
export function toReadForm(definition: CaseTypeDefinition): CaseTypeDefinition {
  const entries = Object.entries(definition).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [[key, (ENTRIES[key] ?? asItIs)(value)] as const],
  );
  return Object.fromEntries<JsonValue>(entries);
}

const asItIs = (value: JsonValue): JsonValue => value;
const ENTRIES: Readonly<Record<string, (value: JsonValue) => JsonValue>> = {
  forkable: (value) => phpInt(leafText(value)),
  restrictActivityAsgmtToCmsUser: (value) => phpInt(leafText(value)),
  activityAsgmtGrps: toTexts,
  activityTypes: (value) => itemsOf(value).map(toItem),
  statuses: toTexts,
  activitySets: (value) => itemsOf(value).map(toSet),
  caseRoles: (value) => itemsOf(value).map(toRole),
};

const itemsOf = (value: JsonValue): readonly JsonValue[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];
const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const isBlank = (text: string): boolean => /^[ \t\r\n]*$/.test(text);

function toTexts(value: JsonValue): JsonValue {
  if (isMap(value)) return value;
  const items = isList(value) ? value : [value];
  const texts = items.map((item) => (isMap(item) ? item : leafText(item)));
  const [only] = texts;
  // One empty element is an empty list; among others it is an object without anything in it.
  if (texts.length === 1 && typeof only === 'string' && isBlank(only)) return [];
  return texts.map((text) => (typeof text === 'string' && isBlank(text) ? {} : text));
}

function toItem(item: JsonValue): JsonValue {
  if (!isMap(item)) return isList(item) ? item : toLeaf(item);
  const fields = Object.entries(item).map(([key, value]) => [key, toLeaf(value)] as const);
  return fields.length === 0 ? [] : Object.fromEntries(fields);
}

function toLeaf(value: JsonValue): JsonValue {
  if (isList(value)) {
    const [only, ...more] = value;
    if (only === undefined) return [];
    return more.length === 0 ? toLeaf(only) : value.map(toLeaf);
  }
  if (isMap(value)) return toItem(value);
  const text = leafText(value);
  return isBlank(text) ? [] : text;
}

function toRole(role: JsonValue): JsonValue {
  if (!isMap(role) || role['groups'] === undefined) return toItem(role);
  const groups = role['groups'];
  if (isMap(groups)) return toItem(role);
  const text = isList(groups) ? groups.map((group) => leafText(group)).join(',') : leafText(groups);
  const isSplit = isPhpTrue(text) && !isBlank(text);
  return { ...(toItem(role) as JsonObject), groups: isSplit ? text.split(',') : toLeaf(text) };
}

function toSet(set: JsonValue): JsonValue {
  if (!isMap(set)) return set;
  const { name, label, timeline, sequence, activityTypes, ...others } = set;
  return {
    ...others,
    name: leafText(name),
    label: leafText(label),
    ...(isSet(timeline) ? { timeline: 1 } : {}),
    ...(isSet(sequence) ? { sequence: 1 } : {}),
    ...(activityTypes === undefined || activityTypes === null
      ? {}
      : { activityTypes: itemsOf(activityTypes).map(toItem) }),
  };
}

const isSet = (value: JsonValue | undefined): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : isPhpTrue(leafText(value));

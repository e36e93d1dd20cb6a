import type { JsonObject, JsonValue } from '../base/json.ts';

/** A field that does not hold what was written. */
export interface FieldDifference {
  readonly field: string;
  readonly expected: JsonValue;
  readonly got: JsonValue;
}

/** The fields of `sent` that `read` does not hold; compared as CiviCRM stores them, see `isSameStored`. */
export function differencesOf(sent: JsonObject, read: JsonObject): readonly FieldDifference[] {
  return Object.entries(sent).flatMap(([field, expected]) => {
    const got = read[field] ?? null;
    return isSameStored(expected, got) ? [] : [{ field, expected, got }];
  });
}

/**
 * Whether a value that was sent and the one read back are the same to CiviCRM: `1` and `"1"`, `true` and `1`, null
 * and an empty text or list, a date with midnight or without, `&lt;` and `<`, line ends, and lists in any order.
 */
export function isSameStored(sent: JsonValue, read: JsonValue): boolean {
  if (isEmpty(sent) || isEmpty(read)) return isEmpty(sent) && isEmpty(read);
  if (isList(sent) || isList(read)) return sameList(listOf(sent), listOf(read));
  if (isObject(sent) || isObject(read)) return isObject(sent) && isObject(read) && sameObject(sent, read);
  return sameText(textOf(sent), textOf(read));
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const isEmpty = (value: JsonValue): boolean =>
  value === null || value === '' || (isList(value) && value.length === 0);
/** A field with several values takes one of them alone. */
const listOf = (value: JsonValue): readonly JsonValue[] => (isList(value) ? value : [value]);

function sameList(sent: readonly JsonValue[], read: readonly JsonValue[]): boolean {
  if (sent.length !== read.length) return false;
  const left = [...read];
  return sent.every((value) => {
    const index = left.findIndex((other) => isSameStored(value, other));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function sameObject(sent: JsonObject, read: JsonObject): boolean {
  const keys = new Set([...Object.keys(sent), ...Object.keys(read)]);
  return [...keys].every((key) => isSameStored(sent[key] ?? null, read[key] ?? null));
}

function sameText(sent: string, read: string): boolean {
  return sent === read || dateOf(sent) === dateOf(read) || (isNumber(sent) && Number(sent) === Number(read));
}

function textOf(value: string | number | boolean | null): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  return decodeEntities(String(value)).replace(/\r\n?/g, '\n').trim();
}

/** Money and floats come back with other trailing zeros. A text of digits with a leading zero is not a number. */
const isNumber = (text: string): boolean => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text);

/** Dates to one form with seconds; any other text stays as it is. */
function dateOf(text: string): string {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T]?(\d{2}):?(\d{2})(?::?(\d{2}))?)?$/.exec(text);
  if (parts === null) return text;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = parts;
  return `${year ?? ''}-${month ?? ''}-${day ?? ''} ${hour}:${minute}:${second}`;
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
  '&#39;': "'",
  '&amp;': '&',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#0?39|amp);/g, (entity) => entities[entity] ?? entity);
}

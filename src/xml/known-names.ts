import { CASE_TYPE_FORMAT, ROOT_ELEMENTS_BESIDE, SET_FORMAT, STEP_FIELDS } from './format.ts';

/*
 * The names that nearly every element of a case type has. Handing out one string for each, instead of a new one for
 * every element, makes comparing names and using them as keys cheap.
 */
const NAMES: readonly string[] = [
  'CaseType',
  ...CASE_TYPE_FORMAT.flatMap((entry) => ('item' in entry ? [entry.element, entry.item] : [entry.element])),
  ...SET_FORMAT.texts,
  ...SET_FORMAT.flags,
  ...ROOT_ELEMENTS_BESIDE,
  ...CASE_TYPE_FORMAT.flatMap((entry) => ('fields' in entry ? entry.fields : [])).map(
    ({ element }) => element,
  ),
  ...STEP_FIELDS.map(({ element }) => element),
];

/** By length and first character. */
const BUCKETS = new Map<number, string[]>();
for (const name of new Set(NAMES)) {
  const key = bucketOf(name.length, name.charCodeAt(0));
  BUCKETS.set(key, [...(BUCKETS.get(key) ?? []), name]);
}

function bucketOf(length: number, first: number): number {
  return length * 128 + first;
}

/** The one string for a name at a place in a text; undefined for a name that is not among them. */
export function knownName(text: string, start: number, end: number): string | undefined {
  const bucket = BUCKETS.get(bucketOf(end - start, text.charCodeAt(start)));
  if (bucket === undefined) return undefined;
  for (const name of bucket) if (text.startsWith(name, start)) return name;
  return undefined;
}

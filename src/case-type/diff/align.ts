import { canonicalJson, type JsonValue } from '../../base/json.ts';
import { isMap } from './json-parts.ts';

/** Beyond so many pairs, items of one name are matched in their order. */
const MOST_PAIRS = 10_000;

/**
 * For every item of `after` the index of its like in `before`, each used once: equal items first, then those of one
 * name, the most similar first.
 */
export function alignItems(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): readonly (number | null)[] {
  const sources = after.map((): number | null => null);
  const free = new Set(before.keys());
  const match = (target: number, source: number | undefined): void => {
    if (source === undefined || sources[target] !== null || !free.delete(source)) return;
    sources[target] = source;
  };
  // Of equal items those at the ends stay where they are, so that an edit of one of them is no move.
  const texts = { before: before.map(canonicalJson), after: after.map(canonicalJson) };
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && texts.before[head] === texts.after[head]) match(head, head++);
  for (let tail = 1; tail <= shorter - head && texts.before.at(-tail) === texts.after.at(-tail); tail += 1) {
    match(after.length - tail, before.length - tail);
  }
  const equals = groupBy([...free], (index) => texts.before[index] ?? '');
  after.forEach((_, target) => {
    if (sources[target] === null) match(target, equals.get(texts.after[target] ?? '')?.shift());
  });

  const named = groupBy([...free], (index) => identityOf(before[index] ?? null));
  const open = groupBy(
    [...after.keys()].filter((target) => sources[target] === null),
    (target) => identityOf(after[target] ?? null),
  );
  for (const [name, targets] of open) {
    const candidates = named.get(name) ?? [];
    if (targets.length * candidates.length > MOST_PAIRS) {
      targets.forEach((target, index) => match(target, candidates[index]));
      continue;
    }
    const pairs = targets.flatMap((target) =>
      candidates.map((source) => ({
        target,
        source,
        share: likeness(before[source] ?? null, after[target] ?? null),
      })),
    );
    for (const { target, source } of pairs.sort((a, b) => b.share - a.share)) match(target, source);
  }
  return sources;
}

/** What makes an item the same one although its fields changed. */
export function identityOf(item: JsonValue): string {
  return canonicalJson(isMap(item) ? (item['name'] ?? null) : item);
}

/** The share of fields, the name apart, that two items have in common; 1 when neither has any. */
export function likeness(one: JsonValue, other: JsonValue): number {
  if (!isMap(one) || !isMap(other)) return 0;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  keys.delete('name');
  const equal = [...keys].filter(
    (key) => canonicalJson(one[key] ?? null) === canonicalJson(other[key] ?? null),
  );
  return keys.size === 0 ? 1 : equal.length / keys.size;
}

export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** The positions of a longest run of growing numbers. */
export function longestGrowing(numbers: readonly number[]): readonly number[] {
  const tails: number[] = [];
  const previous = new Map<number, number | undefined>();
  numbers.forEach((number, at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous.set(at, tails[low - 1]);
    tails[low] = at;
  });
  const run: number[] = [];
  for (let at = tails.at(-1); at !== undefined; at = previous.get(at)) run.unshift(at);
  return run;
}

import { canonicalJson, type JsonObject, type JsonValue } from '../../base/json.ts';
import type { DefinitionPath } from '../edit.ts';
import { RENAME_PLACES, renameIn, type RenameKind } from '../rename.ts';
import { groupBy } from './align.ts';
import { fieldOf, isList, isMap, textOf } from './json-parts.ts';

export interface FoundRename {
  readonly rename: RenameKind;
  readonly from: string;
  readonly to: string;
  /** Where the old name stood. */
  readonly places: readonly DefinitionPath[];
}

/** Sets first, because steps are compared within their set; statuses of steps last, because they go by their steps. */
const ORDER: readonly RenameKind[] = [
  'rename-set',
  'rename-activity-type',
  'rename-role',
  'rename-group',
  'rename-status',
  'rename-activity-status',
];
/** From here on a name that went and one that came are taken for the same thing. */
const ENOUGH = 0.5;
const MOST_PAIRS = 10_000;

/**
 * Names that only `before` has and names that only `after` has, where what bears them is alike: its other fields, its
 * neighbours, the letters of the name.
 */
export function findRenames(before: JsonObject, after: JsonObject): readonly FoundRename[] {
  const found: FoundRename[] = [];
  let current = before;
  for (const rename of ORDER) {
    for (const { from, to } of renamesOf(rename, current, after)) {
      found.push({ rename, from, to, places: placesOf(current, rename, from).map(({ path }) => path) });
      current = renameIn(current, { kind: rename, from, to }).definition as JsonObject;
    }
  }
  return found;
}

/** The definition with names replaced. */
export function withRenames(
  definition: JsonObject,
  renames: readonly Pick<FoundRename, 'rename' | 'from' | 'to'>[],
): JsonObject {
  return renames.reduce(
    (value, { rename, from, to }) => renameIn(value, { kind: rename, from, to }).definition as JsonObject,
    definition,
  );
}

export interface Place {
  readonly path: DefinitionPath;
  readonly name: string;
}

/** Every place that holds a name of a kind, or just those that hold this one. */
export function placesOf(definition: JsonObject, rename: RenameKind, name?: string): readonly Place[] {
  const walk = (
    value: JsonValue | undefined,
    pattern: readonly string[],
    path: DefinitionPath,
  ): readonly Place[] => {
    const [key, ...deeper] = pattern;
    if (key === '*') {
      return isList(value) ? value.flatMap((item, index) => walk(item, deeper, [...path, index])) : [];
    }
    if (key !== undefined) return walk(fieldOf(value, key), deeper, [...path, key]);
    if (isList(value)) return value.flatMap((item, index) => walk(item, [], [...path, index]));
    return typeof value === 'string' && value !== '' && (name ?? value) === value
      ? [{ path, name: value }]
      : [];
  };
  return RENAME_PLACES[rename].flatMap((place) => walk(definition, place.split('.'), []));
}

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly score: number;
}

function renamesOf(rename: RenameKind, before: JsonObject, after: JsonObject): readonly Pair[] {
  const [had, has] = [usesOf(rename, before), usesOf(rename, after)];
  const lost = [...had.keys()].filter((name) => !has.has(name));
  const gained = [...has.keys()].filter((name) => !had.has(name));
  if (lost.length * gained.length > MOST_PAIRS) return [];
  const pairs = lost.flatMap((from) =>
    gained.map((to) => ({
      from,
      to,
      score: alike(rename, from, to, had.get(from) ?? [], has.get(to) ?? []),
    })),
  );
  const taken = new Set<string>();
  return pairs
    .filter(({ score }) => score >= ENOUGH)
    .sort((a, b) => b.score - a.score)
    .filter(({ from, to }) => {
      const isFree = !taken.has(`<${from}`) && !taken.has(`>${to}`);
      if (isFree) taken.add(`<${from}`).add(`>${to}`);
      return isFree;
    });
}

/** A name where it stands: in which list, beside what, with which other fields. */
interface Use {
  readonly list: string;
  readonly neighbours: readonly [string, string];
  readonly rest: JsonObject;
  readonly stepName: string;
}

function usesOf(rename: RenameKind, definition: JsonObject): ReadonlyMap<string, readonly Use[]> {
  const uses = placesOf(definition, rename).map(({ path, name }) => ({ name, use: useAt(definition, path) }));
  return new Map(
    Array.from(
      groupBy(uses, ({ name }) => name),
      ([name, all]) => [name, all.map(({ use }) => use)],
    ),
  );
}

function useAt(definition: JsonObject, path: DefinitionPath): Use {
  const depth = path[0] === 'activitySets' && path.length > 3 ? 3 : 1;
  const list = path
    .slice(0, depth)
    .reduce<JsonValue | undefined>(
      (value, key) => (isList(value) && typeof key === 'number' ? value[key] : fieldOf(value, String(key))),
      definition,
    );
  const index = Number(path[depth]);
  const items = isList(list) ? list : [];
  const set =
    depth === 3 ? fieldOf((definition['activitySets'] as readonly JsonValue[])[Number(path[1])], 'name') : '';
  const item = items[index];
  const { name: _name, ...rest } = isMap(item) ? item : {};
  return {
    list: canonicalJson([
      set ?? '',
      ...path.slice(depth === 3 ? 2 : 0, depth),
      path.at(-1) === 'reference_activity',
    ]),
    neighbours: [nameOf(items[index - 1]), nameOf(items[index + 1])],
    rest: textOf(rest['label']) === nameOf(item) ? without(rest, 'label') : rest,
    stepName: nameOf(item),
  };
}

const nameOf = (item: JsonValue | undefined): string => (isMap(item) ? textOf(item['name']) : textOf(item));
const without = (item: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(item).filter(([key]) => key !== name));

/** From 0 to about 1: how sure it is that one name became the other. */
function alike(
  rename: RenameKind,
  from: string,
  to: string,
  had: readonly Use[],
  has: readonly Use[],
): number {
  if (rename === 'rename-activity-status') return shareOfSteps(had, has);
  if (rename === 'rename-set') return likeSets(had[0], has[0]);
  const letters = likeTexts(from, to);
  const scores = had.flatMap((one) =>
    has.flatMap((other) => {
      if (one.list !== other.list) return [];
      const { equal, all } = commonFields(one.rest, other.rest);
      const place = one.neighbours.filter((name, side) => name === other.neighbours[side]).length / 2;
      return [0.4 * (equal / (all + 1)) + 0.25 * place + 0.45 * letters];
    }),
  );
  return Math.max(0, ...scores);
}

/** A status of steps became another one when it did so in several steps. */
function shareOfSteps(had: readonly Use[], has: readonly Use[]): number {
  const keyOf = ({ list, stepName }: Use): string => canonicalJson([list, stepName]);
  const now = new Set(has.map(keyOf));
  const common = had.filter((use) => now.has(keyOf(use))).length;
  return common < 2 ? 0 : common / Math.max(had.length, has.length);
}

function likeSets(one: Use | undefined, other: Use | undefined): number {
  const [before, after] = [one, other].map((use) => {
    const steps = use?.rest['activityTypes'];
    return new Set(isList(steps) ? steps.map(nameOf) : []);
  });
  if (before === undefined || after === undefined) return 0;
  const common = [...before].filter((name) => after.has(name)).length;
  const label = textOf(one?.rest['label']);
  const hasLabel = label !== '' && label === textOf(other?.rest['label']);
  return (2 * common) / Math.max(1, before.size + after.size) + (hasLabel ? 0.3 : 0);
}

function commonFields(one: JsonObject, other: JsonObject): { readonly equal: number; readonly all: number } {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const equal = keys.filter((key) => canonicalJson(one[key] ?? null) === canonicalJson(other[key] ?? null));
  return { equal: equal.length, all: keys.length };
}

/** The share of letter pairs that two texts have in common. */
function likeTexts(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => {
    const letters = Array.from(text.toLowerCase());
    return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`));
  });
  if (left === undefined || right === undefined || left.size + right.size === 0) return 0;
  return (2 * [...left].filter((pair) => right.has(pair)).length) / (left.size + right.size);
}

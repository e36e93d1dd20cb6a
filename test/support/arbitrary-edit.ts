import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import {
  RENAME_PLACES,
  type CaseTypeDefinition,
  type CaseTypeEdit,
  type DefinitionPath,
  type RenameKind,
} from '../../src/case-type/index.ts';

/** Every list of items in a definition, and every leaf. */
function placesIn(
  value: JsonValue,
  path: DefinitionPath = [],
): { lists: DefinitionPath[]; leaves: DefinitionPath[] } {
  if (typeof value !== 'object' || value === null) return { lists: [], leaves: [path] };
  const isItems =
    Array.isArray(value) &&
    ['activityTypes', 'activitySets', 'caseRoles', 'statuses'].includes(String(path.at(-1)));
  const inner = Object.entries(value)
    .filter(([key]) => key !== 'timelineActivityTypes' && !key.startsWith('@'))
    .map(([key, item]) => placesIn(item, [...path, Array.isArray(value) ? Number(key) : key]));
  return {
    lists: [...(isItems ? [path] : []), ...inner.flatMap(({ lists }) => lists)],
    leaves: inner.flatMap(({ leaves }) => leaves),
  };
}

const valueAt = (definition: CaseTypeDefinition, path: DefinitionPath): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>(
    (value, key) => (value as JsonObject | undefined)?.[key],
    definition as JsonObject,
  );

const words = fc.constantFrom(
  'Home visit',
  'A & B',
  '<new>',
  'x]]>y',
  '7',
  ' spaced ',
  '',
  "it's",
  'Phone Call',
);
const leafValues = fc.oneof(words, fc.integer({ min: -9, max: 99 }), fc.tuple(words, words));

/** An edit that makes sense in this definition. */
export function editsOf(definition: CaseTypeDefinition): fc.Arbitrary<CaseTypeEdit> {
  const { lists, leaves } = placesIn(definition as JsonObject);
  const filled = lists.filter((path) => (valueAt(definition, path) as readonly JsonValue[]).length > 0);
  const itemIn = (path: DefinitionPath, extra = 0) =>
    fc
      .nat((valueAt(definition, path) as readonly JsonValue[]).length - 1 + extra)
      .map((index) => [...path, index]);
  const itemLeaves = leaves.filter((path) => typeof path.at(-1) === 'string' && path.length > 1);
  const kinds: fc.Arbitrary<CaseTypeEdit>[] = [
    fc
      .tuple(fc.constantFrom('activityTypes', 'caseRoles'), words, words)
      .map(([list, name, other]): CaseTypeEdit => ({
        kind: 'insert',
        path: [list, 0],
        value: { name, other },
      })),
    words.map((to): CaseTypeEdit => ({ kind: 'rename-case-type', to })),
  ];
  if (filled.length > 0) {
    const list = fc.constantFrom(...filled);
    kinds.push(
      list.chain((path) => itemIn(path).map((one): CaseTypeEdit => ({ kind: 'remove', path: one }))),
      list.chain((path) => {
        // A step may go to another set.
        const others = filled.filter((one) => one.length === path.length && one.length > 1 && one !== path);
        const inside = fc.tuple(itemIn(path), itemIn(path));
        const across = others.map((one) => fc.tuple(itemIn(path), itemIn(one)));
        return fc
          .oneof(inside, ...across)
          .map(([one, to]): CaseTypeEdit => ({ kind: 'move', path: one, to }));
      }),
      list.chain((path) =>
        itemIn(path, 1).map((one): CaseTypeEdit => ({
          kind: 'insert',
          path: one,
          value: valueAt(definition, [...path, 0]) ?? null,
        })),
      ),
    );
  }
  if (itemLeaves.length > 0) {
    const leaf = fc.constantFrom(...itemLeaves);
    kinds.push(
      fc.tuple(leaf, leafValues).map(([path, value]): CaseTypeEdit => ({ kind: 'set-leaf', path, value })),
      fc.tuple(leaf, leafValues).map(([path, value]): CaseTypeEdit => ({
        kind: 'set-leaf',
        path: [...path.slice(0, -1), 'order'],
        value,
      })),
      leaf.map((path): CaseTypeEdit => ({ kind: 'remove', path })),
    );
  }
  const kind = fc.constantFrom(...(Object.keys(RENAME_PLACES) as RenameKind[]));
  const names = leaves.map((path) => valueAt(definition, path)).filter((one) => typeof one === 'string');
  if (names.length > 0)
    kinds.push(
      fc.tuple(kind, fc.constantFrom(...names), words).map(([k, from, to]) => ({ kind: k, from, to })),
    );
  return fc.oneof(...kinds);
}

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { fieldsOf, type Dependency } from '../entity.ts';
import type { EntityKind, Kind, KindField, Reference } from './kind.ts';

/** The names of what rows refer to on one site, both ways. */
export interface NameBook {
  /** The name of the row that holds this id or value; undefined: there is none. */
  nameOf(reference: Reference, stored: string): string | undefined;
  /** What the site stores for a name; undefined: it has none of that name. */
  storedFor(reference: Reference, name: string): string | undefined;
}

/** What a field names in this entity or row; null: nothing. */
export function referenceOf(field: KindField, row: JsonObject): Reference | null {
  const { refers } = field;
  if (refers === undefined || !('of' in refers)) return refers ?? null;
  const chosen = row[refers.field];
  return typeof chosen === 'string' ? (refers.of[chosen] ?? null) : null;
}

/** Every kind that the fields of a kind may name. */
export const kindsNamedBy = (kind: Kind): readonly EntityKind[] => [
  ...new Set(
    kind.fields.flatMap(({ refers }) =>
      refers === undefined
        ? []
        : ('of' in refers ? Object.values(refers.of) : [refers])
            .filter(({ by }) => by !== 'name')
            .map((reference) => reference.kind),
    ),
  ),
];

/** A row of APIv4 as an entity: by name, without ids. What the row names and the site lacks is left out. */
export function toEntity(kind: Kind, row: JsonObject, names: NameBook): Dependency {
  const entity: Record<string, JsonValue> = {};
  for (const field of kind.fields) {
    const reference = referenceOf(field, entity);
    const nameOf = (stored: string): string | undefined =>
      reference === null || reference.by === 'name' ? stored : names.nameOf(reference, stored);
    entity[field.name] = readField(field, row[field.path] ?? null, nameOf);
  }
  return { kind: kind.name, ...entity } as Dependency;
}

function readField(
  field: KindField,
  value: JsonValue,
  nameOf: (stored: string) => string | undefined,
): JsonValue {
  const text = textOf(value);
  switch (field.type) {
    case 'name':
      return nameOf(text) ?? '';
    case 'text':
      return text === '' ? null : (nameOf(text) ?? null);
    case 'flag':
      return value === true || value === 1 || value === '1';
    case 'number':
      return text === '' ? null : Number(text);
    case 'count':
      return text === '' ? 0 : Number(text);
    case 'present':
      return text !== '' && text !== '0';
    case 'texts':
      return listOf(value).sort(byCodeUnit);
    case 'named': {
      const stored = listOf(value);
      return stored.length === 0
        ? null
        : [...new Set(stored.flatMap((item) => nameOf(item) ?? []))].sort(byCodeUnit);
    }
  }
}

/**
 * What to write for an entity, or for some of its fields.
 *
 * @throws whatever `lacking` throws for a name that the site does not know: CiviCRM would store nothing instead.
 */
export function toValues(
  kind: Kind,
  entity: Dependency,
  names: NameBook,
  lacking: (reference: Reference, name: string) => never,
): JsonObject {
  const fields = fieldsOf(entity);
  const values: Record<string, JsonValue> = {};
  for (const field of kind.fields.filter(({ isOwn, isFixed }) => isOwn !== true && isFixed !== true)) {
    const value = fields[field.name] ?? null;
    const reference = referenceOf(field, fields);
    const stored = (name: string): string =>
      reference === null || reference.by === 'name'
        ? name
        : (names.storedFor(reference, name) ?? lacking(reference, name));
    // An empty list would be stored as an empty text, where a row without one has NULL.
    if (Array.isArray(value)) {
      if (value.length > 0) values[field.path] = listOf(value).map(stored);
    } else values[field.path] = typeof value === 'string' ? stored(value) : value;
  }
  return { ...values, ...kind.fixed };
}

const byCodeUnit = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const textOf = (value: JsonValue): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** APIv4 gives a list; older answers a text with a mark between its parts. */
function listOf(value: JsonValue): string[] {
  const parts = Array.isArray(value)
    ? (value as readonly JsonValue[]).map(textOf)
    : textOf(value).split('\u0001');
  return parts.filter((part) => part !== '');
}

import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject, type JsonValue } from '../base/json.ts';
import { oncePer } from '../base/once-per.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { kindOf } from './kinds/kinds.ts';
import type { DependencyKind, EntityKind } from './kinds/kind.ts';
import type { OptionKind } from './kinds/option-kind.ts';

export type { DependencyKind } from './kinds/kind.ts';

/** One value of an option group that is a kind of its own, without what only its own site knows (id, value). */
export interface OptionValueEntity {
  readonly kind: OptionKind;
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  /** Name of the component that owns it, such as `CiviCase`. */
  readonly component: string | null;
  readonly icon: string | null;
  readonly color: string | null;
  /** `Opened` or `Closed` of a case status. */
  readonly grouping: string | null;
  /** Class of an activity status: 0 incomplete, 1 completed, 2 cancelled. */
  readonly filter: number;
  readonly isActive: boolean;
  readonly isReserved: boolean;
  /** Place in pickers. Read, never written or compared: core moves the neighbours of a value that is given one. */
  readonly weight: number;
}

export interface RelationshipTypeEntity {
  readonly kind: 'relationship_type';
  readonly nameAB: string;
  readonly nameBA: string;
  readonly labelAB: string;
  readonly labelBA: string;
  readonly description: string | null;
  readonly contactTypeA: string | null;
  readonly contactTypeB: string | null;
  readonly contactSubTypeA: string | null;
  readonly contactSubTypeB: string | null;
  readonly isActive: boolean;
  readonly isReserved: boolean;
}

export interface GroupEntity {
  readonly kind: 'group';
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  /** Names such as `Access Control`, sorted. */
  readonly types: readonly string[];
  /** Filled by a saved search, which stays behind. */
  readonly isSmart: boolean;
  readonly isActive: boolean;
  readonly isReserved: boolean;
}

/** Any other kind: the fields that its row of the table of kinds names. */
export interface OtherEntity {
  readonly kind: Exclude<DependencyKind, OptionKind | 'relationship_type' | 'group'>;
  readonly [field: string]: JsonValue;
}

export interface CaseTypeEntity {
  readonly kind: 'case_type';
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly isActive: boolean;
  readonly weight: number;
  /** With portable references (see portable-definition.ts) wherever it stands in a snapshot or a plan. */
  readonly definition: CaseTypeDefinition;
}

export type Dependency = OptionValueEntity | RelationshipTypeEntity | GroupEntity | OtherEntity;
export type SiteEntity = Dependency | CaseTypeEntity;

/** `activity_type:Open Case`, `relationship_type:Case Coordinator is`, `custom_field:Visit.Ward`. */
export type EntityKey = string;

/** Points at one entity of a site by name: its key fields, joined by a dot (of a relationship type its `name_a_b`). */
export interface EntityRef<Kind extends EntityKind = EntityKind> {
  readonly kind: Kind;
  readonly name: string;
}

export const refOf = <Some extends SiteEntity>(entity: Some): EntityRef<Some['kind']> => ({
  kind: entity.kind,
  name: nameOf(entity),
});

export const keyOf = (ref: EntityRef): EntityKey => `${ref.kind}:${ref.name}`;

export const entityKey = (entity: SiteEntity): EntityKey => keyOf(refOf(entity));

export function nameOf(entity: SiteEntity): string {
  if (entity.kind === 'case_type') return entity.name;
  const fields = fieldsOf(entity);
  return kindOf(entity.kind)
    .key.map((field) => textOf(fields[field]))
    .join('.');
}

/** The kind at the front of a key. */
export const kindOfKey = (key: EntityKey): string => key.slice(0, Math.max(0, key.indexOf(':')));

/** All fields of an entity but its kind; worked out once, for plans compare everything with everything. */
export const fieldsOf = oncePer((entity: SiteEntity): JsonObject => {
  const { kind: _kind, ...fields } = entity as unknown as JsonObject & { kind: string };
  return fields;
});

/** Whether it is switched on; a kind that knows no switch always is. */
export const isActive = (entity: SiteEntity): boolean => fieldsOf(entity)['isActive'] !== false;

/**
 * The fields by which a site's entity is compared, as JSON: everything but its kind and what belongs to its site.
 * Texts of a definition count as equal whether or not an older site left entities such as `&amp;` in them.
 */
export const comparable = oncePer((entity: SiteEntity): JsonObject => {
  const fields = fieldsOf(entity);
  if (entity.kind === 'case_type') {
    const { weight: _weight, ...compared } = fields;
    return { ...compared, definition: withoutEntities(entity.definition as JsonObject) };
  }
  const own = kindOf(entity.kind).fields.filter(({ isOwn }) => isOwn === true);
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !own.some((field) => field.name === name)),
  );
});

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

function withoutEntities(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return value
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(withoutEntities);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutEntities(item)]));
}

/** Names of the fields in which two values differ; a field missing on one side counts. */
export function differingFields(left: JsonObject, right: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => !sameJson(left[name], right[name])).sort();
}

export const sameJson = (left: JsonValue | undefined, right: JsonValue | undefined): boolean =>
  canonicalJson(left ?? null) === canonicalJson(right ?? null);

/** SHA-256, hexadecimal, of the canonical JSON: the order of keys does not matter. */
export const hashJson = (value: JsonValue): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex');

/** Orders texts by code unit, so that no locale of a machine can change a plan. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

export const sortedBy = <Item>(items: readonly Item[], text: (item: Item) => string): readonly Item[] =>
  [...items].sort((left, right) => byText(text(left), text(right)));

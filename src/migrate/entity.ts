import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../base/json.ts';
import { createHash } from 'node:crypto';

/** The option groups a case type leans on, by CiviCRM's names. */
export const OPTION_GROUPS = [
  'activity_type',
  'case_status',
  'activity_status',
  'activity_default_assignee',
] as const;
export type OptionGroup = (typeof OPTION_GROUPS)[number];

/** One value of an option group, without what only its own site knows (id, stored value). */
export interface OptionValueEntity {
  readonly kind: 'option-value';
  readonly group: OptionGroup;
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
  /** Place in pickers. Read, never written or compared: core moves the neighbours of a value that is given one. */
  readonly weight: number;
}

export interface RelationshipTypeEntity {
  readonly kind: 'relationship-type';
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
}

export interface CaseTypeEntity {
  readonly kind: 'case-type';
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly isActive: boolean;
  readonly weight: number;
  /** With portable references (see portable-definition.ts) wherever it stands in a snapshot or a plan. */
  readonly definition: CaseTypeDefinition;
}

export type Dependency = OptionValueEntity | RelationshipTypeEntity | GroupEntity;
export type SiteEntity = Dependency | CaseTypeEntity;

/** `activity_type:Open Case`, `relationship_type:Case Coordinator is`, `group:desk`, `case_type:housing_support`. */
export type EntityKey = string;

/** Points at one entity of a site by name. A relationship type's name is its `name_a_b`. */
export type EntityRef =
  | { readonly kind: 'option-value'; readonly group: OptionGroup; readonly name: string }
  | { readonly kind: 'relationship-type'; readonly name: string }
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'case-type'; readonly name: string };

export function refOf(entity: SiteEntity): EntityRef {
  switch (entity.kind) {
    case 'option-value':
      return { kind: entity.kind, group: entity.group, name: entity.name };
    case 'relationship-type':
      return { kind: entity.kind, name: entity.nameAB };
    case 'group':
    case 'case-type':
      return { kind: entity.kind, name: entity.name };
  }
}

export function keyOf(ref: EntityRef): EntityKey {
  switch (ref.kind) {
    case 'option-value':
      return `${ref.group}:${ref.name}`;
    case 'relationship-type':
      return `relationship_type:${ref.name}`;
    case 'group':
      return `group:${ref.name}`;
    case 'case-type':
      return `case_type:${ref.name}`;
  }
}

export const entityKey = (entity: SiteEntity): EntityKey => keyOf(refOf(entity));

/**
 * The fields by which a site's entity is compared, as JSON: everything but its kind and its place in pickers.
 * Texts of a definition count as equal whether or not an older site left entities such as `&amp;` in them.
 */
export function comparable(entity: SiteEntity): JsonObject {
  if (entity.kind === 'group') {
    const { kind: _kind, ...fields } = entity;
    return fields;
  }
  if (entity.kind === 'relationship-type') {
    const { kind: _kind, ...fields } = entity;
    return fields;
  }
  if (entity.kind === 'option-value') {
    const { kind: _kind, weight: _weight, ...fields } = entity;
    return fields;
  }
  const { kind: _kind, weight: _weight, ...fields } = entity;
  return { ...fields, definition: withoutEntities(entity.definition as JsonObject) };
}

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

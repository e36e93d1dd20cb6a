import type { JsonObject, JsonValue } from '../../base/json.ts';
import { renameIn, type RenameKind } from '../../case-type/rename.ts';
import type { CaseTypeDefinition } from '../../case-type/definition.ts';
import {
  byText,
  entityKey,
  fieldsOf,
  type Dependency,
  type EntityKey,
  type RelationshipTypeEntity,
} from '../entity.ts';
import { kindOf, referenceOf, type EntityKind } from '../kinds/index.ts';
import {
  formatContact,
  mapContacts,
  mapLeaf,
  parseContact,
  parseRelationship,
  UNKNOWN_CONTACT,
  WITHHELD_CONTACT,
} from '../portable-definition.ts';
import type { PlanSource } from '../plan-source.ts';
import type { ContactKey } from '../ports.ts';
import { entitiesByKey, hashEntities, inOrder, type Snapshot } from '../snapshot.ts';
import type { Mapping, MappedKind, NameMap } from './mapping.ts';
import { pairOf, typePairs } from './type-pairs.ts';

/** A source whose steps assign the target's contacts. Comes first: the target is asked for these contacts. */
export function mapContactsOf(source: PlanSource, { contacts }: Mapping): PlanSource {
  return withDefinitions(source, (definition) =>
    mapContacts(definition, (text) => {
      const key = parseContact(text);
      const mapped = key === null ? undefined : contacts[`${key.by}:${key.text}`];
      return mapped === undefined ? text : `contact:${mapped}`;
    }),
  );
}

/**
 * A source that speaks as the target does: everything the mapping names has the target's name, and the target's
 * words for people where it has the thing already.
 */
export function mapSource(source: PlanSource, mapping: Mapping, target: Snapshot): PlanSource {
  const pairs = typePairs(source, mapping.names.relationship_type ?? {}, target);
  const rename = (kind: EntityKind, name: string): string => {
    const pair = kind === 'relationship_type' ? pairOf(pairs, name) : undefined;
    return pair?.to.nameAB ?? namesOfKind(mapping, kind)[name] ?? name;
  };
  const renamed = withDefinitions(source, (definition) => {
    const withNames = renameAll(definition, mapping);
    const roles = pairs.flatMap(({ from, to }): [string, string][] => [
      [from.nameAB, to.nameAB],
      [from.nameBA, to.nameBA],
    ]);
    const withRoles = renameAtOnce(withNames, 'rename-role', Object.fromEntries(roles));
    const withRules = mapLeaf(withRoles, 'default_assignee_relationship', (text) => {
      const rule = parseRelationship(text);
      return rule === null ? text : `relationship:${rule.sides}:${rename('relationship_type', rule.nameAB)}`;
    });
    return withDefaultContact(withRules, mapping, target);
  });
  if (renamed.kind === 'definition') return renamed;
  const keys = new Map<EntityKey, EntityKey>();
  const entities = inOrder(
    renamed.entities.map((entity) => {
      const pair = entity.kind === 'relationship_type' ? pairOf(pairs, entity.nameAB) : undefined;
      const named =
        pair === undefined ? renameEntity(entity, rename) : { ...entity, ...namesOfPair(pair.to) };
      keys.set(entityKey(entity), entityKey(named));
      return filled(inTargetsWords(entity, named, target), mapping, target);
    }),
  );
  const managed = Object.entries(renamed.managed).map(([key, by]) => [keys.get(key) ?? key, by] as const);
  return {
    ...renamed,
    entities,
    managed: Object.fromEntries(managed),
    hashes: hashEntities([...renamed.caseTypes, ...entities]),
  };
}

/** Whom the target must be asked for besides those whom the source names. */
export function defaultContacts({ defaults: { contact } }: Mapping): readonly ContactKey[] {
  const key = contact === null ? null : parseContact(`contact:${contact}`);
  return key === null ? [] : [key];
}

/** Keys of what the mapping leaves out, of a source that was mapped. */
export function skippedKeys(source: Snapshot, { skip }: Mapping): readonly EntityKey[] {
  const keys = source.entities.map(entityKey);
  return keys.filter((key) => skip.some((pattern) => matches(pattern, key)));
}

export const matches = (pattern: string, key: EntityKey): boolean =>
  pattern.endsWith(':*') ? key.startsWith(pattern.slice(0, -1)) : pattern === key;

export const namesOfKind = ({ names }: Mapping, kind: EntityKind): NameMap => names[kind as MappedKind] ?? {};

const namesOfPair = ({ nameAB, nameBA }: RelationshipTypeEntity) => ({ nameAB, nameBA });

const RENAMED_IN_DEFINITIONS: readonly (readonly [MappedKind, RenameKind])[] = [
  ['activity_type', 'rename-activity-type'],
  ['activity_status', 'rename-activity-status'],
  ['case_status', 'rename-status'],
  ['group', 'rename-group'],
];

const renameAll = (definition: CaseTypeDefinition, mapping: Mapping): CaseTypeDefinition =>
  RENAMED_IN_DEFINITIONS.reduce(
    (renamed, [kind, rename]) => renameAtOnce(renamed, rename, namesOfKind(mapping, kind)),
    definition,
  );

/** All names in one step: two that swap must not meet half way. */
function renameAtOnce(definition: CaseTypeDefinition, kind: RenameKind, names: NameMap): CaseTypeDefinition {
  const pairs = Object.entries(names).filter(([from]) => from !== '');
  const parked = (index: number): string => `\u0000${String(index)}`;
  const away = pairs.reduce(
    (renamed, [from], index) => renameIn(renamed, { kind, from, to: parked(index) }).definition,
    definition,
  );
  return pairs.reduce(
    (renamed, [, to], index) => renameIn(renamed, { kind, from: parked(index), to }).definition,
    away,
  );
}

function renameEntity(entity: Dependency, rename: (kind: EntityKind, name: string) => string): Dependency {
  const kind = kindOf(entity.kind);
  const before = fieldsOf(entity);
  const after: Record<string, JsonValue> = { ...before };
  for (const field of kind.fields) {
    const reference = referenceOf(field, before);
    if (reference !== null)
      after[field.name] = mapTexts(before[field.name] ?? null, (name) => rename(reference.kind, name));
  }
  const [own, ...others] = kind.key;
  const name = own === undefined ? undefined : before[own];
  if (own !== undefined && others.length === 0 && typeof name === 'string')
    after[own] = rename(entity.kind, name);
  return { kind: entity.kind, ...after } as Dependency;
}

function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (!Array.isArray(value)) return value;
  const texts = (value as readonly JsonValue[]).filter((item) => typeof item === 'string');
  return texts.map(change).sort(byText);
}

/** A name that differs has words of its own: what people read on the target stays. */
function inTargetsWords(entity: Dependency, named: Dependency, target: Snapshot): Dependency {
  if (entityKey(entity) === entityKey(named)) return named;
  const [held] = entitiesByKey(target).get(entityKey(named)) ?? [];
  if (held === undefined) return named;
  const theirs = fieldsOf(held);
  const words = [...kindOf(named.kind).labels, 'description'].filter((field) => field in theirs);
  return { ...named, ...Object.fromEntries(words.map((field) => [field, theirs[field]])) } as Dependency;
}

function filled(entity: Dependency, { defaults }: Mapping, target: Snapshot): Dependency {
  const given = defaults.fields[entity.kind];
  if (given === undefined || entitiesByKey(target).has(entityKey(entity))) return entity;
  const fields: JsonObject = fieldsOf(entity);
  const gaps = Object.entries(given).filter(([field]) => fields[field] === null);
  return { ...entity, ...Object.fromEntries(gaps) };
}

function withDefaultContact(
  definition: CaseTypeDefinition,
  { defaults: { contact } }: Mapping,
  target: Snapshot,
): CaseTypeDefinition {
  if (contact === null) return definition;
  const isThere = new Set(
    target.contacts.filter(({ matches: count }) => count === 1).map(({ key }) => formatContact(key)),
  );
  return mapContacts(definition, (text) => {
    const isContact = parseContact(text) !== null || text === WITHHELD_CONTACT || text === UNKNOWN_CONTACT;
    return isContact && !isThere.has(text) ? `contact:${contact}` : text;
  });
}

function withDefinitions(
  source: PlanSource,
  change: (definition: CaseTypeDefinition) => CaseTypeDefinition,
): PlanSource {
  if (source.kind === 'definition') return { ...source, definition: change(source.definition) };
  const caseTypes = source.caseTypes.map((one) => ({ ...one, definition: change(one.definition) }));
  return { ...source, caseTypes };
}

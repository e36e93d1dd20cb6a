import type { JsonObject } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../../case-type/definition.ts';
import { entityKey, fieldsOf, type Dependency, type EntityKey } from '../entity.ts';
import { kindOf, type EntityKind } from '../kinds/index.ts';
import {
  formatContact,
  mapContacts,
  parseContact,
  UNKNOWN_CONTACT,
  WITHHELD_CONTACT,
} from '../portable-definition.ts';
import type { PlanSource } from '../plan-source.ts';
import type { ContactKey } from '../ports.ts';
import { entitiesByKey, hashEntities, inOrder, type Snapshot } from '../snapshot.ts';
import type { Mapping, MappedKind, NameMap } from './mapping.ts';
import { renameDefinition, renameEntity, type NameChanges } from './name-changes.ts';
import { typePairs } from './type-pairs.ts';

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
  const changes: NameChanges = {
    names: mapping.names,
    pairs: typePairs(source, mapping.names.relationship_type ?? {}, target),
  };
  const renamed = withDefinitions(source, (definition) =>
    withDefaultContact(renameDefinition(definition, changes), mapping, target),
  );
  if (renamed.kind === 'definition') return renamed;
  const keys = new Map<EntityKey, EntityKey>();
  const entities = inOrder(
    renamed.entities.map((entity) => {
      const named = renameEntity(entity, changes);
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

import { AppError } from '../base/errors.ts';
import { canonicalJson, type JsonObject } from '../base/json.ts';
import { oncePer } from '../base/once-per.ts';
import {
  byText,
  entityKey,
  hashJson,
  keyOf,
  sortedBy,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
  type EntityRef,
  type RelationshipTypeEntity,
  type SiteEntity,
} from './entity.ts';
import { readKeptTypes, type KeptType } from './kept-types.ts';
import { DEPENDENCY_KINDS } from './kinds/index.ts';
import {
  contactIdsIn,
  formatContact,
  matchesKey,
  toPortable,
  type ReferenceBook,
} from './portable-definition.ts';
import type {
  ContactKey,
  MigrationSite,
  SiteCaseType,
  SiteFeatures,
  SiteOptionValue,
  SiteRelationshipType,
  SiteRow,
  UnreadKind,
} from './ports.ts';

/** What a site says of a case type beside the case type itself. */
interface CaseTypeFacts {
  readonly acceptsDefinition: boolean;
  readonly openCases: number;
}

/** A contact that a default assignee names: how many of the site's contacts that key finds. */
interface ContactMatch {
  readonly key: ContactKey;
  readonly matches: number;
}

/**
 * Everything of a site that moving case types needs, by name, in an order that does not depend on ids. No ids;
 * of people only the key of a contact that a default assignee names (an e-mail address when they have no
 * external identifier).
 */
export interface Snapshot {
  readonly kind: 'snapshot';
  readonly site: string;
  readonly caseTypes: readonly CaseTypeEntity[];
  readonly caseTypeFacts: Readonly<Record<string, CaseTypeFacts>>;
  /** Names of all case types of the site, also of those that were not asked for. */
  readonly caseTypeNames: readonly string[];
  /** Names of case types whose definition reads as empty: unused, or broken XML. */
  readonly unreadableCaseTypes: readonly string[];
  /** What case types may lean on, of every kind, sorted by key. */
  readonly entities: readonly Dependency[];
  /** What an extension (or `civicrm` itself) looks after, and which. */
  readonly managed: Readonly<Record<EntityKey, string>>;
  /** Kinds of which the site showed nothing. */
  readonly unread: readonly UnreadKind[];
  /** Of an extension's folder: sentences on what of its files was not read. */
  readonly notRead?: readonly string[];
  readonly keptTypes: readonly KeptType[];
  readonly contacts: readonly ContactMatch[];
  readonly features: SiteFeatures;
  /** SHA-256 per entity; where two share a key, of both. */
  readonly hashes: Readonly<Record<EntityKey, string>>;
}

export interface SnapshotOptions {
  /** Names; absent: all. A name that the site lacks is left out of the snapshot: a plan decides what that means. */
  readonly caseTypes?: readonly string[];
  /** Contacts to look for besides those that the site's own definitions name (see `contactKeysOf`). */
  readonly contacts?: readonly ContactKey[];
}

/** Reads a site once. Two snapshots of an unchanged site are equal. */
export async function snapshotSite(site: MigrationSite, options: SnapshotOptions = {}): Promise<Snapshot> {
  const [all, { rows, unread }, open, features, contactMatches] = await Promise.all([
    site.caseTypes(),
    site.rows(DEPENDENCY_KINDS),
    site.openCases(),
    site.features(),
    matchContacts(site, options.contacts ?? []),
  ]);
  const wanted = sortedBy(
    all.filter((row) => options.caseTypes?.some((name) => sameName(name, row.name)) ?? true),
    (row) => row.name,
  );
  const [contacts, keptTypes] = await Promise.all([
    site.contactsById([...new Set(wanted.flatMap((row) => contactIdsIn(row.definition)))]),
    readKeptTypes(site, all),
  ]);
  const book = { ...booksOf(rows), contacts };
  const caseTypes = wanted.map((row) => toCaseTypeEntity(row, book));
  const entities = inOrder(rows.map(({ entity }) => entity));
  return {
    kind: 'snapshot',
    site: site.name,
    caseTypes,
    caseTypeFacts: Object.fromEntries(
      wanted.map(({ name, acceptsDefinition }) => [name, { acceptsDefinition, openCases: open[name] ?? 0 }]),
    ),
    caseTypeNames: all.map((row) => row.name).sort(byText),
    unreadableCaseTypes: all
      .filter((row) => Object.keys(row.definition).length === 0)
      .map((row) => row.name)
      .sort(byText),
    entities,
    managed: managedOf(rows),
    unread,
    keptTypes,
    contacts: contactMatches,
    features,
    hashes: hashEntities([...caseTypes, ...entities]),
  };
}

/** In the order of their keys, then of their content: two of one key have no other. */
export const inOrder = (entities: readonly Dependency[]): readonly Dependency[] =>
  sortedBy(entities, (entity) => `${entityKey(entity)}\n${canonicalJson(entity as unknown as JsonObject)}`);

type Entities = readonly Dependency[];
type OfKind<Kind extends Dependency['kind']> = Extract<Dependency, { kind: Kind }>;

/** All of a kind. */
export const entitiesOf = <Kind extends Dependency['kind']>(
  { entities }: Pick<Snapshot, 'entities'>,
  kind: Kind,
): readonly OfKind<Kind>[] =>
  // The map's keys are the kinds of what it holds.
  (byKind(entities).get(kind) ?? []) as readonly unknown[] as readonly OfKind<Kind>[];

export const relationshipTypesOf = ({
  entities,
}: Pick<Snapshot, 'entities'>): readonly RelationshipTypeEntity[] => typesInOrder(entities);

/** Those of that name: more than one where the site's database let it happen. */
export const entitiesNamed = (ref: EntityRef, snapshot: Pick<Snapshot, 'entities'>): readonly Dependency[] =>
  entitiesByKey(snapshot).get(keyOf(ref)) ?? [];

export const entitiesByKey = ({
  entities,
}: Pick<Snapshot, 'entities'>): ReadonlyMap<EntityKey, readonly Dependency[]> => byKey(entities);

function grouped<Entity, Key>(
  entities: readonly Entity[],
  keyFor: (entity: Entity) => Key,
): ReadonlyMap<Key, readonly Entity[]> {
  const groups = new Map<Key, Entity[]>();
  for (const entity of entities) {
    const key = keyFor(entity);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, [entity]);
    else same.push(entity);
  }
  return groups;
}

// Many plans look into one snapshot.
const byKind = oncePer((entities: Entities) => grouped(entities, ({ kind }) => kind));
const byKey = oncePer((entities: Entities) => grouped(entities, entityKey));
const typesInOrder = oncePer((entities: Entities) =>
  sortedBy(entitiesOf({ entities }, 'relationship_type'), ({ nameAB, nameBA }) => `${nameAB}\n${nameBA}`),
);

/** The case type of that very name. @throws AppError `not-found`, naming those that are there. */
export function caseTypeOf(snapshot: Snapshot, name: string): CaseTypeEntity {
  const found = snapshot.caseTypes.find((caseType) => caseType.name === name);
  if (found !== undefined) return found;
  const known = snapshot.caseTypeNames.map((known) => `"${known}"`).join(', ');
  throw new AppError(
    'not-found',
    `Site "${snapshot.site}" has no case type named "${name}". It has ${known === '' ? 'none' : known}.`,
    { details: { site: snapshot.site, caseType: name } },
  );
}

/** MySQL's collation does not tell names apart that differ by case, while CiviCRM's lookup tables do. */
export const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

async function matchContacts(
  site: MigrationSite,
  keys: readonly ContactKey[],
): Promise<readonly ContactMatch[]> {
  if (keys.length === 0) return [];
  const found = await site.contactsByKey(keys);
  const matches = keys.map((key) => ({
    key,
    matches: found.filter((contact) => matchesKey(contact, key)).length,
  }));
  return sortedBy(matches, (match) => formatContact(match.key));
}

function toCaseTypeEntity(row: SiteCaseType, book: ReferenceBook): CaseTypeEntity {
  const { acceptsDefinition: _acceptsDefinition, ...entity } = row;
  return { ...entity, definition: toPortable(row.definition, book) };
}

/** What definitions of this site store for rules and relationship types. */
function booksOf(rows: readonly SiteRow[]): Omit<ReferenceBook, 'contacts'> {
  return {
    assigneeTypes: rows.flatMap(({ entity, value }): SiteOptionValue[] =>
      entity.kind === 'activity_default_assignee' ? [{ ...entity, value }] : [],
    ),
    relationshipTypes: rows.flatMap(({ entity, id }): SiteRelationshipType[] =>
      entity.kind === 'relationship_type' ? [{ ...entity, id }] : [],
    ),
  };
}

function managedOf(rows: readonly SiteRow[]): Readonly<Record<EntityKey, string>> {
  const pairs = rows.flatMap(({ entity, managedBy }): [string, string][] =>
    managedBy === null ? [] : [[entityKey(entity), managedBy]],
  );
  return Object.fromEntries(pairs.sort(([left], [right]) => byText(left, right)));
}

export function hashEntities(entities: readonly SiteEntity[]): Readonly<Record<EntityKey, string>> {
  const pairs = [...grouped(entities, entityKey)].map(([key, same]): [string, string] => [
    key,
    hashJson(same.map((entity) => entity as unknown as JsonObject)),
  ]);
  return Object.fromEntries(pairs.sort(([left], [right]) => byText(left, right)));
}

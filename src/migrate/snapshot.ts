import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import {
  byText,
  entityKey,
  hashJson,
  OPTION_GROUPS,
  sortedBy,
  type CaseTypeEntity,
  type EntityKey,
  type GroupEntity,
  type OptionValueEntity,
  type RelationshipTypeEntity,
  type SiteEntity,
} from './entity.ts';
import { readKeptTypes, type KeptType } from './kept-types.ts';
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
  readonly optionValues: readonly OptionValueEntity[];
  readonly relationshipTypes: readonly RelationshipTypeEntity[];
  readonly groups: readonly GroupEntity[];
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
  const all = await site.caseTypes();
  const wanted = sortedBy(
    all.filter((row) => options.caseTypes?.some((name) => sameName(name, row.name)) ?? true),
    (row) => row.name,
  );
  const optionValues = (await Promise.all(OPTION_GROUPS.map((group) => site.optionValues(group)))).flat();
  const relationshipTypes = await site.relationshipTypes();
  const groups = await site.groups();
  const book: ReferenceBook = {
    assigneeTypes: optionValues.filter((option) => option.group === 'activity_default_assignee'),
    relationshipTypes,
    contacts: await site.contactsById(wanted.flatMap((row) => contactIdsIn(row.definition))),
  };
  const caseTypes = wanted.map((row) => toCaseTypeEntity(row, book));
  const snapshot = {
    caseTypes,
    optionValues: sortedBy(optionValues.map(withoutValue), entityKey),
    relationshipTypes: sortedBy(relationshipTypes.map(withoutId), (type) => `${type.nameAB}\n${type.nameBA}`),
    groups: sortedBy(groups, (group) => `${group.name}\n${group.title}`),
  };
  const facts = await Promise.all(
    wanted.map(async (row): Promise<[string, CaseTypeFacts]> => [
      row.name,
      { acceptsDefinition: row.acceptsDefinition, openCases: await site.openCases(row.name) },
    ]),
  );
  return {
    kind: 'snapshot',
    site: site.name,
    ...snapshot,
    caseTypeFacts: Object.fromEntries(facts),
    caseTypeNames: all.map((row) => row.name).sort(byText),
    unreadableCaseTypes: all
      .filter((row) => Object.keys(row.definition).length === 0)
      .map((row) => row.name)
      .sort(byText),
    keptTypes: await readKeptTypes(site, all),
    contacts: await matchContacts(site, options.contacts ?? []),
    features: await site.features(),
    hashes: hashEntities([
      ...snapshot.caseTypes,
      ...snapshot.optionValues,
      ...snapshot.relationshipTypes,
      ...snapshot.groups,
    ]),
  };
}

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

function withoutValue(row: SiteOptionValue): OptionValueEntity {
  const { value: _value, ...entity } = row;
  return entity;
}

function withoutId(row: SiteRelationshipType): RelationshipTypeEntity {
  const { id: _id, ...entity } = row;
  return entity;
}

function hashEntities(entities: readonly SiteEntity[]): Readonly<Record<EntityKey, string>> {
  const byKey = new Map<EntityKey, SiteEntity[]>();
  for (const entity of entities) {
    const key = entityKey(entity);
    byKey.set(key, [...(byKey.get(key) ?? []), entity]);
  }
  const pairs = [...byKey].map(([key, same]): [string, string] => [
    key,
    hashJson(same.map((entity) => entity as unknown as JsonObject)),
  ]);
  return Object.fromEntries(pairs.sort(([left], [right]) => byText(left, right)));
}

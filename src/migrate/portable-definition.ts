import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { readAssigneeRelationship, writeAssigneeRelationship } from '../case-type/roles.ts';
import type { ContactKey, SiteContact, SiteOptionValue, SiteRelationshipType } from './ports.ts';

/**
 * Three leaves of a step hold a site's own ids. In a snapshot or a plan they hold these texts instead:
 *
 *   default_assignee_type           name:BY_RELATIONSHIP
 *   default_assignee_relationship   relationship:b_a:Case Coordinator is      (sides, then name_a_b)
 *   default_assignee_contact        contact:external_identifier:staff-7  or  contact:email:desk@example.org
 *
 * A text without such a prefix is an id that could not be named.
 */
export interface ReferenceBook {
  /** Values of the option group `activity_default_assignee`. */
  readonly assigneeTypes: readonly Pick<SiteOptionValue, 'name' | 'value'>[];
  readonly relationshipTypes: readonly Pick<SiteRelationshipType, 'id' | 'nameAB'>[];
  readonly contacts: readonly SiteContact[];
}

/** Stands for a contact who is known by an e-mail address alone, where addresses are left out. */
export const WITHHELD_CONTACT = 'contact:withheld';
/** Stands for a contact who has neither external identifier nor e-mail address. */
export const UNKNOWN_CONTACT = 'contact:unknown';

export type RelationshipReference = { readonly sides: string; readonly nameAB: string };

const formatAssigneeType = (name: string): string => `name:${name}`;
const formatRelationship = (reference: RelationshipReference): string =>
  `relationship:${reference.sides}:${reference.nameAB}`;
export const formatContact = (key: ContactKey): string => `contact:${key.by}:${key.text}`;

export function parseAssigneeType(text: string): string | null {
  return /^name:(.+)$/s.exec(text)?.[1] ?? null;
}

export function parseRelationship(text: string): RelationshipReference | null {
  const [, sides, nameAB] = /^relationship:([ab]_[ab]):(.+)$/s.exec(text) ?? [];
  return sides === undefined || nameAB === undefined ? null : { sides, nameAB };
}

export function parseContact(text: string): ContactKey | null {
  const [, by, rest] = /^contact:(external_identifier|email):(.+)$/s.exec(text) ?? [];
  return rest === undefined ? null : { by: by as ContactKey['by'], text: rest };
}

/** The contact ids which a definition in a site's own words names, whether a rule uses them or not. */
export function contactIdsIn(definition: CaseTypeDefinition): readonly number[] {
  const ids = new Set<number>();
  mapLeaf(definition, 'default_assignee_contact', (text) => {
    if (/^\d+$/.test(text)) ids.add(Number(text));
    return text;
  });
  return [...ids];
}

/** Replaces a site's ids by portable references. What cannot be named stays as it is. */
export function toPortable(definition: CaseTypeDefinition, book: ReferenceBook): CaseTypeDefinition {
  const withTypes = mapLeaf(definition, 'default_assignee_type', (text) => {
    const option = book.assigneeTypes.find((candidate) => candidate.value === text);
    return option === undefined ? text : formatAssigneeType(option.name);
  });
  const withRelationships = mapLeaf(withTypes, 'default_assignee_relationship', (text) => {
    const rule = readAssigneeRelationship(text);
    const type = book.relationshipTypes.find((candidate) => candidate.id === rule?.relationshipTypeId);
    if (rule === null || type === undefined) return text;
    return formatRelationship({ sides: `${rule.assigneeSide}_${rule.clientSide}`, nameAB: type.nameAB });
  });
  return mapLeaf(withRelationships, 'default_assignee_contact', (text) => {
    const contact = book.contacts.find((candidate) => String(candidate.id) === text);
    const key = contact === undefined ? null : contactKey(contact);
    return key === null ? text : formatContact(key);
  });
}

/** How to find this person on another site; null when only their id is known. */
export function contactKey(contact: SiteContact): ContactKey | null {
  if (contact.externalIdentifier !== null)
    return { by: 'external_identifier', text: contact.externalIdentifier };
  // MySQL compares addresses without regard to case.
  return contact.email === null ? null : { by: 'email', text: contact.email.toLowerCase() };
}

export function matchesKey(contact: SiteContact, key: ContactKey): boolean {
  return key.by === 'email'
    ? contact.email?.toLowerCase() === key.text.toLowerCase()
    : contact.externalIdentifier === key.text;
}

/**
 * Puts a site's own ids in the place of portable references.
 *
 * @throws AppError `conflict` when the site lacks what a reference names, or has it twice.
 */
export function toSiteWords(definition: CaseTypeDefinition, book: ReferenceBook): CaseTypeDefinition {
  const withTypes = mapLeaf(definition, 'default_assignee_type', (text) => {
    const name = parseAssigneeType(text);
    if (name === null) return text;
    return only(
      book.assigneeTypes.filter((option) => option.name === name),
      `default assignee type "${name}"`,
    ).value;
  });
  const withRelationships = mapLeaf(withTypes, 'default_assignee_relationship', (text) => {
    const reference = parseRelationship(text);
    if (reference === null) return text;
    const type = only(
      book.relationshipTypes.filter((candidate) => candidate.nameAB === reference.nameAB),
      `relationship type "${reference.nameAB}"`,
    );
    const [assigneeSide, clientSide] = reference.sides.split('_') as ['a' | 'b', 'a' | 'b'];
    return writeAssigneeRelationship({ relationshipTypeId: type.id, assigneeSide, clientSide });
  });
  return mapLeaf(withRelationships, 'default_assignee_contact', (text) => {
    const key = parseContact(text);
    if (key === null) return text;
    const found = book.contacts.filter((contact) => matchesKey(contact, key));
    return String(only(found, `contact to assign, known by ${key.by},`).id);
  });
}

function only<Item>(found: readonly Item[], what: string): Item {
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const got = first === undefined ? 'none' : String(found.length);
  throw new AppError(
    'conflict',
    `The target site should have exactly one ${what} but has ${got}. Plan again.`,
  );
}

/** Every step of every set through `change`; sets and steps of an unexpected shape stay as they are. */
export function mapSteps(
  definition: CaseTypeDefinition,
  change: (step: JsonObject) => JsonObject,
): CaseTypeDefinition {
  const steps = mapItems(definition.activitySets, (set) => {
    const changed = mapItems(set['activityTypes'], change);
    return changed === undefined ? set : { ...set, activityTypes: changed };
  });
  return steps === undefined ? definition : { ...definition, activitySets: steps };
}

export function mapItems(
  list: JsonValue | undefined,
  change: (item: JsonObject) => JsonObject,
): JsonValue | undefined {
  if (!Array.isArray(list)) return list;
  return (list as readonly JsonValue[]).map((item) => (isObject(item) ? change(item) : item));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function mapLeaf(
  definition: CaseTypeDefinition,
  leaf: string,
  change: (text: string) => string,
): CaseTypeDefinition {
  return mapSteps(definition, (step) => {
    const value = step[leaf];
    if (value === undefined) return step;
    return { ...step, [leaf]: mapTexts(value, change) };
  });
}

function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => mapTexts(item, change));
  if (typeof value === 'string') return change(value);
  // The case-type editor sends numbers as they come.
  return typeof value === 'number' ? change(String(value)) : value;
}

/** Every text that names a contact to assign, through `change`. */
export const mapContacts = (
  definition: CaseTypeDefinition,
  change: (text: string) => string,
): CaseTypeDefinition => mapLeaf(definition, 'default_assignee_contact', change);

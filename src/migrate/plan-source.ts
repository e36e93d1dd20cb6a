import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { type CaseTypeEntity, type RelationshipTypeEntity } from './entity.ts';
import {
  mapContacts,
  mapLeaf,
  parseAssigneeType,
  parseContact,
  parseRelationship,
  toPortable,
} from './portable-definition.ts';
import { caseTypeOf, relationshipTypesOf, type Snapshot } from './snapshot.ts';

/** A case type that comes from a file: nothing is known of its dependencies but their names. */
export interface DefinitionSource {
  readonly kind: 'definition';
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly definition: CaseTypeDefinition;
}

export type PlanSource = Snapshot | DefinitionSource;

/** Either source as the planner sees it. */
export interface SourceSide {
  readonly site: string | null;
  readonly caseType: CaseTypeEntity;
  readonly relationshipTypes: readonly RelationshipTypeEntity[];
  readonly snapshot: Snapshot | null;
}

/**
 * @param held the target's case type of that name: a file that gives no title keeps the one that is there.
 * @throws AppError `not-found` when a snapshot lacks the case type.
 */
export function readSource(source: PlanSource, name: string, held: CaseTypeEntity | null): SourceSide {
  if (source.kind === 'snapshot')
    return {
      site: source.site,
      caseType: caseTypeOf(source, name),
      relationshipTypes: relationshipTypesOf(source),
      snapshot: source,
    };
  const book = { assigneeTypes: CORE_ASSIGNEE_TYPES, relationshipTypes: [], contacts: [] };
  const caseType: CaseTypeEntity = {
    kind: 'case_type',
    name,
    title: source.title ?? held?.title ?? name,
    description: source.description ?? held?.description ?? null,
    isActive: held?.isActive ?? true,
    weight: 1,
    definition: toPortable(source.definition, book),
  };
  return { site: null, caseType, relationshipTypes: [], snapshot: null };
}

export const sourceName = (source: SourceSide): string =>
  source.site === null ? 'The file' : `Site "${source.site}"`;

// CiviCRM installs these values under these names; a definition in a file can mean nothing else.
const CORE_ASSIGNEE_TYPES = ['NONE', 'BY_RELATIONSHIP', 'SPECIFIC_CONTACT', 'USER_CREATING_THE_CASE'].map(
  (name, index) => ({ name, value: String(index + 1) }),
);

function contactInWords(text: string): string {
  const key = parseContact(text);
  return key === null ? text : key.by === 'external_identifier' ? key.text : 'known by an e-mail address';
}

/** A portable definition whose assignees are in words that people know, for those who read definitions. */
export const inCoreWords = (definition: CaseTypeDefinition): CaseTypeDefinition =>
  mapLeaf(
    mapLeaf(mapContacts(definition, contactInWords), 'default_assignee_type', (text) => {
      const name = parseAssigneeType(text);
      return CORE_ASSIGNEE_TYPES.find((type) => type.name === name)?.value ?? text;
    }),
    'default_assignee_relationship',
    (text) => parseRelationship(text)?.nameAB ?? text,
  );

/** A definition that assigns nobody, for simulations: CiviCRM stops at what is no id. */
export const withoutAssignees = (definition: CaseTypeDefinition): CaseTypeDefinition =>
  ['default_assignee_type', 'default_assignee_relationship', 'default_assignee_contact'].reduce(
    (left, name) => mapLeaf(left, name, () => ''),
    definition,
  );

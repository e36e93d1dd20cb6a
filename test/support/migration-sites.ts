import type { CaseTypeDefinition } from '../../src/case-type/definition.ts';
import type { GroupEntity, OptionValueEntity, RelationshipTypeEntity } from '../../src/migrate/entity.ts';
import type { OptionKind } from '../../src/migrate/kinds/index.ts';
import {
  createMemoryMigrationSite,
  type MemorySiteContents,
} from '../../src/migrate/memory-migration-site.ts';
import type {
  MigrationSite,
  SiteCaseType,
  SiteContact,
  SiteOptionValue,
  SiteRelationshipType,
} from '../../src/migrate/ports.ts';

export function optionValue(
  kind: OptionKind,
  name: string,
  change: Partial<OptionValueEntity> = {},
): OptionValueEntity {
  return {
    kind,
    name,
    label: name,
    description: null,
    component: kind === 'activity_type' ? 'CiviCase' : null,
    icon: null,
    color: null,
    grouping: kind === 'case_status' ? 'Opened' : null,
    filter: 0,
    isActive: true,
    isReserved: false,
    weight: 1,
    ...change,
  };
}

export function relationshipType(
  nameAB: string,
  nameBA: string,
  change: Partial<RelationshipTypeEntity> = {},
): RelationshipTypeEntity {
  return {
    kind: 'relationship_type',
    nameAB,
    nameBA,
    labelAB: nameAB,
    labelBA: nameBA,
    description: null,
    contactTypeA: null,
    contactTypeB: null,
    contactSubTypeA: null,
    contactSubTypeB: null,
    isActive: true,
    isReserved: false,
    ...change,
  };
}

export function group(name: string, change: Partial<GroupEntity> = {}): GroupEntity {
  return {
    kind: 'group',
    name,
    title: name,
    description: null,
    types: ['Access Control'],
    isSmart: false,
    isActive: true,
    isReserved: false,
    ...change,
  };
}

export function caseType(
  name: string,
  definition: CaseTypeDefinition,
  change: Partial<SiteCaseType> = {},
): SiteCaseType {
  return {
    kind: 'case_type',
    name,
    title: name,
    description: null,
    isActive: true,
    weight: 1,
    definition,
    acceptsDefinition: true,
    ...change,
  };
}

/** The one person whom assignee rules of the tests name; the id is different on each site. */
export const STAFF = { externalIdentifier: 'staff-7', email: 'Staff@example.org' };

export interface SiteAdditions extends Omit<
  MemorySiteContents,
  'optionValues' | 'relationshipTypes' | 'caseTypes' | 'contacts'
> {
  readonly optionValues?: readonly OptionValueEntity[];
  readonly relationshipTypes?: readonly RelationshipTypeEntity[];
  readonly contacts?: readonly SiteContact[];
  /** Given the id on this site of a relationship type by its `name_a_b`, and of STAFF. */
  readonly caseTypes?: (typeId: (nameAB: string) => number, staffId: number) => readonly SiteCaseType[];
}

const SEED_OPTIONS: readonly OptionValueEntity[] = [
  optionValue('activity_type', 'Open Case'),
  optionValue('activity_type', 'Meeting', { component: null }),
  optionValue('activity_type', 'Follow up'),
  optionValue('case_status', 'Open', { label: 'Ongoing' }),
  optionValue('case_status', 'Closed', { label: 'Resolved', grouping: 'Closed' }),
  optionValue('activity_status', 'Scheduled'),
  optionValue('activity_status', 'Completed', { filter: 1 }),
  ...['NONE', 'BY_RELATIONSHIP', 'SPECIFIC_CONTACT', 'USER_CREATING_THE_CASE'].map((name) =>
    optionValue('activity_default_assignee', name),
  ),
];

const SEED_TYPES = [
  relationshipType('Spouse of', 'Spouse of'),
  relationshipType('Case Coordinator is', 'Case Coordinator'),
];

/** A memory site with what every CiviCRM installs, ids counted from `firstId`, and what the test adds. */
export function seededSite(additions: SiteAdditions): MigrationSite {
  const firstId = additions.firstId ?? 1;
  const optionValues = [...SEED_OPTIONS, ...(additions.optionValues ?? [])].map(
    (value, index): SiteOptionValue => ({
      ...value,
      value: String(value.kind === 'activity_default_assignee' ? assigneeValue(value.name) : firstId + index),
      weight: index,
    }),
  );
  const relationshipTypes = [...SEED_TYPES, ...(additions.relationshipTypes ?? [])].map(
    (type, index): SiteRelationshipType => ({ ...type, id: firstId + index }),
  );
  const typeId = (nameAB: string): number =>
    relationshipTypes.find((type) => type.nameAB === nameAB)?.id ?? 0;
  const staffId = firstId + 500;
  return createMemoryMigrationSite({
    ...additions,
    firstId: firstId + 1000,
    optionValues,
    relationshipTypes,
    caseTypes: additions.caseTypes?.(typeId, staffId) ?? [],
    contacts: additions.contacts ?? [{ id: staffId, ...STAFF }],
  });
}

const assigneeValue = (name: string): number =>
  ['NONE', 'BY_RELATIONSHIP', 'SPECIFIC_CONTACT', 'USER_CREATING_THE_CASE'].indexOf(name) + 1;

/** A case type that leans on one thing of every kind, with ids of its own site. */
const appeal = (typeId: (nameAB: string) => number, staffId: number): SiteCaseType =>
  caseType(
    'appeal',
    {
      activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Hearing' }, { name: 'Meeting' }],
      statuses: ['Open', 'Paused', 'Closed'],
      activitySets: [
        {
          name: 'standard_timeline',
          label: 'Standard timeline',
          timeline: 1,
          activityTypes: [
            { name: 'Open Case', status: 'Completed' },
            {
              name: 'Hearing',
              status: 'Kept',
              reference_activity: 'Open Case',
              reference_offset: '7',
              default_assignee_type: '3',
              default_assignee_contact: String(staffId),
            },
            {
              name: 'Meeting',
              reference_activity: 'Hearing',
              reference_offset: '-2',
              default_assignee_type: '2',
              default_assignee_relationship: `${String(typeId('Coach of'))}_b_a`,
            },
          ],
        },
      ],
      caseRoles: [
        { name: 'Coached by', creator: '1', manager: '1', groups: ['desk_team'] },
        { name: 'Case Coordinator' },
      ],
      activityAsgmtGrps: ['desk_team'],
    },
    { title: 'Appeal' },
  );

/** A site with `appeal` and everything it needs. */
export const riverside = (change: Partial<SiteAdditions> = {}): MigrationSite =>
  seededSite({
    name: 'riverside',
    firstId: 10,
    optionValues: [
      optionValue('activity_type', 'Hearing', { label: 'Hearing of appeal', icon: 'fa-gavel' }),
      optionValue('case_status', 'Paused', { label: 'On pause' }),
      optionValue('activity_status', 'Kept', { filter: 1 }),
    ],
    relationshipTypes: [relationshipType('Coach of', 'Coached by')],
    groups: [group('desk_team')],
    caseTypes: (typeId, staffId) => [appeal(typeId, staffId)],
    ...change,
  });

/** A site that has nothing but what CiviCRM installs, with other ids. */
export const hilltop = (change: Partial<SiteAdditions> = {}): MigrationSite =>
  seededSite({ name: 'hilltop', firstId: 70, ...change });

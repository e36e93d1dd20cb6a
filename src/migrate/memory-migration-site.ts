import { AppError } from '../base/errors.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import {
  entityKey,
  keyOf,
  refOf,
  type CaseTypeEntity,
  type EntityKey,
  type EntityRef,
  type GroupEntity,
  type OptionValueEntity,
  type SiteEntity,
} from './entity.ts';
import { activityTypesOf } from './kept-types.ts';
import { matchesKey } from './portable-definition.ts';
import type {
  MigrationSite,
  SiteCaseType,
  SiteContact,
  SiteFeatures,
  SiteOptionValue,
  SiteRelationshipType,
} from './ports.ts';
import { sameName } from './snapshot.ts';

export interface MemorySiteContents {
  readonly name: string;
  /** The first id it gives out: two sites that differ here have different ids for the same names. */
  readonly firstId?: number;
  readonly optionValues?: readonly SiteOptionValue[];
  readonly relationshipTypes?: readonly SiteRelationshipType[];
  readonly groups?: readonly GroupEntity[];
  readonly caseTypes?: readonly SiteCaseType[];
  readonly contacts?: readonly SiteContact[];
  readonly features?: SiteFeatures;
  /** Records that use an entity, by key; of a case type: its open cases. */
  readonly uses?: Readonly<Record<EntityKey, number>>;
  /** Names of activity types that the site made for a definition. */
  readonly keptTypes?: readonly string[];
}

const DEFAULT_FEATURES: SiteFeatures = {
  components: ['CiviCase', 'CiviMail'],
  contactTypes: ['Household', 'Individual', 'Organization'],
  stepSubjects: true,
};

const activityType = (name: string) => ({ kind: 'option-value', group: 'activity_type', name }) as const;

/** An activity type as CiviCRM makes it for a definition. */
const madeByCore = (name: string): OptionValueEntity => ({
  ...activityType(name),
  label: name,
  description: name,
  component: 'CiviCase',
  icon: null,
  color: null,
  grouping: null,
  filter: 0,
  isActive: true,
  weight: 1,
});

/**
 * The in-memory twin of a CiviCRM site: unique names as its database has them, ids of its own, definitions read
 * back as core reads what it wrote, and dropped in silence where a file forbids them.
 */
export function createMemoryMigrationSite(contents: MemorySiteContents): MigrationSite {
  let lastId = (contents.firstId ?? 1) - 1;
  const nextId = (): number => (lastId += 1);
  let optionValues = contents.optionValues ?? [];
  let relationshipTypes = contents.relationshipTypes ?? [];
  let groups = contents.groups ?? [];
  let caseTypes = contents.caseTypes ?? [];
  let keptTypes = contents.keptTypes ?? [];
  const contacts = contents.contacts ?? [];

  const rows = (): readonly SiteEntity[] => [...optionValues, ...relationshipTypes, ...groups, ...caseTypes];
  const has = (ref: EntityRef): boolean => rows().some((row) => entityKey(row) === keyOf(ref));
  const refuse = (message: string): never => {
    throw new AppError('remote-rejected', message, { details: { site: contents.name } });
  };
  const uses = (ref: EntityRef): number => contents.uses?.[keyOf(ref)] ?? 0;

  const addOption = (entity: OptionValueEntity): SiteOptionValue => {
    const siblings = optionValues.filter((value) => value.group === entity.group);
    const stored = { ...entity, value: String(nextId()), weight: siblings.length + 1 };
    optionValues = [...optionValues, stored];
    return stored;
  };
  /** Makes the activity types that active case types name, and deletes those made so that none names any more. */
  const reconcile = (): void => {
    const named = new Set(caseTypes.filter((row) => row.isActive).flatMap(activityTypesOf));
    const stale = new Set(
      keptTypes.filter((name) => !named.has(name)).map((name) => keyOf(activityType(name))),
    );
    optionValues = optionValues.filter((value) => !stale.has(entityKey(value)));
    const missing = [...named].filter((name) => !has(activityType(name)));
    for (const name of missing) addOption(madeByCore(name));
    keptTypes = [...keptTypes.filter((name) => named.has(name)), ...missing];
  };

  const reads = {
    name: contents.name,
    caseTypes: () => Promise.resolve(caseTypes),
    optionValues: (group: OptionValueEntity['group']) =>
      Promise.resolve(optionValues.filter((value) => value.group === group)),
    relationshipTypes: () => Promise.resolve(relationshipTypes),
    groups: () => Promise.resolve(groups),
    features: () => Promise.resolve(contents.features ?? DEFAULT_FEATURES),
    contactsById: (ids) => Promise.resolve(contacts.filter((contact) => ids.includes(contact.id))),
    contactsByKey: (keys) =>
      Promise.resolve(contacts.filter((contact) => keys.some((key) => matchesKey(contact, key)))),
    keptActivityTypes: () =>
      Promise.resolve(keptTypes.map((name) => ({ name, activities: uses(activityType(name)) }))),
    openCases: (name: string) => Promise.resolve(uses({ kind: 'case-type', name })),
    uses: (ref: EntityRef) => Promise.resolve(uses(ref)),
  } satisfies Partial<MigrationSite>;

  return {
    ...reads,
    async createOptionValue(entity) {
      await Promise.resolve();
      if (has(refOf(entity)))
        throw new AppError('conflict', `Site "${contents.name}" has ${entityKey(entity)} already.`);
      const { value: _value, ...seen } = addOption(entity);
      return seen;
    },
    async createRelationshipType(entity) {
      await Promise.resolve();
      const taken = relationshipTypes.some(
        (type) => sameName(type.nameAB, entity.nameAB) || sameName(type.nameBA, entity.nameBA),
      );
      if (taken) refuse('DB Error: already exists');
      relationshipTypes = [...relationshipTypes, { ...entity, id: nextId() }];
      return entity;
    },
    async createGroup(entity) {
      await Promise.resolve();
      const taken = groups.some(
        (group) => sameName(group.name, entity.name) || sameName(group.title, entity.title),
      );
      if (taken) refuse('DB Error: already exists');
      const stored = { ...entity, isSmart: false };
      groups = [...groups, stored];
      return stored;
    },
    async saveCaseType(entity: CaseTypeEntity) {
      await Promise.resolve();
      const held = caseTypes.find((row) => sameName(row.name, entity.name));
      if (held === undefined && !/^\w+$/.test(entity.name)) refuse(`malformed name [${entity.name}]`);
      const acceptsDefinition = held?.acceptsDefinition ?? true;
      const definition: CaseTypeDefinition = acceptsDefinition
        ? coreRoundTrip(entity.name)(entity.definition)
        : (held?.definition ?? {});
      const stored: SiteCaseType = {
        ...entity,
        name: held?.name ?? entity.name,
        definition,
        acceptsDefinition,
      };
      caseTypes =
        held === undefined ? [...caseTypes, stored] : caseTypes.map((row) => (row === held ? stored : row));
      if (acceptsDefinition) reconcile();
      return stored;
    },
    async setActive(ref, isActive) {
      await Promise.resolve();
      if (!has(ref)) throw new AppError('not-found', `Site "${contents.name}" has no ${keyOf(ref)}.`);
      const change = <Row extends SiteEntity>(list: readonly Row[]): readonly Row[] =>
        list.map((row) => (entityKey(row) === keyOf(ref) ? { ...row, isActive } : row));
      optionValues = change(optionValues);
      relationshipTypes = change(relationshipTypes);
      groups = change(groups);
      caseTypes = change(caseTypes);
    },
    async remove(ref) {
      await Promise.resolve();
      if (ref.kind === 'case-type' && uses(ref) > 0) refuse('The case type is in use.');
      const keep = (row: SiteEntity): boolean => entityKey(row) !== keyOf(ref);
      optionValues = optionValues.filter(keep);
      relationshipTypes = relationshipTypes.filter(keep);
      groups = groups.filter(keep);
      caseTypes = caseTypes.filter(keep);
    },
  };
}

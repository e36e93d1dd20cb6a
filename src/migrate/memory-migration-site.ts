import { AppError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import {
  entityKey,
  fieldsOf,
  keyOf,
  nameOf,
  type CaseTypeEntity,
  type Dependency,
  type DependencyKind,
  type EntityKey,
  type EntityRef,
  type GroupEntity,
  type OptionValueEntity,
} from './entity.ts';
import { kindOf, OPTION_KINDS } from './kinds/index.ts';
import { activityTypesOf } from './kept-types.ts';
import { renameEntity, type NameChanges } from './mapping/name-changes.ts';
import { matchesKey } from './portable-definition.ts';
import type {
  Deed,
  Impact,
  MigrationSite,
  SiteCaseType,
  SiteContact,
  SiteFeatures,
  SiteOptionValue,
  SiteRelationshipType,
  SiteRow,
  UnreadKind,
} from './ports.ts';
import { sameName } from './snapshot.ts';

export interface MemorySiteContents {
  readonly name: string;
  /** The first id it gives out: two sites that differ here have different ids for the same names. */
  readonly firstId?: number;
  readonly optionValues?: readonly SiteOptionValue[];
  readonly relationshipTypes?: readonly SiteRelationshipType[];
  readonly groups?: readonly GroupEntity[];
  /** Everything else. */
  readonly entities?: readonly Dependency[];
  /** Extensions that look after entities, by key. */
  readonly managed?: Readonly<Record<EntityKey, string>>;
  readonly unread?: readonly UnreadKind[];
  readonly caseTypes?: readonly SiteCaseType[];
  readonly contacts?: readonly SiteContact[];
  readonly features?: SiteFeatures;
  /** Records that use an entity, by key; of a case type: its open cases. */
  readonly uses?: Readonly<Record<EntityKey, number>>;
  /** What losing something touches, by its name in the question. */
  readonly impacts?: Readonly<Record<string, Impact>>;
  /** What the key may not do. */
  readonly forbidden?: readonly Deed[];
  /** Names of activity types that the site made for a definition. */
  readonly keptTypes?: readonly string[];
}

const DEFAULT_FEATURES: SiteFeatures = {
  version: '6.20.0',
  components: ['CiviCase', 'CiviMail'],
  contactTypes: ['Household', 'Individual', 'Organization'],
  stepSubjects: true,
  language: 'en_US',
};

const NO_IMPACT: Impact = { openCases: 0, openActivities: 0, people: 0 };

const activityType = (name: string) => ({ kind: 'activity_type', name }) as const;

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
  isReserved: false,
  weight: 1,
});

/**
 * The in-memory twin of a CiviCRM site: unique names as its database has them, ids of its own, definitions read
 * back as core reads what it wrote, and dropped in silence where a file forbids them.
 */
export function createMemoryMigrationSite(contents: MemorySiteContents): MigrationSite {
  let lastId = (contents.firstId ?? 1) - 1;
  const nextId = (): number => (lastId += 1);
  const rowOf = (entity: Dependency, id: number, value = String(id)): SiteRow => ({
    entity,
    id,
    value,
    managedBy: contents.managed?.[entityKey(entity)] ?? null,
  });
  let rows: readonly SiteRow[] = [
    ...(contents.optionValues ?? []).map(({ value, ...entity }) => rowOf(entity, nextId(), value)),
    ...(contents.relationshipTypes ?? []).map(({ id, ...entity }) => rowOf(entity, id)),
    ...[...(contents.groups ?? []), ...(contents.entities ?? [])].map((entity) => rowOf(entity, nextId())),
  ];
  let caseTypes = contents.caseTypes ?? [];
  let keptTypes = contents.keptTypes ?? [];
  const contacts = contents.contacts ?? [];

  const isRow = (ref: EntityRef) => (row: SiteRow) => entityKey(row.entity) === keyOf(ref);
  const has = (ref: EntityRef): boolean =>
    ref.kind === 'case_type' ? caseTypes.some(({ name }) => name === ref.name) : rows.some(isRow(ref));
  const refuse = (message: string): never => {
    throw new AppError('remote-rejected', message, { details: { site: contents.name } });
  };
  const uses = (ref: EntityRef): number => contents.uses?.[keyOf(ref)] ?? 0;

  const add = (entity: Dependency): Dependency => {
    const isOption = OPTION_KINDS.some((kind) => kind === entity.kind);
    const weight = rows.filter((row) => row.entity.kind === entity.kind).length + 1;
    const stored = {
      ...entity,
      ...(isOption ? { weight } : {}),
      ...(entity.kind === 'group' ? { isSmart: false } : {}),
    } as Dependency;
    rows = [...rows, rowOf(stored, nextId())];
    return stored;
  };
  /** Rows name each other by ids: what gets another name has it everywhere, but in definitions. */
  const rename = (names: NameChanges): void => {
    rows = rows.map((row) => ({ ...row, entity: renameEntity(row.entity, names) }));
  };
  /** Makes the activity types that active case types name, and deletes those made so that none names any more. */
  const reconcile = (): void => {
    const named = new Set(caseTypes.filter((row) => row.isActive).flatMap(activityTypesOf));
    const stale = new Set(
      keptTypes.filter((name) => !named.has(name)).map((name) => keyOf(activityType(name))),
    );
    rows = rows.filter(({ entity }) => !stale.has(entityKey(entity)));
    const missing = [...named].filter((name) => !has(activityType(name)));
    for (const name of missing) add(madeByCore(name));
    keptTypes = [...keptTypes.filter((name) => named.has(name)), ...missing];
  };

  const reads = {
    name: contents.name,
    caseTypes: () => Promise.resolve(caseTypes),
    rows: (kinds: readonly DependencyKind[]) => {
      const hidden = (contents.unread ?? []).filter(({ kind }) => kinds.includes(kind));
      const shown = kinds.filter((kind) => !hidden.some((unread) => unread.kind === kind));
      return Promise.resolve({
        rows: rows.filter(({ entity }) => shown.includes(entity.kind)),
        unread: hidden,
      });
    },
    features: () => Promise.resolve(contents.features ?? DEFAULT_FEATURES),
    contactsById: (ids) => Promise.resolve(contacts.filter((contact) => ids.includes(contact.id))),
    contactsByKey: (keys) =>
      Promise.resolve(contacts.filter((contact) => keys.some((key) => matchesKey(contact, key)))),
    keptActivityTypes: () =>
      Promise.resolve(keptTypes.map((name) => ({ name, activities: uses(activityType(name)) }))),
    openCases: () =>
      Promise.resolve(
        Object.fromEntries(
          caseTypes
            .map(({ name }) => [name, uses({ kind: 'case_type', name })] as const)
            .filter(([, open]) => open > 0),
        ),
      ),
    uses: (ref: EntityRef) => Promise.resolve(uses(ref)),
    mayDo: (deeds) =>
      Promise.resolve(
        deeds.map(
          ({ kind, action }) =>
            !(contents.forbidden ?? []).some((deed) => deed.kind === kind && deed.action === action),
        ),
      ),
    impactOf: ({ questions }) =>
      Promise.resolve(
        questions.map((one) => contents.impacts?.[one.kind === 'role' ? one.nameAB : one.name] ?? NO_IMPACT),
      ),
  } satisfies Partial<MigrationSite>;

  return {
    ...reads,
    async create(entity) {
      await Promise.resolve();
      if (rows.some((row) => entityKey(row.entity) === entityKey(entity)))
        throw new AppError(
          'conflict',
          `Site "${contents.name}" has ${entityKey(entity)} already. Plan again.`,
        );
      if (rows.some((row) => row.entity.kind === entity.kind && isTaken(row.entity, entity)))
        refuse('DB Error: already exists');
      return add(entity);
    },
    async saveCaseType(entity: CaseTypeEntity, formerly?: string) {
      await Promise.resolve();
      const held = caseTypes.find((row) => sameName(row.name, formerly ?? entity.name));
      if (formerly !== undefined && formerly !== entity.name)
        rename({ names: { case_type: { [formerly]: entity.name } }, pairs: [] });
      if (held === undefined && !/^\w+$/.test(entity.name)) refuse(`malformed name [${entity.name}]`);
      const acceptsDefinition = held?.acceptsDefinition ?? true;
      const definition: CaseTypeDefinition = acceptsDefinition
        ? coreRoundTrip(entity.name)(entity.definition)
        : (held?.definition ?? {});
      const stored: SiteCaseType = {
        ...entity,
        name: formerly === undefined ? (held?.name ?? entity.name) : entity.name,
        definition,
        acceptsDefinition,
      };
      caseTypes =
        held === undefined ? [...caseTypes, stored] : caseTypes.map((row) => (row === held ? stored : row));
      if (acceptsDefinition) reconcile();
      return stored;
    },
    async update(ref, fields) {
      await Promise.resolve();
      if (ref.kind === 'case_type') {
        const known = caseTypes.find(({ name }) => name === ref.name);
        if (known !== undefined) {
          const changed = { ...known, ...fields };
          caseTypes = caseTypes.map((row) => (row === known ? changed : row));
          return changed;
        }
      }
      const held = rows.find(isRow(ref));
      if (held === undefined)
        throw new AppError('not-found', `Site "${contents.name}" has no ${keyOf(ref)}.`);
      const entity = { ...held.entity, ...fields };
      const others = rows.filter((row) => row !== held && row.entity.kind === ref.kind);
      if (others.some((row) => isTaken(row.entity, entity))) refuse('DB Error: already exists');
      rows = rows.map((row) => (row === held ? { ...row, entity } : row));
      const [before, after] = [held.entity, entity];
      if (nameOf(after) !== nameOf(before)) {
        const pairs =
          before.kind === 'relationship_type' && after.kind === 'relationship_type'
            ? [{ from: before, to: after }]
            : [];
        rename({ names: { [before.kind]: { [nameOf(before)]: nameOf(after) } }, pairs });
        if (before.kind === 'activity_type')
          keptTypes = keptTypes.map((name) => (name === before.name ? nameOf(after) : name));
      }
      return entity;
    },
    async remove(ref) {
      await Promise.resolve();
      if (ref.kind === 'case_type' && uses(ref) > 0) refuse('The case type is in use.');
      if (ref.kind === 'case_type') caseTypes = caseTypes.filter(({ name }) => name !== ref.name);
      else rows = rows.filter((row) => !isRow(ref)(row));
    },
  };
}

/** What the database keeps unique: the name, in any case, and what the kind says besides. Options may be double. */
function isTaken(held: Dependency, wanted: Dependency): boolean {
  if (OPTION_KINDS.some((kind) => kind === wanted.kind)) return false;
  const [there, here] = [fieldsOf(held), fieldsOf(wanted)];
  const shared = (kindOf(wanted.kind).unique ?? []).some((field) =>
    sameName(textOf(there[field]), textOf(here[field])),
  );
  return shared || sameName(nameOf(held), nameOf(wanted));
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

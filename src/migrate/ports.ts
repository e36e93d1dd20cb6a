import type { JsonObject } from '../base/json.ts';
import type {
  CaseTypeEntity,
  EntityKey,
  EntityRef,
  GroupEntity,
  OptionGroup,
  OptionValueEntity,
  RelationshipTypeEntity,
} from './entity.ts';

/** How both sides of these ports name an entity in messages and in the journal. */
export { entityKey, keyOf, refOf } from './entity.ts';

/** `value` is what this site's fields and definitions store for the name. */
export type SiteOptionValue = OptionValueEntity & { readonly value: string };
export type SiteRelationshipType = RelationshipTypeEntity & { readonly id: number };

/** A case type as one site holds it: its definition speaks in that site's own ids. */
export type SiteCaseType = CaseTypeEntity & {
  /** False: a file forbids a definition in the database, and the site would drop one without a word. */
  readonly acceptsDefinition: boolean;
};

/** How a contact is known on more than one site. */
export interface ContactKey {
  readonly by: 'external_identifier' | 'email';
  readonly text: string;
}

export interface SiteContact {
  readonly id: number;
  readonly externalIdentifier: string | null;
  /** The primary address. */
  readonly email: string | null;
}

export interface SiteFeatures {
  /** Enabled components, sorted. */
  readonly components: readonly string[];
  /** Contact types and sub types, sorted. */
  readonly contactTypes: readonly string[];
  /** Whether a step of a timeline may give its activity a subject there; null: the site does not tell. */
  readonly stepSubjects: boolean | null;
}

/**
 * One CiviCRM site as a migration sees it. Every method throws `AppError` as `SiteClient` does; a write reads the
 * row back from the site and answers what is really there, because CiviCRM drops some writes without an error.
 */
export interface MigrationSite {
  readonly name: string;
  caseTypes(): Promise<readonly SiteCaseType[]>;
  optionValues(group: OptionGroup): Promise<readonly SiteOptionValue[]>;
  relationshipTypes(): Promise<readonly SiteRelationshipType[]>;
  groups(): Promise<readonly GroupEntity[]>;
  features(): Promise<SiteFeatures>;
  /** Contacts that are not in the trash, with one of these ids. */
  contactsById(ids: readonly number[]): Promise<readonly SiteContact[]>;
  /** Contacts that are not in the trash, with one of these keys. */
  contactsByKey(keys: readonly ContactKey[]): Promise<readonly SiteContact[]>;
  /**
   * Activity types that the site deletes, with all their activities, once no active case type's definition names
   * them, and how many activities of each there are, those in the trash included.
   */
  keptActivityTypes(): Promise<readonly { readonly name: string; readonly activities: number }[]>;
  /** Cases of the type that are neither in the trash nor in a status of the grouping `Closed`. */
  openCases(caseType: string): Promise<number>;
  /** How many records would lose their meaning without it, those in the trash included. */
  uses(ref: EntityRef): Promise<number>;

  /** `conflict` when the name is taken: the database itself would accept a second one. */
  createOptionValue(entity: OptionValueEntity): Promise<OptionValueEntity>;
  createRelationshipType(entity: RelationshipTypeEntity): Promise<RelationshipTypeEntity>;
  createGroup(entity: GroupEntity): Promise<GroupEntity>;
  /**
   * Creates the case type, or updates the one of that name. The definition holds this site's ids. The site makes
   * the activity types that it lacks, and deletes kept ones that no active case type names any more.
   *
   * `remote-rejected` when the site refused: the message says whether the row was stored all the same.
   */
  saveCaseType(entity: CaseTypeEntity): Promise<SiteCaseType>;
  /** Enables or disables; `not-found` when there is none of that name. */
  setActive(ref: EntityRef, isActive: boolean): Promise<void>;
  /** Deletes; nothing happens when there is none of that name. */
  remove(ref: EntityRef): Promise<void>;
}

/** What undoes a change. */
export type InverseChange =
  | { readonly kind: 'remove'; readonly ref: EntityRef }
  | { readonly kind: 'disable'; readonly ref: EntityRef }
  /** The definition holds the site's own ids, as they were read before the change. */
  | { readonly kind: 'restore'; readonly caseType: CaseTypeEntity };

export type JournalState = 'intended' | 'done' | 'undone';

export interface JournalEntry {
  readonly key: EntityKey;
  /** What the site held before; null: nothing of that name. */
  readonly before: JsonObject | null;
  /** What it is to hold after, or was seen to hold, as `comparable` shows it. */
  readonly after: JsonObject;
  readonly inverse: InverseChange;
  readonly state: JournalState;
}

/** A run's id tells which plan it applies, and how often that plan was started before. */
export const runIdOf = (planHash: string, earlierRuns: number): string =>
  `${planHash.slice(0, 12)}-${String(earlierRuns + 1)}`;

export type RunState = 'running' | 'done' | 'rolled-back';

export interface Run {
  readonly id: string;
  /** Hash of the plan it applies. */
  readonly planHash: string;
  readonly site: string;
  readonly caseType: string;
  readonly state: RunState;
}

/** Keeps what was done to a site, so that it can be continued and undone. */
export interface RunJournal {
  /** The unfinished run of that plan on that site, or a new one. */
  start(run: { readonly planHash: string; readonly site: string; readonly caseType: string }): Promise<Run>;
  /** `not-found` when there is no such run. */
  run(id: string): Promise<Run>;
  /** All runs, the latest first. */
  runs(): Promise<readonly Run[]>;
  /** Records a change before it is made; an entry of that key in the run stays as it is. */
  intend(runId: string, entry: Omit<JournalEntry, 'state'>): Promise<void>;
  /** `shown`: what the site holds instead of what it was to hold; it becomes the entry's `after`. */
  settle(runId: string, key: EntityKey, state: JournalState, shown?: JsonObject): Promise<void>;
  /** In the order they were intended. */
  entries(runId: string): Promise<readonly JournalEntry[]>;
  finish(runId: string, state: Exclude<RunState, 'running'>): Promise<void>;
}

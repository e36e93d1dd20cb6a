import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { EntityKind } from './kinds/index.ts';
import type {
  CaseTypeEntity,
  Dependency,
  DependencyKind,
  EntityKey,
  EntityRef,
  OptionValueEntity,
  RelationshipTypeEntity,
  SiteEntity,
} from './entity.ts';

/** How both sides of these ports name an entity in messages and in the journal. */
export { entityKey, fieldsOf, keyOf, nameOf, refOf } from './entity.ts';
/** What a journal answers of a run that was undone in part. */
export { withoutUndone } from './inverse-keys.ts';
/** What adapters know of the kinds. */
export { kindOf, kindsNamedBy, toEntity, toValues } from './kinds/index.ts';
export type { DependencyKind, EntityKind, Kind, NameBook } from './kinds/index.ts';

/** One row of a site: what it is on every site, and what only that site knows of it. */
export interface SiteRow {
  readonly entity: Dependency;
  readonly id: number;
  /** What fields and definitions store for it: the value of an option, the id of anything else. */
  readonly value: string;
  /** The extension (or `civicrm`) that looks after the row and puts it back as it ships it; null: nobody does. */
  readonly managedBy: string | null;
}

/** Rows of a kind that the site did not show. */
export interface UnreadKind {
  readonly kind: DependencyKind;
  /** `forbidden`: the key may not; `unknown`: this CiviCRM has no such thing to show. */
  readonly reason: 'forbidden' | 'unknown';
}

export interface SiteRows {
  readonly rows: readonly SiteRow[];
  readonly unread: readonly UnreadKind[];
}

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
  /** CiviCRM's version; null: the key may not see it. */
  readonly version: string | null;
  /** Enabled components, sorted. */
  readonly components: readonly string[];
  /** Contact types and sub types, sorted. */
  readonly contactTypes: readonly string[];
  /** Whether a step of a timeline may give its activity a subject there; null: the site does not tell. */
  readonly stepSubjects: boolean | null;
  /** The language that labels are in, such as `fr_FR`; null: the site does not tell. */
  readonly language: string | null;
}

/** Something that a case type of the target loses. */
export type ImpactQuestion =
  | { readonly kind: 'status' | 'activity-type'; readonly caseType: string; readonly name: string }
  | { readonly kind: 'role'; readonly caseType: string; readonly nameAB: string; readonly holder: 'a' | 'b' };

export interface ImpactQuestions {
  readonly questions: readonly ImpactQuestion[];
  /** Names of the statuses that close a case. */
  readonly closedStatuses: readonly string[];
  /** Names of the statuses of activities that are still to be done. */
  readonly openActivityStatuses: readonly string[];
}

/** Something that a plan does to things of a kind. A rename may reach further than an update. */
export interface Deed {
  readonly kind: EntityKind;
  readonly action: 'create' | 'update' | 'rename' | 'delete';
}

/** What a loss touches on a site, without what is in the trash. */
export interface Impact {
  /** Open cases of the type: in that status, with that role held, with such an activity open. */
  readonly openCases: number;
  /** Of that type, on open cases of the case type. */
  readonly openActivities: number;
  /** Their clients, the holders of the role, who the activities are assigned to. */
  readonly people: number;
}

/**
 * One CiviCRM site as a migration sees it. Every method throws `AppError` as `SiteClient` does; a write reads the
 * row back from the site and answers what is really there, because CiviCRM drops some writes without an error.
 */
export interface MigrationSite {
  readonly name: string;
  caseTypes(): Promise<readonly SiteCaseType[]>;
  /**
   * All rows of these kinds. What is asked of a site in one moment goes out as one request.
   * Throws when the site does not show a kind that migrations cannot do without; others stand in `unread`.
   */
  rows(kinds: readonly DependencyKind[]): Promise<SiteRows>;
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
  /** Per case type with any: cases that are neither in the trash nor in a status of the grouping `Closed`. */
  openCases(): Promise<Readonly<Record<string, number>>>;
  /** One answer for each question, in their order. */
  impactOf(asked: ImpactQuestions): Promise<readonly Impact[]>;
  /** Whether the key may do each of them, in their order. */
  mayDo(deeds: readonly Deed[]): Promise<readonly boolean[]>;
  /** How many records would lose their meaning without it, those in the trash included. */
  uses(ref: EntityRef): Promise<number>;

  /**
   * Creates it, the names in it resolved on this site. `conflict` when the name is taken, also where the database
   * itself would accept a second one, and when the site lacks what it names.
   */
  create(entity: Dependency): Promise<Dependency>;
  /**
   * Creates the case type, or updates the one of that name, or renames the one of the name `formerly`. The definition
   * holds this site's ids. The site makes
   * the activity types that it lacks, and deletes kept ones that no active case type names any more.
   *
   * `remote-rejected` when the site refused: the message says whether the row was stored all the same.
   */
  saveCaseType(entity: CaseTypeEntity, formerly?: string): Promise<SiteCaseType>;
  /**
   * Changes these fields, its name perhaps among them and the names in them resolved on this site, and reads the row
   * back; what the site keeps for definitions stays kept under the new name. `not-found` when there is none of that name, `conflict` when the site lacks what a field names. Of a case type: its title, description and
   * switch, which leaves what its definition made alone.
   */
  update(ref: EntityRef, fields: JsonObject): Promise<SiteEntity>;
  /** Deletes; nothing happens when there is none of that name. */
  remove(ref: EntityRef): Promise<void>;
}

/** What undoes a change. */
export type InverseChange =
  | { readonly kind: 'remove'; readonly ref: EntityRef }
  /** Gives the fields back what they held. */
  | { readonly kind: 'update'; readonly ref: EntityRef<DependencyKind>; readonly fields: JsonObject }
  | { readonly kind: 'create'; readonly entity: Dependency }
  /** The definition holds the site's own ids, as they were read before the change. */
  | {
      readonly kind: 'restore';
      readonly caseType: CaseTypeEntity;
      /** The name that the change gave it; absent: it kept its name. */
      readonly renamed?: string;
    };

export type JournalState = 'intended' | 'done' | 'undone';

export interface JournalEntry {
  readonly key: EntityKey;
  /** What the site held before; null: nothing of that name. */
  readonly before: JsonObject | null;
  /** What it is to hold after, or was seen to hold, as `comparable` shows it; null: nothing. */
  readonly after: JsonObject | null;
  readonly inverse: InverseChange;
  readonly state: JournalState;
}

/** A run's id tells which plan it applies, and how often that plan was started before. */
export const runIdOf = (planHash: string, earlierRuns: number): string =>
  `${planHash.slice(0, 12)}-${String(earlierRuns + 1)}`;

/** The answer to an id that no run has. */
export const unknownRun = (id: string, known: readonly string[]): AppError => {
  const near = nearestName(id, known);
  const hint =
    known.length === 0
      ? 'No run is known yet.'
      : `${near === null ? `The latest is "${known[0] ?? ''}".` : `Did you mean "${near}"?`} "civicase apply --runs" lists them.`;
  return new AppError(
    'not-found',
    `There is no migration run "${id}" here. ${hint} Look with the same --data.`,
    {
      details: { runId: id },
    },
  );
};

export type RunState = 'running' | 'done' | 'rolled-back';

export interface Run {
  readonly id: string;
  /** Hash of the plan it applies. */
  readonly planHash: string;
  readonly site: string;
  readonly caseType: string;
  readonly state: RunState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** What a run begins with. */
export interface RunBeginning {
  readonly planHash: string;
  readonly site: string;
  readonly caseType: string;
  /** The plan itself, as JSON: what is interrupted goes on without its file. */
  readonly plan: JsonObject;
}

/** By key, as `comparable` shows it. */
export type KeyedStates = Readonly<Record<EntityKey, JsonObject>>;

/** What both sides of an apply held when it was done. */
export interface AppliedStates {
  /** The source. */
  readonly given: KeyedStates;
  /** The target; null: the apply took it away. */
  readonly left: Readonly<Record<EntityKey, JsonObject | null>>;
}

/** The latest state of each entity; the first of the list is the earliest. */
export const mergeStates = (list: readonly AppliedStates[]): AppliedStates => ({
  given: Object.assign({}, ...list.map(({ given }) => given)) as KeyedStates,
  left: Object.assign({}, ...list.map(({ left }) => left)) as AppliedStates['left'],
});

/** Keeps what was done to a site, so that it can be continued and undone. */
export interface RunJournal {
  /** The unfinished run of that plan on that site, or a new one. */
  start(run: RunBeginning): Promise<Run>;
  /** `not-found`, with the nearest id, when there is no such run. */
  run(id: string): Promise<Run>;
  /** The plan that the run began with; null: it was begun by a version that kept none. */
  plan(runId: string): Promise<JsonObject | null>;
  /** All runs, the latest first. */
  runs(): Promise<readonly Run[]>;
  /** Records a change before it is made; an entry of that key in the run stays as it is. */
  intend(runId: string, entry: Omit<JournalEntry, 'state'>): Promise<void>;
  /** `shown`: what the site holds instead of what it was to hold; it becomes the entry's `after`. */
  settle(runId: string, key: EntityKey, state: JournalState, shown?: JsonObject): Promise<void>;
  /** In the order they were intended. */
  entries(runId: string): Promise<readonly JournalEntry[]>;
  /** `states`: of everything that the plan of a finished apply looked at, changed or not. */
  finish(runId: string, state: Exclude<RunState, 'running'>, states?: AppliedStates): Promise<void>;
  /** Of the applies on that site, the latest of each entity; what was rolled back does not count. */
  lastApplied(site: string): Promise<AppliedStates>;
}

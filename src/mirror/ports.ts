import type { EpochMillis } from '../base/clock.ts';
import type { JsonValue } from '../base/json.ts';
import type { Result } from '../base/result.ts';
import type { CaseFile, Contact, LocalDateTime } from '../case/case-file.ts';
import type { OriginEntity } from '../case/origin-key.ts';

export interface MirrorPair {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly caseTypes: readonly string[];
  /** What to do with a person the target does not know: make them there, or reject what names them. */
  readonly contacts: 'create' | 'match';
}

export interface ChangedCase {
  readonly id: number;
  readonly modifiedDate: LocalDateTime;
}

/**
 * The site that is mirrored. It is only read. Dates are those of the site's own wall clock, in whole seconds. Every
 * change of a case, its roles, clients and activities shows in its modified date or in its digest; one of a contact
 * in neither. No case type, or one that the site lacks, means no case.
 */
export interface MirrorSource {
  readonly siteName: string;
  /** Cases of these types, trashed ones too, whose row carries this modified date or a later one; null: all. */
  changedSince(caseTypes: readonly string[], since: LocalDateTime | null): Promise<readonly ChangedCase[]>;
  /** Per case, a digest of what a case's modified date does not show: clients, roles, filings, people of activities. */
  linkDigests(caseTypes: readonly string[]): Promise<ReadonlyMap<number, string>>;
  /**
   * Whole cases, trashed ones too, with their trashed activities, each once; what the site does not show is left out.
   * Of custom fields they hold the origin key alone, and no tags.
   */
  readCases(caseIds: readonly number[]): Promise<readonly CaseFile[]>;
  /** Those of the activities that still exist, trashed or not. */
  existingActivities(activityIds: readonly number[]): Promise<ReadonlySet<number>>;
  /** Requests sent so far. */
  requests(): number;
}

/** What the target can name. A record that needs another name cannot be written there. */
export interface TargetNames {
  readonly caseTypes: ReadonlySet<string>;
  readonly caseStatuses: ReadonlySet<string>;
  readonly activityTypes: ReadonlySet<string>;
  readonly activityStatuses: ReadonlySet<string>;
  readonly media: ReadonlySet<string>;
  readonly priorities: ReadonlySet<string>;
  readonly roleTypes: readonly RoleType[];
  /** Per case type, the activity types that its sequences create by themselves. */
  readonly sequenceSteps: ReadonlyMap<string, ReadonlySet<string>>;
}

interface RoleType {
  readonly id: number;
  readonly nameAB: string;
  readonly nameBA: string;
}

/** Field values in the target's terms: option names, the target's contact ids, local dates. */
export type Fields = Readonly<Record<string, JsonValue>>;

/**
 * One write to the target; all of them may be repeated. A creation finds the live record of its key and then updates
 * it: only the fields given, no list that is empty, never the trash. It does not see a trashed record and makes a
 * second one: ask `findByKey` first. A role is its own key, with people, dates and state. Taking away what is gone is
 * done; updating a contact, case or role that is gone fails; updating an activity that is gone does nothing and may
 * say that it is done.
 */
export type MirrorWrite =
  /** Without the e-mail address, which is written by an update. */
  | { readonly kind: 'create-contact'; readonly key: string; readonly fields: Fields }
  | { readonly kind: 'update-contact'; readonly id: number; readonly fields: Fields }
  | {
      readonly kind: 'create-case';
      readonly key: string;
      readonly caseType: string;
      readonly fields: Fields;
      readonly clientIds: readonly number[];
      readonly creatorId: number | null;
    }
  | { readonly kind: 'update-case'; readonly id: number; readonly fields: Fields }
  | { readonly kind: 'add-client'; readonly caseId: number; readonly contactId: number }
  | { readonly kind: 'remove-client'; readonly caseId: number; readonly contactId: number }
  | {
      readonly kind: 'create-role';
      readonly caseId: number;
      readonly typeId: number;
      readonly fields: Fields;
    }
  | { readonly kind: 'update-role'; readonly id: number; readonly fields: Fields }
  | { readonly kind: 'delete-role'; readonly id: number }
  | {
      readonly kind: 'create-activity';
      readonly key: string;
      readonly caseId: number;
      readonly fields: Fields;
    }
  | {
      readonly kind: 'update-activity';
      readonly id: number;
      readonly caseId: number;
      /** Given when an activity that the target made itself is adopted. */
      readonly key?: string;
      readonly fields: Fields;
    }
  | { readonly kind: 'file-activity'; readonly caseId: number; readonly activityId: number }
  | { readonly kind: 'unfile-activity'; readonly caseId: number; readonly activityId: number };

/** The site that receives. */
export interface MirrorTarget {
  readonly siteName: string;
  /** Makes the custom fields for origin keys; answers those that were missing. No creation is taken before. */
  prepare(): Promise<{ readonly created: readonly string[] }>;
  /** As they are now. */
  names(): Promise<TargetNames>;
  /** Ids by origin key, trashed records too; the lowest id when several carry one key. None before `prepare`. */
  findByKey(entity: OriginEntity, keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Live contacts that carry one of the external identifiers or e-mail addresses. */
  findPeople(wanted: {
    readonly externalIdentifiers: readonly string[];
    readonly emails: readonly string[];
  }): Promise<readonly Contact[]>;
  readContacts(contactIds: readonly number[]): Promise<ReadonlyMap<number, Contact>>;
  readCases(caseIds: readonly number[]): Promise<readonly CaseFile[]>;
  /**
   * In the order given, one result each: the id of the contact, case, role or activity written; of a client's coming
   * or going the case's, of a filing the activity's. `invalid-input` for a name that the target lacks and for a case
   * without client: nothing was written. `remote-rejected` in the site's words for the rest; a case may then be half
   * opened, and an activity on no case. Both are found by their key, and completed by further writes.
   */
  write(writes: readonly MirrorWrite[]): Promise<readonly Result<number>[]>;
  requests(): number;
}

export type LinkedEntity = 'Case' | 'Activity' | 'Relationship' | 'Contact';

/** Ties a source record to its target record. */
export interface IdLink {
  readonly entity: LinkedEntity;
  readonly sourceId: number;
  readonly targetId: number;
  /** False for a contact that was there before: it is never written to. */
  readonly ours: boolean;
  /** What was last meant to be there. */
  readonly sent: Fields;
  /** What the target then held: the last common value. Another value there now is somebody's edit. */
  readonly kept: Fields;
}

/** Where a mirrored case stands. `opening` and `writing` are noted before the first write and cleared after the last. */
export interface MirroredCase {
  readonly sourceId: number;
  readonly targetId: number | null;
  readonly state: 'opening' | 'writing' | 'mirrored' | 'gone' | 'rejected';
  readonly sourceModified: LocalDateTime;
  /** When the listing first showed that modified date, and when the file was then read, by our clock. */
  readonly modifiedSeenAt: EpochMillis;
  readonly readAt: EpochMillis;
  readonly linkDigest: string;
  /** Digest of the source's file as last mirrored. */
  readonly fileDigest: string;
  /** Activities of the target case that people made there. */
  readonly foreignActivityIds: readonly number[];
  /** Clients (contact ids) and roles (`type|a|b`) that the mirror put there. */
  readonly ourClientIds: readonly number[];
  readonly ourRoles: readonly string[];
  readonly mirroredAt: EpochMillis | null;
}

/** A record that could not be written; tried again on every run. */
export interface Reject {
  readonly caseId: number;
  readonly entity: LinkedEntity;
  readonly sourceId: number;
  /** The site's own words, or ours when the name is unknown there. */
  readonly reason: string;
  readonly at: EpochMillis;
}

/** A field that was edited on the target: the target's value stays. */
export interface Conflict {
  readonly caseId: number;
  readonly entity: LinkedEntity;
  readonly sourceId: number;
  readonly targetId: number;
  readonly field: string;
  readonly sourceValue: JsonValue;
  readonly targetValue: JsonValue;
  readonly at: EpochMillis;
}

export interface MirrorRun {
  readonly startedAt: EpochMillis;
  readonly finishedAt: EpochMillis | null;
  /** The report as JSON, or the error's sentence; meanwhile, and with an error, when the latest write began. */
  readonly outcome: JsonValue;
}

export interface CaseOutcome {
  readonly mirroredCase: MirroredCase;
  readonly links: readonly IdLink[];
  /** Replace all earlier ones of the case; absent: leave them. */
  readonly rejects?: readonly Reject[];
  readonly conflicts?: readonly Conflict[];
}

/** The mirror's memory; everything in it belongs to one pair. */
export interface MirrorStore {
  cursor(pair: string): Promise<LocalDateTime | null>;
  saveCursor(pair: string, since: LocalDateTime): Promise<void>;
  cases(pair: string): Promise<readonly MirroredCase[]>;
  links(pair: string, entity: LinkedEntity, sourceIds: readonly number[]): Promise<readonly IdLink[]>;
  saveLinks(pair: string, links: readonly IdLink[]): Promise<void>;
  /** All of the outcomes or none. */
  saveOutcomes(pair: string, outcomes: readonly CaseOutcome[]): Promise<void>;
  rejects(pair: string): Promise<readonly Reject[]>;
  conflicts(pair: string): Promise<readonly Conflict[]>;
  saveRun(pair: string, run: MirrorRun): Promise<void>;
  lastRun(pair: string): Promise<MirrorRun | null>;
}

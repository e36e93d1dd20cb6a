import type { JsonObject, JsonValue } from '../base/json.ts';
import {
  comparable,
  entityKey,
  hashJson,
  keyOf,
  type CaseTypeEntity,
  type Dependency,
  type DependencyKind,
  type EntityKey,
  type EntityRef,
} from './entity.ts';
import type { ContactKey, Impact, KeyedStates } from './ports.ts';
import type { Reason } from './reasons.ts';

export const PLAN_FORMAT = 'civicase-bridge migration plan';
export const PLAN_VERSION = 4;

/** Begins the keys of a plan's basis under which it knows how many activities of a type that goes there were. */
export const ACTIVITIES_OF = 'activities_of:';

/**
 * How closely a change is to be looked at. `low`: it adds, switches on or rewords; `medium`: cases and what people may
 * choose become otherwise; `high`: it takes something from open cases, open activities or people, or deletes.
 */
export type Severity = 'low' | 'medium' | 'high';

/** One thing that applying the plan does to the target, why, and how closely to look at it. */
export type Change = Work & { readonly severity: Severity };

export type Work =
  | { readonly kind: 'create'; readonly entity: Dependency; readonly reasons: readonly Reason[] }
  | {
      readonly kind: 'update';
      readonly ref: EntityRef<DependencyKind>;
      /** What differs, sorted. */
      readonly fields: readonly string[];
      readonly before: JsonObject;
      readonly after: JsonObject;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly kind: 'rename';
      /** As the target calls it. */
      readonly ref: EntityRef<DependencyKind>;
      /** Its name afterwards. */
      readonly to: string;
      /** What differs, sorted, its name among them. */
      readonly fields: readonly string[];
      readonly before: JsonObject;
      readonly after: JsonObject;
      readonly reasons: readonly Reason[];
    }
  | { readonly kind: 'remove'; readonly entity: Dependency; readonly reasons: readonly Reason[] }
  | {
      readonly kind: 'create-case-type';
      readonly caseType: CaseTypeEntity;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly kind: 'update-case-type';
      readonly caseType: CaseTypeEntity;
      /** Under its former name, where it is renamed. */
      readonly before: CaseTypeEntity;
      readonly fields: readonly string[];
      readonly reasons: readonly Reason[];
    }
  | {
      readonly kind: 'remove-case-type';
      readonly caseType: CaseTypeEntity;
      readonly reasons: readonly Reason[];
    };

/** Something worth knowing that does not stop the plan. */
export interface Note {
  readonly kind:
    | 'differs'
    | 'edited-at-target'
    | 'stays-though-unneeded'
    | 'skipped'
    | 'disabled-at-source'
    | 'made-as-core-would'
    | 'missing-at-source'
    | 'dropped'
    | 'rewritten'
    | 'membership-stays'
    | 'open-cases'
    | 'removed'
    | 'type-goes'
    | 'unreadable-definition'
    | 'managed-at-source'
    | 'unread-at-source'
    | 'without-effect';
  readonly key: EntityKey;
  readonly message: string;
}

/** Something that the target's case type loses, and what it touches there. */
export interface ImpactRow extends Impact {
  readonly caseType: string;
  readonly what: 'status' | 'role' | 'activity-type';
  /** As the definition names it. */
  readonly name: string;
}

/** Something that must be put right before the plan can be applied; `remedy` says how. */
export interface Problem {
  readonly kind:
    | 'name-differs-by-case'
    | 'label-only'
    | 'duplicate-name'
    | 'relationship-type-differs'
    | 'role-resolves-differently'
    | 'unknown-here'
    | 'component-disabled'
    | 'contact-type-missing'
    | 'contact-missing'
    | 'contact-ambiguous'
    | 'not-portable'
    | 'malformed-name'
    | 'not-overridable'
    | 'activities-lost'
    | 'renamed-or-new'
    | 'in-use'
    | 'not-permitted'
    | 'conflict'
    | 'unread-here';
  readonly key: EntityKey;
  readonly message: string;
  readonly remedy: string;
}

/**
 * What moving case types to a target does to it: data alone, the same for the same two states. `basis` is what the
 * target held, per entity that matters (null: nothing of that name); applying compares the target with it.
 */
export interface MigrationPlan {
  readonly format: typeof PLAN_FORMAT;
  readonly version: typeof PLAN_VERSION;
  /** Names of what is moved, sorted. */
  readonly caseTypes: readonly string[];
  /** Name of the site, or null for a file. */
  readonly source: string | null;
  readonly target: string;
  /** Hashes of what was read of each side. */
  readonly fingerprint: { readonly source: string; readonly target: string };
  readonly basis: Readonly<Record<EntityKey, JsonObject | null>>;
  /** What the source holds of what it describes itself; the next plan tells by it which side changed something. */
  readonly given: KeyedStates;
  readonly contacts: readonly ContactKey[];
  /** In the order in which they must be made. */
  readonly changes: readonly Change[];
  /** What goes on the target, and whom that touches; empty also where nobody asked. */
  readonly impact: readonly ImpactRow[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** The key of what the change leaves behind, or takes away. */
export function changeKey(change: Work): EntityKey {
  switch (change.kind) {
    case 'create':
    case 'remove':
      return entityKey(change.entity);
    case 'update':
      return keyOf(change.ref);
    case 'rename':
      return keyOf({ kind: change.ref.kind, name: change.to });
    case 'create-case-type':
    case 'update-case-type':
    case 'remove-case-type':
      return entityKey(change.caseType);
  }
}

/** The key under which the target holds what is renamed; null: the change renames nothing. */
export function formerKey(change: Work): EntityKey | null {
  if (change.kind === 'rename') return keyOf(change.ref);
  if (change.kind !== 'update-case-type' || change.before.name === change.caseType.name) return null;
  return entityKey(change.before);
}

/** What the target holds under the change's key once it is made; null: nothing. */
export function stateAfter(change: Work): JsonObject | null {
  switch (change.kind) {
    case 'create':
      return comparable(change.entity);
    case 'update':
    case 'rename':
      return change.after;
    case 'create-case-type':
    case 'update-case-type':
      return comparable(change.caseType);
    case 'remove':
    case 'remove-case-type':
      return null;
  }
}

export const hashPlan = (plan: MigrationPlan): string => hashJson(plan as unknown as JsonValue);

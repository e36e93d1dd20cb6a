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
export const PLAN_VERSION = 3;

/** Begins the keys of a plan's basis under which it knows how many activities of a type that goes there were. */
export const ACTIVITIES_OF = 'activities_of:';

/** One thing that applying the plan does to the target, and why. */
export type Change =
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
      readonly kind: 'create-case-type';
      readonly caseType: CaseTypeEntity;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly kind: 'update-case-type';
      readonly caseType: CaseTypeEntity;
      readonly before: CaseTypeEntity;
      readonly fields: readonly string[];
      readonly reasons: readonly Reason[];
    };

/** Something worth knowing that does not stop the plan. */
export interface Note {
  readonly kind:
    | 'differs'
    | 'edited-at-target'
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
    | 'conflict'
    | 'unread-here';
  readonly key: EntityKey;
  readonly message: string;
  readonly remedy: string;
}

/**
 * What moving one case type to a target does to it: data alone, the same for the same two states. `basis` is what
 * the target held, per entity that matters (null: nothing of that name); applying compares the target with it.
 */
export interface MigrationPlan {
  readonly format: typeof PLAN_FORMAT;
  readonly version: typeof PLAN_VERSION;
  readonly caseType: string;
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

export function changeKey(change: Change): EntityKey {
  switch (change.kind) {
    case 'create':
      return entityKey(change.entity);
    case 'update':
      return keyOf(change.ref);
    case 'create-case-type':
    case 'update-case-type':
      return entityKey(change.caseType);
  }
}

/** What the target holds of the entity once the change is made. */
export function stateAfter(change: Change): JsonObject {
  switch (change.kind) {
    case 'create':
      return comparable(change.entity);
    case 'update':
      return change.after;
    case 'create-case-type':
    case 'update-case-type':
      return comparable(change.caseType);
  }
}

export const hashPlan = (plan: MigrationPlan): string => hashJson(plan as unknown as JsonValue);

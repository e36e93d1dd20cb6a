import type { JsonObject } from '../base/json.ts';
import type { EntityKey } from './entity.ts';

/** What is known of the last apply, and what somebody decided. */
export interface Decisions {
  /** What was given to the target by the last apply, by key. */
  readonly base: Readonly<Record<EntityKey, JsonObject>>;
  /** Keys of what the source's value counts for in a conflict, and of what stays as the target has it. */
  readonly taken: ReadonlySet<EntityKey>;
  readonly kept: ReadonlySet<EntityKey>;
  /** What the source's labels are in; null: not known, and taken for the target's. */
  readonly language: string | null;
}

export const NO_DECISIONS: Decisions = { base: {}, taken: new Set(), kept: new Set(), language: null };

import type { JsonObject } from '../base/json.ts';
import { differingFields, sameJson } from './entity.ts';

/** What is to become of a field in which source and target differ. */
export type FieldVerdict =
  /** The target takes the source's value. */
  | 'moves'
  /** Only the target has changed it since the last apply. */
  | 'stays'
  /** Both have changed it, each to something else. */
  | 'conflict';

/**
 * Field by field, which side counts. `base` is what the source held at the last apply; without one nothing is known
 * of who changed what, and the source counts: that is what a plan is looked at for.
 */
export function compareFields(
  base: JsonObject | null,
  source: JsonObject,
  target: JsonObject,
): ReadonlyMap<string, FieldVerdict> {
  return new Map(
    differingFields(source, target).map((field) => {
      if (base === null || sameJson(base[field], target[field])) return [field, 'moves'] as const;
      return [field, sameJson(base[field], source[field]) ? 'stays' : 'conflict'] as const;
    }),
  );
}

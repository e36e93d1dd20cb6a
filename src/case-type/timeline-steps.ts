import { canonicalJson, type JsonObject, type JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from './definition.ts';

/**
 * Which sets have a `timeline` element, as far as a definition tells: those marked, and those whose steps stand in
 * `timelineActivityTypes` although their element says something else than `true`. Undefined for a set without steps,
 * which may have either; undefined as a whole when the derived list is absent or does not follow from the sets.
 */
export function setsWithTimeline(
  definition: CaseTypeDefinition,
): readonly (boolean | undefined)[] | undefined {
  if (!Array.isArray(definition.timelineActivityTypes)) return undefined;
  const derived = listOf(definition.timelineActivityTypes).map(canonicalJson);
  const sets = listOf(definition.activitySets).map((set) => ({
    isMarked: fieldOf(set, 'timeline') === 1,
    steps: listOf(fieldOf(set, 'activityTypes')).map(canonicalJson),
  }));
  const failed = new Set<string>();
  const choose = (index: number, from: number): readonly (boolean | undefined)[] | undefined => {
    const set = sets[index];
    if (set === undefined) return from === derived.length ? [] : undefined;
    const state = `${String(index)} ${String(from)}`;
    if (failed.has(state)) return undefined;
    for (const option of optionsOf(set, derived, from)) {
      const rest = choose(index + 1, option === true ? from + set.steps.length : from);
      if (rest !== undefined) return [option, ...rest];
    }
    failed.add(state);
    return undefined;
  };
  return choose(0, 0);
}

function optionsOf(
  { isMarked, steps }: { readonly isMarked: boolean; readonly steps: readonly string[] },
  derived: readonly string[],
  from: number,
): readonly (boolean | undefined)[] {
  if (steps.length === 0) return [isMarked ? true : undefined];
  const follows = steps.every((step, at) => derived[from + at] === step);
  return [...(follows ? [true] : []), ...(isMarked ? [] : [false])];
}

/** What CiviCRM derives from the sets that have a `timeline` element. */
export function timelineStepsOf(
  sets: readonly JsonValue[],
  hasTimeline: readonly boolean[],
): readonly JsonValue[] {
  return sets.flatMap((set, index) =>
    hasTimeline[index] === true ? listOf(fieldOf(set, 'activityTypes')) : [],
  );
}

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
const fieldOf = (value: JsonValue, key: string): JsonValue | undefined =>
  typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;

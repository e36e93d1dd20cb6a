import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../definition.ts';
import { setsWithTimeline, timelineStepsOf } from '../timeline-steps.ts';
import { isList, isMap, isSame } from './json-parts.ts';

/** Stands in a set whose `timeline` element says something else than `true`; no XML name and no key of CiviCRM. */
export const TIMELINE_ELEMENT = '#timeline';

/**
 * A definition without the list of steps that CiviCRM derives from the sets. Whether the list followed from the sets,
 * and so can be derived again, is told apart: `null` when there is none, `false` when it did not.
 */
export interface MarkedDefinition {
  readonly definition: JsonObject;
  readonly derived: boolean | null;
}

export function markTimelines(definition: CaseTypeDefinition): MarkedDefinition {
  const { timelineActivityTypes, ...rest } = definition as JsonObject;
  if (timelineActivityTypes === undefined) return { definition: rest, derived: null };
  const marks = setsWithTimeline(definition);
  const sets = rest['activitySets'];
  if (marks === undefined || !isList(sets)) return { definition: rest, derived: false };
  const marked = {
    ...rest,
    activitySets: sets.map((set, index) =>
      marks[index] === true && isMap(set) && set['timeline'] !== 1 ? { ...set, [TIMELINE_ELEMENT]: 1 } : set,
    ),
  };
  return isSame(deriveTimeline(marked), timelineActivityTypes)
    ? { definition: marked, derived: true }
    : { definition: rest, derived: false };
}

/** The derived list of a marked definition. */
export function deriveTimeline(definition: JsonObject): readonly JsonValue[] {
  const sets = isList(definition['activitySets']) ? definition['activitySets'] : [];
  const marks = sets.map(
    (set) => isMap(set) && (set['timeline'] === 1 || set[TIMELINE_ELEMENT] !== undefined),
  );
  return timelineStepsOf(sets.map(withoutMark), marks);
}

/** The definition without the marks, and with the derived list when it is to be there. */
export function unmarkTimelines({ definition, derived }: MarkedDefinition): CaseTypeDefinition {
  const sets = definition['activitySets'];
  const unmarked = isList(sets) ? { ...definition, activitySets: sets.map(withoutMark) } : definition;
  return derived === true ? { ...unmarked, timelineActivityTypes: deriveTimeline(definition) } : unmarked;
}

const withoutMark = (set: JsonValue): JsonValue =>
  isMap(set) && set[TIMELINE_ELEMENT] !== undefined
    ? Object.fromEntries(Object.entries(set).filter(([key]) => key !== TIMELINE_ELEMENT))
    : set;

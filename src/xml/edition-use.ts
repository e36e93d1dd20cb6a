import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/index.ts';
import { factAt } from '../edition/index.ts';

/** A part of a definition that an edition of CiviCRM stores and shows, and does nothing with. */
export interface UnusedPart {
  /** Where it stands in the definition. */
  readonly path: string;
  readonly message: string;
}

/** What CiviCRM of this version (`5.77`, `6.20`) does not use, while others do. Empty where nobody knows. */
export function unusedByEdition(definition: CaseTypeDefinition, version: string): readonly UnusedPart[] {
  if (factAt('stepSubjects', version) !== false) return [];
  return stepsOf(definition).flatMap(({ step, path }) =>
    step[SUBJECT] === undefined
      ? []
      : [
          {
            path: `${path}.${SUBJECT}`,
            message: `CiviCRM ${version} keeps <${SUBJECT}> and does not use it: the activity gets no subject. It came with 6.17.`,
          },
        ],
  );
}

/** The definition as CiviCRM of this version uses it: without what it stores and does nothing with. */
export function usedByEdition(definition: CaseTypeDefinition, version: string): CaseTypeDefinition {
  if (unusedByEdition(definition, version).length === 0) return definition;
  const withoutSubjects = (steps: JsonValue): JsonValue =>
    isList(steps)
      ? steps.map((step) =>
          isMap(step) ? Object.fromEntries(Object.entries(step).filter(([key]) => key !== SUBJECT)) : step,
        )
      : steps;
  const { activitySets = [], timelineActivityTypes } = definition;
  return {
    ...definition,
    activitySets: listOf(activitySets).map((set) =>
      isMap(set) && set['activityTypes'] !== undefined
        ? { ...set, activityTypes: withoutSubjects(set['activityTypes']) }
        : set,
    ),
    ...(timelineActivityTypes === undefined
      ? {}
      : { timelineActivityTypes: withoutSubjects(timelineActivityTypes) }),
  };
}

const SUBJECT = 'default_subject';

function stepsOf(definition: CaseTypeDefinition) {
  return listOf(definition.activitySets).flatMap((set, index) =>
    listOf(isMap(set) ? set['activityTypes'] : undefined).flatMap((step, at) =>
      isMap(step) ? [{ step, path: `activitySets.${String(index)}.activityTypes.${String(at)}` }] : [],
    ),
  );
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];

import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from './definition.ts';

/**
 * What may be renamed, and every place where the name stands. The assignee rules of steps name relationship types by
 * id, so they do not follow a role. `*` stands for every item of a list.
 */
export const RENAME_PLACES = {
  'rename-activity-type': [
    'activityTypes.*.name',
    'activitySets.*.activityTypes.*.name',
    'activitySets.*.activityTypes.*.reference_activity',
  ],
  /** A status of activities: steps name it. */
  'rename-activity-status': ['activitySets.*.activityTypes.*.status'],
  /** A status of cases. */
  'rename-status': ['statuses.*'],
  'rename-role': ['caseRoles.*.name'],
  'rename-set': ['activitySets.*.name'],
  'rename-group': ['activityAsgmtGrps.*', 'caseRoles.*.groups'],
} as const;
export type RenameKind = keyof typeof RENAME_PLACES;

export interface Renamed {
  readonly definition: CaseTypeDefinition;
  /** How many places held the name. */
  readonly count: number;
}

export function renameIn(
  definition: CaseTypeDefinition,
  { kind, from, to }: { readonly kind: RenameKind; readonly from: string; readonly to: string },
): Renamed {
  let count = 0;
  const replaceText = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') {
      if (value !== from) return value;
      count += 1;
      return to;
    }
    // A leaf that stands several times is a list.
    return isList(value) ? value.map(replaceText) : value;
  };
  const replace = (value: JsonValue, path: readonly string[]): JsonValue => {
    const [key, ...deeper] = path;
    if (key === undefined) return replaceText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return key === '*' ? value.map((item) => replace(item, deeper)) : value;
    const fields = Object.entries(value).map(
      ([name, field]) => [name, name === key || key === '*' ? replace(field, deeper) : field] as const,
    );
    return Object.fromEntries(fields);
  };
  const places: readonly string[] = RENAME_PLACES[kind];
  const root = places.reduce<JsonValue>(
    (value, place) => replace(value, place.split('.')),
    definition as JsonObject,
  );
  return { definition: root as CaseTypeDefinition, count };
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

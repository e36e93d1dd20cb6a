import type { JsonObject } from '../../base/json.ts';
import { leafText, phpInt, phpNumber } from '../php-values.ts';
import { OPEN_CASE } from '../simulation/timeline.ts';
import type { CaseTypeChange } from './change.ts';
import { isList, isMap, textOf, type MaybeJson } from './json-parts.ts';

/** How often a name stood in places of each kind. */
export interface RenamePlaces {
  readonly menu: number;
  readonly steps: number;
  readonly references: number;
  readonly roles: number;
}

/** When a step is due; `after` is null when the days are counted from the start of the case. */
export interface Due {
  readonly days: number;
  readonly after: string | null;
}

export type Assignee =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'creator' }
  | { readonly kind: 'contact' | 'relationship' | 'unknown'; readonly id: string };

/** What stands in the fields of a topic on one side. */
export function sideOf(
  { fields, beside }: Extract<CaseTypeChange, { readonly kind: 'changed' }>,
  side: 'before' | 'after',
): JsonObject {
  const changed = fields.flatMap((field) => {
    const value = field[side];
    return value === undefined ? [] : [[field.key, value] as const];
  });
  return { ...beside, ...Object.fromEntries(changed) };
}

export function dueOf(step: JsonObject): Due {
  const reference = leafText(step['reference_activity']);
  const days = phpInt(leafText(step['reference_offset']));
  return { days, after: reference === '' || reference === OPEN_CASE ? null : reference };
}

export function assigneeOf(step: JsonObject): Assignee {
  const type = leafText(step['default_assignee_type']);
  switch (phpNumber(type)) {
    case undefined:
      return type === '' ? { kind: 'nobody' } : { kind: 'unknown', id: type };
    case 1:
      return { kind: 'nobody' };
    case 2:
      return { kind: 'relationship', id: textOf(step['default_assignee_relationship']) };
    case 3:
      return { kind: 'contact', id: textOf(step['default_assignee_contact']) };
    case 4:
      return { kind: 'creator' };
    default:
      return { kind: 'unknown', id: type };
  }
}

/** A value in one line of at most some 80 characters; an empty element is `[]` in a definition. */
export function shownValue(value: MaybeJson): string {
  if (typeof value === 'string') return cut(`“${value}”`);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return cut(JSON.stringify(value ?? null));
}

const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

export const isEmptyValue = (value: MaybeJson): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** How many steps a set has. */
export function stepCount(set: MaybeJson): number {
  const steps = isMap(set) ? set['activityTypes'] : undefined;
  return isList(steps) ? steps.length : 0;
}

/** The texts of a list, or the one text. */
export function textsOf(value: MaybeJson): readonly string[] {
  if (!isList(value)) return isEmptyValue(value) ? [] : [textOf(value)];
  return value.map(textOf).filter((text) => text !== '');
}

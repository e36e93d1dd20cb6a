import type { DefinitionPath } from '../edit.ts';
import type { CaseTypeDefinition } from '../definition.ts';
import { fieldOf, isMap, textOf, type MaybeJson } from './json-parts.ts';

/** What a change is about, in the words that people know: labels where there are some, else names. */
export interface Subject {
  readonly what: SubjectKind;
  readonly name: string;
  /** The activity set of a step. */
  readonly set?: string;
}

export type SubjectKind =
  'case-type' | 'activity-type' | 'case-status' | 'activity-set' | 'step' | 'case-role' | 'group';

const LIST_SUBJECTS: Readonly<Record<string, SubjectKind>> = {
  activityTypes: 'activity-type',
  statuses: 'case-status',
  activitySets: 'activity-set',
  caseRoles: 'case-role',
  activityAsgmtGrps: 'group',
};

/** What a path leads to, or is inside of. */
export function subjectAt(definition: CaseTypeDefinition, path: DefinitionPath): Subject {
  const [list, index, steps, stepIndex] = path;
  const what = LIST_SUBJECTS[String(list)];
  const item = itemAt(definition[String(list)], index);
  if (what === undefined || item === undefined) return { what: 'case-type', name: '' };
  const step = steps === 'activityTypes' ? itemAt(fieldOf(item, steps), stepIndex) : undefined;
  return step === undefined
    ? { what, name: displayName(item) }
    : { what: 'step', name: displayName(step), set: displayName(item) };
}

/** The label of an item, else its name; a text is its own name. */
export function displayName(item: MaybeJson): string {
  if (!isMap(item)) return textOf(item);
  const label = textOf(item['label']);
  return label.trim() === '' ? textOf(item['name']) : label;
}

const itemAt = (value: MaybeJson, key: string | number | undefined): MaybeJson =>
  Array.isArray(value) && typeof key === 'number' ? (value as readonly MaybeJson[])[key] : undefined;

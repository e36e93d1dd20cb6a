import type { Kind } from './kind.ts';

/** The option groups that a case type leans on by themselves, by CiviCRM's names; each is a kind of that name. */
export const OPTION_KINDS = [
  'activity_type',
  'case_status',
  'activity_status',
  'encounter_medium',
  'priority',
  'activity_default_assignee',
] as const;
export type OptionKind = (typeof OPTION_KINDS)[number];

export interface OptionTraits extends Pick<Kind, 'words' | 'file' | 'uses' | 'offered'> {
  readonly group: OptionKind;
}

/** The values of one option group as a kind. */
export function optionKind({ group, ...traits }: OptionTraits): Kind {
  return {
    ...traits,
    name: group,
    api: 'OptionValue',
    where: [['option_group_id:name', '=', group]],
    fixed: { 'option_group_id:name': group },
    key: ['name'],
    labels: ['label'],
    meaning: ['component', 'grouping', 'filter'],
    fields: [
      { name: 'name', path: 'name', type: 'name' },
      { name: 'label', path: 'label', type: 'name' },
      { name: 'description', path: 'description', type: 'text' },
      { name: 'component', path: 'component_id:name', type: 'text' },
      { name: 'icon', path: 'icon', type: 'text' },
      { name: 'color', path: 'color', type: 'text' },
      { name: 'grouping', path: 'grouping', type: 'text' },
      { name: 'filter', path: 'filter', type: 'count' },
      { name: 'isActive', path: 'is_active', type: 'flag' },
      { name: 'isReserved', path: 'is_reserved', type: 'flag', isOwn: true },
      // Giving one moves the neighbours; core puts the new value last.
      { name: 'weight', path: 'weight', type: 'count', isOwn: true },
    ],
    isRequired: true,
  };
}

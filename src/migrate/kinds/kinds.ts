import { optionKind, type OptionTraits } from './option-kind.ts';
import type { DependencyKind, Kind, KindField } from './kind.ts';
import { KIND_NAMES } from './kind.ts';

const name: KindField = { name: 'name', path: 'name', type: 'name' };
const title: KindField = { name: 'title', path: 'title', type: 'name' };
const description: KindField = { name: 'description', path: 'description', type: 'text' };
const isActive: KindField = { name: 'isActive', path: 'is_active', type: 'flag' };
const isReserved: KindField = { name: 'isReserved', path: 'is_reserved', type: 'flag', isOwn: true };
const weight: KindField = { name: 'weight', path: 'weight', type: 'count', isOwn: true };

const text = (ours: string, path: string, more: Partial<KindField> = {}): KindField => ({
  name: ours,
  path,
  type: 'text',
  ...more,
});
const flag = (ours: string, path: string): KindField => ({ name: ours, path, type: 'flag' });
const number = (ours: string, path: string): KindField => ({ name: ours, path, type: 'number' });

const OPTION_KINDS: readonly OptionTraits[] = [
  {
    group: 'activity_type',
    words: { en: 'activity type', fr: 'type d’activité' },
    file: 'activity-types.yaml',
    uses: { kind: 'records', api: 'Activity', path: 'activity_type_id:name', by: 'name' },
  },
  {
    group: 'case_status',
    words: { en: 'case status', fr: 'statut de dossier' },
    file: 'case-statuses.yaml',
    uses: { kind: 'records', api: 'Case', path: 'status_id:name', by: 'name' },
  },
  {
    group: 'activity_status',
    words: { en: 'activity status', fr: 'statut d’activité' },
    file: 'activity-statuses.yaml',
    uses: { kind: 'records', api: 'Activity', path: 'status_id:name', by: 'name' },
  },
  {
    group: 'encounter_medium',
    words: { en: 'encounter medium', fr: 'moyen de rencontre' },
    file: 'encounter-media.yaml',
    offered: 'always',
    uses: { kind: 'records', api: 'Activity', path: 'medium_id:name', by: 'name' },
  },
  {
    group: 'priority',
    words: { en: 'priority', fr: 'priorité' },
    file: 'priorities.yaml',
    offered: 'always',
    uses: { kind: 'records', api: 'Activity', path: 'priority_id:name', by: 'name' },
  },
  {
    group: 'activity_default_assignee',
    words: { en: 'rule for default assignees', fr: 'règle d’attribution par défaut' },
    file: 'assignee-rules.yaml',
  },
];

const EXTENDED = ['Activity', 'Case', 'Relationship'];

/** Every kind, once. Snapshot, closure, plan, apply, rollback and the files of a pull all work from these rows. */
const ROWS: readonly Kind[] = [
  ...OPTION_KINDS.map(optionKind),
  {
    name: 'contact_type',
    api: 'ContactType',
    words: { en: 'contact type', fr: 'type de contact' },
    // The types themselves are core's, the same everywhere.
    where: [['parent_id', 'IS NOT NULL']],
    key: ['name'],
    labels: ['label'],
    meaning: ['parent'],
    fields: [
      name,
      { name: 'label', path: 'label', type: 'name' },
      description,
      text('icon', 'icon'),
      text('parent', 'parent_id:name'),
      isActive,
      isReserved,
    ],
    uses: { kind: 'records', api: 'Contact', path: 'contact_sub_type', by: 'name' },
    file: 'contact-types.yaml',
  },
  {
    name: 'relationship_type',
    api: 'RelationshipType',
    words: { en: 'relationship type', fr: 'type de relation' },
    key: ['nameAB'],
    unique: ['nameBA'],
    labels: ['labelAB', 'labelBA'],
    meaning: ['contactTypeA', 'contactTypeB', 'contactSubTypeA', 'contactSubTypeB'],
    fields: [
      { name: 'nameAB', path: 'name_a_b', type: 'name' },
      { name: 'nameBA', path: 'name_b_a', type: 'name' },
      { name: 'labelAB', path: 'label_a_b', type: 'name' },
      { name: 'labelBA', path: 'label_b_a', type: 'name' },
      description,
      text('contactTypeA', 'contact_type_a'),
      text('contactTypeB', 'contact_type_b'),
      text('contactSubTypeA', 'contact_sub_type_a', { refers: { kind: 'contact_type', by: 'name' } }),
      text('contactSubTypeB', 'contact_sub_type_b', { refers: { kind: 'contact_type', by: 'name' } }),
      isActive,
      isReserved,
    ],
    uses: { kind: 'records', api: 'Relationship', path: 'relationship_type_id.name_a_b', by: 'name' },
    isRequired: true,
    file: 'relationship-types.yaml',
  },
  {
    name: 'group',
    api: 'Group',
    words: { en: 'group', fr: 'groupe' },
    key: ['name'],
    unique: ['title'],
    labels: ['title'],
    fields: [
      name,
      title,
      description,
      { name: 'types', path: 'group_type:name', type: 'texts' },
      { name: 'isSmart', path: 'saved_search_id', type: 'present', isFixed: true },
      isActive,
      isReserved,
    ],
    uses: { kind: 'records', api: 'GroupContact', path: 'group_id:name', by: 'name' },
    isRequired: true,
    file: 'groups.yaml',
  },
  {
    name: 'tag',
    api: 'Tag',
    words: { en: 'tag', fr: 'étiquette' },
    key: ['name'],
    labels: ['label'],
    meaning: ['parent', 'isTagset', 'usedFor'],
    fields: [
      name,
      text('label', 'label'),
      description,
      text('parent', 'parent_id', { refers: { kind: 'tag', by: 'id' } }),
      flag('isTagset', 'is_tagset'),
      flag('isSelectable', 'is_selectable'),
      { name: 'usedFor', path: 'used_for', type: 'texts' },
      text('color', 'color'),
      isReserved,
    ],
    attached: 'parent',
    offered: { field: 'usedFor', on: ['civicrm_case', 'civicrm_activity'] },
    uses: { kind: 'records', api: 'EntityTag', path: 'tag_id', by: 'id' },
    file: 'tags.yaml',
  },
  {
    name: 'message_template',
    api: 'MessageTemplate',
    words: { en: 'message template', fr: 'modèle de message' },
    // Those of the system have the name of what sends them, and are the same on every site.
    where: [['workflow_name', 'IS NULL']],
    key: ['title'],
    labels: [],
    fields: [
      { name: 'title', path: 'msg_title', type: 'name' },
      text('subject', 'msg_subject'),
      text('text', 'msg_text'),
      text('html', 'msg_html'),
      flag('isSms', 'is_sms'),
      isActive,
      isReserved,
    ],
    file: 'message-templates.yaml',
  },
  {
    name: 'option_group',
    api: 'OptionGroup',
    words: { en: 'list of options', fr: 'liste d’options' },
    // CiviCRM would make a reserved one.
    fixed: { is_reserved: false },
    key: ['name'],
    labels: ['title'],
    meaning: ['dataType'],
    fields: [name, text('title', 'title'), description, text('dataType', 'data_type'), isActive, isReserved],
    file: 'option-groups.yaml',
  },
  {
    name: 'option_value',
    api: 'OptionValue',
    words: { en: 'option', fr: 'option' },
    // Those of core's own lists are thousands, and not a custom field's.
    where: [['option_group_id.is_reserved', '=', false]],
    key: ['group', 'name'],
    labels: [],
    meaning: ['value', 'grouping'],
    fields: [
      {
        name: 'group',
        path: 'option_group_id:name',
        type: 'name',
        refers: { kind: 'option_group', by: 'name' },
      },
      name,
      { name: 'label', path: 'label', type: 'name' },
      // What the records of the field store, so that it must be the same on both sites.
      { name: 'value', path: 'value', type: 'name' },
      description,
      text('grouping', 'grouping'),
      text('icon', 'icon'),
      text('color', 'color'),
      isActive,
      isReserved,
      weight,
    ],
    attached: 'group',
    file: 'option-values.yaml',
  },
  {
    name: 'custom_group',
    api: 'CustomGroup',
    words: { en: 'custom group', fr: 'groupe de champs' },
    where: [['extends', 'IN', EXTENDED]],
    key: ['name'],
    unique: ['title'],
    labels: ['title'],
    meaning: ['extends', 'of', 'isMultiple'],
    fields: [
      name,
      title,
      { name: 'extends', path: 'extends', type: 'name' },
      {
        name: 'of',
        path: 'extends_entity_column_value',
        type: 'named',
        refers: {
          field: 'extends',
          of: {
            Activity: { kind: 'activity_type', by: 'value' },
            Case: { kind: 'case_type', by: 'id' },
            Relationship: { kind: 'relationship_type', by: 'id' },
          },
        },
      },
      text('style', 'style'),
      flag('isCollapsed', 'collapse_display'),
      flag('isCollapsedInSearch', 'collapse_adv_display'),
      text('helpBefore', 'help_pre'),
      text('helpAfter', 'help_post'),
      flag('isMultiple', 'is_multiple'),
      number('least', 'min_multiple'),
      number('most', 'max_multiple'),
      flag('isPublic', 'is_public'),
      text('icon', 'icon'),
      isActive,
      isReserved,
      weight,
    ],
    attached: 'of',
    file: 'custom-groups.yaml',
  },
  {
    name: 'custom_field',
    api: 'CustomField',
    words: { en: 'custom field', fr: 'champ personnalisé' },
    where: [['custom_group_id.extends', 'IN', EXTENDED]],
    key: ['group', 'name'],
    labels: [],
    meaning: ['dataType', 'inputType', 'serialize', 'optionGroup', 'entity'],
    fields: [
      {
        name: 'group',
        path: 'custom_group_id:name',
        type: 'name',
        refers: { kind: 'custom_group', by: 'name' },
      },
      name,
      { name: 'label', path: 'label', type: 'name' },
      { name: 'dataType', path: 'data_type', type: 'name' },
      { name: 'inputType', path: 'html_type', type: 'name' },
      text('optionGroup', 'option_group_id:name', { refers: { kind: 'option_group', by: 'name' } }),
      number('serialize', 'serialize'),
      text('default', 'default_value'),
      flag('isRequired', 'is_required'),
      flag('isSearchable', 'is_searchable'),
      flag('isSearchedByRange', 'is_search_range'),
      flag('isViewOnly', 'is_view'),
      flag('isInSelector', 'in_selector'),
      text('helpBefore', 'help_pre'),
      text('helpAfter', 'help_post'),
      text('attributes', 'attributes'),
      number('optionsPerLine', 'options_per_line'),
      number('length', 'text_length'),
      number('startDateYears', 'start_date_years'),
      number('endDateYears', 'end_date_years'),
      text('dateFormat', 'date_format'),
      number('timeFormat', 'time_format'),
      number('noteColumns', 'note_columns'),
      number('noteRows', 'note_rows'),
      text('filter', 'filter'),
      text('entity', 'fk_entity'),
      isActive,
      weight,
    ],
    attached: 'group',
    uses: { kind: 'values' },
    file: 'custom-fields.yaml',
  },
  {
    name: 'reminder',
    api: 'ActionSchedule',
    words: { en: 'scheduled reminder', fr: 'rappel programmé' },
    // The mapping of activities; reminders know no other that concerns cases.
    where: [['mapping_id', '=', '1']],
    fixed: { mapping_id: '1' },
    key: ['name'],
    labels: ['title'],
    fields: [
      name,
      title,
      {
        name: 'activityTypes',
        path: 'entity_value',
        type: 'named',
        refers: { kind: 'activity_type', by: 'value' },
      },
      {
        name: 'activityStatuses',
        path: 'entity_status',
        type: 'named',
        refers: { kind: 'activity_status', by: 'value' },
      },
      number('offset', 'start_action_offset'),
      text('unit', 'start_action_unit'),
      text('condition', 'start_action_condition'),
      text('date', 'start_action_date'),
      text('absoluteDate', 'absolute_date'),
      flag('isRepeated', 'is_repeat'),
      text('repeatUnit', 'repetition_frequency_unit'),
      { name: 'repeatEvery', path: 'repetition_frequency_interval', type: 'count' },
      text('endUnit', 'end_frequency_unit'),
      { name: 'endAfter', path: 'end_frequency_interval', type: 'count' },
      text('endCondition', 'end_action'),
      text('endDate', 'end_date'),
      // `manual` names people by their ids: see foreign-ids.ts.
      text('recipient', 'recipient'),
      { name: 'recipientRoles', path: 'recipient_listing', type: 'texts' },
      number('limit', 'limit_to'),
      text('group', 'group_id', { refers: { kind: 'group', by: 'id' } }),
      text('template', 'msg_template_id', { refers: { kind: 'message_template', by: 'id' } }),
      text('smsTemplate', 'sms_template_id', { refers: { kind: 'message_template', by: 'id' } }),
      text('subject', 'subject'),
      text('html', 'body_html'),
      text('text', 'body_text'),
      text('smsText', 'sms_body_text'),
      text('mode', 'mode'),
      flag('isRecorded', 'record_activity'),
      isActive,
    ],
    attached: 'activityTypes',
    file: 'reminders.yaml',
  },
];

/** In the order in which they can be made. */
export const KINDS: readonly Kind[] = KIND_NAMES.flatMap((wanted) =>
  ROWS.filter((kind) => kind.name === wanted),
);

const byName = new Map(KINDS.map((kind) => [kind.name, kind]));

export function kindOf(kind: DependencyKind): Kind {
  const found = byName.get(kind);
  if (found === undefined) throw new Error(`No row of the table of kinds is named "${kind}".`);
  return found;
}

export const DEPENDENCY_KINDS: readonly DependencyKind[] = KINDS.map((kind) => kind.name);

/**
 * The case-type format as a table: which element holds what, under which key of the definition, in the order in
 * which CiviCRM's writer puts them. Reader, writer and warnings go by it.
 *
 * Source: CRM/Case/BAO/CaseType.php, convertXmlToDefinition and convertDefinitionToXML.
 */
interface Documented {
  readonly element: string;
  /** What CiviCRM does with it, in a sentence for people. */
  readonly about: string;
}

export type FormatEntry = Documented &
  /** The machine name; it is no part of the definition. */
  (
    | { readonly kind: 'name' }
    | { readonly kind: 'integer'; readonly key: string; readonly isCast: boolean }
    /** A list of texts, written only when there are any. */
    | { readonly kind: 'texts'; readonly key: string; readonly item: string }
    /** A list of records whose children become fields. */
    | {
        readonly kind: 'records';
        readonly key: string;
        readonly item: string;
        readonly fields: readonly ItemField[];
      }
    | { readonly kind: 'sets'; readonly key: string; readonly item: string }
  );

/** A child of an activity type, step or role that means something to CiviCRM. */
export interface ItemField extends Documented {
  readonly form: 'name' | 'text' | 'integer' | 'limit' | 'flag' | 'select' | 'assignee-type' | 'relationship';
  /** It may stand several times. */
  readonly many?: boolean;
}

export const MENU_FIELDS: readonly ItemField[] = [
  {
    element: 'name',
    form: 'name',
    about: 'Machine name of the activity type. CiviCRM makes it if the site lacks it.',
  },
  {
    element: 'max_instances',
    form: 'limit',
    about:
      'How many live activities of the type a case may have; a timeline skips the step beyond. Absent: no limit.',
  },
];

export const STEP_FIELDS: readonly ItemField[] = [
  { element: 'name', form: 'name', about: 'Machine name of the activity type that the step makes.' },
  { element: 'label', form: 'text', about: 'What the editor shows; cases do not use it.' },
  {
    element: 'status',
    form: 'text',
    about:
      'Name of the activity status. Absent: Scheduled. Empty or unknown to the site: CiviCRM stores Completed.',
  },
  {
    element: 'reference_activity',
    form: 'text',
    about:
      'Activity type from whose date the days count. Absent, empty or not on the case yet: the start of the case.',
  },
  {
    element: 'reference_offset',
    form: 'integer',
    about: 'Whole days after that date; they may be negative. Absent: 0.',
  },
  {
    element: 'reference_select',
    form: 'select',
    about: 'Which activity counts when there are several. CiviCRM takes the first made, whatever it says.',
  },
  {
    element: 'default_assignee_type',
    form: 'assignee-type',
    about: 'Who gets it: 1 nobody, 2 by relationship, 3 a certain contact, 4 who opens the case.',
  },
  {
    element: 'default_assignee_relationship',
    form: 'relationship',
    about:
      "For type 2: id of the relationship type, then _a_b or _b_a, where the last letter is the client's side.",
  },
  {
    element: 'default_assignee_contact',
    form: 'text',
    many: true,
    about: 'For type 3: id of the contact, so good for one site.',
  },
  { element: 'order', form: 'integer', about: 'Stored as the weight of the activity.' },
  {
    element: 'default_subject',
    form: 'text',
    about: 'Subject of the activity. CiviCRM before 6.17 ignores it.',
  },
];

export const ROLE_FIELDS: readonly ItemField[] = [
  {
    element: 'name',
    form: 'name',
    about:
      'What the holder of the role is to the client: a name of a relationship type. CiviCRM makes it if the site lacks it.',
  },
  { element: 'creator', form: 'flag', about: '1: who opens the case gets the role.' },
  { element: 'manager', form: 'flag', about: '1: the holder is the case manager. The first such role wins.' },
  {
    element: 'groups',
    form: 'text',
    about: 'Names of the groups from which the holder may be picked, with commas between.',
  },
];

export const CASE_TYPE_FORMAT: readonly FormatEntry[] = [
  {
    kind: 'name',
    element: 'name',
    about: 'Name of the case type, and the title it gets when an extension ships it: at most 64 characters.',
  },
  {
    kind: 'integer',
    element: 'forkable',
    key: 'forkable',
    isCast: true,
    about:
      '0: the file decides, and changes made on a site are discarded. Absent: a site may keep its own version.',
  },
  {
    kind: 'records',
    element: 'ActivityTypes',
    key: 'activityTypes',
    item: 'ActivityType',
    fields: MENU_FIELDS,
    about: 'The activity types that the menu of a case offers.',
  },
  {
    kind: 'texts',
    element: 'Statuses',
    key: 'statuses',
    item: 'Status',
    about: 'Names of the case statuses that the type offers. Absent: all.',
  },
  {
    kind: 'sets',
    element: 'ActivitySets',
    key: 'activitySets',
    item: 'ActivitySet',
    about: 'Timelines and sequences. Opening a case runs the first timeline.',
  },
  {
    kind: 'records',
    element: 'CaseRoles',
    key: 'caseRoles',
    item: 'RelationshipType',
    fields: ROLE_FIELDS,
    about: 'The roles that people may have on a case.',
  },
  {
    kind: 'integer',
    element: 'RestrictActivityAsgmtToCmsUser',
    key: 'restrictActivityAsgmtToCmsUser',
    isCast: false,
    about: '1: activities may be assigned only to contacts with a user account.',
  },
  {
    kind: 'texts',
    element: 'ActivityAsgmtGrps',
    key: 'activityAsgmtGrps',
    item: 'Group',
    about: 'Names of the groups to which assignees must belong.',
  },
];

/** The steps of every set that has a `timeline` element: made on reading, dropped on writing. */
export const TIMELINE_STEPS_KEY = 'timelineActivityTypes';

/** A field whose text is a comma-separated list in XML and a list in the definition. */
export const COMMA_LIST_FIELD = 'groups';

export const SET_FORMAT = {
  /** Always read, `''` when absent. */
  texts: ['name', 'label'],
  /** 1 when the text is exactly `true`, else absent. */
  flags: ['timeline', 'sequence'],
  steps: { element: 'ActivityTypes', key: 'activityTypes', item: 'ActivityType' },
} as const;

/** What CiviCRM does with the children of a set. */
export const SET_ABOUT: Readonly<Record<string, string>> = {
  name: 'Key of the set. Changing the start date of a case looks for standard_timeline.',
  label: 'What people see.',
  timeline: 'true: the set is a timeline. Any other text is lost when the editor saves.',
  sequence: 'true: the next step is made when the one before is completed. Only the first sequence counts.',
  ActivityTypes: 'The steps, in order.',
};

/** Elements that mean something to CiviCRM although its definition has no place for them. */
export const ROOT_ELEMENTS_BESIDE: ReadonlySet<string> = new Set(['description', 'weight', 'Listeners']);

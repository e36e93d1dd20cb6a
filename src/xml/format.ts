/**
 * The case-type format as a table: which element holds what, under which key of the definition, in the order in
 * which CiviCRM's writer puts them. Reader, writer and warnings go by it.
 *
 * Source: CRM/Case/BAO/CaseType.php, convertXmlToDefinition and convertDefinitionToXML.
 */
export type FormatEntry =
  /** The machine name; it is no part of the definition. */
  | { readonly kind: 'name'; readonly element: string }
  | { readonly kind: 'integer'; readonly element: string; readonly key: string; readonly isCast: boolean }
  /** A list of texts, written only when there are any. */
  | { readonly kind: 'texts'; readonly element: string; readonly key: string; readonly item: string }
  /** A list of records whose children become fields. */
  | { readonly kind: 'records'; readonly element: string; readonly key: string; readonly item: string }
  | { readonly kind: 'sets'; readonly element: string; readonly key: string; readonly item: string };

export const CASE_TYPE_FORMAT: readonly FormatEntry[] = [
  { kind: 'name', element: 'name' },
  { kind: 'integer', element: 'forkable', key: 'forkable', isCast: true },
  { kind: 'records', element: 'ActivityTypes', key: 'activityTypes', item: 'ActivityType' },
  { kind: 'texts', element: 'Statuses', key: 'statuses', item: 'Status' },
  { kind: 'sets', element: 'ActivitySets', key: 'activitySets', item: 'ActivitySet' },
  { kind: 'records', element: 'CaseRoles', key: 'caseRoles', item: 'RelationshipType' },
  {
    kind: 'integer',
    element: 'RestrictActivityAsgmtToCmsUser',
    key: 'restrictActivityAsgmtToCmsUser',
    isCast: false,
  },
  { kind: 'texts', element: 'ActivityAsgmtGrps', key: 'activityAsgmtGrps', item: 'Group' },
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

/** Elements that mean something to CiviCRM although its definition has no place for them. */
export const ROOT_ELEMENTS_BESIDE: ReadonlySet<string> = new Set(['description', 'weight', 'Listeners']);

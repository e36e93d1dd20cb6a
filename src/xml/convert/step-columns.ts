/** The languages in which the table names its columns. Either is read. */
export type TableLanguage = 'en' | 'fr';

interface Column {
  readonly column: string;
  readonly fr: string;
}

interface StepColumn extends Column {
  /** The field of a step behind it. */
  readonly key: string;
  readonly isNumber?: true;
  /** What a changed cell must look like, in words and as a pattern. */
  readonly form?: { readonly expected: string; readonly pattern: RegExp };
}

/** Where a step stands. */
const PLACE_COLUMNS: readonly Column[] = [
  { column: 'set', fr: 'série' },
  { column: 'position', fr: 'position' },
];

/** The columns after set and position. */
export const STEP_COLUMNS: readonly StepColumn[] = [
  {
    column: 'activity type',
    fr: "type d'activité",
    key: 'name',
    form: { expected: 'the name of an activity type', pattern: /\S/ },
  },
  { column: 'label', fr: 'libellé', key: 'label' },
  { column: 'status', fr: 'statut', key: 'status' },
  { column: 'after', fr: 'après', key: 'reference_activity' },
  {
    column: 'days',
    fr: 'jours',
    key: 'reference_offset',
    isNumber: true,
    form: { expected: 'whole days such as 3 or -2', pattern: /^(?:-?\d+)?$/ },
  },
  {
    column: 'select',
    fr: 'choix',
    key: 'reference_select',
    form: { expected: 'newest or oldest', pattern: /^(?:newest|oldest)?$/ },
  },
  {
    column: 'assignee',
    fr: 'attribution',
    key: 'default_assignee_type',
    isNumber: true,
    form: {
      expected: '1 (nobody), 2 (by relationship), 3 (a contact) or 4 (who opens the case)',
      pattern: /^[1-4]?$/,
    },
  },
  { column: 'assignee relationship', fr: 'relation attribuée', key: 'default_assignee_relationship' },
  { column: 'assignee contact', fr: 'contact attribué', key: 'default_assignee_contact' },
  {
    column: 'order',
    fr: 'ordre',
    key: 'order',
    isNumber: true,
    form: { expected: 'a whole number', pattern: /^(?:-?\d+)?$/ },
  },
  { column: 'subject', fr: 'objet', key: 'default_subject' },
];

const ALL: readonly Column[] = [...PLACE_COLUMNS, ...STEP_COLUMNS];

/** The first row of a table. */
export const headerIn = (language: TableLanguage): readonly string[] =>
  ALL.map(({ column, fr }) => (language === 'fr' ? fr : column));

/** The column that a cell of the first row names in either language; its own text when there is none. */
export function columnOf(text: string): string {
  const named = text.trim().toLowerCase().normalize('NFC').replaceAll('\u2019', "'");
  return ALL.find(({ column, fr }) => named === column || named === fr)?.column ?? named;
}

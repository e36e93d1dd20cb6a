import type { JsonObject, JsonValue } from '../../../src/base/json.ts';

const CHOICES = { a1: 'Alpha', b2: 'Beta & "gamma"', c3: 'Délta' };

interface Kind {
  readonly field: string;
  readonly values: JsonObject;
  /** What is written and what it reads; a text in place of the second is (a part of) the refusal. */
  readonly cases: readonly (readonly [written: JsonValue, read: JsonValue | Refusal])[];
  /** A value that finds its record, by =, and the same by name where the field has options. */
  readonly find?: JsonValue;
  readonly name?: readonly [name: JsonValue, label: JsonValue];
}
interface Refusal {
  readonly refused: string;
}
const refused = (words: string): Refusal => ({ refused: words });
const notOf = (type: string): Refusal => refused(`is not of the type ${type}`);
const TOO_LARGE = refused('DB Error: unknown error');

/** Every data type and input of CiviCRM 6.20 that the sandbox has too; see `NOT_IN_SANDBOX` for the rest. */
export const KINDS: readonly Kind[] = [
  {
    field: 'text',
    values: { data_type: 'String', html_type: 'Text' },
    cases: [
      ['plain', 'plain'],
      ['é 😀 &<>"\'', 'é 😀 &<>"\''],
      ['&lt;', '<'],
      ['  pad  ', 'pad'],
      [12, '12'],
      ['0', '0'],
      ['x'.repeat(255), 'x'.repeat(255)],
      ['x'.repeat(256), TOO_LARGE],
      ['', null],
      [null, null],
    ],
    find: 'plain',
  },
  {
    field: 'short',
    values: { data_type: 'String', html_type: 'Text', text_length: 5 },
    cases: [
      ['12345', '12345'],
      ['😀😀😀😀😀', '😀😀😀😀😀'],
      ['123456', TOO_LARGE],
    ],
    find: '12345',
  },
  {
    field: 'select',
    values: { data_type: 'String', html_type: 'Select', option_values: CHOICES },
    cases: [
      ['a1', 'a1'],
      ['no option', 'no option'],
      [null, null],
    ],
    find: 'a1',
    name: ['Alpha', 'Alpha'],
  },
  {
    field: 'radio',
    values: { data_type: 'String', html_type: 'Radio', option_values: CHOICES },
    cases: [['b2', 'b2']],
    find: 'b2',
    name: ['Beta_gamma_', 'Beta & "gamma"'],
  },
  {
    field: 'several',
    values: { data_type: 'String', html_type: 'Select', serialize: 1, option_values: CHOICES },
    cases: [
      [
        ['a1', 'c3'],
        ['a1', 'c3'],
      ],
      ['a1', ['a1']],
      [
        ['a1', 'a1'],
        ['a1', 'a1'],
      ],
      [['no option'], ['no option']],
      [[], null],
      [null, null],
    ],
    name: [
      ['Alpha', 'D_lta'],
      ['Alpha', 'Délta'],
    ],
  },
  {
    field: 'boxes',
    values: { data_type: 'String', html_type: 'CheckBox', option_values: CHOICES },
    cases: [
      [
        ['a1', 'b2'],
        ['a1', 'b2'],
      ],
    ],
    name: [
      ['Alpha', 'Beta_gamma_'],
      ['Alpha', 'Beta & "gamma"'],
    ],
  },
  {
    field: 'lookup',
    values: { data_type: 'String', html_type: 'Autocomplete-Select', option_values: CHOICES },
    cases: [['a1', 'a1']],
    find: 'a1',
    name: ['Alpha', 'Alpha'],
  },
  {
    field: 'whole',
    values: { data_type: 'Int', html_type: 'Text' },
    cases: [
      [7, 7],
      ['-8', -8],
      [true, 1],
      ['', null],
      [2_147_483_647, 2_147_483_647],
      [2_147_483_648, TOO_LARGE],
      ['7.9', notOf('Integer')],
      ['many', notOf('Timestamp')],
    ],
    find: 7,
  },
  {
    field: 'whole_choice',
    values: { data_type: 'Int', html_type: 'Select', option_values: { 1: 'First', 2: 'Second' } },
    cases: [
      [2, 2],
      [3, 3],
    ],
    find: 2,
    name: ['Second', 'Second'],
  },
  {
    field: 'fraction',
    values: { data_type: 'Float', html_type: 'Text' },
    cases: [
      [1.5, 1.5],
      ['-2.25', -2.25],
      ['1,5', notOf('Float')],
      ['1e3', notOf('Float')],
      ['', null],
    ],
    find: 1.5,
  },
  {
    field: 'money',
    values: { data_type: 'Money', html_type: 'Text' },
    cases: [
      ['12.5', 12.5],
      [12.345, 12.35],
      ['1,234.50', 1234.5],
      ['much', notOf('Money')],
      [null, null],
    ],
    find: 12.5,
  },
  {
    field: 'memo',
    values: { data_type: 'Memo', html_type: 'TextArea' },
    cases: [
      ['a\n\\ "b" <i>&lt;</i>', 'a\n\\ "b" <i>&lt;</i>'],
      ['é'.repeat(32_767), 'é'.repeat(32_767)],
      ['é'.repeat(32_768), TOO_LARGE],
    ],
  },
  {
    field: 'rich',
    values: { data_type: 'Memo', html_type: 'RichTextEditor' },
    cases: [['<p>a</p><script>alert(1)</script>', '<p>a</p><script>alert(1)</script>']],
  },
  {
    field: 'day_only',
    values: { data_type: 'Date', html_type: 'Select Date', date_format: 'yy-mm-dd' },
    cases: [
      ['2026-03-02', '2026-03-02'],
      ['2026-03-02 10:11:12', '2026-03-02'],
      [null, null],
    ],
    find: '2026-03-02',
  },
  {
    field: 'moment',
    values: { data_type: 'Date', html_type: 'Select Date', date_format: 'yy-mm-dd', time_format: 2 },
    cases: [
      ['2026-03-02 10:11:12', '2026-03-02 10:11:12'],
      ['2026-03-08 02:30:00', '2026-03-08 03:30:00'],
    ],
    find: '2026-03-02 10:11:12',
  },
  {
    field: 'yes_no',
    values: { data_type: 'Boolean', html_type: 'Radio' },
    cases: [
      [true, true],
      [false, false],
      [1, true],
      ['0', false],
      ['yes', true],
      ['maybe', null],
      [null, null],
    ],
    find: true,
    name: [1, 'Yes'],
  },
  {
    field: 'switch',
    values: { data_type: 'Boolean', html_type: 'Toggle' },
    cases: [[true, true]],
    find: true,
  },
  {
    field: 'link',
    values: { data_type: 'Link', html_type: 'Link' },
    cases: [
      ['https://example.org/?a=1&b=2', 'https://example.org/?a=1&b=2'],
      ['no link', 'no link'],
    ],
    find: 'https://example.org/?a=1&b=2',
  },
  {
    field: 'person',
    values: { data_type: 'ContactReference', html_type: 'Autocomplete-Select' },
    cases: [
      [3, 3],
      [999_999, refused('DB Error: constraint violation')],
      ['nobody', null],
      [null, null],
    ],
    find: 3,
  },
  {
    field: 'people',
    values: { data_type: 'ContactReference', html_type: 'Autocomplete-Select', serialize: 1 },
    cases: [
      [
        [2, 3],
        [2, 3],
      ],
      [[], null],
    ],
  },
  {
    field: 'hidden',
    values: { data_type: 'String', html_type: 'Hidden' },
    cases: [['h', 'h']],
    find: 'h',
  },
];

/** What CiviCRM offers besides; the sandbox refuses to make it. */
export const NOT_IN_SANDBOX: readonly (readonly [what: string, why: string, values: JsonObject])[] = [
  ['StateProvince', 'there are no addresses', { data_type: 'StateProvince', html_type: 'Select' }],
  ['Country', 'there are no addresses', { data_type: 'Country', html_type: 'Select' }],
  [
    'File',
    'a bad file redirects the call (302) in place of an answer',
    { data_type: 'File', html_type: 'File' },
  ],
  [
    'EntityReference',
    'nothing we make uses it',
    { data_type: 'EntityReference', html_type: 'Autocomplete-Select', fk_entity: 'Activity' },
  ],
  [
    'options of Money',
    'core compares 1.5 with the text "1.50"',
    { data_type: 'Money', html_type: 'Select', option_values: { '1.50': 'A price' } },
  ],
  [
    'options of Float',
    'core compares 1.5 with the text "1.50"',
    { data_type: 'Float', html_type: 'Select', option_values: { '1.50': 'A part' } },
  ],
];

export const KINDS_REFUSED: readonly (readonly [JsonObject, string])[] = [
  [{ data_type: 'Nope', html_type: 'Text' }, 'Incompatible html_type "Text" with data_type "Nope".'],
  [{ data_type: 'String', html_type: 'Nope' }, 'Invalid html_type "Nope".'],
  [
    { data_type: 'Boolean', html_type: 'CheckBox' },
    'Incompatible html_type "CheckBox" with data_type "Boolean".',
  ],
];

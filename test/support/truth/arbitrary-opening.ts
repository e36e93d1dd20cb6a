import fc from 'fast-check';
import type { JsonValue } from '../../../src/base/json.ts';
import type { CaseTypeDefinition } from '../../../src/case-type/index.ts';

/** What the definitions name; `Switched off` is on the site, but disabled. */
export const ACTIVITY_TYPES = ['Open Case', 'Phone Call', 'Meeting', 'Income check', 'Home visit', 'Review'];
export const SWITCHED_OFF = 'Switched off';
export const ROLES = ['Case Coordinator', 'Guardian', 'Spouse of', 'Parent of', 'Supervised by'];

export interface Opening {
  readonly definition: CaseTypeDefinition;
  readonly zone: string;
  readonly starts: readonly (readonly [date: string, subject: string])[];
}

type Values = readonly JsonValue[];
/** Some of the fields, each now and then of an odd value. */
function fields(usual: Readonly<Record<string, Values>>, unusual: Readonly<Record<string, Values>>) {
  const entries = Object.keys({ ...usual, ...unusual }).map((key): [string, fc.Arbitrary<JsonValue>] => {
    const common = usual[key] ?? [''];
    const weighed = [{ arbitrary: fc.constantFrom(...common), weight: 5 }];
    const rare = unusual[key];
    return [
      key,
      fc.oneof(
        ...weighed,
        ...(rare === undefined ? [] : [{ arbitrary: fc.constantFrom(...rare), weight: 1 }]),
      ),
    ];
  });
  return fc
    .tuple(fc.record(Object.fromEntries(entries)), fc.subarray(Object.keys(usual)), fc.nat(30))
    .map(([values, kept, odd]): JsonValue => {
      const keys = ['name', ...kept.filter((key) => key !== 'name')];
      return Object.fromEntries((odd === 0 ? kept : keys).map((key) => [key, values[key] ?? '']));
    });
}

const step = fields(
  {
    name: ACTIVITY_TYPES,
    label: ['Call', ''],
    status: ['Scheduled', 'Completed', 'Cancelled', 'No_show'],
    reference_activity: [...ACTIVITY_TYPES, ''],
    reference_offset: ['0', '1', '3', '14', '-2', '30', '365'],
    reference_select: ['newest', 'oldest'],
    default_assignee_type: ['1', '2', '3', '4'],
    default_assignee_relationship: ['9_a_b', '9_b_a', '2_a_b', '2_b_a', '1_b_a', '10_a_b'],
    default_assignee_contact: ['2', '3', ['3', '2']],
    order: ['1', '12'],
    default_subject: ['Call the family', 'a < b & "c"'],
  },
  {
    name: [SWITCHED_OFF, ''],
    status: ['scheduled', 'Nonsense', '', '0', [], ' Completed'],
    reference_activity: ['Nonsense', 'open case', [], ['Open Case', 'Meeting'], '0', ' Open Case'],
    reference_offset: [
      ...['', ' 5', '1e2', '2 days', 'abc', '0x10', '+7', '1.9', '-1.9', '--2', '-0', '60000', '٣'],
      ...[[], ['4', '9'], 5, 2.7, true],
    ],
    reference_select: ['', 'first'],
    default_assignee_type: ['', '0', '5', '4.0', ' 4', [], 'x'],
    default_assignee_relationship: ['', '9', '9_a', 'x9_a_b', '99_a_b', '9_a_b_c', '9_c_a', []],
    default_assignee_contact: ['', [], 'x', ' 3', '3.0', '3.5', '1e0', ['', '3'], '0', '-3'],
    order: ['', 'first', '-1', '1.5', '-2.5', '1e2', '2 days', ' 7'],
    default_subject: ['', '0', 'null', ' blank ', 'é'.repeat(300), [], '<b>bold</b>', '&amp;'],
  },
);
const menuType = fields(
  { name: ACTIVITY_TYPES, max_instances: ['1', '2', '', '0'] },
  { max_instances: ['-1', 'x', '2x', '1.5', ' 1', '1e0', '00'] },
);
const role = fields(
  { name: ROLES, creator: ['1', '0', '1'], manager: ['1', '0'] },
  { name: ['Case Coordinator is'], creator: ['false', '', 'true'], manager: ['', 'true'] },
);
const flag = fc.constantFrom<JsonValue>(1, 1, 1, '1', true, 'true', 'false', 0, '0', '', []);
const activitySet = fc
  .record(
    {
      name: fc.constantFrom('standard_timeline', 'timeline_1', 'sequence_1'),
      label: fc.constantFrom('', 'Standard timeline'),
      timeline: flag,
      sequence: flag,
      activityTypes: fc.array(step, { maxLength: 9 }),
    },
    { requiredKeys: ['name', 'label', 'activityTypes'] },
  )
  .map(({ sequence, ...set }): JsonValue =>
    // Most sets are timelines.
    'timeline' in set || sequence === undefined ? set : { ...set, sequence },
  );

const definition: fc.Arbitrary<CaseTypeDefinition> = fc.record(
  {
    activityTypes: fc.array(menuType, { maxLength: 7 }),
    activitySets: fc.array(activitySet, { minLength: 1, maxLength: 3 }),
    caseRoles: fc.array(role, { maxLength: 3 }),
    statuses: fc.constantFrom<JsonValue>([], ['Open', 'Closed']),
  },
  { requiredKeys: ['activityTypes', 'activitySets'] },
);

/** With days on which their clocks change, two of them at midnight. */
const ZONES: readonly (readonly [zone: string, days: readonly string[]])[] = [
  ['UTC', ['2028-02-28', '2027-12-31', '2026-06-30']],
  ['Europe/Paris', ['2026-03-28', '2026-03-29', '2026-10-25', '2028-02-29']],
  ['America/New_York', ['2026-03-08', '2026-11-01', '2026-03-07', '2026-12-31']],
  ['America/Santiago', ['2026-09-05', '2026-09-06', '2026-09-03', '2026-04-05']],
  ['Africa/Cairo', ['2026-04-23', '2026-04-24', '2026-04-21', '2026-10-30']],
  ['Asia/Tokyo', ['2026-01-01', '2028-02-29', '2026-11-22']],
];
const subject = fc.oneof(
  { arbitrary: fc.constantFrom('Case of Ana', 'Housing'), weight: 4 },
  {
    arbitrary: fc.constantFrom('0', ' blank ', 'a < b & "c"', 'É 🏠', 'null', 'x'.repeat(200), '&lt;b&gt;'),
    weight: 1,
  },
);

/** Case types that mostly can be opened, with the days on which they are. */
export const arbitraryOpening: fc.Arbitrary<Opening> = fc
  .tuple(definition, fc.constantFrom(...ZONES), fc.tuple(fc.nat(9), fc.nat(9)), subject, subject)
  .map(([made, [zone, days], [first, second], ...subjects]) => ({
    definition: made,
    zone,
    starts: [first, second].map(
      (day, index) => [days[day % days.length] ?? '', subjects[index] ?? ''] as const,
    ),
  }));

import fc from 'fast-check';
import type { JsonValue } from '../../src/base/json.ts';
import type { CaseTypeDefinition } from '../../src/case-type/index.ts';

// Few names, so that two definitions have much in common and every kind of change comes up.
const typeName = fc.constantFrom(
  'Open Case',
  'Phone Call',
  'Income check',
  'Home visit',
  'Follow up',
  'Meeting',
);
const roleName = fc.constantFrom('Case Coordinator', 'Housing Worker', 'Benefits Specialist', 'Guardian');
const statusName = fc.constantFrom('Open', 'Closed', 'Urgent', 'Waiting');
const groupName = fc.constantFrom('staff', 'district_office', 'volunteers');
const setName = fc.constantFrom('standard_timeline', 'timeline_1', 'sequence_1', 'timeline_2');
/** What CiviCRM makes of leaves that are empty, stand twice, have attributes or elements in them. */
const oddLeaf: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  [],
  ['1', '2'],
  ['1', []],
  { '@attributes': { id: '1' } },
  { inner: 'text' },
  'text',
  '0',
);
const flag = fc.constantFrom('0', '1');

interface Fields {
  readonly [key: string]: fc.Arbitrary<JsonValue>;
}

/** An item with some of the fields, in any order, and now and then one that CiviCRM does not know. */
function item(name: fc.Arbitrary<JsonValue>, fields: Fields): fc.Arbitrary<JsonValue> {
  const keys = [...Object.keys(fields), 'comment', '@attributes', 'editable'];
  return fc
    .tuple(
      name,
      fc.record(Object.fromEntries(keys.map((key) => [key, fields[key] ?? oddLeaf]))),
      fc.subarray(Object.keys(fields)),
      fc.option(fc.shuffledSubarray(keys, { maxLength: 4 }), { freq: 4 }),
    )
    .map(([own, values, some, shuffled]) =>
      Object.fromEntries([
        ['name', own] as const,
        ...(shuffled ?? some).map((key) => [key, values[key] ?? 'text'] as const),
      ]),
    );
}

const leaf = (usual: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
  fc.oneof({ arbitrary: usual, weight: 8 }, { arbitrary: oddLeaf, weight: 1 });

const step = item(typeName, {
  label: leaf(typeName),
  status: leaf(fc.constantFrom('Scheduled', 'Completed')),
  reference_activity: leaf(typeName),
  reference_offset: leaf(fc.integer({ min: -3, max: 30 }).map(String)),
  reference_select: leaf(fc.constantFrom('newest', 'oldest')),
  default_assignee_type: leaf(fc.constantFrom('1', '2', '3', '4')),
});
const menuType = item(typeName, { max_instances: leaf(flag) });
const role = item(roleName, {
  creator: leaf(flag),
  manager: leaf(flag),
  groups: fc.oneof(fc.array(groupName, { minLength: 1, maxLength: 3 }), fc.constant([])),
});
const oddItem: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>([], ['Foo'], {}, 'text');

const list = (one: fc.Arbitrary<JsonValue>, maxLength: number): fc.Arbitrary<JsonValue> =>
  fc.array(fc.oneof({ arbitrary: one, weight: 30 }, { arbitrary: oddItem, weight: 1 }), { maxLength });

const activitySet = fc
  .record(
    {
      name: setName,
      label: fc.constantFrom('', 'Standard timeline', 'When it drags on'),
      timeline: fc.constant(1),
      sequence: fc.constant(1),
      activityTypes: list(step, 6),
    },
    { requiredKeys: ['name', 'label'] },
  )
  .map((set): JsonValue => ({ ...set }));

/** Definitions as CiviCRM reads them, the odd shapes of its reader included. */
export const arbitraryDefinition: fc.Arbitrary<CaseTypeDefinition> = fc
  .record(
    {
      forkable: fc.constantFrom(0, 1),
      activityTypes: list(menuType, 6),
      statuses: fc.oneof(
        fc.uniqueArray(statusName, { maxLength: 4 }),
        fc.constant<readonly JsonValue[]>(['Open', {}]),
      ),
      activitySets: list(activitySet, 3),
      caseRoles: list(role, 4),
      restrictActivityAsgmtToCmsUser: fc.constantFrom(0, 1),
      activityAsgmtGrps: fc.uniqueArray(groupName, { maxLength: 3 }),
      unknown: oddLeaf,
    },
    { requiredKeys: [] },
  )
  .chain((definition) =>
    fc.constantFrom('derived', 'with-false-elements', 'absent', 'odd').map((kind): CaseTypeDefinition => {
      const { activitySets } = definition;
      if (activitySets === undefined || kind === 'absent') return definition;
      const sets = activitySets as readonly JsonValue[];
      const derived = sets.flatMap((set) => stepsInTimeline(set, kind === 'with-false-elements'));
      return { ...definition, timelineActivityTypes: kind === 'odd' ? ['odd'] : derived };
    }),
  );

/** CiviCRM lists the steps of a set whose `timeline` element says something else than `true`, too. */
function stepsInTimeline(set: JsonValue, isElementEnough: boolean): readonly JsonValue[] {
  if (typeof set !== 'object' || set === null || !('name' in set)) return [];
  const { timeline, activityTypes } = set as { timeline?: 1; activityTypes?: readonly JsonValue[] };
  return timeline === 1 || isElementEnough ? (activityTypes ?? []) : [];
}

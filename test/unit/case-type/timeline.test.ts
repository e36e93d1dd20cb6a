import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  nextSequenceStep,
  phpInt,
  planActivitySet,
  readAssigneeRelationship,
  resolveRole,
  SEED_RELATIONSHIP_TYPES,
  simulateOpening,
  standardTimeline,
  toCaseTypeModel,
  writeAssigneeRelationship,
  type ActivitySetInput,
  type CaseTypeDefinition,
} from '../../../src/case-type/index.ts';

type Step = Readonly<Record<string, string>>;
const definitionOf = (steps: readonly Step[], activityTypes: readonly Step[] = []): CaseTypeDefinition => ({
  activityTypes,
  activitySets: [{ name: 'standard_timeline', label: '', timeline: 1, activityTypes: steps }],
});
const plan = (steps: readonly Step[], input: Partial<ActivitySetInput> = {}, types: readonly Step[] = []) => {
  const model = toCaseTypeModel(definitionOf(steps, types));
  const set = standardTimeline(model.activitySets);
  return planActivitySet({
    steps: set?.steps ?? [],
    activityTypes: model.activityTypes,
    existing: [],
    start: '2026-03-27 14:35:59',
    ...input,
  }).activities;
};

describe('a timeline', () => {
  it('counts from its reference activity and cuts seconds, but not those of Open Case', () => {
    const planned = plan([
      { name: 'Open Case', status: 'Completed' },
      { name: 'Call', reference_activity: 'Open Case', reference_offset: '3' },
      { name: 'Visit', reference_activity: 'Call', reference_offset: '-1' },
    ]);
    expect(planned.map(({ dateTime, isAuto }) => [dateTime, isAuto])).toEqual([
      ['2026-03-27 14:35:59', false],
      ['2026-03-30 14:35:00', true],
      ['2026-03-29 14:35:00', true],
    ]);
  });

  it('skips a step at its limit, trashed activities not counted', () => {
    const types = [{ name: 'Call', max_instances: '2' }];
    const existing = [
      { id: 1, activityType: 'Call', dateTime: '2026-01-01 00:00:00', isDeleted: true },
      { id: 2, activityType: 'Call', dateTime: '2026-01-02 00:00:00', isDeleted: false },
    ];
    expect(plan([{ name: 'Call' }, { name: 'Call' }, { name: 'Other' }], { existing }, types)).toHaveLength(
      2,
    );
  });

  it('refers to the oldest row, trashed or not, unless the documented meaning is asked for', () => {
    const existing = [
      { id: 9, activityType: 'Call', dateTime: '2026-05-01 09:00:00', isDeleted: false },
      { id: 4, activityType: 'Call', dateTime: '2026-04-01 09:00:00', isDeleted: true },
      { id: 6, activityType: 'Call', dateTime: '2026-01-01 09:00:00', isDeleted: false },
    ];
    const dateOf = (reference_select: string, referenceLookup: 'observed' | 'documented') =>
      plan([{ name: 'Visit', reference_activity: 'Call', reference_select }], {
        existing,
        referenceLookup,
      })[0]?.dateTime;
    expect(dateOf('newest', 'observed')).toBe('2026-04-01 09:00:00');
    expect(dateOf('newest', 'documented')).toBe('2026-05-01 09:00:00');
    expect(dateOf('oldest', 'documented')).toBe('2026-01-01 09:00:00');
  });

  it('knows a status that is absent, empty or strange to the site', () => {
    const activityStatuses = new Set(['Scheduled', 'Completed']);
    const steps = [{ name: 'A' }, { name: 'B', status: '' }, { name: 'C', status: 'Kept' }];
    expect(plan(steps, { activityStatuses }).map(({ status }) => status)).toEqual(['Scheduled', null, null]);
  });

  it('reads assignee rules by option value and by the sides of the relationship', () => {
    const rules = plan([
      { name: 'A', default_assignee_type: '2', default_assignee_relationship: '10_b_a' },
      { name: 'B', default_assignee_type: '3', default_assignee_contact: '7' },
      { name: 'C', default_assignee_type: '4' },
      { name: 'D', default_assignee_type: '2', default_assignee_relationship: 'Coordinator' },
    ]).map(({ assignee }) => assignee);
    expect(rules).toEqual([
      { kind: 'relationship', relationshipTypeId: 10, assigneeSide: 'b', clientSide: 'a' },
      { kind: 'contact', contactId: '7' },
      { kind: 'creator' },
      { kind: 'nobody' },
    ]);
  });

  it('starts Open Case with the case subject, and other steps with their own', () => {
    const subjects = plan([{ name: 'Open Case' }, { name: 'Call', default_subject: 'Ring' }], {
      subject: 'Flat',
    });
    expect(subjects.map(({ subject }) => subject)).toEqual(['Flat', 'Ring']);
    expect(plan([{ name: 'Open Case' }], { subject: '' })[0]?.subject).toBe('Open Case');
  });

  it.each([
    ['\u00a0 Ring ', 'Ring'],
    [' ', null],
    ['null', null],
    ['A &lt;b&gt; &amp;', 'A <b> &amp;'],
    ['é'.repeat(256), `${'é'.repeat(252)}...`],
    ['🏠'.repeat(255), '🏠'.repeat(255)],
  ])('keeps the subject %j as its column does', (text, kept) => {
    expect(plan([{ name: 'Call', default_subject: text }])[0]?.subject).toBe(kept);
  });

  it('starts Open Case with what the column of the case made of its subject', () => {
    const opened = (subject: string) => plan([{ name: 'Open Case' }], { subject })[0]?.subject;
    expect([opened('null'), opened(' Flat ')]).toEqual(['Null', 'Flat']);
  });

  it('refuses a start that is no date', () => {
    expect(() => plan([], { start: '2026-02-30' })).toThrow('Expected a date like 2026-03-01');
  });
});

describe('PHP arithmetic', () => {
  it.each([
    ['2 days', 2],
    ['1.9', 1],
    [' 5', 5],
    ['1e2', 100],
    ['abc', 0],
    ['0x10', 0],
    ['-3', -3],
    ['', 0],
    ['.5', 0],
    ['1e1000', 0],
  ])('casts %j to %d', (text, value) => expect(phpInt(text)).toBe(value));

  it.each([
    ['2', 2],
    ['', null],
    ['0', null],
    ['1.5', 2],
    ['-1', 0],
    [' 3 ', 3],
    ['abc', null],
    ['2x', 3],
  ])('takes max_instances %j for a limit of %s', (max_instances, limit) => {
    const { activityTypes } = toCaseTypeModel(definitionOf([], [{ name: 'A', max_instances }]));
    expect(activityTypes[0]?.maxInstances).toBe(limit);
  });

  it('adds and takes away days to the same moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
        expect(addDays(addDays('2026-03-29 02:30:00', days), -days)).toBe('2026-03-29 02:30:00');
      }),
    );
    expect(addDays('2024-02-28 23:59:00', 1)).toBe('2024-02-29 23:59:00');
  });
});

describe('a sequence', () => {
  const sets = toCaseTypeModel({
    activitySets: [{ name: 's', sequence: 1, activityTypes: [{ name: 'A' }, { name: 'B' }] }],
  }).activitySets;
  const next = (...activities: readonly (readonly [string, boolean])[]) =>
    nextSequenceStep(
      sets,
      activities.map(([activityType, isCompleted]) => ({ activityType, isCompleted })),
    ).kind;

  it('creates, waits and closes one step at a time', () => {
    expect(next()).toBe('create');
    expect(next(['A', false])).toBe('wait');
    expect(next(['A', true])).toBe('create');
    expect(next(['A', true], ['B', true])).toBe('close');
    expect(next(['A', true], ['B', true], ['Other', false])).toBe('wait');
    expect(next(['A', false], ['A', true])).toBe('wait');
  });

  it('that is empty hides the next one', () => {
    const hidden = toCaseTypeModel({
      activitySets: [
        { name: 'e', sequence: 1 },
        { name: 's', sequence: 1, activityTypes: [{ name: 'A' }] },
      ],
    });
    expect(nextSequenceStep(hidden.activitySets, []).kind).toBe('nothing');
  });
});

describe('a role', () => {
  it('is said from the side of its holder, names before labels', () => {
    expect(resolveRole('Case Coordinator', SEED_RELATIONSHIP_TYPES)).toMatchObject({
      key: '9_a_b',
      clientSide: 'a',
      holderSide: 'b',
    });
    expect(resolveRole('Case Coordinator is', SEED_RELATIONSHIP_TYPES)?.key).toBe('9_b_a');
    expect(resolveRole('Spouse of', SEED_RELATIONSHIP_TYPES)?.key).toBe('2_b_a');
    const renamed = [{ id: 5, nameAB: 'x', nameBA: 'y', labelAB: 'Pupil', labelBA: 'Teacher' }];
    expect(resolveRole('Teacher', renamed)).toMatchObject({ key: '5_a_b', name: 'y', matchedBy: 'label' });
    expect(resolveRole('Nobody', renamed)).toBeNull();
  });

  it('stands the other way round in an assignee rule', () => {
    const rule = { relationshipTypeId: 9, assigneeSide: 'b', clientSide: 'a' } as const;
    expect(writeAssigneeRelationship(rule)).toBe('9_b_a');
    expect(readAssigneeRelationship('9_b_a')).toEqual(rule);
    expect(readAssigneeRelationship('9')).toBeNull();
  });
});

describe('an opening on a site that lacks something', () => {
  const definition = {
    ...definitionOf([{ name: 'Open Case' }, { name: 'Séance' }, { name: 'Call' }]),
    caseRoles: [{ name: 'Warden', creator: '1' }],
  };

  it('stops at the step whose activity type is missing and keeps what came before', () => {
    const opening = simulateOpening({
      definition,
      startDate: '2026-03-01',
      site: { activityTypes: new Set(['Open Case', 'Call']) },
    });
    expect(opening.activities.map(({ activityType }) => activityType)).toEqual(['Open Case']);
    expect(opening.failure).toContain('"Séance"');
  });

  it('stops before the timeline when the role of the creator is missing', () => {
    const opening = simulateOpening({
      definition,
      startDate: '2026-03-01',
      site: { relationshipTypes: SEED_RELATIONSHIP_TYPES },
    });
    expect(opening.activities).toEqual([]);
    expect(opening.failure).toContain('"Warden"');
  });
});

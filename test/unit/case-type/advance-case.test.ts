import { describe, expect, it } from 'vitest';
import {
  advanceCase,
  describeAssignee,
  describeDateReason,
  openedCase,
  sequencePosition,
  simulateOpening,
  toCaseTypeModel,
  type CaseEvent,
  type CaseState,
  type CaseTypeDefinition,
  type CaseWorld,
} from '../../../src/case-type/index.ts';

type Step = Readonly<Record<string, string>>;
const OPEN = { name: 'Open Case', status: 'Completed' };
const worldOf = (
  sets: readonly (readonly [name: string, kind: 'timeline' | 'sequence', steps: readonly Step[]])[],
  limits: Readonly<Record<string, string>> = {},
): CaseWorld => {
  const definition: CaseTypeDefinition = {
    activityTypes: Object.entries({ 'Open Case': '1', ...limits }).map(([name, max_instances]) => ({
      name,
      max_instances,
    })),
    activitySets: sets.map(([name, kind, activityTypes]) => ({ name, label: '', [kind]: 1, activityTypes })),
  };
  return { model: toCaseTypeModel(definition) };
};
const opened = (world: CaseWorld, startDate = '2026-03-02'): CaseState =>
  openedCase(simulateOpening({ definition: world.model, startDate }));
const after = (world: CaseWorld, ...events: readonly CaseEvent[]): CaseState =>
  events.reduce((state, event) => advanceCase(world, state, event), opened(world));
const shown = ({ activities }: CaseState) =>
  activities.map((one) => `${one.activityType} ${one.dateTime.slice(0, 10)} ${one.status}`);
const set = (activityId: number, status: string, day: string, inForm = false): CaseEvent => ({
  kind: 'activity-status',
  activityId,
  status,
  on: `${day} 12:00:00`,
  inForm,
});

const SEQUENCE = worldOf([
  [
    'standard_timeline',
    'timeline',
    [OPEN, { name: 'Call', reference_activity: 'Open Case', reference_offset: '2' }],
  ],
  ['steps', 'sequence', [{ name: 'Intake', status: 'Completed', reference_offset: '9' }, { name: 'Plan' }]],
]);

describe('a sequence', () => {
  it('makes the next step when one is completed, Scheduled and on that day, whatever its step says', () => {
    expect(shown(opened(SEQUENCE))[0]).toBe('Intake 2026-03-02 Scheduled');
    const state = after(SEQUENCE, set(1, 'Completed', '2026-03-05'));
    expect(shown(state).at(-1)).toBe('Plan 2026-03-05 Scheduled');
    expect(state.activities.at(-1)?.reason).toEqual({ kind: 'sequence', after: 'Intake' });
  });

  it('is held up by a cancelled step, and by one in the trash', () => {
    expect(shown(after(SEQUENCE, set(1, 'Cancelled', '2026-03-05')))).toHaveLength(3);
    const trashed = after(SEQUENCE, { kind: 'activity-trashed', activityId: 1, on: '2026-03-05' });
    expect(sequencePosition(SEQUENCE, trashed)).toMatchObject({
      kind: 'wait',
      for: { activityType: 'Intake' },
    });
  });

  it('closes the case at the change after which all is completed, and again when it is reopened', () => {
    const events = [set(1, 'Completed', '2026-03-05'), set(4, 'Completed', '2026-03-06')];
    expect(after(SEQUENCE, ...events)).toMatchObject({ status: 'Open', endDate: null });
    const closed = [...events, set(3, 'Completed', '2026-03-07')];
    expect(after(SEQUENCE, ...closed)).toMatchObject({ status: 'Closed', endDate: '2026-03-07' });
    const reopened = after(SEQUENCE, ...closed, { kind: 'case-status', status: 'Open', on: '2026-03-09' });
    expect(reopened).toMatchObject({ status: 'Closed', endDate: '2026-03-09' });
  });

  it('goes on between the steps of a set that is added by hand', () => {
    const world = worldOf([
      ['standard_timeline', 'timeline', [OPEN]],
      ['more', 'timeline', [{ name: 'Plan', status: 'Completed' }, { name: 'Note' }]],
      ['steps', 'sequence', [{ name: 'Plan' }, { name: 'Report' }]],
    ]);
    const completed = after(world, set(1, 'Completed', '2026-03-03'));
    expect(shown(completed).at(-1)).toBe('Report 2026-03-03 Scheduled');
    const added = after(
      world,
      { kind: 'activity-trashed', activityId: 1, on: '2026-03-03' },
      { kind: 'set-added', set: 'more', on: '2026-03-04' },
    );
    expect(shown(added).slice(2)).toEqual(['Plan 2026-03-04 Completed', 'Note 2026-03-04 Scheduled']);
  });
});

describe('a moved start date', () => {
  const world = worldOf(
    [
      [
        'standard_timeline',
        'timeline',
        [
          OPEN,
          { name: 'Call', reference_activity: 'Open Case', reference_offset: '2' },
          { name: 'Visit', reference_activity: 'Call', reference_offset: '5' },
        ],
      ],
    ],
    { Visit: '1' },
  );
  const move: CaseEvent = { kind: 'start-moved', to: '2026-04-01', on: '2026-03-10' };

  it('makes the timeline anew, deletes what it had made, and moves Open Case', () => {
    const state = after(world, set(2, 'Completed', '2026-03-04'), move);
    expect(shown(state)).toEqual([
      'Open Case 2026-04-01 Completed',
      'Change Case Start Date 2026-03-10 Completed',
      'Call 2026-04-03 Scheduled',
      'Visit 2026-04-08 Scheduled',
    ]);
    expect(state).toMatchObject({ startDate: '2026-04-01', failure: null });
    expect(state.skipped.map(({ activityType }) => activityType)).toEqual(['Open Case']);
  });

  it('keeps what was saved in a form, from which the new steps are then counted', () => {
    const state = after(world, set(2, 'Completed', '2026-03-04', true), move);
    expect(shown(state)).toEqual([
      'Open Case 2026-04-01 Completed',
      'Call 2026-03-04 Completed',
      'Change Case Start Date 2026-03-10 Completed',
      'Call 2026-04-03 Scheduled',
      'Visit 2026-03-09 Scheduled',
    ]);
  });

  it('only deletes when no set is named standard_timeline', () => {
    const other = worldOf([['opening', 'timeline', [OPEN, { name: 'Call', reference_offset: '2' }]]]);
    expect(shown(after(other, move))).toEqual([
      'Open Case 2026-04-01 Completed',
      'Change Case Start Date 2026-03-10 Completed',
    ]);
  });
});

describe('a case', () => {
  const world = worldOf([['standard_timeline', 'timeline', [OPEN]]]);

  it('ends with the status Closed alone, and keeps that date when it is reopened', () => {
    const status = (name: string, on: string): CaseEvent => ({ kind: 'case-status', status: name, on });
    expect(after(world, status('Resolved', '2026-03-05')).endDate).toBeNull();
    const reopened = after(world, status('Closed', '2026-03-05'), status('Open', '2026-03-09'));
    expect(reopened).toMatchObject({ status: 'Open', endDate: '2026-03-05' });
  });

  it('is as it was after an event that the site refuses', () => {
    const knowing = { ...world, site: { activityTypes: new Set(['Open Case']) } };
    const added = { kind: 'activity-added', activityType: 'Call', status: 'Scheduled' } as const;
    const state = after(knowing, { ...added, dateTime: '2026-03-05', on: '2026-03-05' });
    expect(shown(state)).toHaveLength(1);
    expect(state.failure).toContain('no enabled activity type "Call"');
  });

  it('holds an activity with an unknown status for Completed', () => {
    const added = { kind: 'activity-added', activityType: 'Call', status: 'Nope' } as const;
    expect(shown(after(world, { ...added, dateTime: '2026-03-05', on: '2026-03-05' }))).toContain(
      'Call 2026-03-05 Completed',
    );
  });
});

describe('the words for dates and people', () => {
  it.each([
    [{ kind: 'case-start', offsetDays: 0 }, 'the day on which the case starts'],
    [{ kind: 'case-start', offsetDays: -1 }, '1 day before the start of the case'],
    [
      {
        kind: 'reference',
        activityType: 'Phone Call',
        offsetDays: 3,
        lookup: 'first-created',
        baseDateTime: '',
      },
      '3 days after Phone Call, first created',
    ],
    [
      { kind: 'reference', activityType: 'Phone Call', offsetDays: 0, lookup: 'newest', baseDateTime: '' },
      'the day of Phone Call, the newest',
    ],
    [
      { kind: 'reference-missing', activityType: 'Visit', offsetDays: 2 },
      '2 days after the start of the case, as there is no Visit yet',
    ],
    [{ kind: 'sequence', after: 'Intake' }, 'next of the sequence, when Intake is completed'],
  ] as const)('says %j', (reason, words) => {
    expect(describeDateReason(reason)).toBe(words);
  });

  it('names a role by its relationship type, seen from its holder', () => {
    const rule = { kind: 'relationship', relationshipTypeId: 9, assigneeSide: 'b', clientSide: 'a' } as const;
    expect(describeAssignee(rule)).toBe('the holder of Case Coordinator');
    expect(describeAssignee({ ...rule, assigneeSide: 'a', clientSide: 'b' })).toBe(
      'the holder of Case Coordinator is',
    );
    expect(describeAssignee(rule, [])).toBe('the holder of the role of relationship type 9');
  });
});

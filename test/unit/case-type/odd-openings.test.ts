import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/base/json.ts';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import {
  presentSimulation,
  simulateOpening,
  type CaseTypeDefinition,
  type SiteKnowledge,
} from '../../../src/case-type/index.ts';

type Step = Readonly<Record<string, JsonValue>>;
const timelineOf = (steps: readonly Step[], more: CaseTypeDefinition = {}): CaseTypeDefinition => ({
  ...more,
  activitySets: [{ name: 'standard_timeline', label: '', timeline: 1, activityTypes: steps }],
});
const open = (definition: CaseTypeDefinition, site?: SiteKnowledge) =>
  simulateOpening({ definition, startDate: '2026-03-02', ...(site === undefined ? {} : { site }) });
const shown = (definition: CaseTypeDefinition, key: string) =>
  (presentSimulation(open(definition))['activities'] as readonly Step[]).map((activity) => activity[key]);

describe('an opening at a midnight that the clock skips', () => {
  it('starts an hour later, and so does all that is counted from it', () => {
    const clock = createZoneClock('America/Santiago');
    const simulation = simulateOpening({
      definition: timelineOf([{ name: 'Open Case' }, { name: 'Call', reference_offset: '14' }]),
      startDate: '2026-09-06',
      settle: (dateTime) => clock.settle(dateTime),
    });
    expect(simulation.activities.map(({ dateTime }) => dateTime)).toEqual([
      '2026-09-06 01:00:00',
      '2026-09-20 01:00:00',
    ]);
    expect(simulation.startDate).toBe('2026-09-06');
  });
});

describe('a default assignee', () => {
  const forContact = (contact: JsonValue): CaseTypeDefinition =>
    timelineOf([{ name: 'Call', default_assignee_type: '3', default_assignee_contact: contact }]);

  it.each<readonly [JsonValue, readonly string[] | null]>([
    ['7', ['7']],
    [' 7', ['7']],
    ['7.0', ['7']],
    [
      ['7', '8'],
      ['7', '8'],
    ],
    [['', '7'], null],
    ['0', null],
    ['-7', null],
    ['7.5', null],
    [[], null],
  ])('by contact %j is %j', (contact, assignees) => {
    expect(shown(forContact(contact), 'assignee_contact_id')).toEqual([assignees]);
  });

  it.each([
    forContact('Ana'),
    timelineOf([
      { name: 'Call', default_assignee_type: '2', default_assignee_relationship: 'x9_a_b' },
      { name: 'Visit' },
    ]),
  ])('stops the opening at its step when it has no id: %j', (definition) => {
    const { activities, failure } = open(definition);
    expect(activities).toEqual([]);
    expect(failure).toMatch(/default assignee of the step "Call" names "(?:Ana|x9)", which is no id/);
  });

  it('stops it even at a step that the limit would skip', () => {
    const call = { name: 'Call', default_assignee_type: '3', default_assignee_contact: 'Ana' };
    const definition = timelineOf([{ name: 'Call' }, call, { name: 'Visit' }], {
      activityTypes: [{ name: 'Call', max_instances: '1' }],
    });
    const { activities, skipped, failure } = open(definition);
    expect(activities.map(({ activityType }) => activityType)).toEqual(['Call']);
    expect(skipped).toEqual([]);
    expect(failure).not.toBeNull();
  });

  it('stops it for a relationship type that the site lacks', () => {
    const definition = timelineOf([
      { name: 'Call', default_assignee_type: '2', default_assignee_relationship: '99_a_b' },
    ]);
    expect(open(definition).failure).toBeNull();
    expect(open(definition, { relationshipTypes: [] }).failure).toContain('relationship type 99');
  });

  it('of a relationship that is the same both ways may stand on either side', () => {
    const definition = (sides: string) =>
      timelineOf(
        [{ name: 'Call', default_assignee_type: '2', default_assignee_relationship: `2_${sides}` }],
        { caseRoles: [{ name: 'Spouse of', creator: '1' }] },
      );
    expect(shown(definition('a_b'), 'assignee_contact_id')).toEqual([['2']]);
    expect(shown(definition('b_a'), 'assignee_contact_id')).toEqual([['2']]);
  });
});

describe('a weight', () => {
  it.each([
    ['12', 12],
    ['1.5', 2],
    ['-2.5', -3],
    ['1e2', 100],
    ['2 days', 2],
    ['first', 0],
    ['', null],
  ])('of the order %j is %j', (order, weight) => {
    expect(shown(timelineOf([{ name: 'Call', order }]), 'weight')).toEqual([weight]);
  });
});

describe('an activity type that is switched off', () => {
  const site = { activityTypes: new Set(['Call']), disabledActivityTypes: new Set(['Fax']) };

  it('is made by a sequence all the same, and stops a timeline', () => {
    const sequence: CaseTypeDefinition = {
      activitySets: [{ name: 'sequence_1', label: '', sequence: 1, activityTypes: [{ name: 'Fax' }] }],
    };
    expect(open(sequence, site)).toMatchObject({ activities: [{ activityType: 'Fax' }], failure: null });
    expect(open(timelineOf([{ name: 'Fax' }]), site).failure).toContain('no enabled activity type "Fax"');
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/base/json.ts';
import {
  describeChange,
  diffCaseTypes,
  openingImpact,
  type CaseTypeDefinition,
} from '../../../../src/case-type/index.ts';

const step = (name: string, offset: string, more: JsonObject = {}): JsonObject => ({
  name,
  reference_activity: 'Open Case',
  reference_offset: offset,
  ...more,
});
const timeline = (...steps: readonly JsonObject[]): CaseTypeDefinition => ({
  activitySets: [
    { name: 'standard_timeline', label: 'Standard timeline', timeline: 1, activityTypes: steps },
  ],
});
const told = (before: CaseTypeDefinition, after: CaseTypeDefinition, language: 'en' | 'fr' = 'en') =>
  diffCaseTypes(before, after).map((change) => describeChange(change, language));

describe('changes in words', () => {
  it('says which step moved, from which day to which, and where', () => {
    const [before, after] = [timeline(step('Income check', '3')), timeline(step('Income check', '5'))];
    expect(told(before, after)).toEqual([
      'Step *Income check* moved from day 3 to day 5 in *Standard timeline*',
    ]);
    expect(told(before, after, 'fr')).toEqual([
      'L’étape *Income check* passe du jour 3 au jour 5 dans *Standard timeline*',
    ]);
  });

  it('tells a rename once, however often the name stands', () => {
    const before = {
      activityTypes: [{ name: 'Home visit' }],
      ...timeline(step('Home visit', '3'), step('Letter', '2', { reference_activity: 'Home visit' })),
    };
    const after = JSON.parse(JSON.stringify(before).replaceAll('Home visit', 'Visit')) as CaseTypeDefinition;
    expect(told(before, after)).toEqual([
      'Activity type *Home visit* renamed to *Visit* (menu, 1 step, 1 reference)',
    ]);
  });

  it('takes another activity for a replacement when nothing else speaks for a rename', () => {
    const before = { activityTypes: [{ name: 'Open Case' }, { name: 'Phone Call' }] };
    expect(told(before, { activityTypes: [{ name: 'Open Case' }, { name: 'Meeting' }] })).toEqual([
      'Activity type *Phone Call* removed from the menu',
      'Activity type *Meeting* added to the menu',
    ]);
  });

  it('tells the order apart from the content', () => {
    const [one, two, three] = [step('One', '1'), step('Two', '2'), step('Three', '3')];
    expect(told(timeline(one, two, three), timeline(two, three, step('One', '4')))).toEqual([
      'Order of steps in *Standard timeline*: *One* now comes after *Three*',
      'Step *One* moved from day 1 to day 4 in *Standard timeline*',
    ]);
  });

  it('says what is written otherwise and means the same as what it is', () => {
    expect(told(timeline(step('One', '1')), timeline(step('One', '1 day')))).toEqual([
      'Step *One* in *Standard timeline*: reference_offset is “1 day” instead of “1”',
    ]);
  });

  it('leaves out nothing that CiviCRM reads, however odd', () => {
    const odd = timeline(step('One', '1', { status: [], '@attributes': { id: '1' }, subject: ['a', 'b'] }));
    expect(told(timeline(step('One', '1')), odd)).toEqual([
      'Step *One* in *Standard timeline* now begins as an empty status instead of *Scheduled* (by default)',
      'Step *One* in *Standard timeline*: @attributes is new: {"id":"1"}',
      'Step *One* in *Standard timeline*: subject is new: ["a","b"]',
    ]);
  });
});

describe('what a change means for a new case', () => {
  it('moves what is counted from a step that moved', () => {
    const follows = step('Letter', '2', { reference_activity: 'Income check' });
    const [before, after] = [
      timeline(step('Income check', '3'), follows),
      timeline(step('Income check', '5'), follows),
    ];
    const { rows } = openingImpact(before, after, diffCaseTypes(before, after));
    expect(rows.map((row) => [row.kind, row.before?.day, row.after?.day])).toEqual([
      ['changes', 3, 5],
      ['changes', 5, 7],
    ]);
  });

  it('sees no difference in a rename, nor in the order alone', () => {
    const before = timeline(step('Home visit', '1', { status: 'Scheduled' }), step('Letter', '2'));
    const after = timeline(step('Letter', '2'), step('Home visits', '1', { status: 'Scheduled' }));
    const changes = diffCaseTypes(before, after);
    expect(openingImpact(before, after, changes).rows.map(({ kind }) => kind)).toEqual(['stays', 'stays']);
  });
});

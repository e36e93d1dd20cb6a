import { describe, expect, it } from 'vitest';
import { openingImpact, type CaseTypeDefinition } from '../../../../src/case-type/index.ts';

const caseType = (visitDay: string, setName = 'visits'): CaseTypeDefinition => ({
  activityTypes: [{ name: 'Open Case' }, { name: 'Visit' }],
  activitySets: [
    { name: 'standard_timeline', timeline: 1, activityTypes: [{ name: 'Open Case', status: 'Completed' }] },
    {
      name: setName,
      label: 'Visits',
      timeline: 1,
      activityTypes: [{ name: 'Visit', reference_activity: 'Open Case', reference_offset: visitDay }],
    },
    { name: 'chain', sequence: 1, activityTypes: [{ name: 'Chat' }] },
  ],
  caseRoles: [],
});

describe('impact on sets that are added by hand', () => {
  it('tells what moves, though a new case gets the same', () => {
    const { rows, sets } = openingImpact(caseType('7'), caseType('10'));
    expect(rows.map(({ kind }) => kind)).toEqual(['stays', 'stays']);
    expect(sets).toMatchObject([
      {
        label: 'Visits',
        rows: [{ kind: 'changes', before: { day: 7 }, after: { day: 10 }, differences: ['day'] }],
      },
    ]);
  });

  it('is empty for sets that stay, and for one that has only another name', () => {
    expect(openingImpact(caseType('7'), caseType('7')).sets).toEqual([]);
    const renamed = {
      kind: 'renamed',
      rename: 'rename-set',
      from: 'visits',
      to: 'calls',
      places: [],
    } as const;
    expect(openingImpact(caseType('7'), caseType('7', 'calls'), [renamed]).sets).toEqual([]);
  });

  it('tells of sets that come and go', () => {
    const without = { ...caseType('7'), activitySets: [] };
    expect(openingImpact(without, caseType('7')).sets).toMatchObject([{ rows: [{ kind: 'comes' }] }]);
    expect(openingImpact(caseType('7'), without).sets).toMatchObject([{ rows: [{ kind: 'goes' }] }]);
  });
});

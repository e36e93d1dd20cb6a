import { describe, expect, it } from 'vitest';
import { DEFINITION_RULES, lintCaseType, type CaseTypeDefinition } from '../../../src/case-type/index.ts';

const clean: CaseTypeDefinition = {
  activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Call' }],
  activitySets: [
    {
      name: 'standard_timeline',
      label: 'Standard Timeline',
      timeline: 1,
      activityTypes: [{ name: 'Open Case', status: 'Completed' }],
    },
  ],
  caseRoles: [{ name: 'Case Coordinator', creator: '1', manager: '1' }],
};

describe('lintCaseType', () => {
  it('finds nothing in a plain case type', () => expect(lintCaseType(clean)).toEqual([]));

  it('tells the path, and has no line without a text', () => {
    const definition = {
      ...clean,
      activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Call ' }],
    };
    expect(lintCaseType(definition)).toMatchObject([
      { code: 'padded-name', severity: 'error', path: 'activityTypes.1.name', line: null, fixable: true },
    ]);
  });

  it.each([1, '1', true])(
    'takes %j for the mark of a timeline, as the API and the editor write it',
    (timeline) => {
      const [set] = clean.activitySets as readonly [Record<string, never>];
      expect(lintCaseType({ ...clean, activitySets: [{ ...set, timeline }] })).toEqual([]);
    },
  );

  it.each([{}, { activitySets: 'none' }, { activityTypes: { a: null }, activitySets: [[]], caseRoles: [7] }])(
    'never throws: %j',
    (definition) => expect(lintCaseType(definition).length).toBeGreaterThan(0),
  );

  it('checks the name of a row', () => {
    expect(lintCaseType(clean, { name: 'no good' }).map(({ code }) => code)).toEqual([
      'invalid-case-type-name',
    ]);
  });

  it('takes time in proportion to the size of the definition', () => {
    const step = (index: number) => ({
      name: `Step ${String(index)}`,
      reference_activity: `Step ${String(index - 1)}`,
      reference_offset: '1',
      status: 'Scheduled',
    });
    const many = (count: number): CaseTypeDefinition => ({
      ...clean,
      activitySets: [
        {
          name: 'standard_timeline',
          label: 'All',
          timeline: 1,
          activityTypes: Array.from({ length: count }, (_, at) => step(at)),
        },
      ],
    });
    // Quadratic rules would need minutes for this.
    expect(lintCaseType(many(20_000)).length).toBeGreaterThan(20_000);
  });

  it('has rules of two levels, each with a code of its own', () => {
    const codes = DEFINITION_RULES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(new Set(DEFINITION_RULES.map(({ level }) => level))).toEqual(new Set(['file', 'site']));
  });
});

import { describe, expect, it } from 'vitest';
import {
  LINT_RULES,
  lintCaseType,
  type CaseTypeDefinition,
  type SiteKnowledge,
} from '../../../src/case-type/index.ts';

const clean: CaseTypeDefinition = {
  activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Call' }],
  activitySets: [
    {
      name: 'standard_timeline',
      label: '',
      timeline: 1,
      activityTypes: [{ name: 'Open Case', status: 'Completed' }],
    },
  ],
  caseRoles: [{ name: 'Case Coordinator', creator: '1', manager: '1' }],
};
const timeline = (...steps: readonly Readonly<Record<string, string>>[]): CaseTypeDefinition => ({
  ...clean,
  activitySets: [{ name: 'standard_timeline', label: '', timeline: 1, activityTypes: steps }],
});
const sets = (
  ...activitySets: readonly Readonly<Record<string, string | number | readonly { readonly name: string }[]>>[]
): CaseTypeDefinition => ({
  ...clean,
  activitySets: [
    { name: 'standard_timeline', timeline: 1, activityTypes: [{ name: 'Open Case' }] },
    ...activitySets,
  ],
});

const cases: readonly (readonly [code: string, definition: CaseTypeDefinition, site?: SiteKnowledge])[] = [
  ['no-timeline', { ...clean, activitySets: [] }],
  ['no-standard-timeline-name', { ...clean, activitySets: [{ name: 'other', timeline: 1 }] }],
  ['duplicate-set-name', sets({ name: 'standard_timeline' })],
  [
    'second-sequence',
    sets(
      { name: 'a', sequence: 1, activityTypes: [{ name: 'A' }] },
      { name: 'b', sequence: 1, activityTypes: [{ name: 'B' }] },
    ),
  ],
  ['empty-sequence', sets({ name: 'a', sequence: 1 })],
  ['sequence-shares-type', sets({ name: 'a', sequence: 1, activityTypes: [{ name: 'Open Case' }] })],
  ['step-without-type', timeline({ status: 'Scheduled' })],
  ['unknown-step-type', timeline({ name: 'Visit' }), { activityTypes: new Set(['Open Case']) }],
  ['empty-step-status', timeline({ name: 'Call', status: '' })],
  [
    'unknown-step-status',
    timeline({ name: 'Call', status: 'Kept' }),
    { activityStatuses: new Set(['Scheduled']) },
  ],
  ['reference-comes-later', timeline({ name: 'Call', reference_activity: 'Visit' }, { name: 'Visit' })],
  ['offset-not-a-number', timeline({ name: 'Call', reference_offset: '2 weeks' })],
  ['limit-below-steps', timeline({ name: 'Open Case' }, { name: 'Open Case' })],
  ['assignee-by-id', timeline({ name: 'Call', default_assignee_contact: '7' })],
  [
    'second-manager',
    {
      ...clean,
      caseRoles: [
        { name: 'A', manager: '1' },
        { name: 'B', manager: '1' },
      ],
    },
  ],
  ['duplicate-role', { ...clean, caseRoles: [{ name: 'A' }, { name: 'A' }] }],
  ['unknown-role', { ...clean, caseRoles: [{ name: 'A' }] }, { relationshipTypes: [] }],
  ['padded-name', { ...clean, caseRoles: [{ name: 'A', groups: ['staff', ' night'] }] }],
];

describe('lint', () => {
  it('finds nothing in a plain case type', () => expect(lintCaseType(clean)).toEqual([]));

  for (const [code, definition, site] of cases) {
    it(`tells ${code} once, with what, why and how to mend it`, () => {
      const [finding, ...more] = lintCaseType(definition, site);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ code });
      for (const text of [finding?.what, finding?.why, finding?.fix]) expect(text).toMatch(/\.$/);
      expect(finding?.path).not.toBe('');
    });
  }

  it('has a case here for every rule', () => {
    expect(cases.map(([code]) => code)).toEqual(LINT_RULES.map(({ code }) => code));
  });
});

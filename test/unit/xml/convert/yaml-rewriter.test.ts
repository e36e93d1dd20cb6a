import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toReadForm } from '../../../../src/case-type/index.ts';
import { readCaseTypeYaml, rewriteCaseTypeYaml, writeCaseTypeYaml } from '../../../../src/xml/index.ts';
import { arbitraryDefinition } from '../../../support/arbitrary-definition.ts';

const COMMENTED = `# Housing, as the board agreed

case type: housing # never rename
forkable: yes
# Who takes part
roles:
  - Case Coordinator # the county's word
  - role: Landlord
    groups: landlords

# What happens
activity types:
  - Open Case
  # only once
  - { activity type: Visit, max: 1 }
activity sets:
  - set: standard_timeline
    timeline: yes
    label: 'Standard' # shown on the button
    steps:
      - step: Open Case
        status: Completed # at once
      # The county asks for this one.
      - { step: Visit, after: Open Case, day: 3 } # was 5
      - { step: Letter, after: Visit, day: 7 }
      # the end
`;

const edited = (change: (json: string) => string): string => {
  const { name, definition } = readCaseTypeYaml(COMMENTED);
  const json = change(JSON.stringify(definition));
  return rewriteCaseTypeYaml(COMMENTED, JSON.parse(json) as typeof definition, name ?? undefined);
};

describe('rewriting YAML', () => {
  it('keeps every byte when nothing changes', () => {
    expect(edited((json) => json)).toBe(COMMENTED);
    const windows = COMMENTED.replaceAll('\n', '\r\n');
    expect(rewriteCaseTypeYaml(windows, readCaseTypeYaml(windows).definition)).toBe(windows);
  });

  it.each([
    ['"reference_offset":"3"', '"reference_offset":"5"', 'day: 3', 'day: 5'],
    ['"max_instances":"1"', '"max_instances":"2"', 'max: 1', 'max: 2'],
    ['"groups":"landlords"', '"groups":["landlords","friends"]', 'groups: landlords', null],
    ['"label":"Standard"', '"label":"Usual"', "'Standard'", null],
    [',"status":"Completed"', '', '        status: Completed # at once\n', ''],
    ['"name":"Letter"', '"name":"Notice"', 'step: Letter', 'step: Notice'],
  ])('changes %s to %s and leaves the comments', (from, to, was, is) => {
    const text = edited((json) => json.replaceAll(from, to));
    if (is !== null) expect(text).toBe(COMMENTED.replace(was, is));
    const comments = (yaml: string) => [...yaml.matchAll(/#.*/g)].map(String);
    expect(comments(text)).toEqual(comments(COMMENTED).filter((one) => is !== '' || one !== '# at once'));
  });

  it('moves a comment with its step, and drops it with its step', () => {
    const { definition } = readCaseTypeYaml(COMMENTED);
    const [set] = definition.activitySets as [{ readonly activityTypes: readonly object[] }];
    const withSteps = (steps: readonly object[]) =>
      rewriteCaseTypeYaml(
        COMMENTED,
        toReadForm({
          ...definition,
          activitySets: [{ ...set, activityTypes: steps }],
        } as typeof definition),
      );
    expect(withSteps(set.activityTypes.toReversed())).toMatch(/The county asks.*\n.*step: Visit.*# was 5\n/);
    const shorter = withSteps(set.activityTypes.filter((_, index) => index !== 1));
    expect(shorter).not.toContain('The county asks');
    expect(shorter).toContain('# shown on the button');
  });

  it('reads as the definition that it was given, whatever stood there', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, (before, after) => {
        const text = rewriteCaseTypeYaml(writeCaseTypeYaml(before, 'some_type'), after);
        expect(readCaseTypeYaml(text)).toEqual(readCaseTypeYaml(writeCaseTypeYaml(after, 'some_type')));
        const onto = rewriteCaseTypeYaml(COMMENTED, after, 'other');
        expect(readCaseTypeYaml(onto)).toEqual(readCaseTypeYaml(writeCaseTypeYaml(after, 'other')));
        expect(onto).toContain('# Housing, as the board agreed');
      }),
      { numRuns: 200, seed: 13 },
    );
  });
});

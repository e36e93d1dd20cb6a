import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../src/base/json.ts';
import { timelineStepsOf, toReadForm, type CaseTypeDefinition } from '../../../../src/case-type/index.ts';
import { readCaseTypeYaml, writeCaseTypeYaml } from '../../../../src/xml/convert/index.ts';
import { arbitraryDefinition } from '../../../support/arbitrary-definition.ts';
import { recordedDefinitions } from '../../../support/recorded-definitions.ts';

const back = (definition: CaseTypeDefinition) => readCaseTypeYaml(writeCaseTypeYaml(definition, 'some_type'));

/** What a definition without the derived list reads as. */
function withDerived(definition: CaseTypeDefinition): CaseTypeDefinition {
  const { activitySets, timelineActivityTypes } = definition;
  if (!Array.isArray(activitySets) || timelineActivityTypes !== undefined) return definition;
  const sets = activitySets as readonly JsonValue[];
  const marks = sets.map((set) => (set as { timeline?: JsonValue }).timeline === 1);
  return { ...definition, timelineActivityTypes: timelineStepsOf(sets, marks) };
}

describe('the YAML form', () => {
  it.skipIf(recordedDefinitions.length === 0)('loses nothing of any recorded definition', () => {
    for (const definition of recordedDefinitions) {
      const read = Array.isArray(definition) ? {} : definition;
      expect(back(read)).toEqual({ name: 'some_type', definition: read });
    }
  });

  it('loses nothing of any definition, and keeps the order of keys in items', () => {
    fc.assert(
      fc.property(arbitraryDefinition, (definition) => {
        const expected = withDerived(toReadForm(definition));
        const { definition: read } = back(definition);
        expect(read).toEqual(expected);
        expect(JSON.stringify(read.activityTypes)).toBe(JSON.stringify(expected.activityTypes));
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it('keeps every text as it is', () => {
    const traps = ['no', 'on', 'Yes', '1e3', '0x10', '007', '2026-03-01', '12:30', '~', 'null', '- a', '# b'];
    const more = [
      'a: b',
      "it's",
      '"',
      'a\tb',
      'a\r\nb',
      'a\n\n b\n',
      ' a',
      'é\u2028\u0085',
      '🏠',
      '',
      '{',
      '<day>',
      '!x',
      '&a',
      '*a',
      '1_000',
      '-0',
      '+3',
      '9007199254740993',
    ];
    for (const text of [...traps, ...more]) {
      const definition = toReadForm({
        statuses: ['x', text],
        activitySets: [
          {
            name: text,
            label: text,
            timeline: 1,
            activityTypes: [{ name: text, label: text, day: text, '<day>': text }],
          },
        ],
      });
      expect(back(definition).definition, text).toEqual(withDerived(definition));
      expect(readCaseTypeYaml(writeCaseTypeYaml({}, text)).name).toBe(text);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
        const definition = { statuses: ['Open', text === '' ? 'x' : text], unknown: { [text]: text } };
        expect(back(definition).definition).toEqual(toReadForm(definition));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('takes what a coordinator writes', () => {
    const { name, definition } = readCaseTypeYaml(`
# Our short form
case type: housing
statuses: [Open, Closed]
activity sets:
  - set: standard_timeline
    timeline: yes
    steps:
      - Open Case
      - { step: Phone Call, day: 3, after: Open Case, status: }
      - step: no
        reference_offset: -2
`);
    expect(name).toBe('housing');
    const steps = [
      { name: 'Open Case' },
      { name: 'Phone Call', reference_offset: '3', reference_activity: 'Open Case', status: [] },
      { name: 'no', reference_offset: '-2' },
    ];
    expect(definition).toEqual({
      statuses: ['Open', 'Closed'],
      activitySets: [{ name: 'standard_timeline', label: '', timeline: 1, activityTypes: steps }],
      timelineActivityTypes: steps,
    });
  });

  it.each([
    [
      'case type: a\nactivity sets:\n  - set: x\n    timeline: maybe\n',
      'housing.yaml:4:15: Expected "timeline: true" or "timeline: false"; got maybe.',
    ],
    ['- a\n', 'housing.yaml:1:1: Expected a case type, as in "case type: housing_support"; got a list.'],
    ['', 'housing.yaml:1:1: Expected a case type, as in "case type: housing_support"; got nothing.'],
    [
      'roles: Coordinator\n',
      'housing.yaml:1:8: Expected a list with a dash for each role; got "Coordinator".',
    ],
    [
      'activity sets:\n  - steps:\n      - { step: A, day: 1, reference_offset: 2 }\n',
      'housing.yaml:3:28: "reference_offset" stands here twice. Keep one of them.',
    ],
    [
      'a: &x [1]\nb: *x\n',
      'housing.yaml:2:4: Expected a value, got the alias *x. Write the value out; a case type has no aliases.',
    ],
  ])('says where %j breaks', (text, message) => {
    expect(() => readCaseTypeYaml(text, 'housing.yaml')).toThrow(message);
  });

  it('refuses a file that is nested too deeply, and one that is no YAML', () => {
    expect(() => readCaseTypeYaml('['.repeat(20_000))).toThrow(/nested too deeply|not YAML/);
    expect(() => readCaseTypeYaml('a: "b', 'x.yaml')).toThrow(/^x\.yaml:1:\d+: This is not YAML: /);
  });
});

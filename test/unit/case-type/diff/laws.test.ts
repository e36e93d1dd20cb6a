import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, diffCaseTypes, type CaseTypeDefinition } from '../../../../src/case-type/index.ts';
import { arbitraryDefinition } from '../../../support/arbitrary-definition.ts';
import { recordedDefinitions } from '../../../support/recorded-definitions.ts';

const RUNS = { numRuns: 80, seed: 20260301 };

/** Equal to the order of keys everywhere but at the top, where CiviCRM has its own. */
function expectSame(result: CaseTypeDefinition, wanted: CaseTypeDefinition): void {
  expect(Object.keys(result).toSorted()).toEqual(Object.keys(wanted).toSorted());
  for (const [key, value] of Object.entries(wanted)) {
    expect(JSON.stringify(result[key]), key).toBe(JSON.stringify(value));
  }
}

describe('the laws of comparing', () => {
  it('finds nothing between a definition and itself', () => {
    fc.assert(
      fc.property(arbitraryDefinition, (one) => {
        expect(diffCaseTypes(one, structuredClone(one))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('leads from any definition to any other', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, (before, after) => {
        expectSame(applyChanges(before, diffCaseTypes(before, after)), after);
      }),
      RUNS,
    );
  });

  it('gives changes that survive being stored as JSON', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, (before, after) => {
        const changes = diffCaseTypes(before, after);
        const stored = JSON.parse(JSON.stringify(changes)) as typeof changes;
        expect(applyChanges(before, stored)).toEqual(applyChanges(before, changes));
      }),
      RUNS,
    );
  });

  it.skipIf(recordedDefinitions.length === 0)(
    'leads from each recorded case type to the next (needs ../shared/civicrm)',
    () => {
      recordedDefinitions.forEach((before, index) => {
        expect(diffCaseTypes(before, before)).toEqual([]);
        for (const step of [1, 7]) {
          const after = recordedDefinitions[(index + step) % recordedDefinitions.length]!;
          expectSame(applyChanges(before, diffCaseTypes(before, after)), after);
        }
      });
    },
  );
});

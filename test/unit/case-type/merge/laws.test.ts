import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type JsonObject, type JsonValue } from '../../../../src/base/json.ts';
import {
  editDefinition,
  mergeCaseTypes,
  toReadForm,
  type CaseTypeDefinition,
  type DefinitionPath,
  type MergeConflict,
} from '../../../../src/case-type/index.ts';
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

/** The subject is named as OURS has it, so it is left out. */
const swapped = (conflict: MergeConflict): unknown => {
  const { ours, theirs, ...rest } = plain(conflict);
  return {
    ...rest,
    ...(theirs === undefined ? {} : { ours: theirs }),
    ...(ours === undefined ? {} : { theirs: ours }),
  };
};
function plain(conflict: MergeConflict): Readonly<Record<string, unknown>> {
  const { subject: _subject, ...rest } = conflict as MergeConflict & { subject?: unknown };
  return rest;
}
const texts = (conflicts: readonly unknown[]): readonly string[] =>
  conflicts.map((one) => canonicalJson(one as JsonValue)).toSorted();

/** Fields of steps, menu items and roles that are texts, but for those that tell what the item is. */
function editableLeaves(definition: CaseTypeDefinition): readonly DefinitionPath[] {
  const leavesOf = (list: JsonValue | undefined, path: DefinitionPath): readonly DefinitionPath[] =>
    (Array.isArray(list) ? (list as readonly JsonValue[]) : []).flatMap((item, index) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
      const fields = Object.entries(item as JsonObject);
      return [
        ...fields
          .filter(([key, value]) => typeof value === 'string' && !['name', 'label'].includes(key))
          .map(([key]) => [...path, index, key]),
        ...fields
          .filter(([key]) => key === 'activityTypes')
          .flatMap(([key, steps]) => leavesOf(steps, [...path, index, key])),
      ];
    });
  return ['activityTypes', 'activitySets', 'caseRoles'].flatMap((key) => leavesOf(definition[key], [key]));
}

describe('the laws of merging', () => {
  it('takes what only one side changed', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, (base, side) => {
        for (const merged of [mergeCaseTypes(base, side, base), mergeCaseTypes(base, base, side)]) {
          expect(merged.conflicts).toEqual([]);
          expectSame(merged.definition, side);
        }
      }),
      RUNS,
    );
  });

  it('takes what both sides changed alike', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, (base, side) => {
        const merged = mergeCaseTypes(base, side, structuredClone(side));
        expect(merged.conflicts).toEqual([]);
        expectSame(merged.definition, side);
      }),
      RUNS,
    );
  });

  it('finds the same whichever side is ours', () => {
    fc.assert(
      fc.property(arbitraryDefinition, arbitraryDefinition, arbitraryDefinition, (base, one, other) => {
        const merged = mergeCaseTypes(base, one, other);
        const mirrored = mergeCaseTypes(base, other, one);
        expect(merged.conflicts.length === 0).toBe(mirrored.conflicts.length === 0);
        if (merged.conflicts.length === 0) expectSame(mirrored.definition, merged.definition);
        else if (merged.conflicts.every(({ kind }) => kind === 'value')) {
          expect(texts(mirrored.conflicts.map(swapped))).toEqual(texts(merged.conflicts.map(plain)));
        }
      }),
      RUNS,
    );
  });

  it('brings together edits of different leaves, of one step or of several', () => {
    fc.assert(
      fc.property(arbitraryDefinition, fc.nat(), fc.nat(), (definition, one, other) => {
        const { timelineActivityTypes: _derived, ...base } = definition;
        const leaves = editableLeaves(base);
        const [mine, theirs] = [leaves[one % leaves.length], leaves[other % leaves.length]];
        fc.pre(mine !== undefined && theirs !== undefined && mine !== theirs);
        const edit = (from: CaseTypeDefinition, path: DefinitionPath, value: string): CaseTypeDefinition =>
          editDefinition(from, { kind: 'set-leaf', path, value });
        const start = toReadForm(base);
        const merged = mergeCaseTypes(start, edit(start, mine, 'ours'), edit(start, theirs, 'theirs'));
        const { timelineActivityTypes: _list, ...both } = edit(edit(start, mine, 'ours'), theirs, 'theirs');
        const { timelineActivityTypes: _merged, ...result } = merged.definition;
        expect(merged.conflicts).toEqual([]);
        expectSame(result, both);
      }),
      RUNS,
    );
  });

  it.skipIf(recordedDefinitions.length === 0)(
    'holds between recorded case types (needs ../shared/civicrm)',
    () => {
      recordedDefinitions.forEach((base, index) => {
        const side = recordedDefinitions[(index + 3) % recordedDefinitions.length]!;
        expectSame(mergeCaseTypes(base, side, base).definition, side);
        expectSame(mergeCaseTypes(base, base, side).definition, side);
        expectSame(mergeCaseTypes({}, side, side).definition, side);
      });
    },
  );
});

import type { JsonObject } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../definition.ts';
import { LIMITS } from '../diff/diff-case-types.ts';
import { findRenames, placesOf, withRenames, type FoundRename } from '../diff/find-renames.ts';
import { asList, isSame, type MaybeJson } from '../diff/json-parts.ts';
import { subjectAt } from '../diff/subject.ts';
import { markTimelines, unmarkTimelines } from '../diff/timeline-marks.ts';
import type { DefinitionPath } from '../edit.ts';
import type { MergeConflict } from './conflict.ts';
import { mergeItems } from './merge-items.ts';
import { mergeSets } from './merge-sets.ts';
import { mergeFields, mergeValue, type Merged, type Sides } from './merge-value.ts';

export interface MergedCaseTypes {
  /** What both sides made of the base. In conflicts OURS counts, and an edit counts more than a removal. */
  readonly definition: CaseTypeDefinition;
  readonly conflicts: readonly MergeConflict[];
}

const LIST_MERGERS: Readonly<Record<string, typeof mergeItems>> = {
  activityTypes: mergeItems,
  statuses: mergeItems,
  activitySets: mergeSets,
  caseRoles: mergeItems,
  activityAsgmtGrps: mergeItems,
};
const DERIVED = 'timelineActivityTypes';

/**
 * Brings together what two sides made of one definition; `{}` is the base of a case type that both added. Renames are
 * followed into what the other side wrote, steps are followed through edits and moves, and leaves merge one by one.
 */
export function mergeCaseTypes(
  base: CaseTypeDefinition,
  ours: CaseTypeDefinition,
  theirs: CaseTypeDefinition,
): MergedCaseTypes {
  const marked = { base: markTimelines(base), ours: markTimelines(ours), theirs: markTimelines(theirs) };
  const { sides, renames } = followRenames({
    base: marked.base.definition,
    ours: marked.ours.definition,
    theirs: marked.theirs.definition,
  });
  const merged = mergeFields(sides, [], mergeRoot);

  const canDerive = Object.values(marked).every(({ derived }) => derived !== false);
  const isDerived = mergeValue(
    mapSides(marked, ({ derived }) => (derived === null ? undefined : true)),
    [],
  ).value;
  const definition = unmarkTimelines({
    definition: merged.value,
    derived: canDerive && isDerived === true ? true : null,
  });
  const listed = canDerive
    ? { value: undefined, conflicts: [] }
    : mergeValue({ base: base[DERIVED], ours: ours[DERIVED], theirs: theirs[DERIVED] }, [DERIVED]);
  const conflicts = [...merged.conflicts, ...listed.conflicts];
  return {
    definition: listed.value === undefined ? definition : { ...definition, [DERIVED]: listed.value },
    conflicts: [
      ...renames.map((conflict) => placed(conflict, merged.value)),
      ...conflicts.map((conflict) => ({ ...conflict, subject: subjectAt(merged.value, conflict.path) })),
    ],
  };
}

const mapSides = <From, To>(sides: Sides<From>, make: (side: From) => To): Sides<To> => ({
  base: make(sides.base),
  ours: make(sides.ours),
  theirs: make(sides.theirs),
});

function mergeRoot(key: string, sides: Sides): Merged | undefined {
  const merge = Object.hasOwn(LIST_MERGERS, key) ? LIST_MERGERS[key] : undefined;
  const { base, ours, theirs } = mapSides(sides, asList);
  // A list that limits a choice and then does not, or the other way round, is one change.
  const isWhole =
    LIMITS.has(key) && !isNothing(sides.base) && (isNothing(sides.ours) || isNothing(sides.theirs));
  if (merge === undefined || isWhole || base === undefined || ours === undefined || theirs === undefined) {
    return undefined;
  }
  const { value, conflicts } = merge({ base, ours, theirs }, [key]);
  const isThere = mergeValue(
    mapSides(sides, (side) => (side === undefined ? undefined : true)),
    [],
  ).value;
  return { value: isThere === true || value.length > 0 ? value : undefined, conflicts };
}

const isNothing = (value: MaybeJson): boolean => value === undefined || isSame(value, []);

type RenameConflict = Omit<Extract<MergeConflict, { readonly kind: 'rename' }>, 'path'>;

/** Every rename of one side made on the other, and on the base, so that the same things bear the same names. */
function followRenames(sides: Sides<JsonObject>): {
  readonly sides: Sides<JsonObject>;
  readonly renames: readonly RenameConflict[];
} {
  const { base, ours, theirs } = sides;
  const mine = findRenames(base, ours).filter((rename) => isFreeIn(theirs, rename, base));
  const their = findRenames(base, theirs).filter((rename) => isFreeIn(ours, rename, base));
  const isRival = (one: FoundRename) => (other: FoundRename) =>
    one.rename === other.rename && one.from === other.from && one.to !== other.to;
  const rivals = mine.flatMap((one) => {
    const other = their.find(isRival(one));
    return other === undefined ? [] : [{ one, other }];
  });
  const theirOwn = their.filter((other) => rivals.every((rival) => rival.other !== other));
  const back = rivals.map(({ one, other }) => ({ ...other, from: other.to, to: one.to }));
  const all = [...mine, ...theirOwn];
  return {
    sides: {
      base: withRenames(base, all),
      ours: withRenames(ours, theirOwn),
      theirs: withRenames(withRenames(theirs, back), mine),
    },
    renames: rivals.map(({ one, other }) => ({
      kind: 'rename',
      rename: one.rename,
      from: one.from,
      ours: one.to,
      theirs: other.to,
    })),
  };
}

/** Not when the other side uses the new name for something of its own. */
function isFreeIn(other: JsonObject, { rename, from, to }: FoundRename, base: JsonObject): boolean {
  const hadNew = placesOf(base, rename, to).length > 0;
  const usesNew = placesOf(other, rename, to).length > 0;
  const usesOld = placesOf(other, rename, from).length > 0;
  return hadNew || !usesNew || !usesOld;
}

const placed = (conflict: RenameConflict, merged: JsonObject): MergeConflict => ({
  ...conflict,
  path: conflictPath(placesOf(merged, conflict.rename, conflict.ours)[0]?.path ?? []),
});

/** The item that holds the name. */
const conflictPath = (path: DefinitionPath): DefinitionPath =>
  typeof path.at(-1) === 'string' ? path.slice(0, -1) : path;

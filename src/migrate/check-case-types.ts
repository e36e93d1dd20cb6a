import { checkCaseType, droppedNotes, lossProblems, type CaseTypeFinding } from './check-case-type.ts';
import {
  comparable,
  sameJson,
  sortedBy,
  type CaseTypeEntity,
  type RelationshipTypeEntity,
} from './entity.ts';
import { droppedTypes, keptAfter, type KeptType } from './kept-types.ts';
import { newName, type NameChanges } from './mapping/name-changes.ts';
import type { MovedCaseType } from './moved-case-type.ts';
import { relationshipTypesOf, type Snapshot } from './snapshot.ts';
import { inNormalForm } from './target-state.ts';

export interface CaseTypesCheck {
  readonly moved: readonly MovedCaseType[];
  /** As it is. */
  readonly held: Snapshot;
  /** As it is, with the new names of what is renamed. */
  readonly target: Snapshot;
  readonly names: NameChanges;
  /** Relationship types that the target will have when case types are saved. */
  readonly targetTypes: readonly RelationshipTypeEntity[];
  /** Names of case types that are taken away. */
  readonly gone: readonly string[];
}

/**
 * Compares the case types with what the target holds, one after the other as they are to be saved: what CiviCRM keeps
 * for definitions goes when the last that names it is saved without it. Case types that are not moved, but name what is
 * renamed, are saved too.
 */
export function checkCaseTypes(check: CaseTypesCheck): CaseTypeFinding {
  const { moved, held, target, names, targetTypes, gone } = check;
  const wanted = [
    ...moved.map((one) => ({ wanted: one.wanted, types: one.source.relationshipTypes, renamed: null })),
    ...withRenamed(check),
  ];
  const dropsNone = ({ wanted: after }: (typeof wanted)[number]): boolean =>
    droppedTypes(target.keptTypes, after.name, after).length === 0;
  const inOrder = [...wanted.filter(dropsNone), ...wanted.filter((one) => !dropsNone(one))];
  let keptTypes: readonly KeptType[] = target.keptTypes;
  const findings = inOrder.map((one): CaseTypeFinding => {
    const before = held.caseTypes.find(({ name }) => newName(names, 'case_type', name) === one.wanted.name);
    const finding = checkCaseType({
      wanted: one.wanted,
      before: before === undefined ? null : inNormalForm(before, relationshipTypesOf(held)),
      reason: one.renamed ?? { kind: 'moved' },
      target,
      keptTypes,
      sourceTypes: one.types,
      targetTypes,
    });
    if (finding.works.length > 0) keptTypes = keptAfter(keptTypes, one.wanted.name, one.wanted);
    return finding;
  });
  const left = gone.flatMap((name) => {
    const dropped = droppedTypes(keptTypes, name, null);
    keptTypes = keptAfter(keptTypes, name, null);
    return dropped;
  });
  return {
    works: findings.flatMap(({ works }) => works),
    dropped: [...findings.flatMap(({ dropped }) => dropped), ...left],
    notes: [...findings.flatMap(({ notes }) => notes), ...droppedNotes(left)],
    problems: [...findings.flatMap(({ problems }) => problems), ...lossProblems(left, target)],
  };
}

/** The other case types that a rename reaches, as they are to be. */
function withRenamed({ moved, held, target, names, targetTypes }: CaseTypesCheck) {
  const isMoved = (name: string): boolean => moved.some(({ wanted }) => wanted.name === name);
  return sortedBy(target.caseTypes, ({ name }) => name).flatMap((after) => {
    const before = held.caseTypes.find(({ name }) => newName(names, 'case_type', name) === after.name);
    if (isMoved(after.name) || before === undefined || isSame(before, after)) return [];
    const wanted = inNormalForm(after, targetTypes);
    return [{ wanted, types: targetTypes, renamed: { kind: 'names-renamed' } as const }];
  });
}

const isSame = (before: CaseTypeEntity, after: CaseTypeEntity): boolean =>
  sameJson(comparable(before), comparable(after));

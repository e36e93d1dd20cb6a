import { closureOf, namesOf } from './closure.ts';
import {
  entityKey,
  fieldsOf,
  keyOf,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
} from './entity.ts';
import { isToChosenPeople } from './foreign-ids.ts';
import type { Note, Work } from './plan.ts';
import type { Reason } from './reasons.ts';
import { entitiesByKey, type Snapshot } from './snapshot.ts';

export interface Pruning {
  readonly source: Snapshot;
  readonly target: Snapshot;
  /** Names of what is moved. */
  readonly moved: readonly string[];
  /** Keys of what the moved case types need. */
  readonly needed: ReadonlySet<EntityKey>;
  /** What was given to the target by the last apply, by key. */
  readonly base: Readonly<Record<EntityKey, unknown>>;
  readonly kept: ReadonlySet<EntityKey>;
}

/**
 * What the moved case types leaned on before on the target, the source does not have, and nothing else there needs; and
 * case types that were applied there once and are gone at the source. What is offered on every case is nobody's.
 */
export function pruned(pruning: Pruning): {
  readonly works: readonly Work[];
  readonly notes: readonly Note[];
} {
  const { source, target, moved, needed, kept } = pruning;
  const gone = goneCaseTypes(pruning);
  const staying = target.caseTypes.filter(
    (caseType) => !moved.includes(caseType.name) && !gone.includes(caseType),
  );
  const neededThere = new Set(
    staying.flatMap((caseType) => closureOf(caseType, target).map(({ key }) => key)),
  );
  const ours = entitiesByKey(source);
  const candidates = new Map<EntityKey, Dependency>();
  const notes: Note[] = [];
  const before = target.caseTypes.filter((caseType) => !staying.includes(caseType));
  const reasons = reasonsOf(before, target);
  for (const key of reasons.keys()) {
    const [entity] = entitiesByKey(target).get(key) ?? [];
    if (entity === undefined || needed.has(key) || neededThere.has(key) || ours.has(key) || kept.has(key))
      continue;
    const why = staysBecause(entity, target);
    if (why === null) candidates.set(key, entity);
    else
      notes.push({
        kind: 'stays-though-unneeded',
        key,
        message: `Nothing needs it any more; it stays: ${why}.`,
      });
  }
  leaveToOthers(candidates, reasons, new Set(before.map(entityKey)));
  for (const [key, by] of namedByOthers(candidates, target)) {
    candidates.delete(key);
    const message = `Nothing that is moved needs it any more; it stays: ${by} names it.`;
    notes.push({ kind: 'stays-though-unneeded', key, message });
  }
  return {
    works: [
      ...gone.map((caseType): Work => ({ kind: 'remove-case-type', caseType, reasons: UNNEEDED })),
      ...[...candidates.values()].map((entity): Work => ({ kind: 'remove', entity, reasons: UNNEEDED })),
    ],
    notes,
  };
}

const goneCaseTypes = ({ source, target, base, kept }: Pruning): readonly CaseTypeEntity[] =>
  target.caseTypes.filter((caseType) => {
    const key = entityKey(caseType);
    return key in base && !source.caseTypeNames.includes(caseType.name) && !kept.has(key);
  });

const UNNEEDED: readonly Reason[] = [{ kind: 'unneeded' }];

/** Why these case types lean on what they lean on. */
function reasonsOf(
  caseTypes: readonly CaseTypeEntity[],
  target: Snapshot,
): ReadonlyMap<EntityKey, readonly Reason[]> {
  const reasons = new Map<EntityKey, readonly Reason[]>();
  for (const caseType of caseTypes)
    for (const need of closureOf(caseType, target))
      reasons.set(need.key, [...(reasons.get(need.key) ?? []), ...need.reasons]);
  return reasons;
}

/**
 * Takes out what is offered on every case, and what belongs to something that stays, such as a reminder of all meetings:
 * each that is taken out may take others with it.
 */
function leaveToOthers(
  candidates: Map<EntityKey, Dependency>,
  reasons: ReadonlyMap<EntityKey, readonly Reason[]>,
  caseTypes: ReadonlySet<EntityKey>,
): void {
  const isOwn = (reason: Reason): boolean => {
    if (reason.kind === 'offered' || reason.kind === 'for-all') return false;
    const origin = originOf(reason);
    return origin === null || candidates.has(origin) || caseTypes.has(origin);
  };
  for (let known = -1; known !== candidates.size;) {
    known = candidates.size;
    for (const key of [...candidates.keys()])
      if (!(reasons.get(key) ?? []).every(isOwn)) candidates.delete(key);
  }
}

const originOf = (reason: Reason): EntityKey | null =>
  reason.kind === 'named-by' ? reason.by : reason.kind === 'belongs-to' ? reason.to : null;

function staysBecause(entity: Dependency, target: Snapshot): string | null {
  if (fieldsOf(entity)['isReserved'] === true || entity.kind === 'activity_default_assignee')
    return 'CiviCRM needs it';
  if (isToChosenPeople(entity))
    return 'it goes to people chosen one by one, whom a rollback could not give back';
  const extension = target.managed[entityKey(entity)];
  if (extension === undefined) return null;
  return extension === 'civicrm' ? 'CiviCRM looks after it' : `the extension ${extension} looks after it`;
}

/** Keys that something which stays names, with its key: each that stays may keep another. */
function namedByOthers(
  candidates: ReadonlyMap<EntityKey, Dependency>,
  target: Snapshot,
): ReadonlyMap<EntityKey, EntityKey> {
  const staying = new Map<EntityKey, EntityKey>();
  for (let known = -1; known < staying.size;) {
    known = staying.size;
    for (const entity of target.entities) {
      const by = entityKey(entity);
      if (candidates.has(by) && !staying.has(by)) continue;
      for (const key of namesOf(entity).map(({ ref }) => keyOf(ref)))
        if (candidates.has(key) && !staying.has(key)) staying.set(key, by);
    }
  }
  return staying;
}

import type { JsonObject } from '../base/json.ts';
import { closureOf } from './closure.ts';
import { dependenciesOf } from './dependencies.ts';
import { differingFields, entityKey, kindOfKey, sameJson, type EntityKey } from './entity.ts';
import { formerKeyOf, takesAway } from './inverse-keys.ts';
import { droppedTypes, keptAfter, lossOf, lossRemedy } from './kept-types.ts';
import type { JournalEntry } from './ports.ts';
import { entityWords } from './reasons.ts';
import { namedKeys } from './named-keys.ts';
import { relationshipTypesOf, type Snapshot } from './snapshot.ts';
import { stateOf } from './target-state.ts';

/** Something that a rollback leaves as it is, why, and what would let it go. */
export interface Staying {
  readonly key: EntityKey;
  readonly kind: 'changed' | 'used' | 'loses-activities' | 'needed' | 'lacks' | 'refused';
  readonly reason: string;
  readonly remedy: string;
}

export interface RollbackView {
  /** What the run did and the site still shows, in the order in which it is to be undone. */
  readonly entries: readonly JournalEntry[];
  readonly current: Snapshot;
  /** Records that would lose their meaning, by key. */
  readonly uses: ReadonlyMap<EntityKey, number>;
  /** What the site said, by the key of what it did not let go. */
  readonly refused: ReadonlyMap<EntityKey, string>;
  /** What the run found and left alone, by key: it lived without what the run brought. */
  readonly found: Readonly<Record<EntityKey, JsonObject | null>>;
}

/**
 * What of a run cannot be undone: what was changed or used since, and all that something leans on which stays. Each
 * that stays may hold others, so it is looked at again until nothing more does.
 */
export function whatStays(view: RollbackView): readonly Staying[] {
  const stays = new Map<EntityKey, Staying>();
  for (const entry of view.entries) {
    const own = changedSince(entry, view) ?? usedSince(entry, view) ?? refusedOf(entry, view);
    if (own !== null) stays.set(entry.key, own);
  }
  for (let known = -1; known < stays.size;) {
    known = stays.size;
    const going = () => view.entries.filter(({ key }) => !stays.has(key));
    const loss = lossOfFirst(going(), view);
    if (loss !== null) stays.set(loss.key, loss);
    const holders = holdersOf(view, new Set(stays.keys()));
    for (const entry of going()) {
      const held = heldBy(entry, holders) ?? lacking(entry, going(), view);
      if (held !== null) stays.set(entry.key, held);
    }
  }
  return view.entries.flatMap(({ key }) => stays.get(key) ?? []);
}

function changedSince({ key, after }: JournalEntry, { current }: RollbackView): Staying | null {
  const now = stateOf(current, key);
  if (sameJson(now, after)) return null;
  const reason =
    after === null
      ? 'it has been created again since'
      : now === null
        ? 'it has been deleted since'
        : `it has been changed since: ${differingFields(after, now).join(', ')}`;
  return {
    ...{ key, kind: 'changed', reason },
    remedy: 'Set it there to what the run made of it, or back to what it was before; then roll back again.',
  };
}

function usedSince({ key, inverse }: JournalEntry, { uses }: RollbackView): Staying | null {
  const count = uses.get(key) ?? 0;
  if (inverse.kind !== 'remove' || count === 0) return null;
  const noun = kindOfKey(key) === 'case_type' ? 'case' : 'record';
  return {
    ...{ key, kind: 'used', reason: `it is used by ${String(count)} ${noun}${count === 1 ? '' : 's'}` },
    remedy: 'Delete what uses it for good, or give it another one; then roll back again.',
  };
}

function refusedOf({ key }: JournalEntry, { refused }: RollbackView): Staying | null {
  const reason = refused.get(key);
  return reason === undefined
    ? null
    : { key, kind: 'refused', reason, remedy: 'Put right what the site names; then roll back again.' };
}

/** The first case type whose undoing has CiviCRM delete activities. */
function lossOfFirst(going: readonly JournalEntry[], { current }: RollbackView): Staying | null {
  let kept = current.keptTypes;
  for (const { key, inverse } of going) {
    if (kindOfKey(key) !== 'case_type' || inverse.kind === 'update' || inverse.kind === 'create') continue;
    const name = key.slice('case_type:'.length);
    const after = inverse.kind === 'restore' ? inverse.caseType : null;
    const lost = droppedTypes(kept, name, after).find(({ activities }) => activities > 0);
    if (lost !== undefined)
      return {
        ...{ key, kind: 'loses-activities', reason: lossOf(lost) },
        remedy: lossRemedy(lost, current.site),
      };
    kept = keptAfter(kept, name, after);
  }
  return null;
}

/** Something that stays, and what it needs. */
interface Holder {
  readonly key: EntityKey;
  readonly needs: ReadonlySet<EntityKey>;
  /** `run`: of this run, and whole only with all that came with it; the others need that a thing is there. */
  readonly from: 'run' | 'case type' | 'entity';
}

function holdersOf(
  { entries, current, found }: RollbackView,
  stays: ReadonlySet<EntityKey>,
): readonly Holder[] {
  const ours = new Set(entries.map(({ key }) => key));
  const types = relationshipTypesOf(current);
  const caseTypes = current.caseTypes.flatMap((caseType): Holder[] => {
    const key = entityKey(caseType);
    if (ours.has(key) && !stays.has(key)) return [];
    if (!ours.has(key) && found[key] !== undefined && sameJson(stateOf(current, key), found[key])) return [];
    const needs = ours.has(key) ? closureOf(caseType, current) : dependenciesOf(caseType, types);
    return [
      { key, needs: new Set(needs.map((need) => need.key)), from: ours.has(key) ? 'run' : 'case type' },
    ];
  });
  const entities = current.entities.flatMap((entity): Holder[] => {
    const key = entityKey(entity);
    if (ours.has(key) && !stays.has(key)) return [];
    return [{ key, needs: new Set(namedKeys(entity)), from: ours.has(key) ? 'run' : 'entity' }];
  });
  return [...caseTypes, ...entities];
}

function heldBy(entry: JournalEntry, holders: readonly Holder[]): Staying | null {
  const { key, inverse } = entry;
  const holds = ({ key: other, needs, from }: Holder): boolean =>
    other !== key &&
    needs.has(key) &&
    (from === 'run' ||
      inverse.kind === 'remove' ||
      // Rows of a site name each other by ids, and find what is renamed.
      (from === 'case type' && takesAway(entry)));
  const holder = holders.find(holds);
  if (holder === undefined) return null;
  const who = entityWords(holder.key);
  return {
    ...{ key, kind: 'needed', reason: `${who} needs it${holder.from === 'run' ? ', and stays' : ''}` },
    remedy:
      holder.from === 'run'
        ? `It can go together with ${who}.`
        : `Take it out of ${who}, or delete that; then roll back again.`,
  };
}

/** What is put back may name what is not put back, or keeps its new name. */
function lacking(
  entry: JournalEntry,
  going: readonly JournalEntry[],
  { entries, current }: RollbackView,
): Staying | null {
  const [whole, part] = [keysAfter(entries, current), keysAfter(going, current)];
  const missing = namedAfter(entry, current).find((key) => whole.has(key) && !part.has(key));
  if (missing === undefined) return null;
  const what = entityWords(missing);
  return {
    ...{ key: entry.key, kind: 'lacks', reason: `as it was before it names ${what}, which is not put back` },
    remedy: `It can be put back together with ${what}.`,
  };
}

/** Keys of the site once these are undone. */
function keysAfter(undone: readonly JournalEntry[], current: Snapshot): ReadonlySet<EntityKey> {
  const keys = new Set([...current.entities, ...current.caseTypes].map(entityKey));
  for (const entry of undone) if (takesAway(entry)) keys.delete(entry.key);
  for (const entry of undone) {
    const former = formerKeyOf(entry);
    if (former !== null) keys.add(former);
    else if (entry.before !== null) keys.add(entry.key);
  }
  return keys;
}

/** Keys that the entity names once the entry is undone. */
function namedAfter(entry: JournalEntry, current: Snapshot): readonly EntityKey[] {
  const { inverse, key } = entry;
  switch (inverse.kind) {
    case 'remove':
      return [];
    case 'create':
      return namedKeys(inverse.entity);
    case 'update': {
      const held = current.entities.find((entity) => entityKey(entity) === key);
      if (held === undefined) return [];
      return namedKeys({ ...held, ...inverse.fields });
    }
    case 'restore':
      return dependenciesOf(inverse.caseType, relationshipTypesOf(current)).map((need) => need.key);
  }
}

import { AppError } from '../base/errors.ts';
import { dependenciesOf } from './dependencies.ts';
import { namesOf } from './closure.ts';
import { entityKey, keyOf, kindOfKey, sameJson, type EntityKey } from './entity.ts';
import { droppedTypes, keptAfter, lossOf, lossRemedy, type KeptType } from './kept-types.ts';
import type { InverseChange, JournalEntry, MigrationSite, RunJournal } from './ports.ts';
import { relationshipTypesOf, snapshotSite, type Snapshot } from './snapshot.ts';
import { describeMove } from './sort-out.ts';
import { stateOf } from './target-state.ts';

/**
 * Undoes a run, the last change first, after looking at all of them: nothing is undone when one cannot be.
 *
 * @returns the keys that were undone.
 * @throws AppError `not-found` for an unknown run; `conflict` when it belongs to another site, when records or
 * other case types use what would be removed, or when something was changed after the run.
 */
export async function rollbackMigration(
  runId: string,
  site: MigrationSite,
  journal: RunJournal,
): Promise<readonly EntityKey[]> {
  const run = await journal.run(runId);
  if (run.site !== site.name)
    throw new AppError('conflict', `Run "${runId}" changed the site "${run.site}", not "${site.name}".`);
  const current = await snapshotSite(site);
  const entries = (await journal.entries(runId)).filter((entry) => entry.state !== 'undone').reverse();
  const happened = entries.filter((entry) => !sameJson(stateOf(current, entry.key), entry.before));
  await refuseUnsafe(happened, current, site);
  for (const entry of inOrderOfUndoing(happened)) {
    await undo(entry.inverse, site);
    await journal.settle(runId, entry.key, 'undone');
  }
  for (const entry of entries.filter((entry) => !happened.includes(entry)))
    await journal.settle(runId, entry.key, 'undone');
  await journal.finish(runId, 'rolled-back');
  return happened.map((entry) => entry.key);
}

/**
 * The last change first; but former names before all, in the order in which they were taken: a definition that is put
 * back names them, and CiviCRM would make what it does not find.
 */
const inOrderOfUndoing = (entries: readonly JournalEntry[]): readonly JournalEntry[] => {
  const isRename = ({ before, inverse }: JournalEntry): boolean =>
    before === null && inverse.kind === 'update';
  return [...entries.filter(isRename).reverse(), ...entries.filter((entry) => !isRename(entry))];
};

async function refuseUnsafe(
  entries: readonly JournalEntry[],
  current: Snapshot,
  site: MigrationSite,
): Promise<void> {
  const lost = lossesOf(entries, current);
  const grounds: string[] = lost.map(lossOf);
  const touched = new Set(entries.map(({ key }) => key));
  const going = new Set(entries.filter(({ inverse }) => inverse.kind === 'remove').map(({ key }) => key));
  for (const { key, after, inverse } of entries) {
    const now = stateOf(current, key);
    if (!sameJson(now, after)) grounds.push(describeMove(key, after, now));
    if (inverse.kind !== 'remove') continue;
    const uses = await site.uses(inverse.ref);
    if (uses > 0) grounds.push(`${key} is used by ${String(uses)} records`);
    for (const other of current.entities.filter((entity) => !going.has(entityKey(entity))))
      if (namesOf(other).some(({ ref }) => keyOf(ref) === key))
        grounds.push(`${key} is named by ${entityKey(other)}`);
    const others = current.caseTypes.filter(
      (other) => !touched.has(entityKey(other)) && needsKey(other, current, key),
    );
    for (const other of others) grounds.push(`${key} is needed by the case type "${other.name}"`);
  }
  if (grounds.length === 0) return;
  throw new AppError(
    'conflict',
    [
      `Nothing was undone on "${site.name}": ${grounds.join('; ')}.`,
      ...lost.map((type) => lossRemedy(type, site.name)),
      'Close or move what uses it, or keep the run.',
    ].join(' '),
    { details: { grounds } },
  );
}

/** The activity types whose activities would go with what the case types are put back to. */
function lossesOf(entries: readonly JournalEntry[], current: Snapshot): readonly KeptType[] {
  let kept = current.keptTypes;
  return entries.flatMap(({ key, inverse }) => {
    if (kindOfKey(key) !== 'case_type' || inverse.kind === 'update' || inverse.kind === 'create') return [];
    const name = key.slice('case_type:'.length);
    const after = inverse.kind === 'restore' ? inverse.caseType : null;
    const dropped = droppedTypes(kept, name, after);
    kept = keptAfter(kept, name, after);
    return dropped.filter(({ activities }) => activities > 0);
  });
}

function needsKey(caseType: Snapshot['caseTypes'][number], current: Snapshot, key: EntityKey): boolean {
  return dependenciesOf(caseType, relationshipTypesOf(current)).some((need) => need.key === key);
}

async function undo(inverse: InverseChange, site: MigrationSite): Promise<void> {
  switch (inverse.kind) {
    case 'remove':
      return site.remove(inverse.ref);
    case 'update': {
      await site.update(inverse.ref, inverse.fields);
      return;
    }
    case 'create': {
      await site.create(inverse.entity);
      return;
    }
    case 'restore': {
      await site.saveCaseType(inverse.caseType, inverse.renamed);
    }
  }
}

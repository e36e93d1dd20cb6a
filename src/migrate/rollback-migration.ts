import { AppError } from '../base/errors.ts';
import { describeMove } from './apply-migration.ts';
import { dependenciesOf } from './dependencies.ts';
import { namesOf } from './closure.ts';
import { entityKey, keyOf, sameJson, type EntityKey } from './entity.ts';
import { droppedTypes, lossOf, lossRemedy, type KeptType } from './kept-types.ts';
import type { InverseChange, JournalEntry, MigrationSite, RunJournal } from './ports.ts';
import { relationshipTypesOf, snapshotSite, type Snapshot } from './snapshot.ts';
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
  await refuseUnsafe(happened, run.caseType, current, site);
  for (const entry of happened) {
    await undo(entry.inverse, site);
    await journal.settle(runId, entry.key, 'undone');
  }
  for (const entry of entries.filter((entry) => !happened.includes(entry)))
    await journal.settle(runId, entry.key, 'undone');
  await journal.finish(runId, 'rolled-back');
  return happened.map((entry) => entry.key);
}

async function refuseUnsafe(
  entries: readonly JournalEntry[],
  caseType: string,
  current: Snapshot,
  site: MigrationSite,
): Promise<void> {
  const lost = lossesOf(entries, caseType, current);
  const grounds: string[] = lost.map(lossOf);
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
      (other) => other.name !== caseType && needsKey(other, current, key),
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

/** The activity types whose activities would go with what the case type is put back to. */
function lossesOf(
  entries: readonly JournalEntry[],
  caseType: string,
  current: Snapshot,
): readonly KeptType[] {
  const key = keyOf({ kind: 'case_type', name: caseType });
  const inverse = entries.find((entry) => entry.key === key)?.inverse;
  if (inverse === undefined) return [];
  const after = inverse.kind === 'restore' ? inverse.caseType : null;
  return droppedTypes(current.keptTypes, caseType, after).filter(({ activities }) => activities > 0);
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
    case 'restore': {
      await site.saveCaseType(inverse.caseType);
    }
  }
}

import { AppError, toAppError } from '../base/errors.ts';
import { sameJson, type EntityKey } from './entity.ts';
import { isRename } from './inverse-keys.ts';
import type { InverseChange, JournalEntry, MigrationSite, RunJournal } from './ports.ts';
import { snapshotSite } from './snapshot.ts';
import { stateOf } from './target-state.ts';
import { whatStays, type RollbackView, type Staying } from './what-stays.ts';

export interface RollbackOutcome {
  /** Keys of what was undone (of a dry run: would be), in order. */
  readonly undone: readonly EntityKey[];
  /** What was left as it is. The run can be rolled back again for it. */
  readonly stays: readonly Staying[];
}

/**
 * Undoes a run, the last change first, each only where the site still is as the run left it. What was changed or used
 * since stays, and so does what anything that stays leans on; the rest is undone. The run counts as rolled back once
 * all of it is.
 *
 * @param options.dryRun tells what would go and what would stay, and changes neither site nor journal.
 * @throws AppError `not-found` for an unknown run; `conflict` when it belongs to another site.
 */
export async function rollbackMigration(
  runId: string,
  site: MigrationSite,
  journal: RunJournal,
  options: { readonly dryRun?: boolean } = {},
): Promise<RollbackOutcome> {
  const run = await journal.run(runId);
  if (run.site !== site.name)
    throw new AppError('conflict', `Run "${runId}" changed the site "${run.site}", not "${site.name}".`);
  const undone: EntityKey[] = [];
  const refused = new Map<EntityKey, string>();
  const found = await foundBy(runId, journal);
  for (;;) {
    const entries = (await journal.entries(runId)).filter((entry) => entry.state !== 'undone').reverse();
    const view = { ...(await lookAround(entries, site)), refused, found };
    const stays = whatStays(view);
    const going = view.entries.filter(({ key }) => !stays.some((staying) => staying.key === key));
    if (options.dryRun === true) return { undone: going.map(({ key }) => key), stays };
    for (const { key } of entries.filter((entry) => !view.entries.includes(entry)))
      await journal.settle(runId, key, 'undone');
    const no = await undoEach(going, site, async (key) => {
      undone.push(key);
      await journal.settle(runId, key, 'undone');
    });
    if (no === null) {
      if (stays.length === 0 && run.state !== 'rolled-back') await journal.finish(runId, 'rolled-back');
      return { undone, stays };
    }
    // What it leans on has to stay too: look again.
    refused.set(no.key, no.message);
  }
}

/** What the plan of the run looked at and did not change. */
async function foundBy(runId: string, journal: RunJournal): Promise<RollbackView['found']> {
  const plan = await journal.plan(runId);
  // Of a plan of an earlier version too: only its record of the target is read.
  return (plan?.['basis'] ?? {}) as RollbackView['found'];
}

/** What of the entries the site still shows, and what uses it. */
async function lookAround(
  entries: readonly JournalEntry[],
  site: MigrationSite,
): Promise<Pick<RollbackView, 'entries' | 'current' | 'uses'>> {
  const current = await snapshotSite(site);
  const happened = entries.filter((entry) => !sameJson(stateOf(current, entry.key), entry.before));
  const uses = new Map<EntityKey, number>();
  for (const { key, inverse } of happened)
    if (inverse.kind === 'remove') uses.set(key, await site.uses(inverse.ref));
  return { entries: inOrderOfUndoing(happened), current, uses };
}

/** Until the site refuses one: then that and what the site says. */
async function undoEach(
  entries: readonly JournalEntry[],
  site: MigrationSite,
  onUndone: (key: EntityKey) => Promise<void>,
): Promise<{ readonly key: EntityKey; readonly message: string } | null> {
  for (const { key, inverse } of entries) {
    try {
      await undo(inverse, site);
    } catch (thrown) {
      const { kind, message } = toAppError(thrown);
      if (kind === 'remote-unavailable' || kind === 'internal') throw thrown;
      return { key, message };
    }
    await onUndone(key);
  }
  return null;
}

/**
 * The last change first; but former names before all, in the order in which they were taken: a definition that is put
 * back names them, and CiviCRM would make what it does not find.
 */
const inOrderOfUndoing = (entries: readonly JournalEntry[]): readonly JournalEntry[] => [
  ...entries.filter(isRename).reverse(),
  ...entries.filter((entry) => !isRename(entry)),
];

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

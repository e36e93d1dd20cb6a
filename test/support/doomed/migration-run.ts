import { readFileSync } from 'node:fs';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { applyMigration, readPlan, rollbackMigration, type RunJournal } from '../../../src/migrate/index.ts';
import { createRunJournal } from '../../../src/store/run-journal.ts';
import { openStore } from '../../../src/store/store.ts';
import { machineClock } from '../standing-clock.ts';
import { clientFor, type SiteAddress } from './site-address.ts';

export interface MigrationErrand {
  readonly site: SiteAddress;
  readonly planFile: string;
  readonly storeFile: string;
}

/** Carries the plan in a file out, with a journal of its own opening; answers the keys of what it changed. */
export function applyPlan(errand: MigrationErrand): Promise<readonly string[]> {
  return withJournal(errand, async (journal) => {
    const plan = readPlan(JSON.parse(readFileSync(errand.planFile, 'utf8')));
    return (await applyMigration(plan, createMigrationSite(clientFor(errand.site)), journal)).applied;
  });
}

/** Undoes the latest run of the journal. */
export function undoLatest(errand: MigrationErrand): Promise<readonly string[]> {
  return withJournal(errand, async (journal) => {
    const [latest] = await journal.runs();
    if (latest === undefined) throw new Error('There is no run to undo.');
    return (await rollbackMigration(latest.id, createMigrationSite(clientFor(errand.site)), journal)).undone;
  });
}

async function withJournal<Value>(
  { storeFile }: MigrationErrand,
  use: (journal: RunJournal) => Promise<Value>,
): Promise<Value> {
  const store = await openStore(storeFile);
  try {
    return await use(createRunJournal(store.db, machineClock));
  } finally {
    await store.close();
  }
}

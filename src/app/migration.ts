import { createMigrationSite } from '../civicrm/migration-site.ts';
import type { MigrationSite, RunJournal } from '../migrate/ports.ts';
import { createRunJournal } from '../store/run-journal.ts';
import type { App } from './app.ts';

/** A site of the configuration as a migration sees it. */
export function openMigrationSite(app: App, name: string): MigrationSite {
  return createMigrationSite(app.site(name));
}

/** What migrations did, in the app's store. */
export async function openRunJournal(app: App): Promise<RunJournal> {
  const { db } = await app.store();
  return createRunJournal(db, app.clock);
}

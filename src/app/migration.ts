import { readCaseTypeTexts } from '../civicrm/case-type-texts.ts';
import { createMigrationSite } from '../civicrm/migration-site.ts';
import type { MigrationSite, RunJournal } from '../migrate/ports.ts';
import { createRunJournal } from '../store/run-journal.ts';
import type { App } from './app.ts';
import { runLocked } from './run-lock.ts';

/** A site of the configuration as a migration sees it. */
export function openMigrationSite(app: App, name: string): MigrationSite {
  return createMigrationSite(app.site(name));
}

/** The XML of a site's case types as it is stored there, by name. */
export async function readSiteTexts(app: App, name: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const texts = await readCaseTypeTexts(app.site(name));
  return new Map([...texts].map(([caseType, text]) => [caseType, new TextEncoder().encode(text)]));
}

/** What migrations did, in the app's store. */
export async function openRunJournal(app: App): Promise<RunJournal> {
  const { db } = await app.store();
  return createRunJournal(db, app.clock);
}

/**
 * Changes a site, or takes changes back: one at a time on this data directory, for two would go on with one and the
 * same run.
 *
 * @throws AppError `conflict` while another process is at it; a lock that a dead process left is taken over.
 */
export async function changeSite<Value>(
  app: Pick<App, 'config'>,
  site: string,
  change: () => Promise<Value>,
): Promise<Value> {
  return runLocked(app.config.dataDir, `migrate-${site}`, `A migration or rollback on "${site}"`, change);
}

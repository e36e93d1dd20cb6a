import { readFileSync } from 'node:fs';
import { silentLogger } from '../../../src/base/logger.ts';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { createSiteClient } from '../../../src/civicrm/site-client.ts';
import { applyMigration, readPlan, type MigrationSite } from '../../../src/migrate/index.ts';
import { createRunJournal } from '../../../src/store/run-journal.ts';
import { openStore } from '../../../src/store/store.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

export function siteAt(name: string, url: string, maxRetries = 3): MigrationSite {
  const options = { name, url, apiKey: `${name}-key`, pathStyle: 'clean', maxRetries } as const;
  const parts = { clock: createStandingClock(0), random: () => 0.5, logger: silentLogger };
  return createMigrationSite(createSiteClient(options, parts));
}

/** Carries the plan in a file out on beta, with a journal of its own opening. */
export async function applyPlan(
  betaUrl: string,
  planFile: string,
  storeFile: string,
  maxRetries = 3,
): Promise<void> {
  const store = await openStore(storeFile);
  try {
    const journal = createRunJournal(store.db, createStandingClock(0));
    const plan = readPlan(JSON.parse(readFileSync(planFile, 'utf8')));
    await applyMigration(plan, siteAt('beta', betaUrl, maxRetries), journal);
  } finally {
    await store.close();
  }
}

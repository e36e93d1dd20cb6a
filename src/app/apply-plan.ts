import {
  applyMigration,
  planToResume,
  type ApplyOptions,
  type MigrationOutcome,
  type MigrationPlan,
} from '../migrate/index.ts';
import type { App } from './app.ts';
import { changeSite, openMigrationSite, openRunJournal } from './migration.ts';

/** Applies a plan to its target, one apply at a time. */
export async function applyPlan(
  app: App,
  plan: MigrationPlan,
  options: ApplyOptions = {},
): Promise<MigrationOutcome> {
  const site = openMigrationSite(app, plan.target);
  const journal = await openRunJournal(app);
  return changeSite(app, plan.target, () => applyMigration(plan, site, journal, options));
}

/** @throws AppError `not-found` or `conflict` when the run cannot be gone on with. */
export async function planOfRun(app: App, runId: string): Promise<MigrationPlan> {
  return planToResume(runId, await openRunJournal(app));
}

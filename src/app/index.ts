export { systemClock, systemRandom } from './clock.ts';
export { createApp, type App, type AppOverrides, type PartState } from './app.ts';
export { LOG_LEVELS, type LogLevel } from './logger.ts';
export { examineSite } from './examine-site.ts';
export { followUpParts, openOccurrences, planningParts } from './follow-ups.ts';
export { changeSite, openMigrationSite, openRunJournal, readSiteTexts } from './migration.ts';
export { applyPlan, planOfRun } from './apply-plan.ts';
export {
  readSnapshotDirectory,
  readSnapshotFiles,
  snapshotFolderIn,
  writeSnapshotFiles,
} from './snapshot-folder.ts';
export { openProcessSite } from './process-tests.ts';
export { requireTestCases, testOpenings } from './test-openings.ts';
export { verifyLive, verifyRun } from './verify.ts';
export { applyPromotion, planPromotion, type HopOutcome, type HopPlan } from './promote.ts';
export { rehearsePlan, type Rehearsal } from './rehearse.ts';
export { reminderParts, reminderPreviewParts } from './reminders.ts';
export { workerParts } from './worker-parts.ts';
export { readMirrors, runMirror } from './mirrors.ts';
export { appliedSites, driftSinceApply, driftSincePull, type SiteDrift } from './drift.ts';
export { forEachSite, type PerSite } from './per-site.ts';
export { openMapping, planBetween } from './plan-between.ts';

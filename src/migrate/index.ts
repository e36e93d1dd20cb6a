export { applyMigration, type ApplyOptions, type MigrationOutcome } from './apply-migration.ts';
export { applyReportOf, type ApplyReport } from './apply-report.ts';
export { changeTitle } from './change-title.ts';
export { planToResume } from './resume-migration.ts';
export { selectChanges } from './select-changes.ts';
export { createMemoryRunJournal } from './memory-run-journal.ts';
export { hashPlan, type MigrationPlan } from './plan.ts';
export { promotionMatrix, type PromotionCell, type PromotionRow } from './promotion-matrix.ts';
export { contactKeysOf, planMigration, type PlanChoices } from './plan-migration.ts';
export type { DefinitionSource, PlanSource } from './plan-source.ts';
export type { MigrationSite, RunJournal } from './ports.ts';
export { readPlan } from './read-plan.ts';
export {
  changeText,
  changesTitle,
  impactText,
  nothingText,
  planTitle,
  renderPlan,
  shownKey,
} from './render-plan.ts';
export { inCoreWords, withoutAssignees } from './plan-source.ts';
export { renderPlanMarkdown } from './render-plan-markdown.ts';
export { contactIdsIn } from './portable-definition.ts';
export { parseSiteNames, readSiteNames, renderSiteNames, SITE_NAMES_FILE } from './site-names.ts';
export { rollbackMigration, type RollbackOutcome } from './rollback-migration.ts';
export { snapshotSite, type Snapshot } from './snapshot.ts';
export type { WorkLeft } from './work-counts.ts';
export { askTarget } from './ask-target.ts';
export { closureOf } from './closure.ts';
export {
  driftLines,
  driftSince,
  driftSinceFolder,
  driftTitle,
  editText,
  type Drift,
  type TracedDrift,
} from './drift.ts';
export { driftToReport } from './drift-reports.ts';
export { lacksOf, type Lack } from './lacks.ts';
export { readSiteKnowledge } from './site-knowledge.ts';
export { snapshotOfDefinition } from './definition-snapshot.ts';
export { INFO_FILE, isExtensionFile, readExtension } from './pack/read-extension.ts';
export { packExtension, PACKED_SNAPSHOT } from './pack/pack-extension.ts';
export { portableSnapshot } from './portable-snapshot.ts';
export { parseSnapshotFiles, type SnapshotFolder } from './read-snapshot-files.ts';
export { entityWords, reasonText } from './reasons.ts';
export type { EntityKey } from './entity.ts';
export { LOCK_FILE, renderSnapshotFiles, staleFiles, type SnapshotFiles } from './snapshot-files.ts';
export { unreadText } from './unread-kinds.ts';
export {
  checkMapping,
  defaultContacts,
  mapContactsOf,
  MAPPING_VOCABULARY,
  mapSource,
  renderSuggestions,
  skippedKeys,
  suggestMapping,
} from './mapping/index.ts';

/**
 * civicase-bridge as a library. Case-type files and definitions need nothing around them; sites are reached
 * through a client from `civicase-bridge/civicrm`; XML alone is `civicase-bridge/xml`.
 */
export { AppError, type ErrorKind } from './base/errors.ts';
export type { Clock } from './base/clock.ts';
export * from './case-type/index.ts';
export {
  renderCaseTypePage,
  renderDefinitionText,
  renderDiffPage,
  renderDiffSvg,
  renderDiffText,
  renderGalleryPage,
  renderGraphSvg,
  renderTimelineSvg,
  timelineLanes,
  type CaseTypePage,
  type ComparedCaseType,
  type GalleryEntry,
  type GalleryFailure,
  type GalleryPage,
  type GraphDrawing,
  type Language,
  type TimelineDrawing,
  type TimelineLane,
} from './render/index.ts';
export { readCaseTypeXml, writeDefinitionXml, type CaseTypeReading, type XmlWarning } from './xml/index.ts';
export {
  applyMigration,
  driftSince,
  driftSinceFolder,
  planMigration,
  readPlan,
  renderPlan,
  rollbackMigration,
  snapshotSite,
  type Drift,
  type MigrationPlan,
  type MigrationSite,
  type RunJournal,
  type Snapshot,
} from './migrate/index.ts';
export {
  runProcessTest,
  specificationSchema,
  type ProcessSite,
  type ProcessTest,
  type Specification,
  type TestOutcome,
} from './process-test/index.ts';
export { createSiteClient, type SiteClient, type SiteClientOptions } from './civicrm/index.ts';
export { readConfig, type Config } from './config/index.ts';
export {
  createApp,
  openMigrationSite,
  openRunJournal,
  readMirrors,
  runMirror,
  type App,
  type AppOverrides,
} from './app/index.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox/index.ts';

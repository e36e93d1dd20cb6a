export type { CaseTypeDefinition } from './definition.ts';
export { toCaseTypeModel } from './model.ts';
export type { ActivitySet, ActivityStep, CaseRole, CaseTypeModel, DeclaredActivityType } from './model.ts';
export { addDays, toLocalDateTime } from './local-date-time.ts';
export type { LocalDateTime } from './local-date-time.ts';
export { OPEN_CASE, planActivitySet, standardTimeline } from './simulation/timeline.ts';
export type {
  ActivitySetInput,
  AssigneeRule,
  DateReason,
  ExistingActivity,
  PlannedActivity,
  PlannedSet,
  ReferenceLookup,
  SkippedStep,
  StepPosition,
} from './simulation/timeline.ts';
export { nextSequenceStep } from './simulation/sequence.ts';
export type { SequenceActivity, SequenceStep } from './simulation/sequence.ts';
export { readAssigneeRelationship, resolveRole, writeAssigneeRelationship } from './roles.ts';
export type { AssigneeRelationship, RelationshipTypeNames, ResolvedRole, Side } from './roles.ts';
export {
  SEED_ACTIVITY_STATUSES,
  SEED_CASE_STATUSES,
  SEED_ENDED_STATUSES,
  SEED_RELATIONSHIP_TYPES,
} from './seed-names.ts';
export { simulateOpening } from './simulation/simulation.ts';
export type {
  SimulatedActivity,
  SimulatedRole,
  Simulation,
  SimulationInput,
  SiteKnowledge,
  SkippedActivity,
} from './simulation/simulation.ts';
export { advanceCase, sequencePosition } from './simulation/advance-case.ts';
export { openedCase } from './simulation/case-state.ts';
export type { CaseActivity, CaseEvent, CaseState, CaseWorld } from './simulation/case-state.ts';
export { earliestOpenActivity, findActivitySet, openActivities } from './simulation/find-in-case.ts';
export { describeAssignee, describeDateReason } from './simulation/words.ts';
export { presentSimulation } from './simulation/simulation-view.ts';
export { isPhpTrue, phpInt } from './php-values.ts';
export { DEFINITION_RULES, lintCaseType } from './lint/index.ts';
export type {
  LintFinding,
  LintLevel,
  LintRule,
  LintSeverity,
  SiteNames,
  SiteOption,
  SiteRelationship,
} from './lint/index.ts';
export { editDefinition } from './edit.ts';
export type { CaseTypeEdit, DefinitionPath } from './edit.ts';
export { RENAME_PLACES } from './rename.ts';
export type { RenameKind } from './rename.ts';
export { toReadForm } from './read-form.ts';
export { setsWithTimeline, timelineStepsOf } from './timeline-steps.ts';
export * from './diff/index.ts';
export * from './merge/index.ts';
export { caseTypeNameFault, newDefinition, roleAssignee, suggestName } from './new-definition.ts';
export type { NewCaseType, NewStep, NewStepOwner } from './new-definition.ts';

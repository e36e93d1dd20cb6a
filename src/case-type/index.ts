export type { CaseTypeDefinition } from './definition.ts';
export { toCaseTypeModel } from './model.ts';
export type { ActivitySet, ActivityStep, CaseRole, CaseTypeModel, DeclaredActivityType } from './model.ts';
export { addDays, toLocalDateTime } from './local-date-time.ts';
export type { LocalDateTime } from './local-date-time.ts';
export { OPEN_CASE, planActivitySet, standardTimeline } from './timeline.ts';
export type {
  ActivitySetInput,
  AssigneeRule,
  ExistingActivity,
  PlannedActivity,
  ReferenceLookup,
} from './timeline.ts';
export { nextSequenceStep } from './sequence.ts';
export type { SequenceActivity, SequenceStep } from './sequence.ts';
export { readAssigneeRelationship, resolveRole, writeAssigneeRelationship } from './roles.ts';
export type { AssigneeRelationship, RelationshipTypeNames, ResolvedRole, Side } from './roles.ts';
export { SEED_ACTIVITY_STATUSES, SEED_CASE_STATUSES, SEED_RELATIONSHIP_TYPES } from './seed-names.ts';
export { simulateOpening } from './simulation.ts';
export type {
  SimulatedActivity,
  SimulatedRole,
  Simulation,
  SimulationInput,
  SiteKnowledge,
} from './simulation.ts';
export { presentSimulation } from './simulation-view.ts';
export { isPhpTrue, phpInt } from './php-values.ts';
export { lintCaseType, LINT_RULES } from './lint.ts';
export type { LintFinding, LintRule, LintSeverity } from './lint-rule.ts';

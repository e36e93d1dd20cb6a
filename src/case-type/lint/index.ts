export { DEFINITION_RULES } from './definition-rules.ts';
export { findInDefinition, lintCaseType } from './lint-case-type.ts';
export { LINT_SEVERITIES } from './lint-rule.ts';
export type { LintFinding, LintLevel, LintRule, LintSeverity } from './lint-rule.ts';
export { nearestOf } from './nearest.ts';
export { saysNo } from './role-rules.ts';
export { indexSite } from './site-names.ts';
export type { SiteContactName, SiteIndex, SiteNames, SiteOption, SiteRelationship } from './site-names.ts';
export { toLintSubject } from './subject.ts';

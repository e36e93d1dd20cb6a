export { lintCaseType } from '../../case-type/lint/index.ts';
export { indexSite, LINT_SEVERITIES } from '../../case-type/lint/index.ts';
export type {
  LintFinding,
  LintLevel,
  LintRule,
  LintSeverity,
  SiteContactName,
  SiteIndex,
  SiteNames,
  SiteOption,
  SiteRelationship,
} from '../../case-type/lint/index.ts';
export { mungeCaseType } from './directory-rules.ts';
export { fixDocument, type FixedDocument } from './fix-document.ts';
export { fixJson, type FixedJson } from './fix-json.ts';
export { lintDefinition } from './lint-definition.ts';
export { lintDocument, type LintOptions, type LintReport, type LintSettings } from './lint-document.ts';
export { lintFileSet, toLintedFile, type LintedFile } from './lint-files.ts';
export { LINT_RULES, ruleOf } from './rules.ts';
export { renderGitHub } from './render-github.ts';
export { renderPretty, type PrettyOptions } from './render-pretty.ts';
export { renderRule, renderRulesMarkdown, renderRulesTable } from './render-rules.ts';
export { renderSarif } from './render-sarif.ts';
export type { FileFindings } from './file-findings.ts';

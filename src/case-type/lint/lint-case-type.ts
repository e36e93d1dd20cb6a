import type { CaseTypeDefinition } from '../definition.ts';
import type { CaseTypeEdit } from '../edit.ts';
import { DEFINITION_RULES } from './definition-rules.ts';
import type { DefinitionRule, LintFinding } from './lint-rule.ts';
import { indexSite, type SiteNames } from './site-names.ts';
import { toLintSubject, type LintSubject, type SubjectParts } from './subject.ts';

/** What a rule found in a definition, before it has a place in a text. */
export interface DefinitionFinding {
  readonly rule: DefinitionRule;
  readonly path: string;
  readonly what: string;
  readonly edits: readonly CaseTypeEdit[];
}

/** Runs every rule on a definition. */
export function findInDefinition(subject: LintSubject): readonly DefinitionFinding[] {
  const findings: DefinitionFinding[] = [];
  for (const rule of DEFINITION_RULES)
    rule.find(subject, (path, what, edits = []) => findings.push({ rule, path, what, edits }));
  return findings;
}

/**
 * What is wrong or surprising in a definition, in the order of the table of rules. Names are checked against a
 * site only when its names are given.
 */
export function lintCaseType(
  definition: CaseTypeDefinition,
  options: Pick<SubjectParts, 'name'> & { readonly site?: SiteNames } = {},
): readonly LintFinding[] {
  const { name = null, site } = options;
  const subject = toLintSubject({ definition, name, site: site === undefined ? null : indexSite(site) });
  return findInDefinition(subject).map(({ rule, path, what, edits }) => ({
    code: rule.code,
    severity: rule.severity,
    path,
    line: null,
    column: null,
    what,
    why: rule.why,
    fix: rule.fix,
    fixable: rule.autofix && edits.length > 0,
  }));
}

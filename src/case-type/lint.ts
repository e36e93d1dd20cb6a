import type { CaseTypeDefinition } from './definition.ts';
import type { LintFinding, LintRule } from './lint-rule.ts';
import { NAME_RULES } from './lint-names.ts';
import { SET_RULES } from './lint-sets.ts';
import { STEP_RULES } from './lint-steps.ts';
import { toCaseTypeModel } from './model.ts';
import type { SiteKnowledge } from './simulation.ts';

/** Every rule, in the order in which findings are told. */
export const LINT_RULES: readonly LintRule[] = [...SET_RULES, ...STEP_RULES, ...NAME_RULES];

/**
 * What is wrong or surprising in a definition. Names are checked against a site only as far as `site` knows it.
 */
export function lintCaseType(
  definition: CaseTypeDefinition,
  site: SiteKnowledge = {},
): readonly LintFinding[] {
  const model = toCaseTypeModel(definition);
  return LINT_RULES.flatMap(({ code, severity, why, fix, find }) =>
    find(model, site).map((spot) => ({ code, severity, ...spot, why, fix })),
  );
}

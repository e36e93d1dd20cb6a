import { DEFINITION_RULES, type LintRule } from '../../case-type/lint/index.ts';
import { DIRECTORY_RULES } from './directory-rules.ts';
import type { DocumentRule } from './document-rule.ts';
import { IGNORE_RULES } from './ignore.ts';
import { LOSS_RULES } from './loss-rules.ts';
import { STRUCTURE_RULES } from './structure-rules.ts';
import { READING_RULES, TEXT_RULES } from './text-rules.ts';

/** Every rule on how a file is written. */
export const DOCUMENT_RULES: readonly DocumentRule[] = [
  ...READING_RULES,
  ...STRUCTURE_RULES,
  ...LOSS_RULES,
  ...TEXT_RULES,
  ...IGNORE_RULES,
];

/** The table of all rules: what `civicase xml rules` prints and every finding names. */
export const LINT_RULES: readonly LintRule[] = [...DOCUMENT_RULES, ...DEFINITION_RULES, ...DIRECTORY_RULES];

const byCode = new Map(LINT_RULES.map((rule) => [rule.code, rule]));

/** The rule of that code; undefined when there is none. */
export const ruleOf = (code: string): LintRule | undefined => byCode.get(code);

import type { CaseTypeEdit } from '../edit.ts';
import type { LintSubject } from './subject.ts';

/** An error breaks cases or is lost by CiviCRM, a warning surprises, a notice is good to know. */
export const LINT_SEVERITIES = ['error', 'warning', 'notice'] as const;
export type LintSeverity = (typeof LINT_SEVERITIES)[number];

/** What a rule looks at: one file alone, a file beside the names of a site, or files beside each other. */
export type LintLevel = 'file' | 'site' | 'directory';

/** One row of the table of rules. All texts are sentences for people. */
export interface LintRule {
  /** Kebab-case; it never changes its meaning. */
  readonly code: string;
  readonly severity: LintSeverity;
  readonly level: LintLevel;
  /** What it finds. */
  readonly what: string;
  /** What CiviCRM does there. */
  readonly why: string;
  /** Where in CiviCRM's source it does so. */
  readonly source: string;
  /** How to mend it. */
  readonly fix: string;
  /** Whether mending it changes nothing of what CiviCRM does today, so that it may be done unasked. */
  readonly autofix: boolean;
}

/**
 * One thing that is to be looked at.
 */
export interface LintFinding {
  readonly code: string;
  readonly severity: LintSeverity;
  /** Where in the definition, as a dotted path of its keys; empty when it concerns the file as such. */
  readonly path: string;
  /** From 1; null when the definition did not come from a text. */
  readonly line: number | null;
  /** From 1, in characters. */
  readonly column: number | null;
  /** What is there. */
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Whether `--fix` mends it. */
  readonly fixable: boolean;
}

/** Told by a rule for each thing it finds; the edits mend it. */
export type Found = (path: string, what: string, edits?: readonly CaseTypeEdit[]) => void;

/** A rule on what a definition says, in whatever form it came. */
export interface DefinitionRule extends LintRule {
  readonly find: (subject: LintSubject, found: Found) => void;
}

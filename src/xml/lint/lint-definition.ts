import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { findInDefinition, toLintSubject, type LintFinding } from '../../case-type/lint/index.ts';
import type { LintFix, LintOptions, LintReport } from './lint-document.ts';
import { conflictsInText } from '../merge/conflict-mark.ts';
import { indexLines } from './position.ts';
import { ruleOf } from './rules.ts';
import { whyUnwritable } from './writability.ts';

export interface DefinitionInput {
  readonly definition: CaseTypeDefinition;
  /** The machine name of a row; null for a bare definition. */
  readonly name: string | null;
  /** The JSON or YAML it was read from, for lines and columns; absent: findings have their path only. */
  readonly text?: string;
  /** Where the definition stands in the text: `['definition']` in a row. */
  readonly within?: readonly string[];
}

/** Checks a definition as CiviCRM's API speaks it. It has no comments, so nothing in it can be ignored but by code. */
export function lintDefinition(input: DefinitionInput, options: LintOptions = {}): LintReport {
  const { definition, name, text, within = [] } = input;
  const subject = toLintSubject({ definition, name, site: options.site ?? null });
  const unwritable = whyUnwritable(definition, name ?? 'case_type', new Set());
  const left = text === undefined ? [] : conflictsInText(text);
  const found = [
    ...(unwritable === null ? [] : [{ ...unwritable, edits: [] }]),
    ...findInDefinition(subject),
  ].filter(({ rule }) => options.ignore?.includes(rule.code) !== true);
  const positionOf = text === undefined || found.length === 0 ? () => null : locator(text, within);
  // YAML has comments and words of its own: it is told, not mended.
  const isMendable = text !== undefined && /^\uFEFF?\s*\{/.test(text);
  const fixes = new Map<number, LintFix>();
  const findings = found.map(({ rule, path, what, edits }, index): LintFinding => {
    const position = positionOf(path);
    if (isMendable && rule.autofix && edits.length > 0) fixes.set(index, { kind: 'edits', edits });
    return {
      code: rule.code,
      severity: options.severity?.[rule.code] ?? rule.severity,
      path,
      line: position?.line ?? null,
      column: position?.column ?? null,
      what,
      why: rule.why,
      fix: rule.fix,
      fixable: fixes.has(index),
    };
  });
  const conflictRule = ruleOf('merge-conflict-left');
  if (conflictRule !== undefined && options.ignore?.includes(conflictRule.code) !== true)
    for (const { line, text: what } of left)
      findings.push({
        code: conflictRule.code,
        severity: options.severity?.[conflictRule.code] ?? conflictRule.severity,
        path: '',
        line,
        column: 1,
        what,
        why: conflictRule.why,
        fix: conflictRule.fix,
        fixable: false,
      });
  return { findings, fixes, error: null, document: null, name: name ?? '' };
}

/** Where a path leads in a text; what is not there is told at what it would stand in. */
function locator(text: string, within: readonly string[]) {
  const document = parseDocument(text, { lineCounter: new LineCounter(), strict: false, uniqueKeys: false });
  const lines = indexLines(text);
  return (path: string) => {
    const keys = path === 'name' ? ['name'] : [...within, ...path.split('.').filter((key) => key !== '')];
    let node: unknown = document.contents;
    let offset = startOf(node);
    for (const key of keys) {
      node = isSeq(node) ? node.items[Number(key)] : isMap(node) ? node.get(key, true) : undefined;
      const start = startOf(node);
      if (start === undefined) break;
      offset = start;
    }
    return offset === undefined ? null : lines.position(offset);
  };
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}

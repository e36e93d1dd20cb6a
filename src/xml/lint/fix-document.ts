import type { CaseTypeEdit } from '../../case-type/index.ts';
import type { LintFinding } from '../../case-type/lint/index.ts';
import type { CaseTypeDocument } from '../document.ts';
import { changeText, editDocument, type TextChange } from '../edit/index.ts';
import { lintDocument, type LintOptions, type LintReport } from './lint-document.ts';

/** A file after everything was mended that may be mended unasked. */
export interface FixedDocument {
  /** As `lintDocument` shows it after the last change; its document is what is to be written. */
  readonly report: LintReport;
  /** What was mended, as it was found. */
  readonly fixed: readonly LintFinding[];
}

/** Mending one thing may uncover another, but not for ever. */
export const FIX_ROUNDS = 10;

/**
 * Mends what can be mended without changing what CiviCRM does today; every other byte stays. Fixing a fixed file
 * changes nothing.
 * @param report of the file, from `lintDocument`
 */
export function fixDocument(report: LintReport, options: LintOptions = {}): FixedDocument {
  let current = report;
  const fixed: LintFinding[] = [];
  for (let round = 0; round < FIX_ROUNDS && current.document !== null && current.fixes.size > 0; round += 1) {
    const { document, indexes } = mend(current.document, current);
    fixed.push(...indexes.flatMap((index) => current.findings[index] ?? []));
    current = lintDocument(document.source.bytes, document.fileName, options);
  }
  return { report: current, fixed };
}

/** One kind of change at a time, since each kind counts places in the text or definition as they were. */
function mend(document: CaseTypeDocument, { fixes }: LintReport) {
  const changes: TextChange[] = [];
  const edits: CaseTypeEdit[] = [];
  const [inText, inDefinition]: [number[], number[]] = [[], []];
  for (const [index, fix] of fixes) {
    if (fix.kind === 'changes') {
      changes.push(...fix.changes);
      inText.push(index);
    } else {
      edits.push(...fix.edits);
      inDefinition.push(index);
    }
  }
  if (changes.length > 0) return { document: changeText(document, changes).document, indexes: inText };
  return { document: editDocument(document, lastFirst(edits)).document, indexes: inDefinition };
}

/** So that a removal moves nothing that is still to come. */
export const lastFirst = (edits: readonly CaseTypeEdit[]): readonly CaseTypeEdit[] =>
  edits.toSorted((left, right) => byPlace(right, left));

function byPlace(left: CaseTypeEdit, right: CaseTypeEdit): number {
  const [one, other] = [left, right].map((edit) => ('path' in edit ? edit.path : []));
  for (let at = 0; at < Math.max(one?.length ?? 0, other?.length ?? 0); at += 1) {
    const [mine, theirs] = [one?.[at] ?? '', other?.[at] ?? ''];
    if (mine === theirs) continue;
    if (typeof mine === 'number' && typeof theirs === 'number') return mine - theirs;
    return String(mine) < String(theirs) ? -1 : 1;
  }
  return 0;
}

import { describeConflict, type MergeConflict } from '../../case-type/index.ts';
import { documentPosition, rootOf, type CaseTypeDocument } from '../document.ts';
import { changeText, type TextChange } from '../edit/index.ts';
import { indentAt } from '../edit/style.ts';
import type { XmlPosition } from '../fault.ts';
import type { XmlNode } from '../node.ts';
import { markConflict, markedConflict } from './conflict-mark.ts';
import { elementForRemark } from './definition-element.ts';

/** A conflict that a merge left in a file for people to decide. */
export interface LeftConflict extends XmlPosition {
  /** What the comment says. */
  readonly text: string;
}

/** The conflicts that stand in a file as comments, in their order. */
export function findMergeConflicts(document: CaseTypeDocument): readonly LeftConflict[] {
  const found: LeftConflict[] = [];
  const look = (nodes: readonly XmlNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'element') look(node.children);
      if (node.kind !== 'comment') continue;
      const text = markedConflict(node);
      if (text !== null) found.push({ ...documentPosition(document, node.start), text });
    }
  };
  look(document.nodes);
  return found;
}

/** Puts each conflict as a comment before the item that it is about. CiviCRM reads the file as before. */
export function withConflictComments(
  document: CaseTypeDocument,
  conflicts: readonly MergeConflict[],
): CaseTypeDocument {
  const { text } = document.source;
  const lineEnd = /\r\n|[\r\n]/.exec(text)?.[0] ?? '\n';
  const root = rootOf(document);
  const changes = conflicts.map((conflict): TextChange => {
    const element = elementForRemark(document, conflict.path);
    // What concerns the whole case type stands at its beginning.
    const at = element === root ? root.start + root.openTag.length : element.start;
    const indent = element === root ? '' : indentAt(text, at);
    const comment = commentOf(conflict, /^utf-/i.test(document.encoding));
    return { start: at, end: at, text: indent === null ? comment : `${comment}${lineEnd}${indent}` };
  });
  return changeText(document, changes).document;
}

/** No two hyphens may meet in a comment, and what the file's encoding may lack is written as in JSON. */
function commentOf(conflict: MergeConflict, isUnicode: boolean): string {
  const escaped = (text: string, characters: RegExp): string =>
    text.replace(characters, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const line = escaped(describeConflict(conflict).replace(/[\r\n\t]+/g, ' '), /-(?=-)/g);
  const text = isUnicode ? line : escaped(line, /[^ -~]/g);
  return markConflict(text);
}

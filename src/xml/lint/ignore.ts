import type { XmlComment, XmlElement } from '../node.ts';
import { nodeText } from '../node.ts';
import { rootOf } from '../document.ts';
import type { DocumentRule } from './document-rule.ts';
import type { DocumentSubject } from './document-subject.ts';

const IGNORE = /^<!--\s*civicase-lint-ignore\s+([^:]*?)\s*(?::[\s\S]*)?-->$/;

/** `<!-- civicase-lint-ignore CODE, CODE: reason -->` */
export interface LintIgnore {
  readonly comment: XmlComment;
  readonly codes: readonly string[];
  /** The offsets between which findings are ignored; before the root element it is the whole file. */
  readonly from: number;
  readonly to: number;
}

export const isIgnoreComment = (comment: XmlComment): boolean =>
  comment.raw.includes('civicase-lint-ignore') && IGNORE.test(comment.raw);

/** The findings that the file's own comments ask to leave out: those of the next element, or of the file. */
export function ignoresIn({ comments, document }: DocumentSubject): readonly LintIgnore[] {
  const root = rootOf(document);
  return comments.flatMap(({ comment, parent, next }) => {
    if (!comment.raw.includes('civicase-lint-ignore')) return [];
    const codes = IGNORE.exec(comment.raw)?.[1]
      ?.split(/[\s,]+/)
      .filter((code) => code !== '');
    if (codes === undefined || codes.length === 0) return [];
    const isWhole = parent === null && next === root;
    return [{ comment, codes, ...(isWhole ? { from: 0, to: Infinity } : rangeOf(next, comment)) }];
  });
}

const rangeOf = (next: XmlElement | null, comment: XmlComment) =>
  next === null
    ? { from: comment.start, to: comment.start }
    : { from: next.start, to: next.start + nodeText(next).length };

export const IGNORE_RULES: readonly DocumentRule[] = [
  {
    code: 'unused-ignore',
    severity: 'notice',
    level: 'file',
    what: 'A comment asks to ignore what is not found.',
    why: 'It would hide the next finding of that code, which nobody has looked at.',
    source: 'none: this concerns civicase alone',
    fix: 'Remove the comment, or correct the code: it concerns the next element, and before the root the whole file.',
    autofix: false,
    // Told by the linter itself, once everything else is.
    find: () => undefined,
  },
];

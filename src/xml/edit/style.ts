import type { CaseTypeDocument } from '../document.ts';
import { rootOf } from '../document.ts';

/** How a document is written, so that what is new looks like the rest. */
export interface Style {
  readonly lineEnd: string;
  /** One level of indentation; null when elements do not stand on lines of their own. */
  readonly unit: string | null;
  /** Closes an empty element that is new: ` />`, `/>`; null for open and close tags. */
  readonly selfClosing: string | null;
}

export function styleOf(document: CaseTypeDocument): Style {
  const { text } = document.source;
  const root = rootOf(document);
  const lineEnd = /\r\n|[\r\n]/.exec(text)?.[0] ?? '\n';
  const elements = root.children.filter((node) => node.kind === 'element');
  const own = elements.map(({ start }) => indentAt(text, start)).find((indent) => indent !== null);
  const outer = indentAt(text, root.start) ?? '';
  const unit = own === undefined ? null : own.startsWith(outer) ? own.slice(outer.length) : own;
  const isBare = elements.length === 0;
  const selfClosing = /<[^<>!?/]+?(\s*\/>)/.exec(text)?.[1] ?? null;
  const hasOpenEmpty = /<([^<>\s/]+)><\/\1>/.test(text);
  return {
    lineEnd,
    unit: isBare ? '  ' : unit,
    selfClosing: selfClosing ?? (hasOpenEmpty ? null : '/>'),
  };
}

/** The white space before an offset up to the start of its line, or null when more stands there. */
export function indentAt(text: string, offset: number): string | null {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  return start === 0 || text[start - 1] === '\n' || text[start - 1] === '\r'
    ? text.slice(start, offset)
    : null;
}

import type { XmlMarkup, XmlNode } from './node.ts';
import { fault, type Scanner } from './scanner.ts';

const EQUALS = '[ \\t\\r\\n]*=[ \\t\\r\\n]*';
const SPACE = '[ \\t\\r\\n]+';
const DECLARATION = new RegExp(
  `<\\?xml${SPACE}version${EQUALS}(?:"1\\.[0-9]*"|'1\\.[0-9]*')` +
    `(?:${SPACE}encoding${EQUALS}(?:"[A-Za-z][A-Za-z0-9._:-]*"|'[A-Za-z][A-Za-z0-9._:-]*'))?` +
    `(?:${SPACE}standalone${EQUALS}(?:"(?:yes|no)"|'(?:yes|no)'))?[ \\t\\r\\n]*\\?>`,
  'y',
);

/** Reads `<?xml version="1.…" …?>`; its encoding was seen to before. */
export function takeDeclaration(scanner: Scanner): XmlMarkup {
  const start = scanner.offset;
  DECLARATION.lastIndex = start;
  const raw = DECLARATION.exec(scanner.text)?.[0];
  if (raw === undefined) {
    throw fault(scanner, 'the XML declaration is malformed: write <?xml version="1.0" encoding="UTF-8"?>');
  }
  scanner.offset += raw.length;
  return { kind: 'declaration', start, raw };
}

export const isStandalone = (node: XmlNode): boolean =>
  node.kind === 'declaration' && /standalone[ \t\r\n]*=[ \t\r\n]*["']yes/.test(node.raw);

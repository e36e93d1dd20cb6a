/** The document breaks a rule of XML; readers turn it into an AppError that names file, line and column. */
export class XmlFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'XmlFault';
    this.offset = offset;
  }
}

export interface XmlPosition {
  /** From 1, counted by line feeds as libxml does. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
}

export function positionAt(text: string, offset: number): XmlPosition {
  const end = Math.min(offset, text.length);
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: 1 + countCharacters(text, lineStart, end) };
}

/** How many characters begin in a stretch of a text; the two halves of a pair are one. */
export function countCharacters(text: string, start: number, end: number): number {
  let count = end - start;
  for (let at = start + 1; at < end; at += 1) {
    if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) count -= 1;
  }
  return count;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

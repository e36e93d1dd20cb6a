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
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: Array.from(before.slice(lineStart)).length + 1 };
}

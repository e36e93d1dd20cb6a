import { NAME_HERE, illegalCharacterAt } from './chars.ts';
import { XmlFault } from './fault.ts';
import { XML_LIMITS } from './limits.ts';

const SPACE = /[ \t\n\r]*/y;
const QUOTED = /"[^"]*"|'[^']*'/y;

/** A cursor over a document's text; what it cannot find where it must stand is an XmlFault. */
export interface Scanner {
  readonly text: string;
  offset: number;
}

export const startScan = (text: string, offset = 0): Scanner => ({ text, offset });
export const isAtEnd = (scanner: Scanner): boolean => scanner.offset >= scanner.text.length;
export const isAt = (scanner: Scanner, literal: string): boolean =>
  scanner.text.startsWith(literal, scanner.offset);

export function fault(scanner: Scanner, message: string, offset = scanner.offset): XmlFault {
  return new XmlFault(message, offset);
}

function take(scanner: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.offset;
  const found = pattern.exec(scanner.text)?.[0];
  if (found !== undefined) scanner.offset += found.length;
  return found;
}

/** The white space here, often none. */
export const takeSpace = (scanner: Scanner): string => take(scanner, SPACE) ?? '';

export function skip(scanner: Scanner, literal: string): boolean {
  if (!isAt(scanner, literal)) return false;
  scanner.offset += literal.length;
  return true;
}

export function expect(scanner: Scanner, literal: string, where: string): void {
  if (!skip(scanner, literal)) throw fault(scanner, `expected "${literal}" ${where}, got ${shown(scanner)}`);
}

export function expectSpace(scanner: Scanner, where: string): void {
  if (takeSpace(scanner) === '') throw fault(scanner, `expected white space ${where}, got ${shown(scanner)}`);
}

export function takeName(scanner: Scanner, what: string): string {
  const name = take(scanner, NAME_HERE);
  if (name === undefined) throw fault(scanner, `expected ${what}, got ${shown(scanner)}`);
  return name;
}

/** The inside of a quoted literal. */
export function takeQuoted(scanner: Scanner, what: string): string {
  const quoted = take(scanner, QUOTED);
  if (quoted === undefined) throw fault(scanner, `expected ${what} in quotes, got ${shown(scanner)}`);
  return quoted.slice(1, -1);
}

/** The text up to a terminator, which is passed over. */
export function takeUntil(scanner: Scanner, terminator: string, what: string): string {
  const end = scanner.text.indexOf(terminator, scanner.offset);
  if (end < 0) throw fault(scanner, `${what} is never closed: "${terminator}" is missing`);
  const found = scanner.text.slice(scanner.offset, end);
  checkCharacters(scanner, found);
  scanner.offset = end + terminator.length;
  return found;
}

/** Refuses characters outside XML, and texts over libxml's limit, in a stretch that begins at the cursor. */
export function checkCharacters(scanner: Scanner, stretch: string): void {
  const at = illegalCharacterAt(stretch);
  if (at >= 0) {
    const code = (stretch.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw fault(scanner, `character U+${code} is not allowed in XML`, scanner.offset + at);
  }
  if (stretch.length > XML_LIMITS.textLength) {
    throw fault(scanner, `a text is longer than ${String(XML_LIMITS.textLength)} characters`);
  }
}

/** What stands here, for a message. */
export function shown(scanner: Scanner): string {
  if (isAtEnd(scanner)) return 'the end of the document';
  return JSON.stringify(String.fromCodePoint(scanner.text.codePointAt(scanner.offset) ?? 0));
}

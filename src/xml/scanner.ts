import { illegalCharacterAt, NAME_CODES, NAME_HERE, STARTS_NAME } from './chars.ts';
import { XmlFault } from './fault.ts';
import { knownName } from './known-names.ts';
import { XML_LIMITS } from './limits.ts';

const SPACE = /[ \t\n\r]*/y;
const QUOTED = /"[^"]*"|'[^']*'/y;

/** A cursor over a document's text; what it cannot find where it must stand is an XmlFault. */
export interface Scanner {
  readonly text: string;
  /** Whether nothing in the text can break the rules of `checkCharacters`. */
  readonly isClean: boolean;
  offset: number;
  /** Where the next `<` was last seen, which saves looking for it again behind every reference. */
  nextTag: number;
}

/** `isClean` is worth finding out for a text of which every part will be checked. */
export const startScan = (text: string, offset = 0, isClean = false): Scanner => ({
  text,
  isClean,
  offset,
  nextTag: -1,
});
export const isAtEnd = (scanner: Scanner): boolean => scanner.offset >= scanner.text.length;
export const isAt = (scanner: Scanner, literal: string): boolean =>
  scanner.text.startsWith(literal, scanner.offset);

export function fault(scanner: Scanner, message: string, offset = scanner.offset): XmlFault {
  return new XmlFault(message, offset);
}

/** Where the text at the cursor ends: at the next `<`, or with all. */
export function endOfText(scanner: Scanner): number {
  if (scanner.nextTag < scanner.offset) {
    const at = scanner.text.indexOf('<', scanner.offset);
    scanner.nextTag = at < 0 ? scanner.text.length : at;
  }
  return scanner.nextTag;
}

function take(scanner: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.offset;
  const found = pattern.exec(scanner.text)?.[0];
  if (found !== undefined) scanner.offset += found.length;
  return found;
}

/** The white space here, often none. */
export function takeSpace(scanner: Scanner): string {
  return isSpaceCode(scanner.text.charCodeAt(scanner.offset)) ? (take(scanner, SPACE) ?? '') : '';
}

const isSpaceCode = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;

export function skip(scanner: Scanner, literal: string): boolean {
  if (!isAt(scanner, literal)) return false;
  scanner.offset += literal.length;
  return true;
}

/** `tag` is told behind `where`, as in "at the end of the tag <name>". */
export function expect(scanner: Scanner, literal: string, where: string, tag?: string): void {
  if (skip(scanner, literal)) return;
  const place = tag === undefined ? where : `${where}${tag}>`;
  throw fault(scanner, `expected "${literal}" ${place}, got ${shown(scanner)}`);
}

export function expectSpace(scanner: Scanner, where: string): void {
  if (takeSpace(scanner) === '') throw fault(scanner, `expected white space ${where}, got ${shown(scanner)}`);
}

export function takeName(scanner: Scanner, what: string): string {
  const { text, offset } = scanner;
  let end = offset;
  if (NAME_CODES[text.charCodeAt(end)] === STARTS_NAME) {
    do end += 1;
    while ((NAME_CODES[text.charCodeAt(end)] ?? 0) > 0);
    if (!(text.charCodeAt(end) >= 0x80)) {
      scanner.offset = end;
      return knownName(text, offset, end) ?? text.slice(offset, end);
    }
  }
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

/** Refuses characters outside XML, and texts over libxml's limit, in a stretch that begins at the offset. */
export function checkCharacters(scanner: Scanner, stretch: string, offset = scanner.offset): void {
  if (scanner.isClean) return;
  const at = illegalCharacterAt(stretch);
  if (at >= 0) {
    const code = (stretch.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw fault(scanner, `character U+${code} is not allowed in XML`, offset + at);
  }
  if (stretch.length > XML_LIMITS.textLength) {
    throw fault(scanner, `a text is longer than ${String(XML_LIMITS.textLength)} characters`, offset);
  }
}

/** What stands here, for a message. */
export function shown(scanner: Scanner): string {
  if (isAtEnd(scanner)) return 'the end of the document';
  return JSON.stringify(String.fromCodePoint(scanner.text.codePointAt(scanner.offset) ?? 0));
}

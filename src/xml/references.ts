import { illegalCharacterAt } from './chars.ts';
import { fault, shown, skip, takeName, type Scanner } from './scanner.ts';

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const NUMBER = /x([0-9a-fA-F]*)|([0-9]*)/y;

/** What an `&…;` stands for: a character, or an entity of the document's own. */
export type Reference =
  { readonly kind: 'character'; readonly value: string } | { readonly kind: 'entity'; readonly name: string };

/** Reads a reference at the cursor, from its `&` to behind its `;`. */
export function takeReference(scanner: Scanner): Reference {
  const start = scanner.offset;
  skip(scanner, '&');
  const isNumber = skip(scanner, '#');
  const value = isNumber ? takeNumber(scanner, start) : undefined;
  const name = isNumber ? '' : takeName(scanner, 'a name after "&" (write "&amp;" for the sign itself)');
  if (!skip(scanner, ';')) {
    throw fault(
      scanner,
      `expected ";" after "${scanner.text.slice(start, scanner.offset)}", got ${shown(scanner)}`,
    );
  }
  const character = value ?? PREDEFINED.get(name);
  return character === undefined ? { kind: 'entity', name } : { kind: 'character', value: character };
}

function takeNumber(scanner: Scanner, start: number): string {
  NUMBER.lastIndex = scanner.offset;
  const [digits = '', hex, decimal = ''] = NUMBER.exec(scanner.text) ?? [];
  scanner.offset += digits.length;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const value = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\0';
  if (illegalCharacterAt(value) >= 0) {
    throw fault(scanner, `"&#${digits};" stands for no character of XML`, start);
  }
  return value;
}

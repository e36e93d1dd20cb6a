import { isUtf8 } from 'node:buffer';
import { XmlFault } from './fault.ts';
import { tooManyBytes, XML_LIMITS } from './limits.ts';

export interface DecodedXml {
  readonly text: string;
  /** A lower-case name of our own, see `encodeXml`. */
  readonly encoding: string;
  readonly byteOrderMark: Uint8Array;
}

const DECLARED =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"[^"]*"|'[^']*')[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][A-Za-z0-9._:-]*)["']/;
// Labels as they are looked up: lower case, without dashes and underscores, about which iconv is easy.
const ALIASES: readonly (readonly [RegExp, string])[] = [
  [/^utf8$/, 'utf-8'],
  [/^utf16$/, 'utf-16'],
  [/^utf16le$/, 'utf-16le'],
  [/^utf16be$/, 'utf-16be'],
  [/^(?:iso88591|latin1|l1|cp819|ibm819|isoir100)$/, 'iso-8859-1'],
  [/^(?:iso88599|latin5|l5|isoir148)$/, 'iso-8859-9'],
  [/^(?:(?:us)?ascii|ansix3\.419(?:68|86)|iso646us|cp367|ibm367|us)$/, 'ascii'],
];
// By hand: Node 20's own decoder takes Windows-1252 for Latin-1.
const WINDOWS_1252_FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const TURKISH: Readonly<Record<number, string>> = {
  0xd0: 'Ğ',
  0xdd: 'İ',
  0xde: 'Ş',
  0xf0: 'ğ',
  0xfd: 'ı',
  0xfe: 'ş',
};

/**
 * A document's bytes as text, in the encoding that libxml would choose: a byte order mark of UTF-16 or the look
 * of its first characters, then the declaration, then UTF-8. Nothing is repaired: bytes that the encoding does
 * not have are a fault, as they are for CiviCRM.
 * @throws XmlFault
 */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  if (bytes.length > XML_LIMITS.bytes) throw new XmlFault(tooManyBytes, 0);
  const [width, markLength] = shapeOf(bytes);
  const byteOrderMark = bytes.slice(0, markLength);
  const content = bytes.subarray(markLength);
  const head = decodeAs(width === 'utf-8' ? 'iso-8859-1' : width, content.subarray(0, 1024)).text;
  const declared = DECLARED.exec(head)?.[1];
  const encoding = chooseEncoding(width, declared);
  const { text, badAt } = decodeAs(encoding, content);
  if (badAt >= 0) {
    const byte = content[badAt]?.toString(16).toUpperCase().padStart(2, '0') ?? '';
    const claim = declared === undefined ? 'the file declares no encoding, so it must be UTF-8' : declared;
    throw new XmlFault(
      `byte 0x${byte} is not valid ${encoding} (${claim}): save the file as UTF-8, or declare its true encoding`,
      text.length,
    );
  }
  return { text, encoding, byteOrderMark };
}

function shapeOf(bytes: Uint8Array): readonly ['utf-8' | 'utf-16le' | 'utf-16be', number] {
  const starts = (...head: readonly number[]): boolean => head.every((byte, index) => bytes[index] === byte);
  if (starts(0xef, 0xbb, 0xbf)) return ['utf-8', 3];
  if (starts(0xff, 0xfe)) return ['utf-16le', 2];
  if (starts(0xfe, 0xff)) return ['utf-16be', 2];
  if (starts(0x3c, 0, 0x3f, 0)) return ['utf-16le', 0];
  if (starts(0, 0x3c, 0, 0x3f)) return ['utf-16be', 0];
  return ['utf-8', 0];
}

function chooseEncoding(width: 'utf-8' | 'utf-16le' | 'utf-16be', declared: string | undefined): string {
  if (declared === undefined) return width;
  const label = declared.toLowerCase();
  const bare = label.replace(/[-_]/g, '');
  const name = ALIASES.find(([pattern]) => pattern.test(bare))?.[1] ?? knownLabel(label);
  if (name === undefined) {
    throw new XmlFault(`encoding "${declared}" is not supported: save the file as UTF-8`, 0);
  }
  const isWide = name.startsWith('utf-16');
  if (width === 'utf-8' && !isWide) return name;
  if (width !== 'utf-8' && (isWide || name === 'utf-8')) return width;
  throw new XmlFault(
    `the file declares ${declared} but its bytes are ${width}: declare its true encoding`,
    0,
  );
}

function knownLabel(label: string): string | undefined {
  try {
    return new TextDecoder(label.replace(/^cp(125\d)$/, 'windows-$1')).encoding;
  } catch {
    return undefined;
  }
}

/** The decoded text; where a byte is bad, the text before it and the byte's index. */
function decodeAs(encoding: string, bytes: Uint8Array): { readonly text: string; readonly badAt: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encoding === 'iso-8859-1') return { text: buffer.toString('latin1'), badAt: -1 };
  if (encoding === 'utf-8') {
    const badAt = isUtf8(buffer) ? -1 : validUtf8Length(buffer);
    return { text: buffer.toString('utf8', 0, badAt < 0 ? buffer.length : badAt), badAt };
  }
  const table = tableOf(encoding);
  if (table !== undefined) return decodeByTable(table, buffer);
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(buffer), badAt: -1 };
  } catch {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(buffer);
    const good = text.slice(0, Math.max(0, text.indexOf('\ufffd')));
    return { text: good, badAt: encodeXml(good, encoding)?.length ?? 0 };
  }
}

/** How many bytes from the start are UTF-8, a character that is cut off not counted. */
function validUtf8Length(bytes: Buffer): number {
  const isGood = (end: number): boolean => isUtf8(bytes.subarray(0, end));
  // The longest good start that ends between two characters: up to three bytes may belong to one cut off.
  const reach = (length: number): number | undefined =>
    [0, 1, 2, 3].map((cut) => length - cut).find((end) => end >= 0 && isGood(end));
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (reach(middle) === undefined) bad = middle;
    else good = middle;
  }
  return reach(good) ?? 0;
}

/** The character of each byte as its code; -1 where there is none. Undefined for encodings of more than a byte. */
type ByteTable = readonly number[];
const tables = new Map<string, ByteTable | undefined>();

function tableOf(encoding: string): ByteTable | undefined {
  if (!tables.has(encoding)) tables.set(encoding, makeTable(encoding));
  return tables.get(encoding);
}

function makeTable(encoding: string): ByteTable | undefined {
  if (encoding.startsWith('utf-')) return undefined;
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  if (encoding === 'ascii') return bytes.map((byte) => (byte < 0x80 ? byte : -1));
  if (encoding === 'iso-8859-9') return bytes.map((byte) => TURKISH[byte]?.charCodeAt(0) ?? byte);
  const codes = bytes.map((byte) => codeOf(encoding, byte));
  // A byte that is nothing alone may be the first half of a character, but never in the tables for one byte.
  const isSingle =
    encoding.startsWith('windows-') || encoding.startsWith('iso-8859-') || encoding.startsWith('koi8');
  return isSingle ? codes : undefined;
}

// Where a Windows table has a gap, iconv refuses the byte; decoders for the web make a control character of it.
function codeOf(encoding: string, byte: number): number {
  const isGap = (code: number): boolean => encoding.startsWith('windows-') && code >= 0x80 && code <= 0x9f;
  if (encoding === 'windows-1252') {
    const code = isGap(byte) ? WINDOWS_1252_FROM_80.charCodeAt(byte - 0x80) : byte;
    return isGap(code) ? -1 : code;
  }
  try {
    const code = new TextDecoder(encoding, { fatal: true }).decode(Uint8Array.of(byte)).charCodeAt(0);
    return isGap(code) ? -1 : code;
  } catch {
    return -1;
  }
}

function decodeByTable(table: ByteTable, bytes: Buffer) {
  const codes = new Uint16Array(bytes.length);
  let badAt = -1;
  for (const [index, byte] of bytes.entries()) {
    const code = table[byte] ?? -1;
    if (code < 0) {
      badAt = index;
      break;
    }
    codes[index] = code;
  }
  const length = badAt < 0 ? bytes.length : badAt;
  return { text: Buffer.from(codes.buffer, 0, 2 * length).toString('utf16le'), badAt };
}

/** The text in a document's own encoding, or undefined when that encoding lacks a character or cannot be written. */
export function encodeXml(text: string, encoding: string): Uint8Array | undefined {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  if (encoding === 'iso-8859-1') return isLatin1(text) ? Buffer.from(text, 'latin1') : undefined;
  const table = tableOf(encoding);
  if (table === undefined) return undefined;
  const byteOf = new Map(table.map((code, byte) => [code, byte]));
  const bytes = Buffer.alloc(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = byteOf.get(text.charCodeAt(at));
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  return bytes;
}

const isLatin1 = (text: string): boolean => !/[^\0-\xff]/.test(text);

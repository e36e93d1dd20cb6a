import { XmlFault } from './fault.ts';
import { XML_LIMITS } from './limits.ts';

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
  if (bytes.length > XML_LIMITS.bytes) {
    throw new XmlFault(
      `the file has ${String(bytes.length)} bytes, more than ${String(XML_LIMITS.bytes)}`,
      0,
    );
  }
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
  const refusedAt = encoding === 'utf-8' ? -1 : bytes.findIndex((byte) => isRefused(encoding, byte));
  if (refusedAt >= 0)
    return { text: decodeAs(encoding, bytes.subarray(0, refusedAt)).text, badAt: refusedAt };
  const text = decodeTable(encoding, bytes);
  if (text !== undefined) return { text, badAt: -1 };
  const decode = (part: Uint8Array): string =>
    new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(part);
  try {
    return { text: decode(bytes), badAt: -1 };
  } catch {
    return longestDecodable(bytes, decode);
  }
}

/** What is decoded by a table: all that fits a byte and Node does not know well; undefined for the rest. */
function decodeTable(encoding: string, bytes: Uint8Array): string | undefined {
  const text = toLatin1(bytes);
  if (encoding === 'iso-8859-1' || encoding === 'ascii') return text;
  if (encoding === 'iso-8859-9')
    return text.replace(/[ÐÝÞðýþ]/g, (letter) => TURKISH[letter.charCodeAt(0)] ?? letter);
  if (encoding === 'windows-1252') {
    return text.replace(/[\x80-\x9f]/g, (letter) => WINDOWS_1252_FROM_80.charAt(letter.charCodeAt(0) - 0x80));
  }
  return encoding.startsWith('utf-') || bytes.length !== 1 ? undefined : decodeByte(encoding, bytes);
}

function decodeByte(encoding: string, byte: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(byte);
  } catch {
    return undefined;
  }
}

// Where a Windows table has a gap, iconv refuses the byte; decoders for the web make a control character of it.
function isRefused(encoding: string, byte: number): boolean {
  if (encoding === 'ascii') return byte > 0x7f;
  if (!encoding.startsWith('windows-') || byte < 0x80 || byte > 0x9f) return false;
  return decodeTable(encoding, Uint8Array.of(byte)) === String.fromCharCode(byte);
}

const toLatin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

function longestDecodable(bytes: Uint8Array, decode: (part: Uint8Array) => string) {
  // A character that is cut off is not yet wrong, so up to three bytes may be left out.
  const attempt = (length: number): { readonly text: string; readonly badAt: number } | undefined => {
    for (let end = length; end >= Math.max(0, length - 3); end -= 1) {
      try {
        return { text: decode(bytes.subarray(0, end)), badAt: end };
      } catch {
        continue;
      }
    }
    return undefined;
  };
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (attempt(middle) === undefined) bad = middle;
    else good = middle;
  }
  return attempt(good) ?? { text: '', badAt: 0 };
}

/** The text in a document's own encoding, or undefined when that encoding lacks a character or cannot be written. */
export function encodeXml(text: string, encoding: string): Uint8Array | undefined {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const { text: character, badAt } = decodeAs(encoding, Uint8Array.of(byte));
    if (badAt < 0) table.set(character, byte);
  }
  const bytes = Array.from(text, (character) => table.get(character));
  return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : undefined;
}

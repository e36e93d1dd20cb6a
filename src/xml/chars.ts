// XML 1.0, fifth edition: production 2 (Char), 4 (NameStartChar) and 4a (NameChar).
const START_RANGES = [
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}',
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}',
];
const LATER_RANGES = [...START_RANGES, '\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}'];
export const NAME_SOURCE = `[${START_RANGES.join('')}][${LATER_RANGES.join('')}]*`;

/* eslint-disable no-misleading-character-class -- the ranges are code points, not letters with marks */
/** Finds a name at its lastIndex. */
export const NAME_HERE = new RegExp(NAME_SOURCE, 'uy');
const WHOLE_NAME = new RegExp(`^${NAME_SOURCE}$`, 'u'); /* eslint-enable no-misleading-character-class */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** By character code, for the names nearly all documents have: 0 for what is no part of a name. */
export const NAME_CODES = new Uint8Array(128);
export const STARTS_NAME = 2;
for (let code = 0; code < NAME_CODES.length; code += 1) {
  const character = String.fromCharCode(code);
  if (/[:A-Z_a-z]/.test(character)) NAME_CODES[code] = STARTS_NAME;
  else if (/[-.0-9]/.test(character)) NAME_CODES[code] = 1;
}

/** What may be illegal, found faster: halves of pairs need a second look. */
// eslint-disable-next-line no-control-regex -- it is them that are looked for
const SUSPICIOUS = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/;

export const isLegal = (text: string): boolean => !SUSPICIOUS.test(text) || !ILLEGAL.test(text);

export const isXmlName = (text: string): boolean => WHOLE_NAME.test(text);

/** Where the first character stands that XML does not allow, or -1. */
export const illegalCharacterAt = (text: string): number => text.search(ILLEGAL);

export const isXmlSpace = (text: string): boolean =>
  !(text.charCodeAt(0) > 0x20) && /^[ \t\n\r]*$/.test(text);

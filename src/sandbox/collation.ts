/**
 * Comparing and sorting text as MariaDB's `utf8mb4_unicode_ci` does, the collation of every CiviCRM text column:
 * case and accents do not count, trailing blanks do not count, punctuation sorts before digits before letters.
 * The embedded SQLite has no custom collations, so a text is compared through a key made here.
 *
 * Source: WEIGHT_STRING() of each character on MariaDB 10.11. Inside a class characters are equal.
 */
const CLASSES: readonly string[] = [
  '  ',
  '`',
  '´',
  '^',
  '¯',
  '‾',
  '¨',
  '¸',
  '_',
  '‗',
  '­',
  '-',
  '‐‑',
  '‒',
  '–',
  '—',
  '―',
  ',',
  ';',
  ':',
  '!',
  '¡',
  '?',
  '¿',
  '‽',
  '.․',
  '·',
  "'",
  '‘',
  '’',
  '‚',
  '‛',
  '‹',
  '›',
  '"',
  '“',
  '”',
  '„',
  '‟',
  '«',
  '»',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '§',
  '¶',
  '©',
  '®',
  '@',
  '*',
  '/',
  '\\',
  '&',
  '#',
  '%',
  '‰',
  '‱',
  '†',
  '‡',
  '•',
  '‣',
  '‧',
  '′',
  '‵',
  '‸',
  '※',
  '°',
  '+',
  '±',
  '÷',
  '×',
  '<',
  '=',
  '>',
  '¬',
  '|',
  '¦',
  '‖',
  '~',
  '¤',
  '¢',
  '$',
  '£',
  '¥',
  '€',
  '0',
  '1¹',
  '2²',
  '3³',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'AaªÀÁÂÃÄÅàáâãäåĀāĂăĄą',
  'Ææ',
  'Bb',
  'CcÇçĆćĈĉĊċČč',
  'DdĎď',
  'Đđ',
  'Ðð',
  'EeÈÉÊËèéêëĒēĔĕĖėĘęĚě',
  'ə',
  'Ff',
  'ƒ',
  'GgĜĝĞğĠġĢģ',
  'HhĤĥ',
  'Ħħ',
  'IiÌÍÎÏìíîïĨĩĪīĬĭĮįİ',
  'ı',
  'JjĴĵ',
  'KkĶķ',
  'LlĹĺĻļĽľ',
  'Łł',
  'Mm',
  'NnÑñŃńŅņŇň',
  'Ŋŋ',
  'OoºÒÓÔÕÖòóôõöŌōŎŏŐő',
  'Øø',
  'Pp',
  'Qq',
  'ĸ',
  'RrŔŕŖŗŘř',
  'SsŚśŜŝŞşŠšſ',
  'TtŢţŤť',
  'Ŧŧ',
  'UuÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų',
  'Vv',
  'WwŴŵ',
  'Xx',
  'YyÝýÿŶŷŸ',
  'ZzŹźŻżŽž',
  'Þþ',
  'µ',
];

/** Characters that count as several. */
const EXPANSIONS: Readonly<Record<string, string>> = {
  ß: 'ss',
  Œ: 'oe',
  œ: 'oe',
  Ĳ: 'ij',
  ĳ: 'ij',
  '…': '...',
  '‥': '..',
  '‼': '!!',
  '™': 'tm',
};

// Known classes take the code points from 0x100 on; the rest follows them by its own folded code point.
const FIRST_CLASS = 0x100;
const OTHERS = 0x1000;
/** Everything beyond the basic plane has one and the same weight. */
const SUPPLEMENTARY = String.fromCharCode(0xfffd);

const KEY_OF = new Map<string, string>();
CLASSES.forEach((members, index) => {
  for (const member of members) KEY_OF.set(member, String.fromCharCode(FIRST_CLASS + index));
});
for (const [character, expansion] of Object.entries(EXPANSIONS)) {
  KEY_OF.set(character, Array.from(expansion, (part) => KEY_OF.get(part) ?? '').join(''));
}

function keyOfCharacter(character: string): string {
  const known = KEY_OF.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  let key: string;
  if (code > 0xffff) key = SUPPLEMENTARY;
  else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) key = '';
  else {
    const base = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const known = base === character ? undefined : KEY_OF.get(base);
    key =
      known ??
      (base === '' ? '' : String.fromCharCode(Math.min(OTHERS + (base.codePointAt(0) ?? 0), 0xfffc)));
  }
  KEY_OF.set(character, key);
  return key;
}

/** The weight of every character in turn. */
function fold(text: string): string {
  let key = '';
  for (const character of text) key += keyOfCharacter(character);
  return key;
}

/** A key whose code-point order is the order of the text on a CiviCRM site, and whose equality is its equality. */
export function sortKey(text: string): string {
  return fold(text.replace(/ +$/, ''));
}

const UNITS = new Map<string, string>();
const FIRST_UNIT = 0xf0000;

/** LIKE goes character by character: one that sorts as several (ß as ss) is one unit there and equals none of them. */
function foldForLike(text: string): string {
  let folded = '';
  for (const character of text) {
    const key = keyOfCharacter(character);
    if (Array.from(key).length < 2) folded += key;
    else {
      const unit = UNITS.get(key) ?? String.fromCodePoint(FIRST_UNIT + UNITS.size);
      UNITS.set(key, unit);
      folded += unit;
    }
  }
  return folded;
}

const PATTERNS_KEPT = 200;
const patterns = new Map<string, RegExp>();

function likePattern(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  let source = '';
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    if (character === '%') source += '.*';
    else if (character === '_') source += '.';
    else {
      const literal =
        character === '\\' && at + 1 < characters.length ? (characters[(at += 1)] ?? '') : character;
      source += foldForLike(literal).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    }
  }
  const expression = new RegExp(`^${source}$`, 'su');
  if (patterns.size >= PATTERNS_KEPT) patterns.clear();
  patterns.set(pattern, expression);
  return expression;
}

/** SQL's LIKE under the same collation; `\\` escapes. */
export function isLike(text: string, pattern: string): boolean {
  return likePattern(pattern).test(foldForLike(text));
}

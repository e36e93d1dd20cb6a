import { printableText } from './markup.ts';

/** How a text is set: its size in pixels and whether it is bold. */
export interface TextStyle {
  readonly size: number;
  readonly isBold?: boolean;
}

/**
 * Widths in hundredths of the font size, for bold type of the widest of the common sans-serif faces (DejaVu
 * and Verdana): a drawing cannot ask which face its reader has, and too much room does no harm.
 */
const WIDTHS = new Map(
  (
    [
      [36, " ijlI'|/\\"],
      [40, ',.·:;J'],
      [47, '-f!()[]tr'],
      [54, '"*_`–?'],
      [60, 'zsc'],
      [66, 'vxyLF«»'],
      [71, 'akeoETbdghnpqu0123456789S$'],
      [78, 'ABCKPRVXYZ{}'],
      [85, 'UGDHNOQ#+<=>^~→'],
      [93, '&w'],
      [112, 'mMW%@—…'],
    ] as const
  ).flatMap(([width, chars]) => Array.from(chars, (char) => [char, width] as const)),
);
const REGULAR_TO_BOLD = 0.94;
const MARK = /\p{Mn}|\p{Me}|\p{Cf}/u;
// Wide letters are rarer there than narrow ones.
const ALPHABET = /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Greek}|\p{Script=Cyrillic}/u;
const LATIN = /\p{Script=Latin}/u;
const IDEOGRAPHS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3000-\\u303f\\uff00-\\uffef';
const WIDE = new RegExp(`[${IDEOGRAPHS}]`, 'u');
// Behind a space, behind a dash, stroke or underscore inside a word, and around an ideograph.
const LINE_ENDS = new RegExp(
  `(?<= )|(?<=[\\p{L}\\p{N}][-/_–—])|(?<=[${IDEOGRAPHS}])|(?=[${IDEOGRAPHS}])`,
  'u',
);

/** At most this wide, in pixels. */
export function textWidth(text: string, { size, isBold = false }: TextStyle): number {
  const hundredths = Array.from(text).reduce((sum, char) => sum + charWidth(char), 0);
  return (hundredths * size * (isBold ? 1 : REGULAR_TO_BOLD)) / 100;
}

function charWidth(char: string): number {
  const known = WIDTHS.get(char);
  if (known !== undefined) return known;
  if (MARK.test(char)) return 0;
  if (WIDE.test(char)) return 104;
  if (LATIN.test(char)) return WIDTHS.get(char.normalize('NFD').charAt(0)) ?? 118;
  return ALPHABET.test(char) ? 96 : 135;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Lines of a text that are no wider than `width` pixels: parted between words, and inside one only when it is
 * too long by itself. What lies behind the last allowed line is cut off with an ellipsis.
 */
export function wrapText(
  text: string,
  style: TextStyle & { readonly width: number; readonly maxLines?: number },
): readonly string[] {
  const { width, maxLines = 12 } = style;
  const fits = (line: string): boolean => textWidth(line, style) <= width;
  const lines: string[] = [];
  let line = '';
  // A no-break space stays what it is.
  for (const piece of printableText(text)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
    .split(LINE_ENDS)) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = '';
    if (lines.length > maxLines) break;
    for (const { segment } of graphemes.segment(piece.trimStart())) {
      if (line !== '' && !fits(line + segment)) {
        lines.push(line);
        line = '';
        if (lines.length > maxLines) break;
      }
      line += segment;
    }
  }
  if (line !== '') lines.push(line.trimEnd());
  return lines.length <= maxLines ? lines : shortened(lines.slice(0, maxLines), fits);
}

function shortened(lines: readonly string[], fits: (line: string) => boolean): readonly string[] {
  let last = Array.from(graphemes.segment(lines.at(-1) ?? ''), ({ segment }) => segment);
  while (last.length > 0 && !fits(`${last.join('')}…`)) last = last.slice(0, -1);
  return [...lines.slice(0, -1), `${last.join('').trimEnd()}…`];
}

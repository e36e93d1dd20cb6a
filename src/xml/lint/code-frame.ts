/** Characters of a line that a frame shows. */
const WIDTH = 100;
const TAB = '  ';

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NARROWEST = /\p{Mn}|\p{Me}|\p{Cf}/u;
// eslint-disable-next-line no-control-regex -- a terminal must not see them
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** The columns of a terminal that a character takes. */
export const widthOf = (character: string): number =>
  NARROWEST.test(character) ? 0 : WIDE.test(character) ? 2 : 1;

const shown = (character: string): string =>
  character === '\t' ? TAB : CONTROL.test(character) ? '·' : character;
const widthOfText = (text: string): number => Array.from(text).reduce((sum, one) => sum + widthOf(one), 0);

/**
 * A line of a file with a caret below a column, as two lines for a terminal. Long lines are cut around the column.
 * @param column from 1, in characters
 */
export function codeFrame(line: string, column: number, number: number): readonly [string, string] {
  const characters = Array.from(line);
  const at = Math.min(column - 1, characters.length);
  const from = at > WIDTH - 20 ? at - 40 : 0;
  const to = Math.min(characters.length, from + WIDTH);
  const gutter = `${String(number)} | `;
  const before = `${from > 0 ? '…' : ''}${characters.slice(from, at).map(shown).join('')}`;
  const after = `${characters.slice(at, to).map(shown).join('')}${to < characters.length ? '…' : ''}`;
  const margin = `${' '.repeat(gutter.length - 2)}| `;
  return [`${gutter}${before}${after}`, `${margin}${' '.repeat(widthOfText(before))}^`];
}

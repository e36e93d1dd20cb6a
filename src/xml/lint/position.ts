import { countCharacters, type XmlPosition } from '../fault.ts';

/** Lines and columns of a text, worked out once for all findings in it. */
export interface LineIndex {
  /** From 1; columns count characters, not code units. */
  position(offset: number): XmlPosition;
  /** Without its line end; empty beyond the last. */
  line(number: number): string;
}

export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  // Findings come in the order of the text, often many in one long line.
  let last = { line: -1, offset: 0, column: 1 };
  return {
    position(offset) {
      let [low, high] = [0, starts.length];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle;
      }
      const isOn = last.line === low && last.offset <= offset;
      const from = isOn ? last : { offset: starts[low] ?? 0, column: 1 };
      const column = from.column + countCharacters(text, from.offset, offset);
      last = { line: low, offset, column };
      return { line: low + 1, column };
    },
    line(number) {
      const start = starts[number - 1];
      if (start === undefined) return '';
      return text.slice(start, starts[number] ?? undefined).replace(/[\r\n]+$/, '');
    },
  };
}

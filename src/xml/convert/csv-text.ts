import { AppError } from '../../base/errors.ts';

export const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** A text that a spreadsheet would take for a formula gets an apostrophe in front; reading takes one away. */
export const guardFormula = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);
export const unguardFormula = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

/** Rows as CSV by RFC 4180: a line ends with CR LF, quotes stand only where they must. */
export function renderCsv(rows: readonly (readonly string[])[], separator: Separator): string {
  const cell = (text: string): string =>
    /["\r\n]/.test(text) || text.includes(separator) || text !== text.trim()
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  return rows.map((row) => `${row.map(cell).join(separator)}\r\n`).join('');
}

/** A cell and where it begins in the file, both counted from 1. */
export interface CsvCell {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The rows of a CSV file; the separator is the one that the first line uses most, or that Excel's `sep=;` names.
 * @throws AppError invalid-input with file, line and column when a quote is not closed or text follows one
 */
export function parseCsv(text: string, fileName: string): readonly (readonly CsvCell[])[] {
  const content = text.replace(/^\uFEFF/, '');
  const [hint = '', named] = /^sep=([,;\t])(?:\r\n?|\n)/i.exec(content) ?? [];
  const separator = named ?? separatorOf(content);
  const rows: CsvCell[][] = [];
  let row: CsvCell[] = [];
  let at = hint.length;
  let line = hint === '' ? 1 : 2;
  let lineStart = at;
  const fail = (what: string): AppError => {
    const column = at - lineStart + 1;
    const place = `row ${String(rows.length + 1)}, cell ${String(row.length + 1)}`;
    return new AppError('invalid-input', `${fileName}:${String(line)}:${String(column)}: ${place}: ${what}`, {
      details: { file: fileName, line, column, row: rows.length + 1 },
    });
  };
  while (at < content.length) {
    const start = { line, column: at - lineStart + 1 };
    let cell: string;
    if (content[at] === '"') {
      const end = endOfQuoted(content, at);
      if (end === null) throw fail('the quote that begins it is not closed. Close it with ".');
      cell = content.slice(at + 1, end - 1).replaceAll('""', '"');
      for (const lineEnd of content.slice(at, end).matchAll(/\r\n?|\n/g)) {
        line += 1;
        lineStart = at + lineEnd.index + lineEnd[0].length;
      }
      at = end;
    } else {
      const end = indexOfEnd(content, at, separator);
      cell = content.slice(at, end);
      at = end;
    }
    row.push({ text: cell, ...start });
    const next = content[at];
    if (next === separator) {
      at += 1;
      if (at === content.length) row.push({ text: '', line, column: at - lineStart + 1 });
      continue;
    }
    if (next !== undefined && next !== '\r' && next !== '\n')
      throw fail(`expected the next cell after the closing quote, got ${content.slice(at, at + 10)}`);
    at += next === '\r' && content[at + 1] === '\n' ? 2 : 1;
    line += 1;
    lineStart = at;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

/** Behind the quote that closes the cell; a pattern would run out of stack on a long one. */
function endOfQuoted(text: string, from: number): number | null {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at + 1;
  return null;
}

function indexOfEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function separatorOf(text: string): Separator {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const count = (separator: Separator): number => header.split(separator).length;
  return SEPARATORS.reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

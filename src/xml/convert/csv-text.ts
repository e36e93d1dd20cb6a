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

/**
 * The rows of a CSV file; the separator is the one that the first line uses most.
 * @throws AppError invalid-input that names the row when a quote is not closed or text follows one
 */
export function parseCsv(text: string, fileName: string): readonly (readonly string[])[] {
  const content = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(content);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const fail = (what: string): AppError =>
    new AppError(
      'invalid-input',
      `${fileName}: row ${String(rows.length + 1)}, cell ${String(row.length + 1)}: ${what}`,
      {
        details: { file: fileName, row: rows.length + 1 },
      },
    );
  while (at < content.length) {
    let cell: string;
    if (content[at] === '"') {
      const quoted = /"((?:[^"]|"")*)"/y;
      quoted.lastIndex = at;
      const inside = quoted.exec(content)?.[1];
      if (inside === undefined) throw fail('the quote that begins it is not closed. Close it with ".');
      cell = inside.replaceAll('""', '"');
      at = quoted.lastIndex;
    } else {
      const end = indexOfEnd(content, at, separator);
      cell = content.slice(at, end);
      at = end;
    }
    row.push(cell);
    const next = content[at];
    if (next === separator) {
      at += 1;
      if (at === content.length) row.push('');
      continue;
    }
    if (next !== undefined && next !== '\r' && next !== '\n')
      throw fail(`expected the next cell after the closing quote, got ${content.slice(at, at + 10)}`);
    at += next === '\r' && content[at + 1] === '\n' ? 2 : 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
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

/** What the demo says, in one place: headings, steps and small tables. */
export interface Printer {
  heading(number: number, text: string): void;
  line(text?: string): void;
  done(text: string): void;
  failed(text: string): void;
  table(rows: readonly (readonly [string, string | number])[]): void;
}

export function createPrinter(write: (text: string) => void, colour: boolean): Printer {
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    heading: (number, text) => write(`\n${paint(1, `${number}. ${text}`)}\n`),
    line: (text = '') => write(text === '' ? '\n' : `${indent(text)}\n`),
    done: (text) => write(`   ${paint(32, '✓')} ${text}\n`),
    failed: (text) => write(`   ${paint(31, '✗')} ${text}\n`),
    table(rows) {
      const width = Math.max(...rows.map(([name]) => name.length));
      for (const [name, value] of rows) write(`   ${name.padEnd(width)}  ${paint(1, String(value))}\n`);
    },
  };
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `   ${line}`))
    .join('\n');
}

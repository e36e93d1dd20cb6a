import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../civicrm/truth/core.php', import.meta.url));

type Question =
  | { readonly kind: 'read'; readonly bytes: string }
  | { readonly kind: 'write'; readonly name: string; readonly definition: string }
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly definition: string;
      readonly starts: readonly (readonly [date: string, subject: string])[];
      readonly zone: string;
    }
  | { readonly kind: 'call'; readonly entity: string; readonly action: string; readonly params: object };

/** CiviCRM itself, as one PHP process. */
export interface Core {
  /** Questions are answered in their order, as many at a time as one likes. */
  ask(question: Question): Promise<unknown>;
  close(): void;
}

/** @param siteRoot folder of a real site whose database runs */
export function startCore(siteRoot: string): Core {
  const php = spawn('php', [SCRIPT, siteRoot], { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting: { readonly resolve: (answer: unknown) => void; readonly reject: (why: Error) => void }[] =
    [];
  let said = '';
  php.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  createInterface({ input: php.stdout }).on('line', (line) => {
    const first = waiting.shift();
    if (line.startsWith('{') || line.startsWith('[')) first?.resolve(JSON.parse(line));
    else first?.reject(new Error(`PHP answered: ${line}`));
  });
  const fail = (why: string) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${why} ${said}`));
  };
  php.on('error', ({ message }) => {
    fail(message);
  });
  php.stdin.on('error', ({ message }) => {
    fail(message);
  });
  php.on('close', (code) => {
    fail(`PHP ended with ${code}.`);
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        php.stdin.write(`${JSON.stringify(question)}\n`);
      }),
    close: () => {
      php.stdin.end();
    },
  };
}

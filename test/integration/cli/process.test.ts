import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-process-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The program itself, as a person starts it. `whenOut` sees all of stdout so far, and may end it. */
async function start(
  words: readonly string[],
  options: { readonly stdin?: string; readonly whenOut?: (out: string, interrupt: () => void) => void } = {},
) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, '--config', join(folder, 'civicase.yaml'), ...words],
    {
      cwd: root,
      env: { ...process.env, CIVICASE_DEBUG: '', DATABASE_URL: '', REDIS_URL: '' },
    },
  );
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    options.whenOut?.(out, () => child.kill('SIGINT'));
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(options.stdin ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

describe('the program', () => {
  it('reads stdin, prints exact bytes, and ends with the exit code', async () => {
    const run = await start(['xml', 'write', '-'], {
      stdin: '<CaseType><name>a</name><ActivityTypes/><ActivitySets/><CaseRoles/></CaseType>',
    });
    expect(run.err).toBe('');
    expect(run.code).toBe(0);
    expect(run.out).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<CaseType>\n <name>a<\/name>[\s\S]*<\/CaseType>\n?$/,
    );
  });

  it('ends with 1 and one sentence when it cannot do what was asked', async () => {
    const run = await start(['doctor']);
    expect(run).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^civicase: The configuration file .* does not exist\. .*\n$/),
    });
  });

  it('runs everything until Ctrl-C, shows the token once, and leaves nothing behind', async () => {
    writeFileSync(join(folder, 'civicase.yaml'), 'server: { port: 0 }\n');
    let token = '';
    let loggedIn = 0;
    const first = await start(['up'], {
      whenOut(out, interrupt) {
        const [, url, shown] = /Status page: (\S+)\n.*once: (\S+)\n.*Ctrl-C/s.exec(out) ?? [];
        if (url === undefined || shown === undefined || token !== '') return;
        token = shown;
        void fetch(`${url}api/status`, { headers: { authorization: `Bearer ${shown}` } })
          .then((response) => (loggedIn = response.status))
          .finally(interrupt);
      },
    });
    expect(first.code).toBe(0);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(loggedIn).toBe(200);
    expect(first.err).not.toContain(token);
    expect(first.err).toMatch(/Stopped\.\n$/);
    const kept = readdirSync(join(folder, '.civicase'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    expect(kept.join('')).not.toContain(token);

    const second = await start(['up'], {
      whenOut: (out, interrupt) => {
        if (out.includes('Ctrl-C')) interrupt();
      },
    });
    expect(second.code).toBe(0);
    expect(second.out).toContain('the token that the first start printed');
  });

  it('runs a sandbox until Ctrl-C', async () => {
    const run = await start(
      ['sandbox', '--port', '0', '--name', 'rehearsal', '--api-key', 'canary-key', '--json'],
      {
        whenOut: (_out, interrupt) => interrupt(),
      },
    );
    expect(run.code).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ name: 'rehearsal', file: null });
    expect(run.out + run.err).not.toContain('canary-key');
  });
});

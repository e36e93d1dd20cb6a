import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectGolden } from '../../support/golden.ts';
import { runCivicase } from '../../support/run-civicase.ts';
import { SHIPPED_CASE_TYPES, SHIPPED_FOLDER } from '../../support/shipped-case-types.ts';

const FOLDER = new URL('../../golden/process-test/', import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, FOLDER));

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'civicase-process-test-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

describe('civicase xml test', () => {
  it('shows what failed as small timelines, and writes it for a build server', async () => {
    const junit = join(scratch, 'report.xml');
    const run = await runCivicase(['xml', 'test', '.', '--coverage', '--junit', junit], {
      workingDirectory: pathOf('failing'),
    });
    expect(run.code).toBe(2);
    expectGolden(new URL('failing/expected.txt', FOLDER), run.out);
    expectGolden(new URL('failing/expected-junit.xml', FOLDER), readFileSync(junit, 'utf8'));
    const json = await runCivicase(['xml', 'test', '.', '--json'], { workingDirectory: pathOf('failing') });
    expectGolden(new URL('failing/expected.json', FOLDER), json.out);
    expect(readdirSync(pathOf('failing')).sort()).toEqual(
      ['expected-junit.xml', 'expected.json', 'expected.txt', 'intake.test.yaml', 'intake.xml'].sort(),
    );
  });

  it('names every fault of a file with its line and key', async () => {
    for (const name of ['intake', 'names']) {
      const run = await runCivicase(['xml', 'test', `${name}.test.yaml`], {
        workingDirectory: pathOf('broken'),
      });
      expect(run.code).toBe(1);
      expectGolden(new URL(`broken/expected-${name}.txt`, FOLDER), run.err);
    }
  });

  it('prints the JSON Schema with a sentence on every key', async () => {
    const run = await runCivicase(['xml', 'test', '--schema'], { workingDirectory: scratch });
    expectGolden(new URL('schema/expected.json', FOLDER), run.out);
    const keys: string[] = [];
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, { description?: string }> };
      for (const [key, value] of Object.entries(properties ?? {}))
        if (!/^[A-Z].*[.)]$/.test(value.description ?? '')) keys.push(key);
      Object.values(node).forEach(walk);
    };
    walk(JSON.parse(run.out));
    expect(keys).toEqual([]);
  });

  it.each([
    [['nowhere'], 'nowhere does not exist'],
    [['.'], 'There are no process tests in .'],
    [['lonely.test.yaml'], 'lonely.test.yaml tests no case type: lonely.xml does not exist'],
    [['empty.test.yaml'], 'empty.test.yaml:1:1'],
    [['.', '--watch', '--site', 'hilltop'], 'leave --site or --watch out'],
  ])('refuses %j', async (words, message) => {
    if (words.includes('lonely.test.yaml'))
      writeFileSync(
        join(scratch, 'lonely.test.yaml'),
        'tests: [{ name: a, given: { opened: 2026-03-02 } }]\n',
      );
    if (words.includes('empty.test.yaml')) writeFileSync(join(scratch, 'empty.test.yaml'), '');
    const run = await runCivicase(['xml', 'test', ...words], { workingDirectory: scratch });
    expect(run.err).toContain(message);
    expect(run.code).toBe(1);
  });

  it('plays the tests again when a file changes, until it is interrupted', async () => {
    for (const name of ['intake.xml', 'intake.test.yaml'])
      copyFileSync(pathOf(`failing/${name}`), join(scratch, name));
    const interrupt = new AbortController();
    let runs = 0;
    const run = runCivicase(['xml', 'test', 'intake.test.yaml', '--watch'], {
      workingDirectory: scratch,
      signal: interrupt.signal,
      onOut: () => {
        runs += 1;
        // The watchers stand a moment after the report.
        if (runs === 1)
          setTimeout(() => {
            const text = readFileSync(join(scratch, 'intake.test.yaml'), 'utf8');
            writeFileSync(
              join(scratch, 'intake.test.yaml'),
              text.slice(0, text.indexOf('  - name: Another')),
            );
          }, 300);
        else interrupt.abort();
      },
    });
    const { out, code } = await run;
    expect(out).toContain('1 passed, 4 failed');
    expect(out).toContain('1 passed, 0 failed');
    expect(code).toBe(0);
  });
});

describe('the process tests we ship', () => {
  it('pass, and expect nearly every step', async () => {
    const run = await runCivicase(['xml', 'test', '.', '--json'], { workingDirectory: SHIPPED_FOLDER });
    const { files } = JSON.parse(run.out) as {
      files: { caseType: string; coverage: { steps: number; missing: unknown[] } }[];
    };
    const wanting = files.filter(({ coverage: { steps, missing } }) => missing.length > steps * 0.2);
    expect(wanting).toEqual([]);
    expect(files.map(({ caseType }) => caseType)).toEqual(SHIPPED_CASE_TYPES);
    expect(run.code).toBe(0);
  });
});

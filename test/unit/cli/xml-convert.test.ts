import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCaseTypeXml } from '../../../src/xml/index.ts';
import { expectGolden } from '../../support/golden.ts';
import { runCivicase } from '../../support/run-civicase.ts';

const GOLDEN = new URL('../../golden/convert/', import.meta.url);
const CASES = readdirSync(GOLDEN).toSorted();
const OUTPUTS = ['expected.csv', 'expected.json', 'expected.xml', 'expected.yaml'];

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'xml-convert-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const run = (words: readonly string[], stdin: string | Uint8Array = '') =>
  runCivicase(['xml', 'convert', ...words], { workingDirectory: folder, stdin });
const at = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');

describe.each(CASES)('civicase xml convert: %s', (name) => {
  const source = new URL(`${name}/input.xml`, GOLDEN);
  beforeEach(() => cpSync(fileURLToPath(source), at('input.xml')));

  it.each(OUTPUTS)('gives %s', async (file) => {
    const format = file.replace('expected.', '');
    const { code, out } = await run(['input.xml', '--to', format]);
    expect(code).toBe(0);
    expectGolden(new URL(`${name}/${file}`, GOLDEN), out);
  });

  it('has these golden files and no other', () => {
    expect(readdirSync(new URL(`${name}/`, GOLDEN)).toSorted()).toEqual([...OUTPUTS, 'input.xml']);
  });

  it.each(['yaml', 'json', 'csv'])(
    'goes to %s and back onto the file without changing a byte',
    async (format) => {
      const file = `steps.${format}`;
      await run(['input.xml', '--out', file]);
      expect(await run([file, '--onto', 'input.xml', '--out', 'back.xml'])).toMatchObject({ code: 0 });
      expect(text('back.xml')).toBe(text('input.xml'));
    },
  );

  it.each(['yaml', 'json', 'xml'])('makes a new file from %s that reads the same', async (format) => {
    const first = await run(['input.xml', '--to', format]);
    const { out } = await run(['-', '--to', 'xml'], first.out);
    expect(readCaseTypeXml(out).definition).toEqual(readCaseTypeXml(text('input.xml')).definition);
  });
});

describe('civicase xml convert', () => {
  beforeEach(() => cpSync(fileURLToPath(new URL('housing/input.xml', GOLDEN)), at('housing.xml')));

  it('brings one changed day back and leaves every other byte', async () => {
    await run(['housing.xml', '--out', 'steps.csv', '--to', 'csv', '--separator', ';', '--bom']);
    expect(text('steps.csv')).toMatch(/^\uFEFFset;position;activity type;/);
    writeFileSync(at('steps.csv'), text('steps.csv').replace(';3;newest', ';5;newest'));
    expect((await run(['steps.csv', '--onto', 'housing.xml', '--out', 'housing.xml'])).code).toBe(0);
    const before = readFileSync(new URL('housing/input.xml', GOLDEN), 'utf8');
    expect(text('housing.xml')).toBe(before.replace('<reference_offset>3<', '<reference_offset>5<'));
  });

  it.each([
    [['none.xml', '--to', 'yaml'], '', 'The file none.xml does not exist.'],
    [['housing.xml'], '', 'Say what to make of housing.xml: --to xml|yaml|json|csv.'],
    [
      ['-', '--from', 'csv', '--to', 'xml'],
      'set\n',
      'stdin holds the steps alone. Name the case type they belong to',
    ],
    [
      ['-', '--from', 'yaml', '--to', 'json'],
      'roles: x\n',
      'stdin:1:8: Expected a list with a dash for each role',
    ],
    [['-', '--to', 'yaml'], '', 'stdin:1:1'],
    [
      ['-', '--to', 'xml'],
      '{"statuses":[]}',
      'The case type in stdin has no name. Give one with --name NAME.',
    ],
    [
      ['housing.xml', '--to', 'yaml', '--onto', 'housing.xml'],
      '',
      'housing.xml is XML, so --onto goes with --to xml, not yaml.',
    ],
    [
      ['-', '--from', 'csv', '--onto', 'housing.xml'],
      Uint8Array.from([0xe9, 0x0a]),
      'stdin:1:1: This is neither UTF-8 nor UTF-16 text.',
    ],
  ])('refuses %j', async (words, stdin, message) => {
    const { code, err } = await run(words, stdin);
    expect(err).toContain(message);
    expect(code).toBe(1);
  });

  it('knows YAML from stdin by its keys, as the other commands do', async () => {
    const { out: yaml } = await run(['housing.xml', '--to', 'yaml']);
    const { code, out } = await runCivicase(['xml', 'write', '-'], { workingDirectory: folder, stdin: yaml });
    expect(code).toBe(0);
    expect(readCaseTypeXml(out).definition).toEqual(readCaseTypeXml(text('housing.xml')).definition);
  });

  it('changes YAML by YAML, JSON or a table, and keeps its comments', async () => {
    await run(['housing.xml', '--out', 'housing.yaml']);
    const commented = `# Agreed by the board in March\n${text('housing.yaml').replace(
      '      - step: Income and benefits review',
      '      # The county asks for this one.\n      - step: Income and benefits review',
    )}`;
    writeFileSync(at('housing.yaml'), commented);
    await run(['housing.yaml', '--to', 'csv', '--lang', 'fr', '--out', 'etapes.csv']);
    expect(text('etapes.csv')).toMatch(/^série;position;type d'activité;libellé;statut;après;jours;/);
    writeFileSync(at('etapes.csv'), text('etapes.csv').replace(';3;newest', ';5,0;newest'));
    const { code, err } = await run(['etapes.csv', '--onto', 'housing.yaml', '--out', 'housing.yaml']);
    expect([code, err]).toEqual([0, '']);
    expect(commented).toContain('day: 3');
    expect(text('housing.yaml')).toBe(commented.replace('day: 3\n', 'day: 5\n'));
    await run(['housing.xml', '--out', 'housing.json']);
    expect((await run(['housing.json', '--onto', 'housing.yaml'])).out).toBe(commented);
    const row = JSON.parse(text('housing.json')) as object;
    writeFileSync(at('row.json'), JSON.stringify({ title: 'Housing', ...row }, null, 2));
    const changed = await run(['etapes.csv', '--onto', 'row.json']);
    expect(JSON.parse(changed.out)).toMatchObject({ title: 'Housing', name: 'housing_support' });
    expect(changed.out).toContain('"reference_offset": "5"');
    expect((await run(['etapes.csv', '--onto', 'row.json', '--out', 'x.yaml'])).err).toContain(
      'row.json is JSON, so --onto goes with --to json, not yaml.',
    );
  });

  it('reads a table in the bytes that Excel and LibreOffice write', async () => {
    const { out: plain } = await run(['housing.xml', '--to', 'csv']);
    const { out: tabbed } = await run(['housing.xml', '--to', 'csv', '--separator', 'tab']);
    const { out: french } = await run(['housing.xml', '--to', 'csv', '--lang', 'fr']);
    const saved: readonly Uint8Array[] = [
      Buffer.from(`\uFEFF${french}`),
      Buffer.from(`\uFEFF${tabbed}`, 'utf16le'),
      Buffer.from(`\uFEFF${tabbed}`, 'utf16le').swap16(),
      Buffer.from(plain.replaceAll('\r\n', '\n').trimEnd()),
      Buffer.from(plain.replaceAll('\r\n', ',,\r\n') + ','.repeat(14).concat('\r\n').repeat(3)),
      Buffer.from(`sep=;\r\n${french}`),
      Buffer.from(plain.replace(/[^,\r\n]+/g, '"$&"')),
    ];
    for (const bytes of saved) {
      const { code, out, err } = await run(['-', '--from', 'csv', '--onto', 'housing.xml'], bytes);
      expect([code, err]).toEqual([0, '']);
      expect(out).toBe(text('housing.xml'));
    }
    const bare = Buffer.from(tabbed, 'utf16le');
    expect((await run(['-', '--from', 'csv', '--onto', 'housing.xml'], bare)).err).toContain('stdin:1:1:');
  });
});

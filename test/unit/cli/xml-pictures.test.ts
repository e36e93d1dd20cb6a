import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCivicase } from '../../support/run-civicase.ts';
import { shippedFile } from '../../support/shipped-case-types.ts';

const folder = mkdtempSync(join(tmpdir(), 'civicase-pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = (words: readonly string[], stdin = '') =>
  runCivicase(['xml', ...words], { workingDirectory: folder, stdin });

const PERMANENCE = shippedFile('permanence_elu', '.xml');
const TWO_DAYS = `<CaseType><name>two_days</name><ActivitySets><ActivitySet><name>a</name><timeline>true</timeline><ActivityTypes>
  <ActivityType><name>Call</name><reference_offset>2</reference_offset></ActivityType>
</ActivityTypes></ActivitySet></ActivitySets></CaseType>`;

describe('civicase xml draw', () => {
  test('draws in the language of the file, with the title of its README', async () => {
    const { code, out } = await run(['draw', PERMANENCE]);
    expect(code).toBe(0);
    expect(out).toContain('<title id="timeline-title">Chronologie\u00a0: Permanence d&#39;un élu</title>');
  });

  test('takes another language, title and date', async () => {
    const { out } = await run([
      'draw',
      PERMANENCE,
      '--lang',
      'en',
      '--title',
      'Desk',
      '--start',
      '2026-03-05',
    ]);
    expect(out).toContain('>Timeline: Desk</title>');
    expect(out).toContain('>Sat, 7 Mar 2026</text>');
  });

  test('reads stdin, XML or JSON alike', async () => {
    const xml = await run(['draw', '-'], TWO_DAYS);
    const { out: definition } = await run(['definition', '-'], TWO_DAYS);
    const json = await run(['draw', '-', '--title', 'Two days'], definition);
    expect(xml.out).toContain('>Timeline: Two days</title>');
    expect(json.out).toBe(xml.out);
  });

  test('writes to a file, and draws the graph', async () => {
    const { out } = await run(['draw', PERMANENCE, '--graph', '--out', 'deep/graph.svg']);
    expect(out).toBe('Written to deep/graph.svg.\n');
    expect(readFileSync(join(folder, 'deep/graph.svg'), 'utf8')).toContain('<title id="graph-title">');
  });

  test.each([
    ['an empty file', ['draw', '-'], ''],
    ['a file that is not there', ['draw', 'nowhere.xml'], ''],
    ['XML that breaks off', ['page', '-'], '<CaseType><name>'],
    ['a start that is no date', ['draw', '-', '--start', 'soon'], TWO_DAYS],
    ['a language that it does not speak', ['page', '-', '--lang', 'de'], TWO_DAYS],
    ['an offset beyond the calendar', ['draw', '-'], TWO_DAYS.replace('>2<', '>99999999<')],
    ['a place where it may not write', ['draw', '-', '--out', '/dev/null/x.svg'], TWO_DAYS],
  ])('refuses %s in one sentence', async (_, words, stdin) => {
    const { code, out, err } = await run(words, stdin);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^civicase: \S.*\.\n$/s);
    expect(err).not.toContain('    at ');
  });
});

describe('civicase xml page', () => {
  test('tells purpose and findings', async () => {
    const { code, out } = await run(['page', PERMANENCE]);
    expect(code).toBe(0);
    expect(out).toContain('<html lang="fr">');
    expect(out).toContain('Un habitant s&#39;adresse à la permanence');
  });

  test('gives title, language and page as JSON', async () => {
    const { out } = await run(['--json', 'page', PERMANENCE]);
    expect(JSON.parse(out)).toMatchObject({ language: 'fr', title: "Permanence d'un élu" });
  });
});

describe('civicase xml gallery', () => {
  test('shows what can be drawn, names what cannot, and keeps files of one name apart', async () => {
    for (const sub of ['mine/a', 'mine/b', 'mine/index']) mkdirSync(join(folder, sub), { recursive: true });
    writeFileSync(join(folder, 'mine/a/two_days.xml'), TWO_DAYS);
    writeFileSync(join(folder, 'mine/b/two_days.xml'), TWO_DAYS);
    writeFileSync(join(folder, 'mine/index/index.xml'), TWO_DAYS);
    writeFileSync(join(folder, 'mine/broken.xml'), '<CaseType');
    writeFileSync(join(folder, 'mine/README.md'), '# Our desk\n\nWhat **we** do.\n');
    const { code, err } = await run(['gallery', 'mine', '--out', 'out', '--lang', 'fr']);
    expect(code).toBe(1);
    expect(err).toContain('mine/broken.xml:1');
    const index = readFileSync(join(folder, 'out/index.html'), 'utf8');
    expect(index).toContain('<h1>Our desk</h1>');
    expect(index).toContain('What we do.');
    expect(index).toContain('Ce fichier n’a pas pu être dessiné');
    expect(readdirSync(join(folder, 'out')).filter((file) => file.endsWith('.html'))).toEqual([
      'index-2.html',
      'index.html',
      'two_days-2.html',
      'two_days.html',
    ]);
  });

  test('copies the XML byte for byte', () => {
    expect(readFileSync(join(folder, 'out/two_days.xml'), 'utf8')).toBe(TWO_DAYS);
  });

  test('refuses a folder without case types', async () => {
    mkdirSync(join(folder, 'empty'));
    const { code, err } = await run(['gallery', 'empty', '--out', 'out2']);
    expect(code).toBe(1);
    expect(err).toContain('empty');
  });
});

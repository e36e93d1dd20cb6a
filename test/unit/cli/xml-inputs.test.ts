import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCivicase } from '../../support/run-civicase.ts';
import { shippedFile } from '../../support/shipped-case-types.ts';

let folder: string;
const run = (words: readonly string[], stdin: string | Uint8Array = '') =>
  runCivicase(['xml', ...words], { workingDirectory: folder, stdin });
const at = (...names: readonly string[]): string => join(folder, ...names);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xml-inputs-'));
  cpSync(shippedFile('housing_support', '.xml'), at('type.xml'));
  for (const form of ['json', 'yaml']) await run(['convert', 'type.xml', '--out', `type.${form}`]);
  mkdirSync(at('types'));
  for (const form of ['xml', 'json', 'yaml']) {
    mkdirSync(at('types', form));
    cpSync(at(`type.${form}`), at('types', form, `type.${form}`));
  }
  // What else lies in a folder under version control.
  writeFileSync(at('types', 'package.json'), '{ "name": "types", "version": "1.0.0" }');
  writeFileSync(at('types', 'civicase.yaml'), 'sites: {}\n');
  writeFileSync(at('types', 'statuses.yaml'), '- name: Open\n  label: Ongoing\n');
  writeFileSync(at('types', 'broken.json'), '{');
  writeFileSync(at('types', 'info.xml'), '<?xml version="1.0"?><extension key="types" type="module"/>');
  mkdirSync(at('nothing'));
  writeFileSync(at('empty'), '');
  writeFileSync(at('binary.xml'), Uint8Array.of(0, 255, 254, 1, 2, 3));
  writeFileSync(at('prose.yaml'), 'It was a dark and stormy night.\n');
  writeFileSync(at('list.json'), '[1, 2]');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What each command needs beside its input. */
const READERS: readonly (readonly [name: string, words: (input: string) => readonly string[]])[] = [
  ['definition', (input) => ['definition', input]],
  ['write', (input) => ['write', input, '--name', 'housing_support']],
  ['lint', (input) => ['lint', input]],
  ['simulate', (input) => ['simulate', input, '--start', '2026-03-02']],
  ['text', (input) => ['text', input]],
  ['draw', (input) => ['draw', input]],
  ['page', (input) => ['page', input]],
  ['convert', (input) => ['convert', input, '--to', 'json']],
  ['diff', (input) => ['diff', input, 'type.xml']],
  ['merge', (input) => ['merge', 'type.xml', input, 'type.xml']],
];
const FORMS = ['xml', 'json', 'yaml'];

describe.each(READERS)('civicase xml %s', (name, words) => {
  it.each(FORMS)('reads %s from a file and from stdin alike', async (form) => {
    const file = await run(words(`type.${form}`));
    expect([file.code, file.err]).toEqual([file.code === 2 ? 2 : 0, '']);
    expect(file.out).not.toBe('');
    const stdin = await run(words('-'), readFileSync(at(`type.${form}`)));
    expect(stdin.code).toBe(file.code);
  });

  // What git shows of any file, broken or not.
  it.skipIf(name === 'text').each([
    ['a file that is not there', 'missing.xml', 'missing.xml'],
    ['an empty file', 'empty', 'empty'],
    ['bytes that are no text', 'binary.xml', 'binary.xml'],
    ['prose', 'prose.yaml', 'prose.yaml'],
    ['a list', 'list.json', 'list.json'],
    ['a folder without case types', 'nothing', 'nothing'],
    ['a file that cannot be read', 'type.xml/x', 'type.xml/x'],
  ])('says of %s what is wrong, in a sentence', async (_what, input, named) => {
    const { code, out, err } = await run(words(input));
    expect(code).toBe(1);
    const told = `${out}${err}`.trim();
    expect(told).toContain(named);
    expect(told).not.toMatch(/\n\s+at |undefined|\[object/);
    expect(told).toMatch(/[.>^]$|\w$/m);
  });
});

describe('a folder', () => {
  it('stands for its case types in every form, and for nothing else', async () => {
    const { code, out } = await run(['lint', 'types', '--format', 'json']);
    expect(code).toBeLessThan(2);
    const { files } = JSON.parse(out) as { readonly files: readonly { readonly file: string }[] };
    expect(files.map(({ file }) => file)).toEqual(
      FORMS.toSorted().map((form) => `types/${form}/type.${form}`),
    );
  });

  it.each(FORMS)('of %s differs in nothing from the same in another form', async (form) => {
    expect(await run(['diff', `types/${form}`, 'types/xml'])).toMatchObject({ code: 0, err: '' });
  });

  it('of tests may have its case type in YAML', async () => {
    mkdirSync(at('tested'));
    cpSync(at('type.yaml'), at('tested', 'type.yaml'));
    cpSync(shippedFile('housing_support', '.test.yaml'), at('tested', 'type.test.yaml'));
    expect(await run(['test', 'tested'])).toMatchObject({ code: 0, err: '' });
  });

  it('is converted as a whole, over nothing that is there', async () => {
    const words = ['convert', 'types/xml', '--to', 'yaml', '--out', 'made'];
    expect(await run(words)).toMatchObject({ code: 0, out: 'Written to made/type.yaml.\n' });
    expect(readFileSync(at('made', 'type.yaml'))).toEqual(readFileSync(at('type.yaml')));
    expect((await run(words)).err).toContain('made/type.yaml, which is there already');
    expect((await run(['convert', 'types', '--to', 'yaml'])).err).toContain('give --out with the folder');
  });

  it('is shown in a gallery with the XML of each', async () => {
    expect(await run(['gallery', 'types', '--out', 'gallery'])).toMatchObject({ code: 0 });
    expect(readdirSync(at('gallery')).filter((file) => file.endsWith('.xml'))).toHaveLength(3);
    expect(readFileSync(at('gallery', 'type.xml'), 'utf8')).toContain('<CaseType>');
    expect(await run(['gallery', 'nope', '--out', 'other'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('The folder nope does not exist') as string,
    });
  });
});

describe('merging JSON and YAML', () => {
  const edited = (form: string, change: (text: string) => string): string =>
    change(readFileSync(at(`type.${form}`), 'utf8'));
  const later = (days: string) => (text: string) =>
    text.replace(/(reference_offset": "|day: )(\d+)/, `$1${days}`);

  it.each(['json', 'yaml'])('takes what each side changed, whatever form THEIRS has: %s', async (form) => {
    writeFileSync(
      at('ours'),
      edited(form, (text) => text.replaceAll('Income and Benefits Stabilization', 'Income')),
    );
    await run(['convert', 'type.xml', '--out', 'theirs.json']);
    writeFileSync(at('theirs.json'), edited('json', later('9')));
    const merged = await run(['merge', `type.${form}`, 'ours', 'theirs.json']);
    expect([merged.code, merged.err]).toEqual([0, '']);
    writeFileSync(at(`merged.${form}`), merged.out);
    const { out } = await run(['diff', `type.${form}`, `merged.${form}`]);
    expect(out).toContain('Income');
    expect(out).toContain('9');
    expect(await run(['merge', '--check', `merged.${form}`])).toMatchObject({ code: 0 });
  });

  it('keeps the comments of OURS in YAML, whatever THEIRS changed', async () => {
    const ours = `# As the board agreed\n${edited('yaml', (text) => text.replace('timeline: true', 'timeline: yes # the one'))}`;
    writeFileSync(at('ours'), ours);
    writeFileSync(at('theirs'), edited('yaml', later('9')));
    const { code, out, err } = await run(['merge', 'type.yaml', 'ours', 'theirs']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(later('9')(ours));
  });

  it.each(['json', 'yaml'])('keeps both sides of a conflict, in %s that still reads', async (form) => {
    writeFileSync(at('ours'), edited(form, later('8')));
    writeFileSync(at('theirs'), edited(form, later('9')));
    const merged = await run(['merge', `type.${form}`, 'ours', 'theirs', '--output', `conflict.${form}`]);
    expect(merged.code).toBe(2);
    expect(merged.err).toMatch(/conflict: reference_offset of step .*ours "8", which counts; theirs "9"/);
    const read = (file: string) => run(['definition', file]);
    expect((await read(`conflict.${form}`)).out).toBe((await read('ours')).out);
    const checked = await run(['merge', '--check', `conflict.${form}`]);
    expect(checked.code).toBe(2);
    expect(checked.out).toMatch(/conflict\.\w+:\d+:1: reference_offset of step/);
    expect((await run(['lint', `conflict.${form}`])).out).toContain('[merge-conflict-left]');
  });

  it('writes over OURS for git, which gives no ending to go by', async () => {
    writeFileSync(at('ours'), edited('json', later('8')));
    const { code } = await run([
      'merge',
      'type.json',
      'ours',
      'type.json',
      '--git',
      '--path',
      'case-types/type.json',
    ]);
    expect(code).toBe(0);
    expect(readFileSync(at('ours'), 'utf8')).toBe(edited('json', later('8')));
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForCaseType, askToOverwrite } from '../../../src/cli/new/dialogue.ts';
import { runCivicase } from '../../support/run-civicase.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'xml-new-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const run = (words: readonly string[], stdin = '') =>
  runCivicase(['xml', ...words], { workingDirectory: folder, stdin });

describe('civicase xml new', () => {
  it('writes a file without findings from flags, and keeps one that is there', async () => {
    const words = [
      'new',
      '--name',
      'home_help',
      '--step',
      'Phone Call @ 1 !',
      'Meeting @ 7',
      '--after-closing',
      'Follow up @ 30',
    ];
    expect((await run(words)).code).toBe(0);
    const xml = readFileSync(join(folder, 'home_help.xml'), 'utf8');
    expect(xml).toContain('<default_assignee_type>4</default_assignee_type>');
    const again = await run(words);
    expect(again.code).toBe(1);
    expect(again.err).toContain('home_help.xml is there already. Give --force');
    expect((await run([...words, '--force'])).code).toBe(0);
  });

  it('copies a template, which lints as well as before', async () => {
    expect((await run(['new', '--template', 'health_grant', '--name', 'our_grant'])).code).toBe(0);
    expect(readFileSync(join(folder, 'our_grant.xml'), 'utf8')).toContain('<name>our_grant</name>');
    const lint = await run(['lint', 'our_grant.xml']);
    expect([lint.code, lint.out]).toEqual([0, expect.not.stringMatching(/ (?:error|warning) /)]);
  });

  it('makes files without a finding', async () => {
    await run(['new', '--name', 'a', '--title', 'A', '--step', 'Meeting @ 2 !', '--lang', 'fr']);
    const lint = await run(['lint', 'a.xml', '--format', 'json']);
    expect([lint.code, JSON.parse(lint.out)]).toEqual([
      0,
      { files: [{ file: 'a.xml', findings: [], error: null }] },
    ]);
  });

  it('gives a step to the holder of a role, who then has a part in the case', async () => {
    await run(['new', '--name', 'a', '--step', 'Meeting @ 2 > Supervisor']);
    const xml = readFileSync(join(folder, 'a.xml'), 'utf8');
    expect(xml).toContain('<default_assignee_relationship>10_b_a</default_assignee_relationship>');
    expect(xml).toContain('<name>Supervisor</name>');
    const shown = await run(['simulate', 'a.xml', '--start', '2026-03-02']);
    expect(shown.out).toContain('the holder of Supervisor');
  });

  it('tells that two files come to one name', async () => {
    await run(['new', '--name', 'home_help']);
    const { code, err } = await run(['new', '--name', 'HomeHelp']);
    expect(code).toBe(0);
    expect(err).toContain('HomeHelp.xml and home_help.xml come to one name for CiviCRM (HomeHelp.xml)');
  });

  it('reads answers, which flags go over', async () => {
    const yaml = 'name: a\nsteps:\n  - { step: Meeting, day: 2 }\nstatuses: [Urgent]\n';
    expect((await run(['new', '--answers', '-', '--name', 'b', '--lang', 'fr'], yaml)).code).toBe(0);
    expect(readFileSync(join(folder, 'b.xml'), 'utf8')).toContain('<label>Chronologie standard</label>');
  });

  it.each([
    [['new'], '', 'There is no terminal to ask in.'],
    [
      ['new', '--name', 'home help'],
      '',
      'the flags: name: home help cannot be the name: CiviCRM allows only letters',
    ],
    [['new', '--name', 'a', '--step', 'Meeting'], '', 'steps.0: '],
    [['new', '--answers', '-'], 'nme: a\n', 'stdin: '],
    [['new', '--template', 'housing_suport'], '', 'Did you mean "housing_support"?'],
    [['new', '--template', 'health_grant', '--step', 'A @ 1'], '', 'A template is copied as it is'],
    [['new', '--template', 'health_grant', '--name', 'a b'], '', '"a b" cannot be the name'],
    [['new', '--name', 'a', '--step', 'A @ 1 > Mentor'], '', 'is not a role of every CiviCRM'],
    [['new', '--answers', '-'], '', 'Expected answers in stdin'],
  ])('refuses %j', async (words, stdin, message) => {
    const { code, err } = await run(words, stdin);
    expect(err).toContain(message);
    expect(code).toBe(1);
  });

  it.each([
    ['en', 'What is it called?'],
    ['fr', "Comment s'appelle-t-il ?"],
  ] as const)('asks in %s', async (language, question) => {
    const answers = await converse(language, [
      '\r',
      'Home help\r',
      '\r',
      '\r',
      'Meeting\r',
      '3 d\r',
      '\x7f\x7f\r',
      DOWN,
      '\r',
      'Phone Call\r',
      '-1\r',
      UP,
      '\r',
      '\r',
      'Urgent, Waiting\r',
      '\r',
    ]);
    expect(answers.screen).toContain(question);
    expect(answers.result.kind === 'answers' && answers.result.answers).toEqual({
      title: 'Home help',
      name: 'home_help',
      manager: 'Case Coordinator',
      steps: [
        { activityType: 'Meeting', day: 3, to: { kind: 'opener' } },
        { activityType: 'Phone Call', day: -1, to: { kind: 'role', role: 'Supervisor' } },
      ],
      statuses: ['Urgent', 'Waiting'],
      afterClosing: [],
      language,
    });
  });

  it('copies a template under a name of its own', async () => {
    const { result } = await converse('fr', [DOWN, '\r', '_2\r']);
    expect(result).toEqual({ kind: 'copy', template: 'first', name: 'first_2' });
  });

  it.each(['en', 'fr'] as const)('says in %s what is wrong, and goes on', async (language) => {
    const { screen, result } = await converse(language, [
      '\r',
      '\r',
      'Aide à tous\r',
      ' !\r',
      '\x7f\x7f\r',
      '\r',
      '\r',
      '\r',
      '\r',
    ]);
    const said = {
      en: ['Please write something.', 'CiviCRM allows only letters'],
      fr: ['Une réponse est nécessaire.', 'Seulement des lettres sans accent'],
    };
    for (const text of said[language]) expect(screen).toContain(text);
    expect(result.kind === 'answers' && result.answers.name).toBe('aide_a_tous');
  });

  it('writes over a file only when it is asked to', async () => {
    const terminal = (keys: readonly string[]) => typed(keys);
    writeFileSync(join(folder, 'first.xml'), 'mine');
    const no = terminal(['\r']);
    expect(await askToOverwrite(no, 'en', 'first.xml')).toBe(false);
    const yes = terminal(['y']);
    expect(await askToOverwrite(yes, 'fr', 'first.xml')).toBe(true);
  });

  it('leaves without a file on Ctrl-C', async () => {
    await expect(converse('en', ['\x03'])).rejects.toThrow(
      'Left without making a case type. No file was written.',
    );
  });
});

/** Types the keys as a person does, each piece once the screen stands still. */
async function converse(language: 'en' | 'fr', keys: readonly string[]) {
  const terminal = typed(keys);
  const result = await askForCaseType(terminal, language, TEMPLATES);
  return { result, screen: terminal.screen() };
}

const UP = '\x1b[A';
const DOWN = '\x1b[B';
const TEMPLATES = [
  { name: 'first', title: 'The first' },
  { name: 'second', title: 'The second' },
];

function typed(keys: readonly string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = '';
  output.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  void (async () => {
    for (const key of keys) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      if (key.startsWith('\x1b')) input.write(key);
      else for (const character of key) input.write(character);
    }
  })();
  return { input, output, screen: () => screen };
}

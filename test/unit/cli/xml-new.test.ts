import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForCaseType } from '../../../src/cli/new/dialogue.ts';
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
      'Home help\r',
      '\r',
      '\r',
      'Meeting\r',
      '3 d\r',
      '\x7f\x7f\r',
      'y',
      '\r',
      'Urgent, Waiting\r',
      '\r',
    ]);
    expect(answers.screen).toContain(question);
    expect(answers.result).toEqual({
      title: 'Home help',
      name: 'home_help',
      manager: 'Case Coordinator',
      steps: [{ activityType: 'Meeting', day: 3, toOpener: true }],
      statuses: ['Urgent', 'Waiting'],
      afterClosing: [],
      language,
    });
  });

  it('leaves without a file on Ctrl-C', async () => {
    await expect(converse('en', ['\x03'])).rejects.toThrow(
      'Left without making a case type. No file was written.',
    );
  });
});

/** Types the keys as a person does, each piece once the screen stands still. */
async function converse(language: 'en' | 'fr', keys: readonly string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = '';
  output.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  const asked = askForCaseType({ input, output }, language);
  const typing = (async () => {
    for (const key of keys) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      for (const character of key) input.write(character);
    }
  })();
  const [result] = await Promise.all([asked, typing]);
  return { result, screen };
}

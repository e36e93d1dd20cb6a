import { beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, WORKERS } from '../../scripts/demo/people.ts';
import { figureOf, mailsOf, runDemo, storyOf, talkativeFilesOf, type DemoRun } from '../support/run-demo.ts';

describe('npm run demo, twice in a row', () => {
  const runs: DemoRun[] = [];
  beforeAll(async () => {
    runs.push(await runDemo(), await runDemo());
  }, 180_000);

  test.each([0, 1])(
    'run %i ends by itself with exit code 0, in under a minute, and leaves no process behind',
    (number) => {
      const run = runs[number];
      expect(run?.exitCode, run?.output).toBe(0);
      expect(run?.millis).toBeLessThan(60_000);
      expect(run?.isGroupEmpty).toBe(true);
    },
  );

  test('both runs tell the same story', () => {
    expect(storyOf(runs[1]!)).toBe(storyOf(runs[0]!));
  });

  test('a case type is moved, a second plan is empty, a second mirror pass moves nothing', () => {
    const output = runs[1]?.output ?? '';
    expect(output).toContain('create case status "On Housing Waitlist"');
    expect(output).toContain('the case type on hilltop equals the one on riverside');
    expect(output).toContain('a second plan is empty');
    expect(output.match(/a second pass moves nothing/g)).toHaveLength(2);
  });

  test('follow-ups are made, mails are sent and recorded, nothing is doubled or lost', () => {
    const figure = (name: string) => figureOf(runs[1]!, name);
    expect(figure('follow-ups created')).toBeGreaterThan(0);
    expect(figure('mails in the mailbox')).toBeGreaterThan(10);
    expect(figure('mails recorded on their cases')).toBe(figure('mails in the mailbox'));
    expect(figure('mails withheld \\(no consent, on hold, no address\\)')).toBe(3);
    expect(figure('duplicates')).toBe(0);
    expect(figure('lost')).toBe(0);
  });

  test('mails go out in English and French, and none to those who must get none', () => {
    const mails = mailsOf('sandbox');
    expect(mails.some((mail) => /^content-language: fr/im.test(mail))).toBe(true);
    expect(mails.some((mail) => /^content-language: en/im.test(mail))).toBe(true);
    for (const barred of ['petra', 'samir', 'dora'])
      expect(mails.filter((mail) => mail.includes(`<${barred}@example.org>`))).toEqual([]);
  });

  test('neither the log nor Redis holds a key, a name or an address of a person', () => {
    const texts = talkativeFilesOf('sandbox');
    expect(texts.length).toBeGreaterThan(1);
    const canaries = [...WORKERS, ...CLIENTS].flatMap(({ key, lastName }) => [`${key}@`, lastName]);
    for (const canary of [...canaries, 'riverside-demo-key', 'hilltop-demo-key'])
      expect(texts.filter((text) => text.includes(Buffer.from(canary, 'utf8').toString('latin1')))).toEqual(
        [],
      );
  });
});

test('the demo says which flags there are, and refuses others', async () => {
  const help = await runDemo('--help');
  expect(help.exitCode).toBe(0);
  expect(help.output).toContain('--civicrm');
  const wrong = await runDemo('--civicrn');
  expect(wrong.exitCode).toBe(1);
  expect(wrong.output).toContain("Unknown option '--civicrn'");
});

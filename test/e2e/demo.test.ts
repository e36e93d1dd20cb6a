import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { CLIENTS, WORKERS } from '../../scripts/demo/people.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, '.demo');

interface DemoRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly millis: number;
  readonly isGroupEmpty: boolean;
}

/** The demo's own program, in a process group of its own, so that what it leaves behind can be seen. */
async function runDemo(): Promise<DemoRun> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo/main.ts'], {
    cwd: root,
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((done) => child.once('close', done));
  const millis = performance.now() - start;
  return { exitCode, output, millis, isGroupEmpty: await becomesEmpty(child.pid ?? 0) };
}

/** The compiler that tsx starts ends a moment after the program; everything else is gone before. */
async function becomesEmpty(group: number): Promise<boolean> {
  for (let attempt = 0; attempt < 40 && !isGone(-group); attempt += 1) await pause(50);
  return isGone(-group);
}

function isGone(processOrGroup: number): boolean {
  try {
    process.kill(processOrGroup, 0);
    return false;
  } catch {
    return true;
  }
}

function filesUnder(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

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
    const [first, second] = runs.map(({ output }) =>
      output
        .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
        .replaceAll(/Took \d+ s/g, 'Took')
        .replaceAll(/\(\d+ requests\)/g, ''),
    );
    expect(second).toBe(first);
  });

  test('a case type is moved, a second plan is empty, a second mirror pass moves nothing', () => {
    const output = runs[1]?.output ?? '';
    expect(output).toContain('create case status "On Housing Waitlist"');
    expect(output).toContain('the case type on hilltop equals the one on riverside');
    expect(output).toContain('a second plan is empty');
    expect(output).toContain('a second pass moves nothing');
  });

  test('follow-ups are made, mails are sent and recorded, nothing is doubled or lost', () => {
    const output = runs[1]?.output ?? '';
    const figure = (name: string) => Number(new RegExp(`${name}\\s+(\\d+)`).exec(output)?.[1]);
    expect(figure('follow-ups created')).toBeGreaterThan(0);
    expect(figure('mails in the mailbox')).toBeGreaterThan(10);
    expect(figure('mails recorded on their cases')).toBe(figure('mails in the mailbox'));
    expect(figure('mails withheld \\(no consent, on hold, no address\\)')).toBe(3);
    expect(figure('duplicates')).toBe(0);
    expect(figure('lost')).toBe(0);
  });

  test('mails go out in English and French, and none to those who must get none', () => {
    const mails = filesUnder(join(folder, 'mails')).map((path) => readFileSync(path, 'utf8'));
    expect(mails.some((mail) => /^content-language: fr/im.test(mail))).toBe(true);
    expect(mails.some((mail) => /^content-language: en/im.test(mail))).toBe(true);
    for (const barred of ['petra', 'samir', 'dora'])
      expect(mails.filter((mail) => mail.includes(`<${barred}@example.org>`))).toEqual([]);
  });

  test('neither the log nor Redis holds a key, a name or an address of a person', () => {
    const texts = [
      join(folder, 'log.jsonl'),
      ...filesUnder(join(folder, '.civicase')).filter((path) => path.includes('redis')),
    ].map((path) => readFileSync(path, 'latin1'));
    expect(texts.length).toBeGreaterThan(1);
    const canaries = [...WORKERS, ...CLIENTS].flatMap(({ key, lastName }) => [`${key}@`, lastName]);
    for (const canary of [...canaries, 'riverside-demo-key', 'hilltop-demo-key'])
      expect(texts.filter((text) => text.includes(Buffer.from(canary, 'utf8').toString('latin1')))).toEqual(
        [],
      );
  });
});

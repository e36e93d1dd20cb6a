import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

export interface DemoRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly millis: number;
  readonly isGroupEmpty: boolean;
}

/** The demo's own program, in a process group of its own, so that what it leaves behind can be seen. */
export async function runDemo(...flags: readonly string[]): Promise<DemoRun> {
  const start = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo/main.ts', ...flags], {
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

/** What a run told, without what may differ from run to run: ports, seconds, and on which Monday it began. */
export function storyOf({ output }: DemoRun): string {
  const firstDay = /\d{4}-\d\d-\d\d/.exec(output)?.[0] ?? '';
  const dayOf = (date: string) => `day ${Math.round((Date.parse(date) - Date.parse(firstDay)) / 86_400_000)}`;
  return output
    .replaceAll(/\d{4}-\d\d-\d\d/g, dayOf)
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/Took \d+ s/g, 'Took')
    .replaceAll(/\(\d+ requests\)/g, '');
}

/** A number of the summary. */
export function figureOf({ output }: DemoRun, name: string): number {
  return Number(new RegExp(`${name}\\s+(\\d+)`).exec(output)?.[1]);
}

/** The folder where a run leaves its files. */
export function demoFolder(kind: 'sandbox' | 'civicrm'): string {
  return join(root, '.demo', kind);
}

export function mailsOf(kind: 'sandbox' | 'civicrm'): readonly string[] {
  return filesUnder(join(demoFolder(kind), 'mails')).map((path) => readFileSync(path, 'utf8'));
}

/** The log and the files of Redis, as bytes in a string. */
export function talkativeFilesOf(kind: 'sandbox' | 'civicrm'): readonly string[] {
  const folder = demoFolder(kind);
  const redisFiles = filesUnder(join(folder, '.civicase')).filter((path) => path.includes('redis'));
  return [join(folder, 'log.jsonl'), ...redisFiles].map((path) => readFileSync(path, 'latin1'));
}

function filesUnder(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import type { DeadlyGate } from '../deadly-gate.ts';
import type { BuiltProgram } from './build-program.ts';
import type { Errand } from './program.ts';

/** Waits for a moment in the life of a process, and strikes then. */
export interface Ambush {
  /** For messages: which moment. */
  readonly name: string;
  /** Answers how to give it up. */
  arm(strike: () => void): () => void;
}

/** So many milliseconds after the process began its errand, wherever it then is. */
export const afterMillis = (millis: number): Ambush => ({
  name: `${String(millis)} ms after the beginning`,
  arm: (strike) => {
    const timer = setTimeout(strike, millis);
    return () => clearTimeout(timer);
  },
});

/** When the files of an SQLite store are written for the n-th time; the write goes on while the blow falls. */
export const atStoreWrite = (storeFolder: string, number: number): Ambush => ({
  name: `write ${String(number)} to the store`,
  arm: (strike) => {
    let writes = 0;
    const watcher = watch(storeFolder, () => {
      writes += 1;
      if (writes === number) strike();
    });
    return () => watcher.close();
  },
});

/**
 * Sends a process on an errand and kills it with SIGKILL when the ambush strikes; false when it came home before.
 *
 * @throws Error when the errand itself fails.
 */
export async function killOnErrand(
  program: BuiltProgram,
  errand: Errand,
  ambush: Ambush | null,
): Promise<boolean> {
  return await sendOn(await readyProcess(program), errand, ambush);
}

async function readyProcess({ file }: BuiltProgram): Promise<ChildProcess> {
  const child = fork(file, { execArgv: [] });
  await once(child, 'message');
  return child;
}

async function sendOn(child: ChildProcess, errand: Errand, ambush: Ambush | null): Promise<boolean> {
  const giveUp = ambush?.arm(() => child.kill('SIGKILL'));
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
  child.send(errand, () => undefined);
  const [code, signal] = await exit;
  giveUp?.();
  if (signal === null && code !== 0) throw new Error(`The errand ${errand.kind} ended with ${String(code)}.`);
  return signal === 'SIGKILL';
}

export interface Attack {
  readonly kills: number;
  /** The errand of the n-th process, counted from 0. */
  readonly errandFor: (attempt: number) => Errand;
  /** The ambush for the n-th process. Once one has come home there is little left to do. */
  readonly ambushFor: (attempt: number, home: boolean) => Ambush;
  /** What all its requests pass through. */
  readonly gate: Pick<DeadlyGate, 'begin' | 'latest'>;
}

/**
 * Sends process after process on the errand, until so many have died of it.
 *
 * @returns what befell each of them, in words.
 */
export async function killRepeatedly(
  program: BuiltProgram,
  { kills, errandFor, ambushFor, gate }: Attack,
): Promise<readonly string[]> {
  const story: string[] = [];
  let killed = 0;
  let home = false;
  // The next process starts while the one before it is at work.
  let next = readyProcess(program);
  while (killed < kills) {
    // A short errand may be over before its ambush; that is not to go on for ever.
    if (story.length === 3 * kills) throw new Error(`Only ${String(killed)} died: ${story.join('; ')}`);
    const ambush = ambushFor(story.length, home);
    const child = await next;
    gate.begin();
    next = readyProcess(program);
    const died = await sendOn(child, errandFor(story.length), ambush);
    if (died) killed += 1;
    else home = true;
    story.push(
      died ? `${ambush.name}, at ${gate.latest() ?? 'no request yet'}` : `${ambush.name}: came home before`,
    );
  }
  (await next).kill('SIGKILL');
  return story;
}

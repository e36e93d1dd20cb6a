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
  return await sendOn(await readyProcess(program, errand.kind), errand, ambush);
}

/** Started, with what an errand of this kind needs already loaded. */
async function readyProcess({ file }: BuiltProgram, kind: Errand['kind']): Promise<ChildProcess> {
  const child = fork(file, [kind], { execArgv: [] });
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
  /** What the processes load; an errand may be of another kind that loads the same. */
  readonly kind: Errand['kind'];
  /** The errand of the n-th process, counted from 0. */
  readonly errandFor: (attempt: number) => Errand;
  readonly ambushFor: (attempt: number) => Ambush;
  /** Makes new work for the n-th process, so that each has some; told whether the one before it came home. */
  readonly prepare?: (attempt: number, home: boolean) => Promise<void>;
  /** What all its requests pass through. */
  readonly gate: Pick<DeadlyGate, 'begin' | 'latest' | 'writes'>;
  /** What it has begun besides requests that write to a site. */
  readonly otherDeeds?: () => number;
}

/** What befell a process. */
export interface Fate {
  readonly words: string;
  readonly died: boolean;
  /** Whether it had begun to write to a site, or to send a mail. */
  readonly hadBegun: boolean;
}

/** Sends process after process on the errand, until so many have died of it. */
export async function killRepeatedly(program: BuiltProgram, attack: Attack): Promise<readonly Fate[]> {
  const { kills, kind, errandFor, ambushFor, prepare, gate, otherDeeds = () => 0 } = attack;
  const fates: Fate[] = [];
  let killed = 0;
  let home = false;
  // The next process starts while the one before it is at work.
  let next = readyProcess(program, kind);
  while (killed < kills) {
    const attempt = fates.length;
    // A short errand may be over before its ambush; that is not to go on for ever.
    if (attempt === 2 * kills)
      throw new Error(`Only ${String(killed)} died: ${fates.map(({ words }) => words).join('; ')}`);
    const child = await next;
    await prepare?.(attempt, home);
    const ambush = ambushFor(attempt);
    const before = otherDeeds();
    gate.begin();
    next = readyProcess(program, kind);
    const died = await sendOn(child, errandFor(attempt), ambush);
    if (died) killed += 1;
    home = !died;
    const words = died ? `at ${gate.latest() ?? 'no request yet'}` : 'came home before';
    fates.push({
      words: `${ambush.name}: ${words}`,
      died,
      hadBegun: gate.writes() > 0 || otherDeeds() > before,
    });
  }
  (await next).kill('SIGKILL');
  return fates;
}

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Release = () => Promise<void>;
type Holder = ChildProcessByStdio<Writable, Readable, null>;

/** The holder is a child that lives as long as the pipe to it, so that a lock ends with this process, however it ends. */
const startHolder = (...args: readonly string[]): Holder =>
  spawn('flock', [...args, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });

async function releaseOf(holder: Holder): Promise<Release | undefined> {
  const [first] = (await Promise.race([once(holder.stdout, 'data'), once(holder, 'close')])) as [unknown];
  if (!Buffer.isBuffer(first)) return undefined;
  return async () => {
    const closed = once(holder, 'close');
    holder.stdin.end();
    await closed;
  };
}

/** Holds a lock file until the returned function is called. Waits, saying so, while another process has the lock. */
export async function hold(lockFile: string, waiting: string): Promise<Release> {
  const late = setTimeout(() => console.warn(waiting), 500);
  const release = await releaseOf(startHolder(lockFile));
  clearTimeout(late);
  if (release === undefined) throw new Error(`The lock ${lockFile} could not be taken.`);
  return release;
}

/** The same without waiting: undefined while another process has the lock. */
export const tryToHold = (lockFile: string): Promise<Release | undefined> =>
  releaseOf(startHolder('--nonblock', lockFile));

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Holds a lock file until the returned function is called or this process ends, however it ends: the holder is a child that
 * lives as long as the pipe to it. Waits, saying so, while another process has the lock.
 */
export async function hold(lockFile: string, waiting: string): Promise<() => Promise<void>> {
  const child = spawn('flock', [lockFile, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const late = setTimeout(() => console.warn(waiting), 500);
  const [first] = (await Promise.race([once(child.stdout, 'data'), once(child, 'close')])) as [unknown];
  clearTimeout(late);
  if (!Buffer.isBuffer(first)) throw new Error(`The lock ${lockFile} could not be taken.`);
  return async () => {
    const closed = once(child, 'close');
    child.stdin.end();
    await closed;
  };
}

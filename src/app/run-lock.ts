import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../base/errors.ts';
import { makeDataFolder } from '../store/data-folder.ts';

/** Locks of this very process. */
const held = new Set<string>();

/**
 * Runs something that must not run twice at once on this data directory. A lock that a dead process left is taken
 * over.
 *
 * @throws AppError `conflict` while another process holds it.
 */
export async function runLocked<Value>(
  dataDir: string,
  name: string,
  what: string,
  run: () => Promise<Value>,
): Promise<Value> {
  makeDataFolder(dataDir);
  const file = join(dataDir, `${name}.lock`);
  if (!take(file)) {
    const holder = Number.parseInt(readLock(file), 10);
    // After a restart in a container the dead holder may have had our own number.
    if (holder === process.pid ? held.has(file) : isAlive(holder)) {
      throw new AppError(
        'conflict',
        `${what} is under way in another process (${holder}). Wait until it is done, or stop it.`,
      );
    }
    rmSync(file, { force: true });
    if (!take(file))
      throw new AppError('conflict', `${what} was just begun by another process. Try again later.`);
  }
  held.add(file);
  try {
    return await run();
  } finally {
    held.delete(file);
    rmSync(file, { force: true });
  }
}

/** The lock appears with its holder's number in it: an empty one would look like a dead holder's. */
function take(file: string): boolean {
  const ready = `${file}.${process.pid}`;
  writeFileSync(ready, String(process.pid));
  try {
    linkSync(ready, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(ready, { force: true });
  }
}

function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLocked } from '../../../src/app/run-lock.ts';

// No process has this number: it is beyond the largest that Linux gives.
const DEAD = 4_194_305;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = <Value>(work: () => Promise<Value>) => runLocked(folder, 'mirror-pair', 'A pass', work);

describe('a lock of the data directory', () => {
  it('keeps a second run out while the first is under way, and is gone afterwards', async () => {
    await run(async () => {
      await expect(run(() => Promise.resolve())).rejects.toMatchObject({ kind: 'conflict' });
    });
    expect(readdirSync(folder)).toEqual([]);
    expect(await run(() => Promise.resolve('done'))).toBe('done');
  });

  it('is released by a run that fails', async () => {
    await expect(run(() => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is respected when a living process holds it', async () => {
    writeFileSync(join(folder, 'mirror-pair.lock'), String(process.ppid));
    await expect(run(() => Promise.resolve())).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is taken over from a dead one', async () => {
    writeFileSync(join(folder, 'mirror-pair.lock'), String(DEAD));
    expect(await run(() => Promise.resolve('done'))).toBe('done');
  });
});

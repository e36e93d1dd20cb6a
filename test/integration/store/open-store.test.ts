import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/store.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the embedded store', () => {
  it('makes its folder for its owner alone', async () => {
    const store = await openStore(join(folder, 'data', 'civicase.sqlite'));
    await store.close();
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
  });

  it('names the place that cannot hold it', async () => {
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    await expect(openStore(join(file, 'data', 'civicase.sqlite'))).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringContaining(`${file}/data (ENOTDIR)`),
    });
  });

  it('does not take a file of another kind for its own', async () => {
    const file = join(folder, 'civicase.sqlite');
    writeFileSync(file, 'a letter, kept under the wrong name\n'.repeat(200));
    await expect(openStore(file)).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringContaining(file),
    });
  });
});

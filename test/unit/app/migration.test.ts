import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { changeSite } from '../../../src/app/index.ts';
import type { App } from '../../../src/app/index.ts';

it('changes one site at a time, several sites at once, and goes on after a dead process', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'civicase-change-'));
  const app = { config: { dataDir } } as Pick<App, 'config'>;
  const change = (site: string, work: () => Promise<string>) => changeSite(app, site, work);
  const now = () => Promise.resolve('changed');
  try {
    await change('hilltop', async () => {
      await expect(change('hilltop', now)).rejects.toMatchObject({ kind: 'conflict' });
      return change('riverside', now);
    });
    // No process has this number: it is beyond the largest that Linux gives.
    writeFileSync(join(dataDir, 'migrate-hilltop.lock'), '4194305');
    expect(await change('hilltop', now)).toBe('changed');
  } finally {
    rmSync(dataDir, { recursive: true });
  }
});

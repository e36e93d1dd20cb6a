import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlan, type MigrationPlan } from '../migrate/index.ts';

/** Plans that are being applied, so that an interrupted one is finished and not planned anew. */
export interface PendingPlans {
  find(site: string): MigrationPlan | null;
  keep(site: string, plan: MigrationPlan): void;
  drop(site: string): void;
}

/** In a folder of the data directory. */
export function openPendingPlans(dataDir: string, promotion: string): PendingPlans {
  const folder = join(dataDir, 'promotions');
  const fileOf = (...names: readonly string[]): string =>
    join(folder, `${names.map((name) => encodeURIComponent(name)).join(' ')}.json`);
  return {
    find(site) {
      try {
        return readPlan(JSON.parse(readFileSync(fileOf(promotion, site), 'utf8')));
      } catch {
        // None, or one of an earlier version: what is left to do is planned anew.
        return null;
      }
    },
    keep(site, plan) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(fileOf(promotion, site), JSON.stringify(plan), { mode: 0o600 });
    },
    drop: (site) => rmSync(fileOf(promotion, site), { force: true }),
  };
}

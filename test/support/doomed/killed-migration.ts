import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomSource } from '../../../src/base/clock.ts';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { openDeadlyGate, randomDeadline, randomWriteDeadline } from '../deadly-gate.ts';
import { planAppeal } from '../migration-of-appeal.ts';
import type { RealSite, RealSites } from '../real-sites.ts';
import { rowsOf } from '../real-site-rows.ts';
import type { BuiltProgram } from './build-program.ts';
import { afterMillis, atStoreWrite, killRepeatedly, type Ambush } from './doomed-process.ts';
import { applyPlan, undoLatest, type MigrationErrand } from './migration-run.ts';
import { differencesOf, type KilledUseCase } from './round.ts';
import { clientFor } from './site-address.ts';

/** Requests of the look around with which each process begins. */
const SNAPSHOT = 8;
/** Not every blow falls at the last moment, and a write may be repeated: more than one share each. */
const SHARE = 1.6;

/** The move of a case type to site B, and its undoing. Touches site A only to plan, at the beginning. */
export async function openKilledMigration(
  { a, b }: Pick<RealSites, 'a' | 'b'>,
  program: BuiltProgram,
): Promise<KilledUseCase> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-killed-migration-'));
  const gate = await openDeadlyGate([b.url]);
  const errand = (store: string): MigrationErrand => ({
    site: { name: 'beta', url: gate.urls[0] ?? '', apiKey: b.keys.admin },
    planFile: join(folder, 'plan.json'),
    storeFile: join(folder, store, 'store.db'),
  });
  const ambushFor = (random: RandomSource, attempt: number, home: boolean, writes: number): Ambush => {
    if (home) return gate.at(randomDeadline(random, SNAPSHOT));
    if (attempt % 5 === 2) return afterMillis(Math.floor(random() * 700));
    if (attempt % 5 === 3) return atStoreWrite(join(folder, 'rough'), 1 + Math.floor(random() * 8));
    return gate.at(randomWriteDeadline(random, writes));
  };
  /** No process gets further than its share of the writes, so that the last ones still have some before them. */
  const kill = (kind: 'apply' | 'undo', random: RandomSource, kills: number) =>
    killRepeatedly(program, {
      kills,
      errandFor: () => ({ kind, ...errand('rough') }),
      ambushFor: (attempt, home) =>
        ambushFor(random, attempt, home, Math.ceil((SHARE * writes[kind]) / kills)),
      gate,
    });

  const site = (name: string, { url, keys }: RealSite) =>
    createMigrationSite(clientFor({ name, url, apiKey: keys.admin }));
  const plan = await planAppeal(site('alpha', a), site('beta', b));
  writeFileSync(errand('').planFile, JSON.stringify(plan));
  await applyPlan(errand('calm'));
  const applied = gate.writes();
  const moved = await rowsOf(b);
  await undoLatest(errand('calm'));
  const writes = { apply: applied, undo: gate.writes() - applied };
  const undone = await rowsOf(b);

  return {
    round: async (random, kills) => {
      const applying = await kill('apply', random, Math.ceil(kills * 0.6));
      await applyPlan(errand('rough'));
      const differences = [
        ...differencesOf('moved', moved, await rowsOf(b)),
        ...(await applyPlan(errand('rough'))).map((key) => `moved: ${key} was made once more`),
      ];
      const undoing = await kill('undo', random, Math.floor(kills * 0.4));
      await undoLatest(errand('rough'));
      return {
        story: [...applying, ...undoing],
        differences: [
          ...differences,
          ...differencesOf('undone', undone, await rowsOf(b)),
          ...(await undoLatest(errand('rough'))).map((key) => `undone: ${key} was undone once more`),
        ],
      };
    },
    close: async () => {
      await gate.close();
      rmSync(folder, { recursive: true });
    },
  };
}

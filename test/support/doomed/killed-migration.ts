import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { openDeadlyGate } from '../deadly-gate.ts';
import { planAppeal } from '../migration-of-appeal.ts';
import type { RealSite, RealSites } from '../real-sites.ts';
import { rowsOf } from '../real-site-rows.ts';
import { randomAmbush } from './ambushes.ts';
import type { BuiltProgram } from './build-program.ts';
import { killRepeatedly } from './doomed-process.ts';
import { applyPlan, undoLatest, type MigrationErrand } from './migration-run.ts';
import { differencesOf, type KilledUseCase } from './round.ts';
import { clientFor } from './site-address.ts';

/** Requests of the look around with which each process begins. */
const SNAPSHOT = 8;
/** So that no process gets far, and the next still has something before it. */
const WRITES = 2;

/**
 * The move of a case type to site B, and its undoing, in turns: when one of them has come to its end, the other begins.
 * Touches site A only to plan, at the beginning.
 */
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
  const site = (name: string, { url, keys }: RealSite) =>
    createMigrationSite(clientFor({ name, url, apiKey: keys.admin }));
  const plan = await planAppeal(site('alpha', a), site('beta', b));
  writeFileSync(errand('').planFile, JSON.stringify(plan));

  const run = { apply: applyPlan, undo: undoLatest };
  type Direction = keyof typeof run;
  const end = async (direction: Direction) => {
    await run[direction](errand('calm'));
    return await rowsOf(b);
  };
  const calm = { apply: await end('apply'), undo: await end('undo') };
  /** Lets what was killed come to its end, and looks at what is there. */
  const settle = async (direction: Direction): Promise<readonly string[]> => {
    await run[direction](errand('rough'));
    return [
      ...differencesOf(direction, calm[direction], await rowsOf(b)),
      ...(await run[direction](errand('rough'))).map((key) => `${direction}: ${key} was done once more`),
    ];
  };

  return {
    round: async (random, kills) => {
      const differences: string[] = [];
      let turns = 0;
      const direction = () => (turns % 2 === 0 ? 'apply' : 'undo');
      const fates = await killRepeatedly(program, {
        kills,
        kind: 'apply',
        gate,
        prepare: async (_attempt, home) => {
          if (!home) return;
          differences.push(...(await settle(direction())));
          turns += 1;
        },
        errandFor: () => ({ kind: direction(), ...errand('rough') }),
        ambushFor: (attempt) =>
          randomAmbush(random, attempt, {
            gate,
            storeFolder: join(folder, 'rough'),
            reads: SNAPSHOT,
            writes: WRITES,
            millis: 400,
          }),
      });
      // To its end, and back to where the next round begins.
      differences.push(...(await settle(direction())));
      if (direction() === 'apply') differences.push(...(await settle('undo')));
      return { fates, differences };
    },
    close: async () => {
      await gate.close();
      rmSync(folder, { recursive: true });
    },
  };
}

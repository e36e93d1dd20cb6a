import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDoomedProgram, type BuiltProgram } from '../../support/doomed/build-program.ts';
import { openKilledDelivery } from '../../support/doomed/killed-delivery.ts';
import { openKilledMigration } from '../../support/doomed/killed-migration.ts';
import { openKilledMirror } from '../../support/doomed/killed-mirror.ts';
import { OVERTAKEN_CASES, overtakeMirror } from '../../support/doomed/overtaken-mirror.ts';
import type { KilledUseCase } from '../../support/doomed/round.ts';
import { haveRealSites, openRealSites, type RealSites } from '../../support/real-sites.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** On a machine that has nothing else to do it takes a tenth of that. */
const MANY_SECONDS = 600_000;
/** More than the site takes for the cases that a killed pass had asked for. */
const PATIENCE = 5000;

let program: BuiltProgram;
let sites: RealSites;
const open: KilledUseCase[] = [];

beforeAll(async () => {
  if (!haveRealSites) return;
  program = buildDoomedProgram();
  sites = await openRealSites();
});
afterAll(async () => {
  if (!haveRealSites) return;
  for (const useCase of open) await useCase.close();
  await sites.close();
  program.remove();
});

const attack = async (opening: Promise<KilledUseCase>, seed: number, kills: number) => {
  const useCase = await opening;
  open.push(useCase);
  const { story, differences } = await useCase.round(seededRandom(seed), kills);
  console.info([`seed ${String(seed)}:`, ...story].join('\n  '));
  return differences;
};

/** Fifty processes in all die with SIGKILL; afterwards the databases are those of an undisturbed run. */
describe.skipIf(!haveRealSites)('processes that are killed at work on real sites', () => {
  it(
    'a migration, its undoing and a delivery lose nothing and double nothing',
    { timeout: MANY_SECONDS },
    async () => {
      // One after the other opened, since a migration is planned from site A; then side by side, on a site each.
      const migration = await openKilledMigration(sites, program);
      const delivery = await openKilledDelivery(sites, program);
      const [moved, delivered] = await Promise.all([
        attack(Promise.resolve(migration), 1, 14),
        attack(Promise.resolve(delivery), 2, 16),
      ]);
      expect(moved).toEqual([]);
      expect(delivered).toEqual([]);
    },
  );

  it('a mirror loses nothing and doubles nothing', { timeout: MANY_SECONDS }, async () => {
    expect(await attack(openKilledMirror(sites, program), 3, 20)).toEqual([]);
  });

  it(
    'a mirror that waits as long as the target may be at work opens no case twice',
    { timeout: MANY_SECONDS },
    async () => {
      const { atWork, cases, doubled } = await overtakeMirror(sites, program, PATIENCE);
      expect(atWork).toBe(1);
      expect(doubled).toEqual([]);
      expect(cases).toBe(OVERTAKEN_CASES);
    },
  );
});

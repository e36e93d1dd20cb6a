import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDoomedProgram, type BuiltProgram } from '../../support/doomed/build-program.ts';
import { openKilledDelivery } from '../../support/doomed/killed-delivery.ts';
import { openKilledMigration } from '../../support/doomed/killed-migration.ts';
import { openKilledMirror } from '../../support/doomed/killed-mirror.ts';
import { overtakeMirror } from '../../support/doomed/overtaken-mirror.ts';
import type { KilledUseCase } from '../../support/doomed/round.ts';
import { haveRealSites, openRealSites, type RealSites } from '../../support/real-sites.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** On a machine that has nothing else to do it takes a tenth of that. */
const LONG = { timeout: 600_000 };
/** One process in ten is to die while it still looks around; some come home. The others have begun to write, or to send. */
const MOST_LOOKING_AROUND = 0.2;

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

const attack = async (useCase: KilledUseCase, seed: number, kills: number) => {
  open.push(useCase);
  const { fates, differences } = await useCase.round(seededRandom(seed), kills);
  const told = [`seed ${String(seed)}:`, ...fates.map(({ words }) => words)].join('\n  ');
  expect(differences, told).toEqual([]);
  const dead = fates.filter(({ died }) => died);
  expect(dead, told).toHaveLength(kills);
  const lookingAround = dead.filter(({ hadBegun }) => !hadBegun);
  expect(lookingAround.length / kills, told).toBeLessThanOrEqual(MOST_LOOKING_AROUND);
};

/** Fifty processes in all die with SIGKILL; afterwards the databases are as if none had. */
describe.skipIf(!haveRealSites)('processes that are killed at work on real sites', () => {
  it('a migration, its undoing and a delivery lose nothing and double nothing', LONG, async () => {
    // The migration is planned from site A; then they go side by side, on a site each.
    const migration = await openKilledMigration(sites, program);
    const delivery = await openKilledDelivery(sites, program);
    await Promise.all([attack(migration, 1, 24), attack(delivery, 2, 13)]);
  });

  it('a mirror loses nothing and doubles nothing', LONG, async () => {
    await attack(await openKilledMirror(sites, program), 3, 13);
  });

  it('a mirror waits for what a dead pass had sent, or it would open a case twice', LONG, async () => {
    const { patient, hasty } = await overtakeMirror(sites, program);
    expect(patient).toEqual({ wanted: patient.wanted, cases: patient.wanted, doubled: [] });
    expect(hasty.cases).toBeGreaterThan(hasty.wanted);
    expect(hasty.doubled.length).toBeGreaterThan(0);
  });
});

import { parseArgs } from 'node:util';
import { buildDoomedProgram } from '../../test/support/doomed/build-program.ts';
import { openKilledDelivery } from '../../test/support/doomed/killed-delivery.ts';
import { openKilledMigration } from '../../test/support/doomed/killed-migration.ts';
import { openKilledMirror } from '../../test/support/doomed/killed-mirror.ts';
import { seededRandom } from '../../test/support/seeded-random.ts';
import { connectRealSites } from '../real-sites.ts';

const USE_CASES = { mirror: openKilledMirror, migration: openKilledMigration, delivery: openKilledDelivery };

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});
const [rounds, seed, kills] = [values.rounds, values.seed, values.kills].map(Number);
const chosen = Object.entries(USE_CASES).filter(
  ([name]) => values.only === undefined || values.only === name,
);
const sitesFile = process.env['TEST_CIVICRM_SITES'];
if (!rounds || !seed || !kills || chosen.length === 0 || sitesFile === undefined) {
  console.error(
    'Expected whole numbers for --rounds, --seed and --kills, mirror, migration or delivery for --only, and TEST_CIVICRM_SITES.',
  );
  process.exit(2);
}

const sites = connectRealSites(sitesFile);
const program = buildDoomedProgram();
const started = performance.now();
let found = 0;
for (const [name, open] of chosen) {
  await sites.reset();
  const useCase = await open(sites, program);
  for (let round = 0; round < rounds; round += 1) {
    const { fates, differences } = await useCase.round(seededRandom(seed + round), kills);
    found += differences.length;
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${name}, seed ${seed + round}: ${differences.length} differences, after ${seconds} s`);
    if (differences.length > 0)
      console.log([...fates.map(({ words }) => words), ...differences].map((line) => `  ${line}`).join('\n'));
  }
  await useCase.close();
}
program.remove();
await sites.close();
process.exitCode = found === 0 ? 0 : 1;

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { explore, refusals, refusedIn, type Found } from '../../test/support/differential/explore.ts';
import { fixtureText } from '../../test/support/differential/fixture.ts';
import { openRealPair } from '../../test/support/differential/pairs.ts';
import { connectRealSites } from '../real-sites.ts';

const PROGRESS_STEPS = 1000;

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '20' },
  },
});
const [steps, seed, limit] = [values.steps, values.seed, values.limit].map(Number);
const sitesFile = process.env['TEST_CIVICRM_SITES'];
if (!steps || !seed || !limit || sitesFile === undefined) {
  console.error('Expected whole numbers for --steps, --seed and --limit, and TEST_CIVICRM_SITES.');
  process.exit(2);
}

const folder = join('.torture', `seed-${seed}`);
const started = performance.now();
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`;

/** A difference as a fixture that a fresh sandbox fails on. */
async function keep({ kind, sequence, fixture }: Found): Promise<void> {
  if (fixture === undefined) {
    console.log(`differs again, in sequence ${sequence}: ${kind}`);
    return;
  }
  const path = join(folder, `${fixture.theme}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, fixtureText(fixture));
  console.log(`differs, in sequence ${sequence}: ${fixture.about}\n  ${path}`);
}

const sites = connectRealSites(sitesFile);
await sites.reset();
const pairs = await Promise.all([openRealPair(sites, 'a'), openRealPair(sites, 'b')]);
const kept: Promise<void>[] = [];
let next = PROGRESS_STEPS;
console.log(`${steps} steps, seed ${seed}; differences go to ${folder}/`);
const exploration = await explore(pairs, {
  seed,
  steps,
  limit,
  onFound: (one) => kept.push(keep(one)),
  onProgress: (count) => {
    if (count < next) return;
    next += PROGRESS_STEPS;
    console.log(`${count} steps compared in ${seconds()}`);
  },
});
await Promise.all(kept);
const { compared, found, replayed } = exploration;
console.log(
  `${compared} steps compared in ${seconds()}, ${found.length} differences, ${refusedIn(exploration)} steps refused by the sandbox, ${replayed} sequences played again because a site hung up`,
);
for (const line of refusals(exploration)) console.log(`  refused ${line}`);
for (const pair of pairs) await pair.close();
await sites.close();
process.exitCode = found.length === 0 ? 0 : 1;

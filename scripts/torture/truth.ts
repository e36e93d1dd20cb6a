import { parseArgs } from 'node:util';
import { openRealSites } from '../../test/support/real-sites.ts';
import type { Difference } from '../../test/support/truth/compare.ts';
import { exploreOpenings, exploreReading, exploreWriting } from '../../test/support/truth/explore-truth.ts';
import { coreOf, prepareSite } from '../../test/support/truth/truth-site.ts';

const KINDS = ['reading', 'writing', 'openings'] as const;
type Kind = (typeof KINDS)[number];
/** An opening takes as long as two hundred of the others. */
const OPENINGS_PER_CASE = 1 / 40;
const ROUND = 2000;
const SHOWN = 5;

const { cases, seed, only } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
}).values;
const [wanted, first] = [Number(cases), Number(seed)];
if (!Number.isInteger(wanted) || wanted < 1 || !Number.isInteger(first)) {
  console.error('Expected whole numbers for --cases and --seed.');
  process.exit(2);
}
if (only !== undefined && !KINDS.some((kind) => kind === only)) {
  console.error(`Expected --only ${KINDS.join('|')}, got "${only}".`);
  process.exit(2);
}

const sites = await openRealSites();
const core = coreOf(sites);
const site = await prepareSite(core);
const explore: Readonly<Record<Kind, (seed: number, cases: number) => Promise<readonly Difference[]>>> = {
  reading: (from, count) => exploreReading(core, { seed: from, cases: count }),
  writing: (from, count) => exploreWriting(core, { seed: from, cases: count }),
  openings: (from, count) => exploreOpenings(core, site, { seed: from, cases: count }),
};

let failed = 0;
for (const kind of KINDS) {
  if (only !== undefined && only !== kind) continue;
  const started = performance.now();
  const [total, round] = kind === 'openings' ? [Math.ceil(wanted * OPENINGS_PER_CASE), 100] : [wanted, ROUND];
  const found: Difference[] = [];
  for (let done = 0; done < total; done += round) {
    const from = first + done / round;
    found.push(...(await explore[kind](from, Math.min(round, total - done))));
  }
  failed += found.length;
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${total} ${kind} in ${seconds} s: ${found.length} differ from CiviCRM's`);
  for (const difference of found.slice(0, SHOWN)) console.log(JSON.stringify(difference, null, 1));
}
core.close();
await sites.close();
process.exitCode = failed === 0 ? 0 : 1;

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explore, refusals } from '../support/differential/explore.ts';
import { fixtureText } from '../support/differential/fixture.ts';
import { openRealPair, type OpenPair } from '../support/differential/pairs.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';

const SEED = 20;
const STEPS = 2000;
/** A sandbox that refuses everything would be like CiviCRM in nothing. */
const MOST_REFUSED = 0.05;

describe.skipIf(!haveRealSites)('the sandbox beside a real CiviCRM', () => {
  let sites: RealSites;
  let pairs: readonly OpenPair[] = [];
  beforeAll(async () => {
    sites = await openRealSites();
    pairs = await Promise.all([openRealPair(sites, 'a'), openRealPair(sites, 'b')]);
  });
  afterAll(async () => {
    for (const pair of pairs) await pair.close();
    await sites.close();
  });

  test(
    `answers and keeps the same over ${STEPS} random calls (seed ${SEED})`,
    { timeout: 300_000 },
    async () => {
      const { compared, refused, found } = await explore(pairs, {
        seed: SEED,
        isWild: false,
        steps: STEPS,
        limit: 1,
      });
      const fixtures = found.map(({ kind, fixture }) =>
        fixture === undefined ? kind : fixtureText(fixture),
      );
      expect(fixtures.join('\n')).toBe('');
      expect(compared).toBeGreaterThanOrEqual(STEPS);
      const words = refusals(refused).map(({ what, count }) => `${count} times: ${what}`);
      expect(refused.length / (compared + refused.length), words.join('\n')).toBeLessThan(MOST_REFUSED);
    },
  );
});

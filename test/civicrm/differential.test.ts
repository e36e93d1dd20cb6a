import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explore, refusals, refusedIn } from '../support/differential/explore.ts';
import { fixtureText, type Fixture } from '../support/differential/fixture.ts';
import { openRealPair, type OpenPair } from '../support/differential/pairs.ts';
import type { Side } from '../support/differential/side.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';

const SEED = 20;
const STEPS = 2000;
/** A sandbox that refuses everything would be like CiviCRM in nothing; what it refuses is mostly nonsense. */
const MOST_REFUSED = 0.08;

const LYING_SEED = 136;

/** A sandbox in which the activities of a case stay when the case goes into the trash. */
const leavingActivities = (side: Side): Side => ({
  ...side,
  call: async (step) => {
    const answer = await side.call(step);
    const { where, values } = step.params as { where?: [string, string, number][]; values?: object };
    const isTrashed = values !== undefined && 'is_deleted' in values && Boolean(Number(values.is_deleted));
    const [clause] = where ?? [];
    if (step.entity !== 'Case' || step.action !== 'update' || !isTrashed || clause === undefined)
      return answer;
    const ofCase = [
      ['case_id', '=', clause[2]],
      ['is_deleted', '=', true],
    ];
    const params = { where: ofCase, values: { is_deleted: false } };
    await side.call({ entity: 'Activity', action: 'update', params });
    return answer;
  },
});

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
    { timeout: 600_000 },
    async () => {
      const exploration = await explore(pairs, { seed: SEED, steps: STEPS, limit: 1 });
      const { compared, found } = exploration;
      const fixtures = found.map(({ kind, fixture }) =>
        fixture === undefined ? kind : fixtureText(fixture),
      );
      expect(fixtures.join('\n')).toBe('');
      expect(compared).toBeGreaterThanOrEqual(STEPS);
      const refused = refusedIn(exploration);
      expect(refused / (compared + refused), refusals(exploration).join('\n')).toBeLessThan(MOST_REFUSED);
    },
  );

  test('is caught at one small lie, which comes out as a short fixture', { timeout: 120_000 }, async () => {
    const liar = await openRealPair(sites, 'a', leavingActivities);
    try {
      await liar.reset();
      const { found } = await explore([liar], {
        seed: LYING_SEED,
        steps: 300,
        limit: 1,
        attempts: 25,
      });
      const [{ kind, fixture } = {}] = found;
      expect(kind).toMatch(/^Case\.update state\./);
      const { steps } = JSON.parse(fixture === undefined ? 'null' : fixtureText(fixture)) as Fixture;
      // Who, the case, its end in the trash; and what reads the tables that differ.
      expect(steps.filter((step) => step.action !== 'get').length).toBeLessThanOrEqual(4);
      const kept = steps.find((step) => step.entity === 'Activity' && step.action === 'get')?.response;
      const rows = kept?.['values'] as readonly { readonly is_deleted: boolean }[] | undefined;
      expect(rows?.map((row) => row.is_deleted)).toContain(true);
      expect(rows?.map((row) => row.is_deleted)).not.toContain(false);
    } finally {
      await liar.close();
    }
  });
});

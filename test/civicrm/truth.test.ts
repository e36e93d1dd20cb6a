import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';
import type { Core } from '../support/truth/core.ts';
import { exploreOpenings, exploreReading, exploreWriting } from '../support/truth/explore-truth.ts';
import { coreOf, prepareSite } from '../support/truth/truth-site.ts';

const SEED = 7;

describe.skipIf(!haveRealSites)('case types beside the PHP of a real CiviCRM', () => {
  let sites: RealSites;
  let core: Core;
  beforeAll(async () => {
    sites = await openRealSites();
    core = coreOf(sites);
  });
  afterAll(async () => {
    core.close();
    await sites.close();
  });

  test('a thousand random files read as they do there', async () => {
    expect(await exploreReading(core, { seed: SEED, cases: 1000 })).toEqual([]);
  });

  test('a thousand random definitions are written as they are there', async () => {
    expect(await exploreWriting(core, { seed: SEED, cases: 1000 })).toEqual([]);
  });

  test('sixty random cases open with the same activities, dates and roles', async () => {
    const site = await prepareSite(core);
    expect(await exploreOpenings(core, site, { seed: SEED, cases: 60 })).toEqual([]);
  });

  test('tells apart a site that knows fewer statuses', async () => {
    const site = await prepareSite(core);
    const different = { ...site, activityStatuses: new Set(['Scheduled']) };
    expect(await exploreOpenings(core, different, { seed: SEED, cases: 20 })).not.toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Played, PlayedSite } from '../support/play-theme.ts';
import { playTimeline } from '../support/play-timeline.ts';
import { haveRealSites, openRealSites, type RealSites, type SiteLetter } from '../support/real-sites.ts';
import { haveRecordings, playThemes, RECORDED } from '../support/recordings.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Yesterday, today, and tomorrow: midnight may pass. */
const daysAround = (now: number): readonly string[] =>
  [-1, 0, 1].map((step) => new Date(now + step * DAY).toISOString().slice(0, 10));

// Hundreds of calls: half a minute where nothing else runs, minutes on a busy machine.
const LONG = { timeout: 600_000 };

let sites: RealSites;
const used = new Set<SiteLetter>();

/** The site as it was built. */
async function freshSite(letter: SiteLetter): Promise<PlayedSite> {
  if (used.has(letter)) await sites.reset(letter);
  used.add(letter);
  const { url, keys } = sites[letter];
  return { url, key: keys.admin, otherKeys: keys, clockRuns: true, days: daysAround(Date.now()) };
}

/** Each file on a fresh site, as long as there are any. */
async function playAlone(letter: SiteLetter, files: URL[]): Promise<readonly Played[]> {
  const found: Played[] = [];
  for (let file = files.shift(); file !== undefined; file = files.shift())
    found.push(...(await playThemes(await freshSite(letter), [file])));
  return found;
}

describe.skipIf(!haveRealSites)('a real site answers as recorded', () => {
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(() => sites.close());

  // The two sites work side by side.
  test('in our own recordings', LONG, async () => {
    const inOrder = async () => await playThemes(await freshSite('a'), RECORDED.own);
    const alone = [...RECORDED.alone];
    const found = await Promise.all([
      inOrder().then(async (first) => [...first, ...(await playAlone('a', alone))]),
      playAlone('b', alone),
    ]);
    expect(found).toEqual([[], []]);
  });

  test.skipIf(!haveRecordings)(
    'in the public recordings (skipped where ../shared/civicrm is missing)',
    LONG,
    async () => {
      const timelines = async () => {
        const site = await freshSite('b');
        const found: Played[] = [];
        for (const file of RECORDED.timelines) found.push(...(await playTimeline(site, file)));
        return found;
      };
      const themes = async () => await playThemes(await freshSite('a'), RECORDED.themesOf620);
      expect(await Promise.all([themes(), timelines()])).toEqual([[], []]);
    },
  );
});

import { basename } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { EditionName } from '../../../src/edition/index.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import type { PlayedSite } from '../../support/play-theme.ts';
import { playTimeline } from '../../support/play-timeline.ts';
import { haveRecordings, playThemes, RECORDED } from '../../support/recordings.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const KEY = 'administrator';
const OTHER_KEYS = { limited: 'limited', nobody: 'nobody', nouser: 'nouser' };

let sandbox: Sandbox | undefined;

const RECORDED_DAY = { clock: Date.UTC(2026, 10, 22, 19, 11, 30), days: ['2026-11-21', '2026-11-22'] };

async function freshSite(
  edition: EditionName = '6.20-standalone',
  { clock, days } = RECORDED_DAY,
): Promise<PlayedSite> {
  sandbox = createSandbox({
    name: 'siteA',
    edition,
    apiKey: KEY,
    // The recorded 5.77 site had no such people.
    ...(edition === '6.20-standalone' ? { otherKeys: OTHER_KEYS } : {}),
    clock: createStandingClock(clock),
    random: () => 0.25,
  });
  return { url: (await sandbox.listen(0)).url, key: KEY, otherKeys: OTHER_KEYS, days };
}

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

const named = (files: readonly URL[]) => files.map((file) => [basename(file.pathname), file] as const);

test.each(named(RECORDED.alone))(
  'a fresh sandbox answers every call of %s as a fresh real site did',
  async (_name, file) => {
    expect(await playThemes(await freshSite(), [file])).toEqual([]);
  },
);

test('the sandbox answers every call of our own recordings as the real site did', async () => {
  expect(await playThemes(await freshSite(), RECORDED.own)).toEqual([]);
});

test('recordings play on any day', async () => {
  const later = { clock: Date.UTC(2027, 1, 3, 19, 11, 30), days: ['2027-02-02', '2027-02-03'] };
  expect(await playThemes(await freshSite('6.20-standalone', later), RECORDED.own)).toEqual([]);
});

describe.skipIf(!haveRecordings)(
  'with the public recordings (skipped where ../shared/civicrm is missing)',
  () => {
    test('the sandbox answers every call of the 6.20 themes as the real site did', async () => {
      expect(await playThemes(await freshSite(), RECORDED.themesOf620)).toEqual([]);
    });

    test('the sandbox as 5.77 answers every call of the 5.77 themes as the real site did', async () => {
      const site = await freshSite('5.77-wordpress');
      // The administrator of the recorded site had another name.
      sandbox?.handle('Contact', 'update', {
        where: [['id', '=', 2]],
        values: { first_name: 'Ada', last_name: 'Admin (siteB)' },
      });
      expect(await playThemes({ ...site, hasOwnIds: true }, RECORDED.themesOf577)).toEqual([]);
    });

    test.each(named(RECORDED.timelines))(
      'opening cases of %s creates what CiviCRM creates',
      async (_name, file) => {
        expect(await playTimeline(await freshSite(), file)).toEqual([]);
      },
    );
  },
);

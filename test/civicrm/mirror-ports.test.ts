import { afterAll, beforeAll, describe } from 'vitest';
import { createMirrorSource } from '../../src/civicrm/mirror-source.ts';
import { createMirrorTarget } from '../../src/civicrm/mirror-target.ts';
import { describeMirrorSourceSite, describeMirrorTargetSite } from '../support/mirror-site-contract.ts';
import { createRealClient, moveToZone, nextMachineSecond, wallClockOf } from '../support/real-client.ts';
import { haveRealSites, openRealSites, type RealSites, type SiteLetter } from '../support/real-sites.ts';
import { describeSideBySide } from '../support/side-by-side.ts';
import { addSequencedType, createApiDesk } from '../support/site-desk.ts';

const ZONE = 'America/St_Johns';

describe.skipIf(!haveRealSites)('the ports of a mirror', () => {
  let sites: RealSites;
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(() => sites.close());

  const open = (letter: SiteLetter) => async () => {
    const site = sites[letter];
    await moveToZone(site, ZONE);
    const client = createRealClient(site);
    await addSequencedType(client);
    return {
      source: createMirrorSource(client),
      connect: () => createMirrorTarget(createRealClient(site)),
      desk: createApiDesk(client),
      now: wallClockOf(ZONE),
      nextSecond: nextMachineSecond,
      close: () => Promise.resolve(),
    };
  };
  const name = 'a real site half an hour off everybody else';
  describeSideBySide({
    a: () => describeMirrorSourceSite(name, open('a')),
    b: () => describeMirrorTargetSite(name, open('b')),
  });
});

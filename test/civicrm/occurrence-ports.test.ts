import { afterAll, beforeAll, describe } from 'vitest';
import { followUpSiteOf, reminderSiteOf } from '../support/api-sites-under-test.ts';
import { describeFollowUpSite, describeSkippedHour } from '../support/follow-up-site-contract.ts';
import { createRealClient, moveToZone } from '../support/real-client.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';
import { describeReminderSite } from '../support/reminder-site-contract.ts';
import { describeSideBySide } from '../support/side-by-side.ts';

describe.skipIf(!haveRealSites)('the ports of follow-ups and reminders', () => {
  let sites: RealSites;
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(() => sites.close());

  const openIn = async (letter: 'a' | 'b', zone: string) => {
    await moveToZone(sites[letter], zone);
    const connect = () => createRealClient(sites[letter]);
    return { connect, zone, close: () => Promise.resolve() };
  };
  describeSideBySide({
    a: () => {
      const inParis = async () => followUpSiteOf(await openIn('a', 'Europe/Paris'));
      describeFollowUpSite('a real site in Paris', inParis);
      describeSkippedHour('a real site', inParis);
    },
    b: () => {
      describeReminderSite('a real site in St. John’s', async () =>
        reminderSiteOf(await openIn('b', 'America/St_Johns')),
      );
    },
  });
});

import { afterAll, beforeAll, describe } from 'vitest';
import { createSiteClient } from '../../src/civicrm/index.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { haveRealSites, openRealSites, type RealSites, type SiteLetter } from '../support/real-sites.ts';
import { describeSideBySide } from '../support/side-by-side.ts';
import { SITE_ZONE, type ContractSite } from '../support/site-contract/contract-site.ts';
import { describeSite } from '../support/site-contract/describe-site.ts';
import { machineClock } from '../support/standing-clock.ts';

process.env['TZ'] = 'Asia/Kolkata';

describe.skipIf(!haveRealSites)('a real CiviCRM keeps the contract of a site', () => {
  let sites: RealSites;
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(() => sites.close());

  /** A real site moved to the zone of the contract. */
  const open = async (letter: SiteLetter): Promise<ContractSite> => {
    const { url, keys } = sites[letter];
    const client = createSiteClient(
      { name: 'contract', url, apiKey: keys.admin },
      { clock: machineClock, random: () => 0.5, logger: silentLogger },
    );
    const values = { standalone_timezone_default: SITE_ZONE };
    await client.call({ entity: 'Setting', action: 'set', params: { values } });
    return { url, keys, close: () => Promise.resolve() };
  };
  describeSideBySide({
    a: () => describeSite('CiviCRM 6.20: records', () => open('a'), ['records']),
    b: () => describeSite('CiviCRM 6.20: the site', () => open('b'), ['site']),
  });
});

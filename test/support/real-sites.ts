import { connectRealSites, type RealSites } from '../../scripts/real-sites.ts';

export type { RealSite, RealSites, RealUser, SiteLetter } from '../../scripts/real-sites.ts';

const sitesFile = process.env['TEST_CIVICRM_SITES'];

/** Whether this run has real sites to test against; the set-up of the `civicrm` tests says loudly when it has not. */
export const haveRealSites = sitesFile !== undefined;

/** The two real CiviCRM sites of this test run, reset unless told otherwise. */
export async function openRealSites({ reset: fresh = true } = {}): Promise<RealSites> {
  if (sitesFile === undefined) throw new Error('There are no real sites: TEST_CIVICRM_SITES is not set.');
  const sites = connectRealSites(sitesFile);
  if (fresh) await sites.reset();
  return sites;
}

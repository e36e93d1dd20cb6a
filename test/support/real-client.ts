import { silentLogger } from '../../src/base/logger.ts';
import type { HttpSiteClient } from '../../src/civicrm/client.ts';
import { createSiteClient } from '../../src/civicrm/site-client.ts';
import { createZoneClock } from '../../src/calendar/wall-clock.ts';
import type { RealSite, RealUser } from './real-sites.ts';
import { machineClock } from './standing-clock.ts';

/** Our client on a real site, without retries. */
export function createRealClient(site: RealSite, user: RealUser = 'admin'): HttpSiteClient {
  return createSiteClient(
    { name: site.name, url: site.url, apiKey: site.keys[user], maxRetries: 0 },
    { clock: machineClock, random: () => 0.5, logger: silentLogger },
  );
}

/** What a wall clock of that zone shows now. */
export function wallClockOf(zone: string): () => string {
  const clock = createZoneClock(zone);
  return () => clock.toLocal(machineClock.now());
}

/** CiviCRM keeps the wall clock of whoever asks: the user of the key is moved to the zone. */
export async function moveToZone(site: RealSite, zone: string): Promise<void> {
  const where = [['username', '=', 'admin']] as const;
  await createRealClient(site).call({
    entity: 'User',
    action: 'update',
    params: { where, values: { timezone: zone } },
  });
}

/** Waits until the machine's clock is in a later second. */
export async function nextMachineSecond(): Promise<void> {
  await machineClock.sleep(1000 - (machineClock.now() % 1000));
}

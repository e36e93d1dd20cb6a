import { silentLogger } from '../../src/base/logger.ts';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { createSiteClient } from '../../src/civicrm/site-client.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { createStandingClock, machineClock, type StandingClock } from './standing-clock.ts';

export interface SandboxInZone {
  readonly zone: string;
  readonly url: string;
  /** Of the administrator. */
  readonly apiKey: string;
  /** The site's own; it stands. */
  readonly clock: StandingClock;
  /** Another connection at each call. */
  readonly connect: (user?: 'admin' | 'limited') => SiteClient;
  readonly close: () => Promise<void>;
}

/** A sandbox on HTTP whose people live in that zone. */
export async function openSandboxIn(zone: string): Promise<SandboxInZone> {
  const clock = createStandingClock(Date.UTC(2026, 2, 2, 12));
  const keys = { admin: 'admin-key', limited: 'limited-key' };
  const sandbox = createSandbox({
    ...{ name: 'beta', apiKey: keys.admin, otherKeys: { limited: keys.limited }, idOffset: 500 },
    ...{ timeZone: zone, clock, random: () => 0.5 },
  });
  const { url } = await sandbox.listen(0);
  return {
    ...{ zone, url, apiKey: keys.admin },
    clock,
    connect: (user = 'admin') =>
      createSiteClient(
        { name: 'beta', url, apiKey: keys[user], maxRetries: 0 },
        { clock: machineClock, random: () => 0.5, logger: silentLogger },
      ),
    close: () => sandbox.close(),
  };
}

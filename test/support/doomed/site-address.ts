import { silentLogger } from '../../../src/base/logger.ts';
import type { HttpSiteClient } from '../../../src/civicrm/client.ts';
import { createSiteClient } from '../../../src/civicrm/site-client.ts';
import { machineClock } from '../standing-clock.ts';

/** How a process of its own reaches a site; plain data, since it travels as an argument. */
export interface SiteAddress {
  /** Its name in the configuration, which is part of origin keys. */
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
  readonly maxRetries?: number;
  readonly batchSize?: number;
}

export function clientFor(address: SiteAddress): HttpSiteClient {
  return createSiteClient(
    { ...address, pathStyle: 'clean' },
    { clock: machineClock, random: () => 0.5, logger: silentLogger },
  );
}

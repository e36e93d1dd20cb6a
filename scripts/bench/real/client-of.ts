import { silentLogger } from '../../../src/base/logger.ts';
import type { Clock } from '../../../src/base/clock.ts';
import { createSiteClient, type HttpSiteClient } from '../../../src/civicrm/index.ts';
import type { RealSite } from '../../real-sites.ts';

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
};

/** Our client as the product makes it, with an administrator's key. */
export const clientOf = ({ name, url, keys }: RealSite): HttpSiteClient =>
  createSiteClient({ name, url, apiKey: keys.admin }, { clock, random: Math.random, logger: silentLogger });

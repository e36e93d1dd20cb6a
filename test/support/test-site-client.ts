import { silentLogger, type Logger } from '../../src/base/logger.ts';
import type { HttpSiteClient, SiteClientOptions } from '../../src/civicrm/client.ts';
import { createSiteClient } from '../../src/civicrm/site-client.ts';
import { createStandingClock } from './standing-clock.ts';

export const siteUrl = 'http://riverside.example';
export const testKey = 'canary-api-key-7f3a';

/** A client of a site that the test plays. It does not try anything twice unless told. */
export function createTestClient(
  options: Partial<SiteClientOptions> = {},
  logger: Logger = silentLogger,
): HttpSiteClient {
  return createSiteClient(
    { name: 'riverside', url: siteUrl, apiKey: testKey, pathStyle: 'clean', maxRetries: 0, ...options },
    { clock: createStandingClock(Date.UTC(2026, 2, 2, 12)), random: () => 0.5, logger },
  );
}

/** What a rejected promise was rejected with; fails when it was not. */
export async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('It was expected to fail, but it did not.');
}

import { silentLogger } from '../../../src/base/logger.ts';
import { createMirrorSource } from '../../../src/civicrm/mirror-source.ts';
import { createMirrorTarget } from '../../../src/civicrm/mirror-target.ts';
import { createSiteClient } from '../../../src/civicrm/site-client.ts';
import { runMirrorPass, type MirrorReport } from '../../../src/mirror/index.ts';
import { createMirrorStore } from '../../../src/store/mirror-store.ts';
import { openStore } from '../../../src/store/store.ts';
import { createStandingClock, machineClock } from '../../support/standing-clock.ts';

/** One pass of the mirror from alpha to beta, with a store of its own opening. Each site client repeats so often. */
export async function passOnce(
  alphaUrl: string,
  betaUrl: string,
  storeFile: string,
  maxRetries = 3,
): Promise<MirrorReport> {
  const site = (name: string, url: string) =>
    createSiteClient(
      { name, url, apiKey: `${name}-key`, pathStyle: 'clean', maxRetries },
      { clock: createStandingClock(0), random: () => 0.5, logger: silentLogger },
    );
  const store = await openStore(storeFile);
  try {
    return await runMirrorPass({
      pair: { name: 'ab', from: 'alpha', to: 'beta', caseTypes: ['housing_support'], contacts: 'create' },
      source: createMirrorSource(site('alpha', alphaUrl)),
      target: createMirrorTarget(site('beta', betaUrl)),
      store: createMirrorStore(store.db),
      clock: machineClock,
      logger: silentLogger,
    });
  } finally {
    await store.close();
  }
}

import type { Clock } from '../../../src/base/clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createMirrorSource } from '../../../src/civicrm/mirror-source.ts';
import { createMirrorTarget } from '../../../src/civicrm/mirror-target.ts';
import { runMirrorPass, type MirrorReport } from '../../../src/mirror/index.ts';
import { createMirrorStore } from '../../../src/store/mirror-store.ts';
import { openStore } from '../../../src/store/store.ts';
import { machineClock } from '../standing-clock.ts';
import { clientFor, type SiteAddress } from './site-address.ts';

export interface MirrorErrand {
  readonly from: SiteAddress;
  readonly to: SiteAddress;
  readonly storeFile: string;
  /** How long it waits after a pass that died while writing; 0 unless given. */
  readonly patienceMillis?: number;
}

/**
 * One pass of a mirror, with a store of its own opening. Unless told to be patient, it begins at once, even after
 * one that died while writing; a pass of the product waits first.
 */
export async function passOnce(
  { from, to, storeFile, patienceMillis = 0 }: MirrorErrand,
  clock: Clock = machineClock,
): Promise<MirrorReport> {
  const store = await openStore(storeFile);
  try {
    return await runMirrorPass({
      pair: { name: 'ab', from: from.name, to: to.name, caseTypes: ['housing_support'], contacts: 'create' },
      source: createMirrorSource(clientFor(from)),
      target: createMirrorTarget(clientFor(to)),
      store: createMirrorStore(store.db),
      clock,
      logger: silentLogger,
      patienceMillis,
    });
  } finally {
    await store.close();
  }
}

import { delimiter } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { tryToHold } from './hold-lock.ts';

/*
 * TEST_CIVICRM_SITES names as many pairs of sites as files run at a time; each of those files works on one pair alone, the first
 * that no other holds. The number that vitest gives a worker would not do: two that run at a time may bear the same one after
 * those of other projects.
 */
const pairs = process.env['TEST_CIVICRM_SITES']?.split(delimiter);
if (pairs !== undefined) {
  const { pair, release } = await takeOneOf(pairs);
  process.env['TEST_CIVICRM_SITES'] = pair;
  afterAll(release);
}

async function takeOneOf(files: readonly string[]) {
  for (;;) {
    for (const pair of files) {
      const release = await tryToHold(pair);
      if (release !== undefined) return { pair, release };
    }
    await pause(100);
  }
}

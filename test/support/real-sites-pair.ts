import { delimiter } from 'node:path';

/** TEST_CIVICRM_SITES names as many pairs of sites as files run at a time; each of those files works on one pair alone. */
const pairs = process.env['TEST_CIVICRM_SITES']?.split(delimiter);
if (pairs !== undefined) {
  const pair = pairs[Number(process.env['VITEST_POOL_ID']) - 1];
  if (pair === undefined)
    throw new Error(
      `More than ${pairs.length} files run at a time, and there are ${pairs.length} pairs of real sites.`,
    );
  process.env['TEST_CIVICRM_SITES'] = pair;
}

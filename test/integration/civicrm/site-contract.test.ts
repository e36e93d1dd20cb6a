import { expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { NOT_IN_SANDBOX } from '../../support/site-contract/custom-field-kinds.ts';
import { SITE_ZONE, type ContractSite } from '../../support/site-contract/contract-site.ts';
import { describeSite } from '../../support/site-contract/describe-site.ts';
import { machineClock } from '../../support/standing-clock.ts';

process.env['TZ'] = 'Asia/Kolkata';

const keys = { admin: 'site-admin', limited: 'site-limited', nobody: 'site-nobody', nouser: 'site-nouser' };

const openSandbox = () =>
  createSandbox({
    name: 'contract',
    apiKey: keys.admin,
    otherKeys: keys,
    clock: machineClock,
    random: seededRandom(6_20),
    timeZone: SITE_ZONE,
  });

describeSite('the sandbox keeps the contract of a site', async (): Promise<ContractSite> => {
  const sandbox = openSandbox();
  const { url } = await sandbox.listen(0);
  return { url, keys, close: () => sandbox.close() };
});

test.each(NOT_IN_SANDBOX)('the sandbox refuses custom fields of %s: %s', async (_what, _why, values) => {
  const sandbox = openSandbox();
  const group = { name: 'Refused', title: 'Refused', extends: 'Case' };
  sandbox.handle('CustomGroup', 'create', { values: group });
  const field = { 'custom_group_id.name': 'Refused', name: 'refused', label: 'Refused', ...values };
  expect(() => sandbox.handle('CustomField', 'create', { values: field })).toThrow(
    'The sandbox does not know',
  );
  await sandbox.close();
});

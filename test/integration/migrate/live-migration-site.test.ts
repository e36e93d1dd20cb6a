import { describe, it } from 'vitest';
import { createSiteClient } from '../../../src/civicrm/index.ts';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { describeMigrationSite } from '../../support/migration-site-contract.ts';
import { machineClock } from '../../support/standing-clock.ts';

const url = process.env['TEST_CIVICRM_URL'];
const apiKey = process.env['TEST_CIVICRM_KEY'];

if (url === undefined || apiKey === undefined) {
  describe('a real CiviCRM site', () => {
    it.skip('is not there: TEST_CIVICRM_URL and TEST_CIVICRM_KEY name no site that may be written to');
  });
} else {
  describeMigrationSite('a real CiviCRM site through the migration adapter', async () => {
    const client = createSiteClient(
      { name: 'live', url, apiKey },
      { clock: machineClock, random: () => 0.5, logger: silentLogger },
    );
    const person = { externalIdentifier: 'contract-7', email: 'contract@example.org' };
    const known = { where: [['external_identifier', '=', person.externalIdentifier]] as const };
    let [row] = (await client.call({ entity: 'Contact', action: 'get', params: known })).values;
    if (row === undefined) {
      const values = {
        contact_type: 'Individual',
        first_name: 'Contract',
        external_identifier: person.externalIdentifier,
      };
      [row] = (await client.call({ entity: 'Contact', action: 'create', params: { values } })).values;
      const email = { contact_id: row?.['id'] ?? 0, email: person.email, is_primary: true };
      await client.call({ entity: 'Email', action: 'create', params: { values: email } });
    }
    return {
      site: createMigrationSite(client),
      contact: { id: Number(row?.['id']), ...person },
      prefix: 'bridge_contract_',
      close: () => Promise.resolve(),
    };
  });
}

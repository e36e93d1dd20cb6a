import type { SiteClient } from '../../src/civicrm/client.ts';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import type { MigrationSiteUnderTest } from './migration-site-contract.ts';
import { STAFF } from './migration-sites.ts';
import { createApiDesk } from './site-desk.ts';

/** A site that answers APIv4, as the contract of migrations wants it: with STAFF, who is made where they are not. */
export async function migrationSiteOf(
  client: SiteClient,
  close: () => Promise<void>,
): Promise<MigrationSiteUnderTest> {
  const site = createMigrationSite(client);
  const known = async () =>
    (await site.contactsByKey([{ by: 'external_identifier', text: STAFF.externalIdentifier }]))[0];
  if ((await known()) === undefined)
    await createApiDesk(client).addPerson({ firstName: 'Staff', lastName: 'Seven', ...STAFF });
  const contact = await known();
  if (contact === undefined) throw new Error(`"${site.name}" does not show the contact that was made there.`);
  return { site, contact, prefix: 'bridge_contract_', close };
}

import { afterAll, beforeAll, describe } from 'vitest';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import { describeFailedReadBack } from '../support/failed-read-back.ts';
import { describeKeptTypes } from '../support/kept-types-contract.ts';
import { describeKinds, describeMoveOfKinds } from '../support/kinds-contract.ts';
import { describeRenames } from '../support/rename-contract.ts';
import { describeMigrationSite } from '../support/migration-site-contract.ts';
import { migrationSiteOf } from '../support/migration-site-under-test.ts';
import { describeUsedSite } from '../support/migration-uses-contract.ts';
import { createRealClient } from '../support/real-client.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';

describe.skipIf(!haveRealSites)('the port of migrations', () => {
  let sites: RealSites;
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(() => sites.close());

  const stay = () => Promise.resolve();
  let opened: ReturnType<typeof migrationSiteOf> | undefined;
  /** One for all tests: the site is not reset between them. */
  const open = () => (opened ??= migrationSiteOf(createRealClient(sites.b), stay));
  const openUsed = () => {
    const { url, keys } = sites.a;
    const limited = createRealClient(sites.a, 'limited');
    return Promise.resolve({
      client: createRealClient(sites.a),
      limited,
      url,
      apiKey: keys.admin,
      close: stay,
    });
  };
  describeMigrationSite('a real site', open);
  const openKinds = () => {
    const client = createRealClient(sites.b);
    return Promise.resolve({ site: createMigrationSite(client), client, close: stay });
  };
  describeKinds('a real site', openKinds);
  describeMoveOfKinds('a real site', openKinds);
  describeRenames('a real site', openKinds);
  describeUsedSite('a real site in use', openUsed);
  describeKeptTypes('a real site', openUsed);
  describeFailedReadBack('a real site', open, ['a case type']);
});

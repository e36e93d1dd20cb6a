import { describeFailedReadBack } from '../../support/failed-read-back.ts';
import { describeMigrationSite } from '../../support/migration-site-contract.ts';
import { hilltop, STAFF } from '../../support/migration-sites.ts';

describeMigrationSite('the in-memory migration site', () =>
  Promise.resolve({
    site: hilltop(),
    contact: { id: 570, ...STAFF },
    prefix: 'x_',
    close: () => Promise.resolve(),
  }),
);

describeFailedReadBack('the in-memory migration site', () =>
  Promise.resolve({ site: hilltop(), close: () => Promise.resolve() }),
);

import { describeKinds, describeMoveOfKinds } from '../../support/kinds-contract.ts';
import { seededSite } from '../../support/migration-sites.ts';
import { describeRenames } from '../../support/rename-contract.ts';

const open = () =>
  Promise.resolve({ site: seededSite({ name: 'riverside' }), client: null, close: () => Promise.resolve() });

describeKinds('a memory site', open);
describeMoveOfKinds('a memory site', open);
describeRenames('a memory site', open);

import { describeKinds, describeMoveOfKinds } from '../../support/kinds-contract.ts';
import { seededSite } from '../../support/migration-sites.ts';

const open = () =>
  Promise.resolve({ site: seededSite({ name: 'riverside' }), client: null, close: () => Promise.resolve() });

describeKinds('a memory site', open);
describeMoveOfKinds('a memory site', open);

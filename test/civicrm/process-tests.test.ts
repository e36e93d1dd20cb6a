import { describe } from 'vitest';
import { describeProcessTests } from '../support/process-test-contract.ts';
import { createRealClient } from '../support/real-client.ts';
import { haveRealSites, openRealSites } from '../support/real-sites.ts';

describe.skipIf(!haveRealSites)('real sites', () => {
  describeProcessTests(
    'a real CiviCRM',
    async () => {
      const sites = await openRealSites();
      return { client: createRealClient(sites.a), close: () => sites.close() };
    },
    { tests: 'longest', lives: 1 },
  );
});

import { describeProcessTests } from '../../support/process-test-contract.ts';
import { serveSandbox } from '../../support/served-sandbox.ts';
import { createTestClient } from '../../support/test-site-client.ts';

describeProcessTests(
  'the sandbox',
  async () => {
    const { sandbox, url } = await serveSandbox('riverside', 0);
    return { client: createTestClient({ url, apiKey: 'riverside-key' }), close: () => sandbox.close() };
  },
  { tests: 'all', lives: 4 },
);

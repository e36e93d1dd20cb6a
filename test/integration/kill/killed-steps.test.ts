import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { clientFor } from '../../support/doomed/site-address.ts';
import { describeKilledSteps } from '../../support/killed-steps-contract.ts';
import { planAppeal } from '../../support/migration-of-appeal.ts';
import { optionValue } from '../../support/migration-sites.ts';
import { serveSandbox } from '../../support/served-sandbox.ts';

describeKilledSteps('a site over HTTP', async () => {
  const [alpha, beta] = [await serveSandbox('alpha', 0), await serveSandbox('beta', 40)];
  const site = (name: string, url: string) =>
    createMigrationSite(clientFor({ name, url, apiKey: `${name}-key` }));
  const [source, target] = [site('alpha', alpha.url), site('beta', beta.url)];
  await target.create(optionValue('activity_type', 'Hearing', { isActive: false }));
  await target.saveCaseType({
    ...{ kind: 'case_type', name: 'appeal', title: 'Appeal', description: null, isActive: true, weight: 1 },
    definition: { activityTypes: [{ name: 'Open Case' }], statuses: ['Open', 'Closed'] },
  });
  await planAppeal(source, target);
  return {
    source,
    target,
    close: async () => {
      await alpha.sandbox.close();
      await beta.sandbox.close();
    },
  };
});

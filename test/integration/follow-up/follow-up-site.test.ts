import { followUpSiteOf } from '../../support/api-sites-under-test.ts';
import { describeFollowUpSite, describeSkippedHour } from '../../support/follow-up-site-contract.ts';
import { openSandboxIn } from '../../support/sandbox-in-zone.ts';

describeSkippedHour('a sandbox', async () => followUpSiteOf(await openSandboxIn('Europe/Paris')));
for (const zone of ['Europe/Paris', 'America/St_Johns'])
  describeFollowUpSite(`a sandbox in ${zone}`, async () => followUpSiteOf(await openSandboxIn(zone)));

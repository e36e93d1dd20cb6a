import { createSiteClient } from '../../../src/civicrm/index.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { describeMovingCycle } from '../../support/moving-cycle-contract.ts';
import { machineClock } from '../../support/standing-clock.ts';

describeMovingCycle('sandboxes', async () => {
  const random = () => 0.5;
  const times = { clock: machineClock, random };
  const a = createSandbox({ name: 'a', apiKey: 'a-key', ...times });
  const b = createSandbox({ name: 'b', apiKey: 'b-key', idOffset: 700, ...times });
  const [atA, atB] = [await a.listen(0), await b.listen(0)];
  return {
    config: [
      `  a: { url: "${atA.url}", apiKey: a-key, timeZone: UTC }`,
      `  b: { url: "${atB.url}", apiKey: b-key, timeZone: UTC }`,
    ],
    source: createSiteClient(
      { name: 'a', url: atA.url, apiKey: 'a-key' },
      { ...times, logger: silentLogger },
    ),
    close: async () => {
      await a.close();
      await b.close();
    },
  };
});

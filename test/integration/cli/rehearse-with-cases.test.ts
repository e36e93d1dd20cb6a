import type { ApiAnswer } from '../../../src/civicrm/client.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { openMovingDesk } from '../../support/moving-desk.ts';
import { describeRehearsalWithCases } from '../../support/rehearsal-contract.ts';

describeRehearsalWithCases('sandboxes', async () => {
  const desk = await openMovingDesk(['source', 'target']);
  return {
    civicase: (...words) => desk.civicase(...words),
    close: () => desk.close(),
    call: (site, entity, action, params) =>
      Promise.resolve(desk.sites[site]?.handle(entity, action, params as JsonObject) as ApiAnswer),
  };
});

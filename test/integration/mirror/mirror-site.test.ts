import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import { createMirrorSource } from '../../../src/civicrm/mirror-source.ts';
import { createMirrorTarget } from '../../../src/civicrm/mirror-target.ts';
import { describeMirrorSite } from '../../support/mirror-site-contract.ts';
import { openSandboxIn } from '../../support/sandbox-in-zone.ts';
import { addSequencedType, createApiDesk } from '../../support/site-desk.ts';

describeMirrorSite('a sandbox half an hour off everybody else', async () => {
  const { zone, clock, connect, close } = await openSandboxIn('America/St_Johns');
  const client = connect();
  await addSequencedType(client);
  return {
    source: createMirrorSource(client),
    connect: () => createMirrorTarget(connect()),
    desk: createApiDesk(client),
    now: () => createZoneClock(zone).toLocal(clock.now()),
    nextSecond: () => {
      clock.advance(1000);
      return Promise.resolve();
    },
    close,
  };
});

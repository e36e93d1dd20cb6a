import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import { runFollowUp } from '../../../src/follow-up/run-follow-up.ts';
import { createOccurrenceRepository } from '../../../src/store/occurrence-repository.ts';
import { openStore } from '../../../src/store/store.ts';
import { madeRule } from '../../support/made-case.ts';
import { connectRemoteSite } from './remote-site.ts';

// A worker that kills itself before or after it has written the follow-up.
const [moment, location, url, id, now] = process.argv.slice(2) as [string, string, string, string, string];
const store = await openStore(location);
const site = connectRemoteSite(url);
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

await runFollowUp(id, {
  occurrences: createOccurrenceRepository(store.db),
  rules: [madeRule()],
  site: () => ({
    cases: {
      ...site,
      async writeFollowUp(followUp) {
        if (moment === 'before') return die();
        await site.writeFollowUp(followUp);
        return die();
      },
    },
    zone: createZoneClock('UTC'),
  }),
  clock: { now: () => Number(now) },
});

import { createRunJournal } from '../../../src/store/run-journal.ts';
import { openStore } from '../../../src/store/store.ts';
import { describeRunJournal, STARTED } from '../../support/run-journal-contract.ts';
import { createStandingClock } from '../../support/standing-clock.ts';
import { storeLocations } from '../../support/store-locations.ts';

for (const location of storeLocations())
  describeRunJournal(`the run journal in ${location.kind}`, async () => {
    const store = await openStore(await location.fresh());
    return {
      journal: createRunJournal(store.db, createStandingClock(STARTED)),
      close: () => store.close(),
    };
  });

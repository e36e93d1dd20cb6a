import { createMemoryRunJournal } from '../../../src/migrate/index.ts';
import { describeRunJournal, STARTED } from '../../support/run-journal-contract.ts';

describeRunJournal('the in-memory run journal', () =>
  Promise.resolve({
    journal: createMemoryRunJournal({ now: () => STARTED }),
    close: () => Promise.resolve(),
  }),
);

import { createMemoryRunJournal } from '../../../src/migrate/index.ts';
import { describeRunJournal } from '../../support/run-journal-contract.ts';

describeRunJournal('the in-memory run journal', () =>
  Promise.resolve({ journal: createMemoryRunJournal(), close: () => Promise.resolve() }),
);

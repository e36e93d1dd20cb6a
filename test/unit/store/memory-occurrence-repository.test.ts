import { createMemoryOccurrenceRepository } from '../../../src/store/memory-occurrence-repository.ts';
import { describeOccurrenceRepository } from '../../support/occurrence-repository-contract.ts';

describeOccurrenceRepository('occurrences in memory', () =>
  Promise.resolve({ repository: createMemoryOccurrenceRepository(), close: () => Promise.resolve() }),
);

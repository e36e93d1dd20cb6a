import { createOccurrenceRepository } from '../../../src/store/occurrence-repository.ts';
import { openStore } from '../../../src/store/store.ts';
import { describeOccurrenceRepository } from '../../support/occurrence-repository-contract.ts';
import { storeLocations } from '../../support/store-locations.ts';

for (const location of storeLocations()) {
  describeOccurrenceRepository(`occurrences in ${location.kind}`, async () => {
    const store = await openStore(await location.fresh());
    return { repository: createOccurrenceRepository(store.db), close: () => store.close() };
  });
}

import { createMirrorStore } from '../../../src/store/mirror-store.ts';
import { openStore } from '../../../src/store/store.ts';
import { mirrorStoreContract } from '../../support/mirror-store-contract.ts';
import { storeLocations } from '../../support/store-locations.ts';

for (const location of storeLocations()) {
  mirrorStoreContract(location.kind, async () => {
    const store = await openStore(await location.fresh());
    return { store: createMirrorStore(store.db), close: () => store.close() };
  });
}

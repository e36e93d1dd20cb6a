import { memoryMirrorStore } from '../../../src/mirror/memory-store.ts';
import { mirrorStoreContract } from '../../support/mirror-store-contract.ts';

mirrorStoreContract('memory', () =>
  Promise.resolve({ store: memoryMirrorStore(), close: () => Promise.resolve() }),
);

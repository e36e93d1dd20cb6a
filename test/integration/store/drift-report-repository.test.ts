import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Drift } from '../../../src/migrate/index.ts';
import { createDriftReportRepository } from '../../../src/store/drift-report-repository.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { storeLocations } from '../../support/store-locations.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const finding = (key: string, fingerprint: string): Drift => ({
  ...{ key, kind: 'changed', fields: [], fingerprint },
});

describe.each(storeLocations())('reports of drift, in $kind', (location) => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(await location.fresh());
  });
  afterEach(() => store.close());

  it('are kept per site and thing, the last one counting, until they are forgotten', async () => {
    const reports = createDriftReportRepository(store.db);
    await reports.record('hilltop', [finding('group:desk', 'a'), finding('tag:urgent', 'b')], NOON);
    await reports.record('riverside', [finding('group:desk', 'c')], NOON);
    await reports.record('hilltop', [finding('group:desk', 'd')], NOON + 1);
    const inOrder = async (site: string) =>
      [...(await reports.reported(site))].sort((one, other) => (one.key < other.key ? -1 : 1));
    expect(await inOrder('hilltop')).toEqual([
      { key: 'group:desk', fingerprint: 'd', at: NOON + 1 },
      { key: 'tag:urgent', fingerprint: 'b', at: NOON },
    ]);
    await reports.forget('hilltop', ['group:desk']);
    expect(await inOrder('hilltop')).toEqual([{ key: 'tag:urgent', fingerprint: 'b', at: NOON }]);
    expect(await inOrder('riverside')).toEqual([{ key: 'group:desk', fingerprint: 'c', at: NOON }]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OccurrenceKey } from '../../../src/case/occurrence.ts';
import type { OccurrenceStore } from '../../../src/case/occurrence-store.ts';
import type { MailRecords } from '../../../src/reminder/ports.ts';
import { createMailRecordRepository } from '../../../src/store/mail-record-repository.ts';
import { createOccurrenceRepository } from '../../../src/store/occurrence-repository.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { storeLocations } from '../../support/store-locations.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const LEASE = { now: NOON, until: NOON + 60_000 };

describe.each(storeLocations())('records that mails still lack, in $kind', (location) => {
  let store: Store;
  let occurrences: OccurrenceStore;
  let records: MailRecords;

  beforeEach(async () => {
    store = await openStore(await location.fresh());
    occurrences = createOccurrenceRepository(store.db);
    records = createMailRecordRepository(store.db);
  });
  afterEach(() => store.close());

  const finished = async (change: Partial<OccurrenceKey> = {}, state: 'done' | 'failed' = 'done') => {
    const key: OccurrenceKey = {
      site: 'riverside',
      rule: 'remind',
      caseId: 7,
      activityId: 70,
      recipientId: 3,
      dueAt: NOON,
      channel: 'email',
      ...change,
    };
    const [id = ''] = await occurrences.insertPlanned([key], NOON);
    const held = await occurrences.claim(id, LEASE);
    await occurrences.finish(held!, { state, reason: null, resultActivityId: null, now: NOON + key.caseId });
    return id;
  };
  const open = async (now = NOON) =>
    (await records.listUnrecorded({ now, limit: 10 })).map(({ occurrenceId }) => occurrenceId);

  it('are those of mails that went out, the oldest first', async () => {
    const second = await finished({ caseId: 9 });
    const first = await finished({ caseId: 8 });
    await finished({ caseId: 1 }, 'failed');
    await finished({ caseId: 2, channel: 'activity', recipientId: 0 });
    expect(await open()).toEqual([first, second]);
  });

  it('are in the hands of one writer at a time', async () => {
    const id = await finished();
    const claims = await Promise.all([1, 2, 3].map(() => records.claimRecord(id, LEASE)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await open()).toEqual([]);
    expect(await open(LEASE.until)).toEqual([id]);
    expect(await records.claimRecord(id, { now: LEASE.until, until: LEASE.until + 1 })).toBe(true);
  });

  it('come up again from the moment they were put off to', async () => {
    const id = await finished();
    await records.claimRecord(id, LEASE);
    await records.putOffRecord(id, NOON + 10);
    expect(await open(NOON + 9)).toEqual([]);
    expect(await open(NOON + 10)).toEqual([id]);
  });

  it('are settled by the activity or by the reason why there is none', async () => {
    const recorded = await finished({ caseId: 1 });
    const refused = await finished({ caseId: 2 });
    await records.settle(recorded, { activityId: 900, reason: null });
    await records.settle(refused, { activityId: null, reason: 'refused' });
    expect(await open()).toEqual([]);
    expect(await occurrences.find(recorded)).toMatchObject({ state: 'done', resultActivityId: 900 });
    expect(await occurrences.find(refused)).toMatchObject({ state: 'done', reason: 'refused' });
    expect(await records.claimRecord(refused, LEASE)).toBe(false);
    await records.settle(recorded, { activityId: 901, reason: null });
    expect(await occurrences.find(recorded)).toMatchObject({ resultActivityId: 900 });
  });
});

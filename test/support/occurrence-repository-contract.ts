import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { occurrenceId, type OccurrenceKey } from '../../src/case/occurrence.ts';
import { REASON_LOST_WHILE_SENDING, type OccurrenceStore } from '../../src/case/occurrence-store.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;
const LEASE = { now: NOON, until: NOON + 5 * MINUTE };

const key = (change: Partial<OccurrenceKey> = {}): OccurrenceKey => ({
  site: 'riverside',
  rule: 'call-after-a-week',
  caseId: 7,
  activityId: 70,
  recipientId: 0,
  dueAt: NOON,
  channel: 'activity',
  ...change,
});

/** What every store of occurrences promises, whatever it keeps them in. */
export function describeOccurrenceRepository(
  name: string,
  open: () => Promise<{ readonly repository: OccurrenceStore; readonly close: () => Promise<void> }>,
): void {
  describe(name, () => {
    let repository: OccurrenceStore;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ repository, close } = await open());
    });
    afterEach(() => close());

    const insert = async (change: Partial<OccurrenceKey> = {}): Promise<string> => {
      await repository.insertPlanned([key(change)], NOON);
      return occurrenceId(key(change));
    };
    const claim = async (change: Partial<OccurrenceKey> = {}) => {
      const claimed = await repository.claim(await insert(change), LEASE);
      expect(claimed).not.toBeNull();
      return claimed!;
    };

    it('keeps what was planned, and answers its id', async () => {
      const ids = await repository.insertPlanned([key()], NOON - MINUTE);
      expect(ids).toEqual([occurrenceId(key())]);
      expect(await repository.find(ids[0]!)).toEqual({
        ...key(),
        id: ids[0],
        state: 'planned',
        reason: null,
        attempts: 0,
        plannedAt: NOON - MINUTE,
        wakeAt: NOON,
        claimedAt: null,
        finishedAt: null,
        resultActivityId: null,
      });
      expect(await repository.find('activity-unknown')).toBeNull();
    });

    it('ignores what is planned already, in the same call and in another one', async () => {
      expect(await repository.insertPlanned([key(), key()], NOON)).toHaveLength(1);
      expect(await repository.insertPlanned([key(), key({ caseId: 8 })], NOON)).toEqual([
        occurrenceId(key({ caseId: 8 })),
      ]);
      expect(await repository.insertPlanned([], NOON)).toEqual([]);
    });

    it.each<Partial<OccurrenceKey>>([
      { site: 'hilltop' },
      { rule: 'another' },
      { caseId: 8 },
      { activityId: 71 },
      { recipientId: 5 },
      { dueAt: NOON + 1 },
      { channel: 'email' },
    ])('tells occurrences apart by %o', async (change) => {
      expect(await repository.insertPlanned([key(), key(change)], NOON)).toHaveLength(2);
    });

    it('takes more rows than one statement holds', async () => {
      const keys = Array.from({ length: 1203 }, (_, index) => key({ caseId: index + 1 }));
      expect(await repository.insertPlanned(keys, NOON)).toHaveLength(1203);
      expect(await repository.insertPlanned(keys, NOON)).toHaveLength(0);
    });

    it('leaves one row when planners race', async () => {
      const keys = Array.from({ length: 40 }, (_, index) => key({ caseId: index + 1 }));
      const answers = await Promise.all(
        [keys, keys.toReversed(), keys].map((part) => repository.insertPlanned(part, NOON)),
      );
      expect(answers.flat()).toHaveLength(40);
      expect(await repository.listPlanned({ site: 'riverside' })).toHaveLength(40);
    });

    it('lists what is due, the earliest first, up to the limit, by site and channel', async () => {
      await insert({ caseId: 1, dueAt: NOON });
      await insert({ caseId: 2, dueAt: NOON - 2 * MINUTE, channel: 'email', recipientId: 9 });
      await insert({ caseId: 3, dueAt: NOON - MINUTE, site: 'hilltop' });
      await insert({ caseId: 4, dueAt: NOON + 1 });
      const due = async (query: object) =>
        (await repository.listDue({ now: NOON, limit: 10, ...query })).map(({ caseId }) => caseId);
      expect(await due({})).toEqual([2, 3, 1]);
      expect(await due({ limit: 2 })).toEqual([2, 3]);
      expect(await due({ channel: 'email' })).toEqual([2]);
      expect(await due({ site: 'riverside' })).toEqual([2, 1]);
      expect(await due({ now: NOON - 3 * MINUTE })).toEqual([]);
    });

    it('lists what is upcoming until a horizon, overdue included', async () => {
      await insert({ caseId: 1, dueAt: NOON - MINUTE });
      await insert({ caseId: 2, dueAt: NOON + MINUTE });
      await insert({ caseId: 3, dueAt: NOON + 2 * MINUTE });
      const upcoming = await repository.listUpcoming({ until: NOON + MINUTE, limit: 10 });
      expect(upcoming.map(({ caseId }) => caseId)).toEqual([1, 2]);
    });

    it('gives a claim to one of many', async () => {
      const id = await insert();
      const claims = await Promise.all(Array.from({ length: 8 }, () => repository.claim(id, LEASE)));
      expect(claims.filter((claimed) => claimed !== null)).toHaveLength(1);
      expect(await repository.find(id)).toMatchObject({ state: 'claimed', attempts: 1, claimedAt: NOON });
      expect(await repository.listDue({ now: NOON, limit: 10 })).toEqual([]);
    });

    it('claims nothing before its moment', async () => {
      const id = await insert({ dueAt: NOON + 1 });
      expect(await repository.claim(id, LEASE)).toBeNull();
      expect(await repository.find(id)).toMatchObject({ state: 'planned', attempts: 0 });
    });

    it('finishes a claim once, with its result', async () => {
      const held = await claim();
      const finish = { state: 'done', reason: null, resultActivityId: 501, now: NOON + MINUTE } as const;
      expect(await repository.finish(held, finish)).toBe(true);
      expect(await repository.finish(held, finish)).toBe(false);
      expect(await repository.find(held.id)).toMatchObject({
        state: 'done',
        resultActivityId: 501,
        finishedAt: NOON + MINUTE,
      });
      expect(await repository.insertPlanned([key()], NOON)).toEqual([]);
    });

    it('returns an expired claim, and its first holder can no longer finish', async () => {
      const first = await claim();
      expect(await repository.returnExpired(LEASE.until - 1)).toEqual({ planned: 0, unknown: 0 });
      expect(await repository.returnExpired(LEASE.until)).toEqual({ planned: 1, unknown: 0 });
      const second = await repository.claim(first.id, { now: LEASE.until, until: LEASE.until + MINUTE });
      expect(second?.attempts).toBe(2);
      const finish = { state: 'done', reason: null, resultActivityId: 1, now: NOON } as const;
      expect(await repository.finish(first, finish)).toBe(false);
      expect(await repository.finish(second!, finish)).toBe(true);
      expect(await repository.returnExpired(NOON * 2)).toEqual({ planned: 0, unknown: 0 });
    });

    it('never plans a mail again whose worker vanished while sending', async () => {
      const held = await claim({ channel: 'email', recipientId: 9 });
      expect(await repository.beginSending(held, NOON + MINUTE)).toBe(true);
      expect(await repository.beginSending(held, NOON + MINUTE)).toBe(false);
      expect(await repository.returnExpired(NOON + MINUTE)).toEqual({ planned: 0, unknown: 1 });
      expect(await repository.find(held.id)).toMatchObject({
        state: 'unknown',
        reason: REASON_LOST_WHILE_SENDING,
        finishedAt: NOON + MINUTE,
      });
      expect(await repository.listDue({ now: NOON * 2, limit: 10 })).toEqual([]);
    });

    it('puts an attempt off until a later moment', async () => {
      const held = await claim();
      expect(await repository.putOff(held, NOON + MINUTE, 'the site did not answer')).toBe(true);
      expect(await repository.putOff(held, NOON + MINUTE, 'the site did not answer')).toBe(false);
      expect(await repository.listDue({ now: NOON, limit: 10 })).toEqual([]);
      expect(await repository.claim(held.id, LEASE)).toBeNull();
      const again = { now: NOON + MINUTE, until: NOON + 2 * MINUTE };
      expect(await repository.claim(held.id, again)).toMatchObject({ attempts: 2, dueAt: NOON });
    });

    it('cancels only what is still planned, each with its reason', async () => {
      const held = await claim({ caseId: 1 });
      const one = await insert({ caseId: 2 });
      const other = await insert({ caseId: 3 });
      const cancelled = await repository.cancel(
        [
          { id: held.id, reason: 'case closed' },
          { id: one, reason: 'case closed' },
          { id: other, reason: 'activity moved' },
        ],
        NOON + MINUTE,
      );
      expect(cancelled).toBe(2);
      expect(await repository.find(held.id)).toMatchObject({ state: 'claimed' });
      expect(await repository.find(other)).toMatchObject({
        state: 'cancelled',
        reason: 'activity moved',
        finishedAt: NOON + MINUTE,
      });
      expect(await repository.claim(one, LEASE)).toBeNull();
    });

    it('plans a cancelled one again when it holds again', async () => {
      const id = await insert();
      await repository.cancel([{ id, reason: 'activity moved' }], NOON);
      expect(await repository.insertPlanned([key()], NOON + MINUTE)).toEqual([id]);
      expect(await repository.find(id)).toMatchObject({
        state: 'planned',
        reason: null,
        finishedAt: null,
        plannedAt: NOON + MINUTE,
      });
    });

    it('counts by site, channel and state', async () => {
      await claim({ caseId: 1 });
      await insert({ caseId: 2 });
      await insert({ caseId: 3 });
      await insert({ caseId: 3, site: 'hilltop', channel: 'email', recipientId: 4 });
      expect(await repository.countByState()).toEqual([
        { site: 'hilltop', channel: 'email', state: 'planned', count: 1 },
        { site: 'riverside', channel: 'activity', state: 'claimed', count: 1 },
        { site: 'riverside', channel: 'activity', state: 'planned', count: 2 },
      ]);
    });

    it('keeps the details of a delivery, the last ones winning', async () => {
      const id = await insert({ channel: 'email', recipientId: 9 });
      const first = {
        occurrenceId: id,
        messageId: '<1@desk.example.org>',
        attempts: 1,
        lastError: 'ECONNREFUSED',
        updatedAt: NOON,
      };
      expect(await repository.findDelivery(id)).toBeNull();
      await repository.saveDelivery(first);
      const second = { ...first, attempts: 2, lastError: null, updatedAt: NOON + MINUTE };
      await repository.saveDelivery(second);
      expect(await repository.findDelivery(id)).toEqual(second);
    });
  });
}

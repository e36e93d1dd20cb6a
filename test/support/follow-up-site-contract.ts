import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createZoneClock } from '../../src/calendar/wall-clock.ts';
import type { FollowUp, FollowUpSite } from '../../src/follow-up/ports.ts';
import { OTHER, WATCHED } from './mirror-source-contract.ts';
import type { SiteDesk } from './site-desk.ts';

export type CaseDesk = Pick<SiteDesk, 'addPerson' | 'openCase' | 'editCase'>;

/** Where the activity with an origin key stands; `caseId` null: on no case. */
export interface Place {
  readonly id: number;
  readonly caseId: number | null;
}

export interface FollowUpSiteUnderTest {
  /** Another connection at each call. */
  readonly connect: () => FollowUpSite;
  readonly desk: CaseDesk;
  /** IANA name of the zone that the site lives in. */
  readonly zone: string;
  /** Every activity with that key, in no particular place. */
  readonly placesOf: (originKey: string) => Promise<readonly Place[]>;
  /** Leaves an activity with that key on no case, and answers its id. */
  readonly strand: (originKey: string) => Promise<number>;
  readonly editActivity: (id: number, fields: { isDeleted?: boolean; subject?: string }) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What every site promises to those who read its open cases. */
export function openCasesContract(
  site: () => { readonly desk: CaseDesk },
  read: (caseTypes: readonly string[] | null) => AsyncIterable<readonly { readonly id: number }[]>,
): void {
  it('lists live open cases of the wanted types, of every type, and of none', async () => {
    const { desk } = site();
    const person = await desk.addPerson({ firstName: 'Ada', lastName: 'Open' });
    const open = (type: string) => desk.openCase(type, [person], person);
    const [watched, other, closed, trashed] = [
      await open(WATCHED),
      await open(OTHER),
      await open(WATCHED),
      await open(WATCHED),
    ];
    await desk.editCase(closed, { status: 'Closed' });
    await desk.editCase(trashed, { isDeleted: true });
    const idsOf = async (caseTypes: readonly string[] | null) => {
      const ids: number[] = [];
      for await (const files of read(caseTypes)) ids.push(...files.map(({ id }) => id));
      return ids;
    };
    expect(await idsOf([WATCHED])).toContain(watched);
    expect(await idsOf([WATCHED])).not.toContain(other);
    expect(await idsOf(null)).toEqual(expect.arrayContaining([watched, other]));
    for (const id of [closed, trashed]) expect(await idsOf(null)).not.toContain(id);
    for (const none of [[], ['no_such_type']]) expect(await idsOf(none)).toEqual([]);
  });
}

/** What every site promises to follow-ups. */
export function describeFollowUpSite(name: string, open: () => Promise<FollowUpSiteUnderTest>): void {
  describe(name, () => {
    let site: FollowUpSiteUnderTest;
    let keys = 0;
    beforeAll(async () => {
      site = await open();
    });
    afterAll(() => site.close());

    const openCase = async () => {
      const client = await site.desk.addPerson({ firstName: 'Cléo', lastName: 'Client' });
      const worker = await site.desk.addPerson({ firstName: 'Wim', lastName: 'Worker' });
      return { caseId: await site.desk.openCase(WATCHED, [client], worker), client, worker };
    };
    const followUpOn = async (change: Partial<FollowUp> = {}): Promise<FollowUp> => {
      const { caseId, client, worker } = await openCase();
      keys += 1;
      return {
        originKey: `occurrence/activity-${String(keys)}`,
        caseId,
        activityType: 'Follow up',
        status: 'Scheduled',
        subject: 'Call the client [case #abc1234] & “friends”',
        details: '<p>Ask about <b>rent</b> &amp; heating</p>',
        dateTime: '2026-03-09 09:00:00',
        targetContactIds: [client],
        assigneeContactIds: [worker],
        ...change,
      };
    };
    const readWritten = async (followUp: FollowUp) => {
      const [file] = await site.connect().readCases([followUp.caseId]);
      return file?.activities.filter(({ originKey }) => originKey === followUp.originKey);
    };

    openCasesContract(
      () => site,
      (types) => site.connect().readOpenCases(types),
    );

    it('reads cases by id, closed and trashed ones too, and leaves out what is not there', async () => {
      const [closed, trashed] = [await openCase(), await openCase()];
      await site.desk.editCase(closed.caseId, { status: 'Closed' });
      await site.desk.editCase(trashed.caseId, { isDeleted: true });
      const files = await site.connect().readCases([closed.caseId, trashed.caseId, 999_999, closed.caseId]);
      expect(files.map(({ id }) => id).sort()).toEqual([closed.caseId, trashed.caseId].sort());
      expect(files.find(({ id }) => id === closed.caseId)?.statusGrouping).toBe('Closed');
      expect(files.find(({ id }) => id === trashed.caseId)?.isDeleted).toBe(true);
    });

    it('writes a follow-up once, from two connections, and leaves it alone when it was edited or trashed', async () => {
      const followUp = await followUpOn();
      const id = await site.connect().writeFollowUp(followUp);
      expect(await site.connect().writeFollowUp(followUp)).toBe(id);
      const { activityType, originKey, caseId, targetContactIds, assigneeContactIds, ...same } = followUp;
      expect(await readWritten(followUp)).toEqual([
        expect.objectContaining({
          ...{ ...same, id, type: activityType, originKey, statusClass: 'incomplete', isDeleted: false },
          ...{ targetContactIds, assigneeContactIds },
        }),
      ]);
      for (const edit of [{ subject: 'Edited since' }, { isDeleted: true }]) {
        await site.editActivity(id, edit);
        expect(await site.connect().writeFollowUp(followUp)).toBe(id);
        await site.connect().discardFollowUp(originKey);
        expect(await readWritten(followUp)).toEqual([expect.objectContaining({ id, ...edit })]);
      }
      expect(await site.placesOf(originKey)).toEqual([{ id, caseId }]);
    });

    it.each([
      ['an activity type', { activityType: 'No such type' }, 'invalid-input'],
      ['a status', { status: 'No such status' }, 'invalid-input'],
      ['a case', { caseId: 999_999 }, 'remote-rejected'],
    ])('refuses %s that the site lacks, and leaves nothing behind', async (_, change, kind) => {
      const followUp = await followUpOn(change);
      await expect(site.connect().writeFollowUp(followUp)).rejects.toMatchObject({ kind });
      expect(await site.placesOf(followUp.originKey)).toEqual([]);
    });

    it('completes an activity that is on no case, or discards it', async () => {
      const followUp = await followUpOn();
      const half = await site.strand(followUp.originKey);
      expect(await site.placesOf(followUp.originKey)).toEqual([{ id: half, caseId: null }]);
      expect(await site.connect().writeFollowUp(followUp)).toBe(half);
      expect(await site.placesOf(followUp.originKey)).toEqual([{ id: half, caseId: followUp.caseId }]);
      const other = await followUpOn();
      await site.strand(other.originKey);
      for (const _ of [1, 2]) await site.connect().discardFollowUp(other.originKey);
      expect(await site.placesOf(other.originKey)).toEqual([]);
    });

    it('keeps the wall clock of the site on both days on which its summer time begins and ends', async () => {
      const zone = createZoneClock(site.zone);
      const moments = [
        ...['2026-03-29 01:59:59', '2026-03-29 02:30:00', '2026-03-29 03:00:00', '2026-03-29 23:30:00'],
        ...['2026-10-25 00:30:00', '2026-10-25 02:30:00', '2026-10-25 03:00:00'],
      ];
      const kept: string[] = [];
      const due = moments.map((moment) => zone.toLocal(zone.toInstant(moment)));
      const first = await followUpOn();
      for (const dateTime of due) {
        const followUp = { ...first, originKey: `${first.originKey}/${dateTime}`, dateTime };
        await site.connect().writeFollowUp(followUp);
        kept.push((await readWritten(followUp))?.[0]?.dateTime ?? '');
      }
      expect(kept).toEqual(due);
      expect(due[1]).toBe(site.zone === 'Europe/Paris' ? '2026-03-29 03:00:00' : '2026-03-29 02:30:00');
    });
  });
}

/** A site in Paris that gets a time which no clock there shows: our own clocks never make one. */
export function describeSkippedHour(name: string, open: () => Promise<FollowUpSiteUnderTest>): void {
  it(`${name} in Paris stores the hour that spring skips as the next one, and that is told`, async () => {
    const { desk, connect, placesOf, close } = await open();
    const person = await desk.addPerson({ firstName: 'Noor', lastName: 'Night' });
    const caseId = await desk.openCase(WATCHED, [person], person);
    const originKey = 'occurrence/activity-skipped-hour';
    const writing = connect().writeFollowUp({
      ...{ originKey, caseId, activityType: 'Follow up', status: 'Scheduled', subject: null, details: null },
      ...{ dateTime: '2026-03-29 02:30:00', targetContactIds: [person], assigneeContactIds: [] },
    });
    await expect(writing).rejects.toMatchObject({ kind: 'remote-rejected' });
    await expect(writing).rejects.toThrow('activity_date_time');
    const [place] = await placesOf(originKey);
    const [file] = await connect().readCases([caseId]);
    const stored = file?.activities.find(({ id }) => id === place?.id);
    expect(stored?.dateTime).toBe('2026-03-29 03:30:00');
    await close();
  });
}

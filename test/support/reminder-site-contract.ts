import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MailRecord, ReminderSite } from '../../src/reminder/ports.ts';
import { openCasesContract, type CaseDesk, type Place } from './follow-up-site-contract.ts';
import { WATCHED } from './mirror-source-contract.ts';

export interface ReminderSiteUnderTest {
  /** Another connection at each call. */
  readonly connect: () => ReminderSite;
  readonly desk: CaseDesk;
  /** Every record of that mail. */
  readonly placesOf: (occurrenceId: string) => Promise<readonly Place[]>;
  /** Leaves an activity for that mail on no case, and answers its id. */
  readonly strand: (occurrenceId: string) => Promise<number>;
  /** Throws the record of a mail away. */
  readonly trash: (id: number) => Promise<void>;
  /** What a case of the watched type and its activity "Open Case" are called. */
  readonly labels: { readonly caseType: string; readonly activityType: string };
  readonly close: () => Promise<void>;
}

/** What every site promises to reminders. */
export function describeReminderSite(name: string, open: () => Promise<ReminderSiteUnderTest>): void {
  describe(name, () => {
    let site: ReminderSiteUnderTest;
    let mails = 0;
    beforeAll(async () => {
      site = await open();
    });
    afterAll(() => site.close());

    const openCase = async () => {
      const client = await site.desk.addPerson({ firstName: 'Cléo', lastName: 'Client' });
      const worker = await site.desk.addPerson({ firstName: 'Wim', lastName: 'W', email: 'wim@example.org' });
      return { caseId: await site.desk.openCase(WATCHED, [client], worker), worker };
    };
    const recordOf = (caseId: number, recipientId: number, change: Partial<MailRecord> = {}): MailRecord => {
      mails += 1;
      return {
        occurrenceId: `email-${String(mails)}`,
        ...{ caseId, recipientId, sentAt: '2026-10-25 02:30:00' },
        subject: 'Reminder sent: visit & “tea”',
        details: '<p>Message-ID: &lt;x@example.org&gt;</p>',
        ...change,
      };
    };

    openCasesContract(
      () => site,
      (types) => site.connect().readOpenCases(types),
    );

    it('reads a case with its people, closed or trashed too, and null for one that is not there', async () => {
      const { caseId, worker } = await openCase();
      const read = () => site.connect().readCase(caseId);
      const file = await read();
      expect(file).toMatchObject({ id: caseId, caseType: WATCHED, statusGrouping: 'Opened' });
      expect(file?.contacts.get(worker)).toMatchObject({ email: 'wim@example.org', doNotEmail: false });
      await site.desk.editCase(caseId, { status: 'Closed' });
      expect((await read())?.statusGrouping).toBe('Closed');
      await site.desk.editCase(caseId, { isDeleted: true });
      expect((await read())?.isDeleted).toBe(true);
      expect(await site.connect().readCase(999_999)).toBeNull();
    });

    it('answers many at once, each for itself', async () => {
      const [one, two] = [await openCase(), await openCase()];
      const connection = site.connect();
      const files = await Promise.all(
        [one.caseId, 999_999, two.caseId, one.caseId].map((id) => connection.readCase(id)),
      );
      expect(files.map((file) => file?.id ?? null)).toEqual([one.caseId, null, two.caseId, one.caseId]);
    });

    it('names case type and activity type as people there read them, and by name what has no label', async () => {
      const { caseId } = await openCase();
      const connection = site.connect();
      const file = (await connection.readCase(caseId))!;
      const opening = file.activities.find(({ type }) => type === 'Open Case')!;
      expect(await connection.readLabels(file, opening)).toEqual(site.labels);
      const unknown = await connection.readLabels(
        { ...file, caseType: 'gone_type' },
        { ...opening, type: 'Gone type' },
      );
      expect(unknown).toEqual({ caseType: 'gone_type', activityType: 'Gone type' });
    });

    it('files the record of a mail once, from two connections, also after it was thrown away', async () => {
      const { caseId, worker } = await openCase();
      const record = recordOf(caseId, worker);
      const id = await site.connect().recordMail(record);
      expect(await site.connect().recordMail(record)).toBe(id);
      await site.trash(id);
      expect(await site.connect().recordMail(record)).toBe(id);
      expect(await site.placesOf(record.occurrenceId)).toEqual([{ id, caseId }]);
    });

    it('completes a record that is on no case', async () => {
      const { caseId, worker } = await openCase();
      const record = recordOf(caseId, worker);
      const half = await site.strand(record.occurrenceId);
      expect(await site.connect().recordMail(record)).toBe(half);
      expect(await site.placesOf(record.occurrenceId)).toEqual([{ id: half, caseId }]);
    });

    it('files many at once; one that cannot be filed takes no other with it and leaves nothing behind', async () => {
      const { caseId, worker } = await openCase();
      const lost = recordOf(999_999, worker);
      const records = [recordOf(caseId, worker), recordOf(caseId, worker), lost, recordOf(caseId, worker)];
      const connection = site.connect();
      const settled = await Promise.allSettled(records.map((record) => connection.recordMail(record)));
      expect(settled.map(({ status }) => status)).toEqual([
        ...['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
      ]);
      expect(settled[2]).toMatchObject({ reason: { kind: 'remote-rejected' } });
      for (const record of records)
        expect(await site.placesOf(record.occurrenceId)).toHaveLength(record === lost ? 0 : 1);
    });
  });
}

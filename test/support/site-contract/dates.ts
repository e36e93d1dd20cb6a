import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import { isSameStored } from '../../../src/civicrm/index.ts';
import { thrownBy } from '../test-site-client.ts';
import { type Call, type Desk, textOf } from './contract-site.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const EPOCH = '1969-12-31 19:00:00';

/** What is sent, what a meeting's moment then is, and a case's end. */
const DATES: readonly (readonly [sent: JsonValue, moment: JsonValue, day: JsonValue])[] = [
  ['2026-03-02', '2026-03-02 00:00:00', '2026-03-02'],
  ['2026-03-02 10:11:12', '2026-03-02 10:11:12', '2026-03-02'],
  ['2026-03-02 10:11', '2026-03-02 10:11:00', '2026-03-02'],
  ['2026-03-02T10:11:12', '2026-03-02 10:11:12', '2026-03-02'],
  ['20260302101112', '2026-03-02 10:11:12', '2026-03-02'],
  ['2028-02-29', '2028-02-29 00:00:00', '2028-02-29'],
  ['1000-01-01', '1000-01-01 00:00:00', '1000-01-01'],
  ['9999-12-31 23:59:59', '9999-12-31 23:59:59', '9999-12-31'],
  // From here on our client does not send them.
  ['2026-02-31', '2026-03-03 00:00:00', '2026-03-03'],
  ['2026-13-01', EPOCH, '1969-12-31'],
  ['2026-03-02 25:00:00', EPOCH, '1969-12-31'],
  ['2026-03-02 24:00:00', '2026-03-03 00:00:00', '2026-03-03'],
  ['nonsense', EPOCH, '1969-12-31'],
  ['2026-03-02 10:11:12Z', '2026-03-02 05:11:12', '2026-03-02'],
  ['2026-07-02T10:11:12Z', '2026-07-02 06:11:12', '2026-07-02'],
  ['2026-03-02 10:11:12+02:00', '2026-03-02 03:11:12', '2026-03-02'],
  ['03/04/2026', '2026-03-04 00:00:00', '2026-03-04'],
  ['4.3.2026', '2026-03-04 00:00:00', '2026-03-04'],
];
const FIRST_BAD = 8;

export function describeDates(desk: Desk): void {
  describe('dates', () => {
    it('are stored as PHP reads them, whatever they are', async () => {
      const { id } = await desk.openCase();
      const meeting = await desk.meeting();
      const calls = DATES.flatMap(([sent]): readonly Call[] => [
        ['Activity', 'update', { where: [['id', '=', meeting]], values: { activity_date_time: sent } }],
        ['Activity', 'get', { select: ['activity_date_time'], where: [['id', '=', meeting]] }],
        ['Case', 'update', { where: [['id', '=', id]], values: { end_date: sent } }],
        ['Case', 'get', { select: ['end_date'], where: [['id', '=', id]] }],
      ]);
      const answers = await desk.unguarded(calls);
      const stored = (index: number, field: string): JsonValue =>
        (answers[index]?.['values'] as readonly JsonObject[] | undefined)?.[0]?.[field] ?? null;
      const found = DATES.map(([sent], index) => [
        sent,
        stored(index * 4 + 1, 'activity_date_time'),
        stored(index * 4 + 3, 'end_date'),
      ]);
      expect(found).toEqual(DATES);
    });

    it.each(DATES.slice(FIRST_BAD).map(([sent]) => [sent]))('%j is not sent by our client', async (sent) => {
      const write = {
        entity: 'Activity',
        action: 'update',
        params: { where: [['id', '=', 1]], values: { activity_date_time: sent } },
      } as const;
      expect(await thrownBy(desk.client().call(write))).toMatchObject({
        kind: 'invalid-input',
        details: { effect: 'none' },
      });
    });

    it('the same day is known by comparison, a rolled one is not', () => {
      for (const [sent, moment] of DATES.slice(0, 2)) expect(isSameStored(sent, moment)).toBe(true);
      expect(isSameStored('2026-02-31', '2026-03-03 00:00:00')).toBe(false);
    });

    it("an empty date clears a case's end; a meeting without one keeps what it had", async () => {
      const { id } = await desk.openCase();
      await desk.update('Case', id, { end_date: '2026-03-02' });
      await desk.update('Case', id, { end_date: null });
      expect(await desk.row('Case', id, ['end_date'])).toMatchObject({ end_date: null });
    });

    it('a new meeting without a date is now, by the clock of the site', async () => {
      const id = await desk.meeting();
      const [row] = await desk.rows('Activity', {
        select: ['activity_date_time', 'created_date', 'modified_date'],
        where: [['id', '=', id]],
      });
      const now = newYorkNow();
      for (const field of ['activity_date_time', 'created_date', 'modified_date'])
        expect(Math.abs(Date.parse(`${textOf(row?.[field]).replace(' ', 'T')}Z`) - now)).toBeLessThan(
          120_000,
        );
    });

    it('bad integers: a fraction is rounded, a text counts as its digits, too large ones are refused', async () => {
      const id = await desk.meeting({ duration: 7 });
      const sent: readonly JsonValue[] = ['12', '1.9', null, -5, 99_999_999_999];
      const answers = await desk.each(
        sent.flatMap((duration): readonly Call[] => [
          ['Activity', 'update', { where: [['id', '=', id]], values: { duration } }],
          ['Activity', 'get', { select: ['duration'], where: [['id', '=', id]] }],
        ]),
      );
      expect(
        sent.map((_, index) => (answers[index * 2 + 1] as readonly JsonObject[])[0]?.['duration']),
      ).toEqual([12, 2, null, null, null]);
      expect([answers[6], answers[8]].map(textOf)).toEqual([
        expect.stringContaining('DB Error: unknown error'),
        expect.stringContaining('DB Error: unknown error'),
      ]);
    });

    it.runIf(TODAY !== '')('filters by relative dates', async () => {
      const subject = desk.name('Relative');
      await desk.meeting({ subject });
      const found = await desk.each(
        ['this.day', 'previous.year', 'this.year'].map((range) => [
          'Activity',
          'get',
          {
            select: ['id'],
            where: [
              ['subject', '=', subject],
              ['activity_date_time', '=', range],
            ],
          },
        ]),
      );
      expect(found.map((rows) => (rows as readonly JsonObject[]).length)).toEqual([1, 0, 1]);
    });
  });
}

/** The wall clock of the site as if it were UTC. */
function newYorkNow(): number {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return Date.parse(`${parts.format(new Date()).replace(' ', 'T')}Z`);
}

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import { writeAndReadBack } from '../../../src/civicrm/index.ts';
import { thrownBy } from '../test-site-client.ts';
import { SITE_ZONE, type Call, type Desk, textOf } from './contract-site.ts';

/** Written wall clock of the site, and what is read back. */
const DAYS_OF_CHANGE: readonly (readonly [written: string, read: string])[] = [
  ['2026-03-08 01:59:59', '2026-03-08 01:59:59'],
  // Summer time skips this hour; PHP reads it one later.
  ['2026-03-08 02:00:00', '2026-03-08 03:00:00'],
  ['2026-03-08 02:30:00', '2026-03-08 03:30:00'],
  ['2026-03-08 03:00:00', '2026-03-08 03:00:00'],
  ['2026-07-01 12:00:00', '2026-07-01 12:00:00'],
  ['2026-11-01 00:59:59', '2026-11-01 00:59:59'],
  // This hour comes twice; a wall clock cannot tell which.
  ['2026-11-01 01:30:00', '2026-11-01 01:30:00'],
  ['2026-11-01 02:00:00', '2026-11-01 02:00:00'],
];

const zone = createZoneClock(SITE_ZONE);

export function describeZones(desk: Desk): void {
  describe('time zones', () => {
    it('our process, the site and UTC are three zones', () => {
      const zones = [Intl.DateTimeFormat().resolvedOptions().timeZone, SITE_ZONE, 'UTC'];
      expect(new Set(zones).size).toBe(3);
    });

    it('wall clocks are kept as written, but for the hour that does not exist', async () => {
      const id = await desk.meeting();
      const answers = await desk.each(
        DAYS_OF_CHANGE.flatMap(([written]): readonly Call[] => [
          ['Activity', 'update', { where: [['id', '=', id]], values: { activity_date_time: written } }],
          // A filter reads its moment in the same way.
          [
            'Activity',
            'get',
            {
              select: ['activity_date_time'],
              where: [
                ['id', '=', id],
                ['activity_date_time', '=', written],
              ],
            },
          ],
        ]),
      );
      const read = DAYS_OF_CHANGE.map(([written], index) => [
        written,
        (answers[index * 2 + 1] as readonly JsonObject[])[0]?.['activity_date_time'],
      ]);
      expect(read).toEqual(DAYS_OF_CHANGE);
    });

    it('a moment that our calendar shows is always one that the site keeps', async () => {
      // Every half hour around both changes.
      const starts = ['2026-03-08 00:00:00', '2026-11-01 00:00:00'].map((text) => zone.toInstant(text));
      const shown = starts.flatMap((start) =>
        Array.from({ length: 10 }, (_, step) => zone.toLocal(start + step * 1_800_000)),
      );
      const id = await desk.meeting();
      const answers = await desk.each(
        shown.flatMap((moment): readonly Call[] => [
          ['Activity', 'update', { where: [['id', '=', id]], values: { activity_date_time: moment } }],
          ['Activity', 'get', { select: ['activity_date_time'], where: [['id', '=', id]] }],
        ]),
      );
      expect(
        shown.map((_, index) => (answers[index * 2 + 1] as readonly JsonObject[])[0]?.['activity_date_time']),
      ).toEqual(shown);
    });

    it('reading back notices a moment that the site moved', async () => {
      const write = {
        kind: 'update',
        entity: 'Activity',
        id: await desk.meeting(),
        values: { activity_date_time: '2026-03-08 02:30:00' },
      } as const;
      expect(await thrownBy(writeAndReadBack(desk.client(), write))).toMatchObject({
        kind: 'remote-rejected',
        message: expect.stringContaining(
          '(expected "2026-03-08 02:30:00", got "2026-03-08 03:30:00")',
        ) as string,
      });
    });

    it('a case that opens on the eve of the change: its timeline runs by the calendar', async () => {
      const { id } = await desk.openCase({ start_date: '2026-03-07 02:30:00' });
      const activities = await desk.rows('Activity', {
        select: ['activity_date_time'],
        where: [
          ['case_id', '=', id],
          ['activity_type_id:name', 'IN', ['Open Case', 'Medical evaluation', 'Secure temporary housing']],
        ],
        orderBy: { id: 'ASC' },
      });
      expect(activities.map((row) => row['activity_date_time'])).toEqual([
        '2026-03-07 02:30:00',
        '2026-03-08 03:30:00',
        '2026-03-09 02:30:00',
      ]);
    });

    it('created and modified are the wall clock of the site, and filters on them too', async () => {
      const began = Date.now();
      const { id } = await desk.openCase();
      const [row] = await desk.rows('Case', {
        select: ['created_date', 'modified_date'],
        where: [['id', '=', id]],
      });
      for (const field of ['created_date', 'modified_date']) {
        const moment = zone.toInstant(textOf(row?.[field]));
        expect(moment).toBeGreaterThan(began - 5000);
        expect(moment).toBeLessThan(Date.now() + 5000);
      }
      const found = await desk.each(
        [-3_600_000, 3_600_000].map((shift) => [
          'Case',
          'get',
          {
            select: ['id'],
            where: [
              ['id', '=', id],
              ['modified_date', '>=', zone.toLocal(began + shift)],
            ],
          },
        ]),
      );
      expect(found).toEqual([[{ id }], []]);
    });

    it('a check of the access tells the offset of the zone', async () => {
      const { utcOffsetMinutes, contactId } = await desk.client().checkAccess();
      const local = zone.toLocal(Date.now()).replace(' ', 'T');
      const ours = Math.round((Date.parse(`${local}Z`) - Date.now()) / 60_000);
      expect({ utcOffsetMinutes, contactId }).toEqual({ utcOffsetMinutes: ours, contactId: 2 });
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Desk } from './contract-site.ts';

const BOTH = ['is_deleted', 'IN', [false, true]] as const;

export function describeTrash(desk: Desk): void {
  describe('trash', () => {
    it.each(['Case', 'Activity', 'Contact'])(
      '%s: hidden unless asked for, and back again',
      async (entity) => {
        const id =
          entity === 'Case'
            ? (await desk.openCase()).id
            : entity === 'Activity'
              ? await desk.meeting()
              : await desk.person();
        await desk.update(entity, id, { is_deleted: true });
        const found = async () =>
          (
            await desk.each([
              [entity, 'get', { select: ['is_deleted'], where: [['id', 'IN', [id, 999_999]]] }],
              [
                entity,
                'get',
                {
                  select: ['is_deleted'],
                  where: [
                    ['id', '>', id - 1],
                    ['id', '<', id + 1],
                  ],
                },
              ],
              [
                entity,
                'get',
                {
                  select: ['is_deleted'],
                  where: [
                    ['id', '=', id],
                    ['is_deleted', '=', true],
                  ],
                },
              ],
              [
                entity,
                'get',
                { select: ['is_deleted'], where: [['id', '>', id - 1], ['id', '<', id + 1], BOTH] },
              ],
              [entity, 'get', { select: ['is_deleted'], where: [['id', '=', id]] }],
            ])
          ).map((rows) => (rows as readonly JsonObject[]).length);
        // By its id alone a trashed row is found, in a list of ids too.
        expect(await found()).toEqual([1, 0, 1, 1, 1]);
        await desk.update(entity, id, { is_deleted: false });
        expect(await found()).toEqual([1, 1, 0, 1, 1]);
      },
    );

    it('what hangs on a trashed case: its activities go with it, its roles end, its clients stay, and nothing comes back by itself', async () => {
      const { id } = await desk.openCase();
      const state = async () => {
        const [activities, roles, clients, filings] = (await desk.each([
          ['Activity', 'get', { select: ['is_deleted'], where: [['case_id', '=', id], BOTH] }],
          ['Relationship', 'get', { select: ['is_active'], where: [['case_id', '=', id]] }],
          ['CaseContact', 'get', { select: ['id'], where: [['case_id', '=', id]] }],
          ['CaseActivity', 'get', { select: ['id'], where: [['case_id', '=', id]] }],
        ])) as readonly (readonly JsonObject[])[];
        return {
          trashed: activities?.filter((row) => row['is_deleted'] === true).length,
          activities: activities?.length,
          active: roles?.filter((row) => row['is_active'] === true).length,
          clients: clients?.length,
          filings: filings?.length,
        };
      };
      await desk.update('Case', id, { is_deleted: true });
      expect(await state()).toEqual({ trashed: 8, activities: 8, active: 0, clients: 1, filings: 8 });
      await desk.update('Case', id, { is_deleted: false });
      expect(await state()).toEqual({ trashed: 8, activities: 8, active: 0, clients: 1, filings: 8 });
    });

    it('a deleted contact goes to the trash unless told otherwise, a deleted case only when told so', async () => {
      const [first, second] = [await desk.openCase(), await desk.openCase()];
      const remove = (entity: string, id: number, more: JsonObject = {}) =>
        desk.client().call({ entity, action: 'delete', params: { where: [['id', '=', id]], ...more } });
      const state = async (entity: string, id: number) =>
        (await desk.row(entity, id, ['is_deleted']))?.['is_deleted'];

      await remove('Case', first.id, { useTrash: true });
      await remove('Case', second.id);
      expect([await state('Case', first.id), await state('Case', second.id)]).toEqual([true, undefined]);
      expect(
        await desk.rows('CaseContact', { select: ['id'], where: [['case_id', '=', second.id]] }),
      ).toEqual([]);

      await remove('Contact', first.clientId);
      await remove('Contact', second.clientId, { useTrash: false });
      expect([await state('Contact', first.clientId), await state('Contact', second.clientId)]).toEqual([
        true,
        undefined,
      ]);
    });

    it('a deleted activity is gone, with its people and its filing', async () => {
      const { id: caseId } = await desk.openCase();
      const id = await desk.meeting({ case_id: caseId, 'activity_type_id:name': 'Follow up' });
      await desk
        .client()
        .call({ entity: 'Activity', action: 'delete', params: { where: [['id', '=', id]] } });
      const left = await desk.each([
        ['Activity', 'get', { where: [['id', '=', id], BOTH] }],
        ['ActivityContact', 'get', { where: [['activity_id', '=', id]] }],
        ['CaseActivity', 'get', { where: [['activity_id', '=', id]] }],
      ]);
      expect(left).toEqual([[], [], []]);
    });

    it('an exact match on a unique key finds a trashed contact too', async () => {
      const key = desk.name('EXT');
      const id = await desk.person({ external_identifier: key });
      await desk.update('Contact', id, { is_deleted: true });
      const found = await desk.each([
        ['Contact', 'get', { select: ['id'], where: [['external_identifier', '=', key]] }],
        ['Contact', 'get', { select: ['id'], where: [['external_identifier', 'IN', [key]]] }],
      ]);
      expect(found).toEqual([[{ id }], [{ id }]]);
    });
  });
}

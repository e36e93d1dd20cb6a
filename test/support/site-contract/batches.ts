import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import type { ApiCall } from '../../../src/civicrm/index.ts';
import { type Desk, textOf } from './contract-site.ts';

const good: ApiCall = {
  entity: 'Contact',
  action: 'get',
  params: { select: ['id'], where: [['id', '=', 2]] },
};
const bad: ApiCall = { entity: 'Contact', action: 'get', params: { where: [['no_such_field', '=', 1]] } };

export function describeBatches(desk: Desk): void {
  describe('batches', () => {
    const kinds = async (calls: readonly ApiCall[], options = {}): Promise<readonly string[]> =>
      (await desk.client('admin', options).batch(calls)).map((result) =>
        result.kind === 'done' ? textOf(result.value.count) : result.error.kind,
      );

    it.each([
      ['no call', [], []],
      ['one call', [good], ['1']],
      ['a failure among others', [good, bad, good], ['1', 'remote-rejected', '1']],
      ['nothing but failures', [bad, bad], ['remote-rejected', 'remote-rejected']],
    ] as const)('%s', async (_what, calls, expected) => {
      expect(await kinds(calls)).toEqual(expected);
    });

    it('a call that our client refuses goes unsent, the others go', async () => {
      const refused: ApiCall = {
        entity: 'Activity',
        action: 'create',
        params: { values: { activity_date_time: 'nonsense' } },
      };
      expect(await kinds([good, refused, good])).toEqual(['1', 'invalid-input', '1']);
    });

    it('100 calls in one request, and in requests of seven: the same answers in the same order', async () => {
      const calls = Array.from({ length: 100 }, (_, index): ApiCall => ({
        entity: 'OptionValue',
        action: 'get',
        params: { select: ['id'], where: [['id', '=', index]] },
      }));
      const ids = async (batchSize: number) =>
        (await desk.client('admin', { batchSize }).batch(calls)).map((result) =>
          result.kind === 'done' ? result.value.values[0]?.['id'] : result.error.kind,
        );
      const whole = await ids(100);
      expect(whole).toHaveLength(100);
      expect(await ids(7)).toEqual(whole);
      expect(whole.filter((id, index) => id !== undefined && id !== index)).toEqual([]);
    });

    it('calls run one after another, and what was done before a failure stays', async () => {
      const location = desk.name('Batch');
      const create = (subject: string): ApiCall => ({
        entity: 'Activity',
        action: 'create',
        params: {
          values: {
            'activity_type_id:name': 'Meeting',
            source_contact_id: 'user_contact_id',
            subject,
            location,
          },
        },
      });
      expect(await kinds([create('one'), bad, create('two')])).toEqual(['1', 'remote-rejected', '1']);
      const rows = await desk.rows('Activity', {
        select: ['subject'],
        where: [['location', '=', location]],
        orderBy: { id: 'ASC' },
      });
      expect(rows.map((row) => row['subject'])).toEqual(['one', 'two']);
    });

    it('a save whose second record fails keeps the first', async () => {
      const location = desk.name('Half');
      const record = (subject: string, more: JsonObject): JsonObject => ({
        'activity_type_id:name': 'Follow up',
        source_contact_id: 'user_contact_id',
        subject,
        location,
        ...more,
      });
      const params = {
        records: [record('kept', {}), record('astray', { case_id: 999_999 }), record('never', {})],
      };
      expect(await kinds([{ entity: 'Activity', action: 'save', params }])).toEqual(['remote-rejected']);
      const rows = await desk.rows('Activity', {
        select: ['subject'],
        where: [['location', '=', location]],
        orderBy: { id: 'ASC' },
      });
      expect(rows.map((row) => row['subject'])).toEqual(['kept', 'astray']);
    });

    it('bodies of a megabyte', async () => {
      const location = desk.name('Big');
      const records = Array.from({ length: 10 }, (_, index): JsonObject => ({
        'activity_type_id:name': 'Meeting',
        source_contact_id: 'user_contact_id',
        subject: textOf(index),
        location,
        details: 'é&<'.repeat(25_000),
      }));
      await desk.client().call({ entity: 'Activity', action: 'save', params: { records } });
      const rows = await desk.rows('Activity', { select: ['details'], where: [['location', '=', location]] });
      expect(rows.map((row) => textOf(row['details']).length)).toEqual(records.map(() => 75_000));
    });

    it('a keyed batch answers by its keys', async () => {
      const calls = JSON.stringify({ one: ['Contact', 'get', good.params], two: ['Nope', 'get', {}] });
      const { status, body } = await desk.post(
        '/civicrm/ajax/api4',
        { calls },
        { 'X-Civi-Auth': `Bearer ${desk.key('admin')}` },
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({ one: { values: [{ id: 2 }] }, two: { error_code: 0, status: 500 } });
    });
  });
}

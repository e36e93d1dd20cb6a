import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import { KINDS, KINDS_REFUSED } from './custom-field-kinds.ts';
import { type Call, type Desk, textOf } from './contract-site.ts';

export function describeCustomFields(desk: Desk): void {
  describe.each(['Case', 'Activity'])('custom fields of %s', (entity) => {
    const group = `Contract_${entity}`;
    const path = (field: string): string => `${group}.${field}`;
    let made: readonly unknown[] = [];
    let id = 0;

    const fresh = async (): Promise<number> =>
      entity === 'Case' ? (await desk.openCase()).id : desk.meeting();

    beforeAll(async () => {
      await desk.create('CustomGroup', { name: group, title: `Contract ${entity}`, extends: entity });
      made = await desk.each(
        KINDS.map(({ field, values }) => [
          'CustomField',
          'create',
          { values: { 'custom_group_id.name': group, name: field, label: field, ...values } },
        ]),
      );
      id = await fresh();
    });

    it('are made over the API', () => {
      expect(made).toEqual(
        KINDS.map(({ field }) => [expect.objectContaining({ name: field }) as JsonObject]),
      );
    });

    it.each(KINDS_REFUSED)('%j is refused', async (values, words) => {
      const field = { 'custom_group_id.name': group, name: 'bad', label: 'bad', ...values };
      const [answer] = await desk.each([['CustomField', 'create', { values: field }]]);
      expect(textOf(answer)).toContain(words);
    });

    it('are null to begin with', async () => {
      const [row] = await desk.rows(entity, { select: [path('*')], where: [['id', '=', id]] });
      expect(row).toEqual({ id, ...Object.fromEntries(KINDS.map(({ field }) => [path(field), null])) });
    });

    it.each(KINDS)('$field ($values.data_type, $values.html_type)', async ({ field, cases, find, name }) => {
      const key = path(field);
      const write = (value: JsonValue): Call => [
        entity,
        'update',
        { where: [['id', '=', id]], values: { [key]: value } },
      ];
      const read: Call = [entity, 'get', { select: [key], where: [['id', '=', id]] }];
      const clear = write(null);
      const answers = await desk.each(cases.flatMap(([written]) => [clear, write(written), read]));
      const told = cases.map(([written, expected], index) => {
        const answer = answers[index * 3 + 1];
        const isRefused = typeof expected === 'object' && expected !== null && 'refused' in expected;
        if (isRefused)
          return [written, textOf(answer).includes(textOf(expected.refused)) ? expected : textOf(answer)];
        const rows = answers[index * 3 + 2];
        return [written, Array.isArray(rows) ? ((rows[0] as JsonObject)[key] ?? null) : textOf(rows)];
      });
      expect(told).toEqual(cases);

      const [first = [null, null]] = cases;
      const options: readonly Call[] =
        name === undefined
          ? []
          : [[entity, 'get', { select: [`${key}:name`, `${key}:label`], where: [['id', '=', id]] }]];
      const filters: readonly Call[] =
        find === undefined
          ? []
          : (['=', 'IN'] as const).map((operator): Call => [
              entity,
              'get',
              { select: ['id'], where: [[key, operator, operator === 'IN' ? [find] : find]] },
            ]);
      const empty: Call = [
        entity,
        'get',
        {
          select: ['id'],
          where: [
            ['id', '=', id],
            [key, 'IS NULL'],
          ],
        },
      ];
      const [, ...found] = await desk.each([write(first[0]), ...options, ...filters, empty]);
      expect(found).toEqual([
        ...(name === undefined ? [] : [[{ id, [`${key}:name`]: name[0], [`${key}:label`]: name[1] }]]),
        ...filters.map(() => [{ id }]),
        [],
      ]);
    });

    it('an option is written by its label, and found by its name', async () => {
      await desk.update(entity, id, {
        [`${path('select')}:label`]: 'Délta',
        [`${path('several')}:label`]: ['Alpha', 'Délta', 'Nope'],
      });
      const found = await desk.rows(entity, {
        select: [path('select'), path('several')],
        where: [
          [`${path('select')}:name`, '=', 'D_lta'],
          [path('several'), 'CONTAINS', 'c3'],
        ],
      });
      expect(found).toEqual([{ id, [path('select')]: 'c3', [path('several')]: ['a1', 'c3'] }]);
    });

    it('save matches on one: an origin key makes one record, however often it is saved', async () => {
      const key = desk.name('origin');
      const person = await desk.person();
      const record: JsonObject =
        entity === 'Case'
          ? {
              'case_type_id:name': 'housing_support',
              contact_id: [person],
              creator_id: person,
              subject: 'keyed',
              [path('text')]: key,
            }
          : {
              'activity_type_id:name': 'Meeting',
              source_contact_id: person,
              subject: 'keyed',
              [path('text')]: key,
            };
      const save = async (subject: string) => {
        const { values } = await desk.client().call({
          entity,
          action: 'save',
          params: { records: [{ ...record, subject }], match: [path('text')] },
        });
        return values[0]?.['id'];
      };
      const first = await save('once');
      expect(await save('twice')).toBe(first);
      const where = [[path('text'), '=', key]] as const;
      expect(await desk.rows(entity, { select: ['subject'], where })).toEqual([
        { id: first, subject: 'twice' },
      ]);
      await desk.update(entity, Number(first), { is_deleted: true });
      expect(await save('beside the trash')).not.toBe(first);
    });

    it('a bad value refuses the create', async () => {
      const subject = desk.name('Bad custom');
      const values: JsonObject =
        entity === 'Case'
          ? {
              'case_type_id:name': 'housing_support',
              contact_id: [await desk.person()],
              creator_id: 2,
              subject,
              [path('whole')]: 'x',
            }
          : { 'activity_type_id:name': 'Meeting', source_contact_id: 2, subject, [path('whole')]: 'x' };
      const [answer] = await desk.each([[entity, 'create', { values }]]);
      expect(textOf(answer)).toContain('is not of the type Timestamp');
    });

    it('a field that is disabled or deleted is unknown', async () => {
      const fieldId = await desk.create('CustomField', {
        'custom_group_id.name': group,
        name: 'gone',
        label: 'gone',
        data_type: 'String',
        html_type: 'Text',
      });
      await desk.update(entity, id, { [path('gone')]: 'x' });
      expect(await desk.row(entity, id, [path('gone')])).toEqual({ id, [path('gone')]: 'x' });
      await desk.update('CustomField', fieldId, { is_active: false, html_type: 'Text' });
      expect(await desk.row(entity, id, [path('gone')])).toEqual({ id });
      const [filtered] = await desk.each([[entity, 'get', { where: [[path('gone'), '=', 'x']] }]]);
      expect(textOf(filtered)).toContain(`Invalid field '${path('gone')}'`);
    });

    it('names of groups and fields are there once', async () => {
      const answers = await desk.each([
        ['CustomGroup', 'create', { values: { name: group, title: 'Another title', extends: entity } }],
        [
          'CustomField',
          'create',
          {
            values: {
              'custom_group_id.name': group,
              name: 'text',
              label: 'Another label',
              data_type: 'String',
              html_type: 'Text',
            },
          },
        ],
      ]);
      expect(answers.map(textOf)).toEqual([
        expect.stringContaining('DB Error: already exists'),
        expect.stringContaining('DB Error: already exists'),
      ]);
    });
  });
}

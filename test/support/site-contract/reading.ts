import { describe, expect, it, beforeAll } from 'vitest';
import type { JsonValue } from '../../../src/base/json.ts';
import type { WhereClause } from '../../../src/civicrm/index.ts';
import { type Desk, textOf } from './contract-site.ts';
import { CLAUSES, MEETINGS } from './reading-clauses.ts';

export function describeReading(desk: Desk): void {
  describe('reading', () => {
    let stem = '';
    beforeAll(async () => {
      stem = desk.name('Reading');
      const records = MEETINGS.map(({ letter, ...values }) => ({
        'activity_type_id:name': 'Meeting',
        source_contact_id: 'user_contact_id',
        subject: `${stem} ${letter}`,
        ...values,
      }));
      await desk.client().call({ entity: 'Activity', action: 'save', params: { records } });
    });
    const ours = (): WhereClause => ['subject', 'LIKE', `${stem} %`];
    const lettersOf = (rows: readonly Readonly<Record<string, JsonValue>>[]): string =>
      rows.map((row) => textOf(row['subject']).slice(-1)).join('');

    it('finds with every operator what it should', async () => {
      const found = await desk.each(
        CLAUSES.map(([, clause]) => [
          'Activity',
          'get',
          { select: ['subject'], where: [ours(), clause], orderBy: { subject: 'ASC' }, limit: 0 },
        ]),
      );
      const shown = CLAUSES.map(([, clause], index) => {
        const rows = found[index];
        return [Array.isArray(rows) ? lettersOf(rows as never) : textOf(rows), clause];
      });
      expect(shown).toEqual(CLAUSES);
    });

    it('orders, limits, skips and counts', async () => {
      const base = { select: ['subject'], where: [ours()] };
      const [byDuration, second, counted, none] = await desk.each([
        ['Activity', 'get', { ...base, orderBy: { duration: 'DESC', subject: 'ASC' } }],
        ['Activity', 'get', { ...base, orderBy: { subject: 'DESC' }, limit: 2, offset: 1 }],
        ['Activity', 'get', { ...base, orderBy: { location: 'ASC', subject: 'DESC' } }],
        ['Activity', 'get', { ...base, orderBy: { subject: 'ASC' }, offset: 99, limit: 1 }],
      ]);
      expect([byDuration, second, counted].map((rows) => lettersOf(rows as never))).toEqual([
        'DCBAE',
        'DC',
        'EDBAC',
      ]);
      expect(none).toEqual([]);
      const count = await desk.client().call({
        entity: 'Activity',
        action: 'get',
        params: { select: ['row_count'], where: [ours()], limit: 2 },
      });
      expect(count).toEqual({ values: [], count: 5, countMatched: 5 });
    });

    it('leaves an unknown field out of the rows, and answers the known ones in their types', async () => {
      const [first] = await desk.rows('Activity', {
        select: [
          'subject',
          'no_such_field',
          'no_such.path',
          'duration',
          'is_deleted',
          'location',
          'details',
          'activity_date_time',
        ],
        where: [['subject', '=', `${stem} D`]],
      });
      expect(first).toEqual({
        id: expect.any(Number) as number,
        subject: `${stem} D`,
        duration: 40,
        is_deleted: false,
        location: null,
        details: null,
        activity_date_time: '2026-03-04 23:59:59',
      });
    });

    it('answers no rows as an empty list, whatever the entity', async () => {
      const entities = [
        'Contact',
        'Email',
        'Case',
        'CaseType',
        'CaseContact',
        'CaseActivity',
        'Activity',
        'ActivityContact',
        'Relationship',
        'RelationshipType',
        'OptionGroup',
        'OptionValue',
        'CustomGroup',
        'CustomField',
        'Group',
        'GroupContact',
        'EntityTag',
        'Tag',
      ];
      const answers = await desk.each(
        entities.map((entity) => [entity, 'get', { where: [['id', '=', 999_999]] }]),
      );
      expect(answers).toEqual(entities.map(() => []));
    });

    it('follows foreign keys and shows options by name and label, null where there is nothing', async () => {
      const { id, clientId } = await desk.openCase({ subject: 'Joined', 'status_id:name': 'Urgent' });
      const [files, clients, roles] = await desk.each([
        [
          'Case',
          'get',
          {
            select: [
              'case_type_id:name',
              'case_type_id:label',
              'case_type_id.title',
              'status_id:name',
              'status_id:label',
              'medium_id:name',
              'end_date',
            ],
            where: [['id', '=', id]],
          },
        ],
        [
          'CaseContact',
          'get',
          {
            select: [
              'contact_id',
              'contact_id.last_name',
              'case_id.subject',
              'case_id.case_type_id:name',
              'contact_id.email_primary.email',
            ],
            where: [['case_id', '=', id]],
          },
        ],
        [
          'Relationship',
          'get',
          {
            select: [
              'relationship_type_id.name_a_b',
              'relationship_type_id.name_b_a',
              'contact_id_a',
              'case_id.subject',
              'is_active',
              'end_date',
            ],
            where: [['case_id', '=', id]],
          },
        ],
      ]);
      expect(files).toEqual([
        {
          id,
          'case_type_id:name': 'housing_support',
          'case_type_id:label': 'Housing Support',
          'case_type_id.title': 'Housing Support',
          'status_id:name': 'Urgent',
          'status_id:label': 'Urgent',
          end_date: null,
        },
      ]);
      expect(clients).toEqual([
        {
          id: expect.any(Number) as number,
          contact_id: clientId,
          'contact_id.last_name': 'Contract',
          'case_id.subject': 'Joined',
          'case_id.case_type_id:name': 'housing_support',
          'contact_id.email_primary.email': null,
        },
      ]);
      expect(roles).toEqual([
        {
          id: expect.any(Number) as number,
          'relationship_type_id.name_a_b': 'Homeless Services Coordinator is',
          'relationship_type_id.name_b_a': 'Homeless Services Coordinator',
          contact_id_a: clientId,
          'case_id.subject': 'Joined',
          is_active: true,
          end_date: null,
        },
      ]);
    });

    it('runs a chained call for each row', async () => {
      const { id } = await desk.openCase();
      const [row] = await desk.rows('Case', {
        select: ['id'],
        where: [['id', '=', id]],
        chain: {
          roles: ['Relationship', 'get', { select: ['is_active'], where: [['case_id', '=', '$id']] }],
        },
      });
      expect(row).toMatchObject({ id, roles: [{ is_active: true }] });
    });

    it('groups and filters the groups', async () => {
      const rows = await desk.rows('Activity', {
        select: ['location', 'COUNT(id) AS number'],
        where: [ours(), ['location', 'IS NOT NULL']],
        groupBy: ['location'],
        having: [['number', '>', 1]],
      });
      expect(rows).toEqual([{ location: 'Oslo', number: 2 }]);
    });

    it('describes fields with their options', async () => {
      const { values } = await desk.client().call({
        entity: 'Contact',
        action: 'getFields',
        params: {
          select: ['name', 'options'],
          where: [['name', 'IN', ['contact_type', 'contact_sub_type']]],
          loadOptions: ['name'],
        },
      });
      expect(values).toEqual([
        {
          name: 'contact_type',
          options: [{ name: 'Household' }, { name: 'Individual' }, { name: 'Organization' }],
        },
        { name: 'contact_sub_type', options: expect.anything() as unknown },
      ]);
    });

    it('knows its components, and its case types by APIv3 as by APIv4', async () => {
      const { values } = await desk
        .client()
        .call({ entity: 'Setting', action: 'get', params: { select: ['enable_components'] } });
      expect(values[0]?.['value']).toEqual(['CiviCase', 'CiviMail']);
      const byApi3 = (await desk
        .client()
        .callApi3('CaseType', 'get', { sequential: 1, options: { limit: 0 } })) as readonly Readonly<
        Record<string, unknown>
      >[];
      const byApi4 = await desk.rows('CaseType', { select: ['name', 'definition'], orderBy: { id: 'ASC' } });
      // What says that a set is a timeline is a text there, and a number here.
      const inTexts = (rows: readonly Readonly<Record<string, unknown>>[]) =>
        rows.map(({ name, definition }) =>
          JSON.stringify({ name, definition }).replaceAll('"timeline":1', '"timeline":"1"'),
        );
      expect(inTexts(byApi3)).toEqual(inTexts(byApi4));
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { type Desk, textOf } from './contract-site.ts';

const MISSING = 999_999;

export function describeCaseWriting(desk: Desk): void {
  describe('writing cases', () => {
    it('opening a case files its timeline, its client and the role of its creator', async () => {
      const { id, clientId } = await desk.openCase({ start_date: '2026-03-02', subject: 'Opened' });
      const [[admin = {}] = [], activities, roles, clients, filings] = (await desk.each([
        ['Contact', 'get', { select: ['id'], where: [['id', '=', 'user_contact_id']] }],
        [
          'Activity',
          'get',
          {
            select: [
              'activity_type_id:name',
              'status_id:name',
              'activity_date_time',
              'subject',
              'is_auto',
              'medium_id:name',
              'priority_id:name',
              'source_contact_id',
              'target_contact_id',
              'assignee_contact_id',
            ],
            where: [['case_id', '=', id]],
            orderBy: { id: 'ASC' },
          },
        ],
        [
          'Relationship',
          'get',
          {
            select: [
              'relationship_type_id.name_b_a',
              'contact_id_a',
              'contact_id_b',
              'is_active',
              'start_date',
            ],
            where: [['case_id', '=', id]],
          },
        ],
        ['CaseContact', 'get', { select: ['contact_id'], where: [['case_id', '=', id]] }],
        ['CaseActivity', 'get', { select: ['row_count'], where: [['case_id', '=', id]] }],
      ])) as readonly (readonly JsonObject[])[];
      expect(
        (activities ?? []).map(
          (one) =>
            `${textOf(one['activity_type_id:name'])}, ${textOf(one['status_id:name'])}, ${textOf(one['activity_date_time']).slice(0, 10)}`,
        ),
      ).toEqual([
        'Open Case, Completed, 2026-03-02',
        'Medical evaluation, Scheduled, 2026-03-03',
        'Mental health evaluation, Scheduled, 2026-03-03',
        'Secure temporary housing, Scheduled, 2026-03-04',
        'Follow up, Scheduled, 2026-03-05',
        'Income and benefits stabilization, Scheduled, 2026-03-09',
        'Long-term housing plan, Scheduled, 2026-03-16',
        'Follow up, Scheduled, 2026-03-23',
      ]);
      expect(activities?.[1]).toMatchObject({
        subject: null,
        is_auto: true,
        'priority_id:name': 'Normal',
        source_contact_id: admin['id'],
        target_contact_id: [clientId],
      });
      expect(roles).toMatchObject([
        {
          'relationship_type_id.name_b_a': 'Homeless Services Coordinator',
          contact_id_a: clientId,
          contact_id_b: admin['id'],
          is_active: true,
        },
      ]);
      expect(clients).toMatchObject([{ contact_id: clientId }]);
      expect(filings).toEqual([]);
    });

    it('links saved by all their fields stay one: clients, filings, roles, tags', async () => {
      const { id, clientId } = await desk.openCase();
      const [guest, activity] = [await desk.person(), await desk.meeting()];
      const [role] = await desk.rows('RelationshipType', {
        select: ['id'],
        where: [['name_b_a', '=', 'Benefits Specialist']],
      });
      const links: readonly (readonly [string, JsonObject])[] = [
        ['CaseContact', { case_id: id, contact_id: guest }],
        ['CaseActivity', { case_id: id, activity_id: activity }],
        [
          'Relationship',
          {
            case_id: id,
            contact_id_a: clientId,
            contact_id_b: guest,
            relationship_type_id: role?.['id'] ?? 0,
            is_active: true,
          },
        ],
      ];
      for (const [entity, values] of links) {
        const params = { records: [values], match: Object.keys(values) };
        const [first, second] = (await desk.each([
          [entity, 'save', params],
          [entity, 'save', params],
        ])) as readonly (readonly JsonObject[])[];
        expect([entity, second?.[0]?.['id']]).toEqual([entity, first?.[0]?.['id']]);
      }
      const where = [
        ['case_id', '=', id],
        ['contact_id', '=', guest],
      ] as const;
      const remove = ['CaseContact', 'delete', { where }] as const;
      expect(await desk.each([remove, remove])).toEqual([[{ id: expect.anything() as unknown }], []]);
    });

    it('an activity that is filed on a case that is not there stays, on no case', async () => {
      const subject = desk.name('Astray');
      const values = {
        'activity_type_id:name': 'Follow up',
        subject,
        case_id: MISSING,
        source_contact_id: 'user_contact_id',
      };
      const [answer] = await desk.each([['Activity', 'create', { values }]]);
      expect(textOf(answer)).toContain('constraint violation');
      expect(
        await desk.rows('Activity', { select: ['subject', 'case_id'], where: [['subject', '=', subject]] }),
      ).toMatchObject([{ subject, case_id: null }]);
    });

    it('closing a case dates its end, and opening it again leaves the date', async () => {
      const { id } = await desk.openCase();
      await desk.update('Case', id, { 'status_id:name': 'Closed' });
      expect(await desk.row('Case', id, ['end_date', 'status_id:name'])).toMatchObject({
        'status_id:name': 'Closed',
        end_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      });
      await desk.update('Case', id, { 'status_id:name': 'Open' });
      expect(await desk.row('Case', id, ['end_date', 'status_id:name'])).toMatchObject({
        'status_id:name': 'Open',
        end_date: expect.any(String) as string,
      });
    });
  });
}

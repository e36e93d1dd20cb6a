import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { writeAndReadBack } from '../../../src/civicrm/index.ts';
import { thrownBy } from '../test-site-client.ts';
import { type Desk, textOf } from './contract-site.ts';

const MISSING = 999_999;

/** What an update of an id that is not there answers, for each entity that is written. */
const UPDATES_OF_NOTHING: readonly (readonly [string, JsonObject, string])[] = [
  ['Activity', { subject: 'x' }, 'as if it had worked'],
  ['Activity', { source_contact_id: 2 }, 'DB Error: constraint violation'],
  ['CaseType', { title: 'x' }, 'as if it had worked'],
  ['OptionValue', { label: 'x' }, 'getFieldValue failed'],
  ['Group', { title: 'x' }, 'as if it had worked'],
  ['Tag', { description: 'x' }, 'as if it had worked'],
  ['CaseContact', { contact_id: 2 }, 'as if it had worked'],
  ['Case', { subject: 'x' }, 'found 0'],
  ['Contact', { first_name: 'x' }, 'found 0'],
  ['Relationship', { is_active: true }, 'refused'],
  ['RelationshipType', { description: 'x' }, 'as if it had worked'],
  ['Email', { email: 'x@example.org' }, 'ACL check failed'],
  ['CustomField', { label: 'x' }, 'Invalid html_type'],
];

export function describeWriting(desk: Desk): void {
  describe('writing', () => {
    it.each(UPDATES_OF_NOTHING)(
      'updating %s 999999 with %j answers: %s',
      async (entity, values, expected) => {
        const [answer] = await desk.each([[entity, 'update', { where: [['id', '=', MISSING]], values }]]);
        const said = Array.isArray(answer) ? 'as if it had worked' : textOf(answer);
        expect(said).toContain(expected);
        expect(await desk.row(entity, MISSING, ['id'])).toBeUndefined();
      },
    );

    it('what is written and read back by the client is there; an update of nothing is noticed', async () => {
      const subject = desk.name('Read back');
      const values = {
        'activity_type_id:name': 'Meeting',
        subject,
        'status_id:name': 'Scheduled',
        duration: 15,
      };
      const made = await writeAndReadBack(
        desk.client(),
        { kind: 'create', entity: 'Activity', values: { ...values, source_contact_id: 'user_contact_id' } },
        { except: ['source_contact_id'] },
      );
      expect(made).toMatchObject(values);
      const update = { kind: 'update', entity: 'Activity', id: MISSING, values: { subject } } as const;
      expect(await thrownBy(writeAndReadBack(desk.client(), update))).toMatchObject({ kind: 'not-found' });
    });

    it('an activity keeps its people; each list is replaced by the next', async () => {
      const [one, two] = [await desk.person(), await desk.person()];
      const id = await desk.meeting({
        source_contact_id: one,
        target_contact_id: [one, two],
        assignee_contact_id: [two],
      });
      const people = ['source_contact_id', 'target_contact_id', 'assignee_contact_id'];
      expect(await desk.row('Activity', id, people)).toEqual({
        id,
        source_contact_id: one,
        target_contact_id: [one, two],
        assignee_contact_id: [two],
      });
      await desk.update('Activity', id, { target_contact_id: [two] });
      await desk.update('Activity', id, { assignee_contact_id: [] });
      expect(await desk.row('Activity', id, people)).toEqual({
        id,
        source_contact_id: one,
        target_contact_id: [two],
        assignee_contact_id: null,
      });
      const links = await desk.rows('ActivityContact', {
        select: ['contact_id', 'record_type_id:name'],
        where: [['activity_id', '=', id]],
        orderBy: { id: 'ASC' },
      });
      expect(
        links.map((link) => `${textOf(link['record_type_id:name'])} ${textOf(link['contact_id'])}`).sort(),
      ).toEqual([`Activity Source ${textOf(one)}`, `Activity Targets ${textOf(two)}`]);
    });

    it('save with match: none makes one, one is updated, several make another', async () => {
      const location = desk.name('Match');
      const save = async (subject: string) => {
        const record = {
          location,
          subject,
          'activity_type_id:name': 'Meeting',
          source_contact_id: 'user_contact_id',
        };
        const { values } = await desk
          .client()
          .call({ entity: 'Activity', action: 'save', params: { records: [record], match: ['location'] } });
        return values[0]?.['id'];
      };
      const subjects = async () =>
        (
          await desk.rows('Activity', {
            select: ['subject'],
            where: [['location', '=', location]],
            orderBy: { id: 'ASC' },
          })
        ).map((row) => row['subject']);
      const first = await save('made');
      expect(await save('updated')).toBe(first);
      expect(await subjects()).toEqual(['updated']);
      await desk.meeting({ location, subject: 'twin' });
      await save('another');
      expect(await subjects()).toEqual(['updated', 'twin', 'another']);
    });

    it('what a write answers: the id as a number, text where a delete answers it', async () => {
      const id = await desk.meeting();
      const params = { where: [['id', '=', id]] as const };
      const updated = await desk
        .client()
        .call({ entity: 'Activity', action: 'update', params: { ...params, values: { subject: 'x' } } });
      expect(updated.values[0]).toMatchObject({ id, subject: 'x' });
      const gone = await desk.client().call({ entity: 'Activity', action: 'delete', params });
      expect(gone.values).toEqual([{ id: textOf(id) }]);
      const again = await desk.client().call({ entity: 'Activity', action: 'delete', params });
      expect(again.values).toEqual([]);
    });

    it('save fills in defaults and reads its rows again where asked', async () => {
      const subject = desk.name('Defaults');
      const { values } = await desk.client().call({
        entity: 'Activity',
        action: 'save',
        params: {
          records: [{ subject: `${subject} a` }, { subject: `${subject} b`, duration: 5 }],
          defaults: {
            'activity_type_id:name': 'Phone Call',
            source_contact_id: 'user_contact_id',
            duration: 3,
          },
          reload: true,
        },
      });
      expect(values).toMatchObject([
        { subject: `${subject} a`, duration: 3, is_deleted: false },
        { subject: `${subject} b`, duration: 5, is_deleted: false },
      ]);
    });

    it('an address is kept in lower case, the first one is the primary one', async () => {
      const contactId = await desk.person();
      const record = { contact_id: contactId, is_primary: true };
      const save = (email: string) =>
        desk.client().call({
          entity: 'Email',
          action: 'save',
          params: { records: [{ ...record, email }], match: ['contact_id', 'is_primary'] },
        });
      await save('Ada@Example.ORG');
      await save('grace@example.org');
      expect(
        await desk.rows('Email', {
          select: ['email', 'is_primary', 'on_hold'],
          where: [['contact_id', '=', contactId]],
        }),
      ).toEqual([
        { id: expect.any(Number) as number, email: 'grace@example.org', is_primary: true, on_hold: 0 },
      ]);
    });

    it('replace keeps the records that are sent and deletes the others', async () => {
      const group = desk.name('Replace').replaceAll(' ', '_');
      await desk.create('OptionGroup', { name: group, title: group });
      const where = [['option_group_id.name', '=', group]] as const;
      const [groupRow] = await desk.rows('OptionGroup', { select: ['id'], where: [['name', '=', group]] });
      const replace = (names: readonly string[]) =>
        desk.client().call({
          entity: 'OptionValue',
          action: 'replace',
          params: {
            where,
            match: ['option_group_id', 'name'],
            records: names.map((name) => ({
              option_group_id: groupRow?.['id'] ?? 0,
              name,
              label: name,
              value: name,
            })),
          },
        });
      await replace(['a', 'b']);
      await replace(['b', 'c']);
      expect((await desk.client().options(group)).map(({ name }) => name).sort()).toEqual(['b', 'c']);
    });
  });
}

import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import { thrownBy } from '../test-site-client.ts';
import { type Desk, textOf } from './contract-site.ts';

/** Names that no site has: what a meeting holds after they were written, and after a meeting had something else. */
const UNKNOWN_NAMES: readonly (readonly [field: string, made: JsonValue, changed: JsonValue])[] = [
  ['status_id:name', 'Completed', null],
  ['medium_id:name', null, null],
  ['priority_id:name', null, null],
];

export function describeNames(desk: Desk): void {
  describe('names', () => {
    it.each(UNKNOWN_NAMES)(
      'an unknown %s is written without an error: %j on create, %j on update',
      async (field, made, changed) => {
        const id = await desk.meeting({ [field]: 'Nope' });
        expect((await desk.row('Activity', id, [field]))?.[field]).toBe(made);
        const [answer] = await desk.each([
          ['Activity', 'update', { where: [['id', '=', id]], values: { [field]: 'Nope' } }],
        ]);
        const column = field.replace(':name', '');
        expect(
          Array.isArray(answer) ? (await desk.row('Activity', id, [column]))?.[column] : textOf(answer),
        ).toBe(changed);
      },
    );

    it.each([
      [
        'Activity',
        'activity_type_id:name',
        'Mandatory values missing from Api4 Activity::create: activity_type_id',
      ],
      ['Case', 'case_type_id:name', 'Mandatory values missing from Api4 Case::create: case_type_id'],
      ['GroupContact', 'group_id:name', 'Mandatory values missing from Api4 GroupContact::create: group_id'],
      [
        'OptionValue',
        'option_group_id:name',
        'Mandatory values missing from Api4 OptionValue::create: option_group_id',
      ],
      ['EntityTag', 'tag_id:name', 'Mandatory values missing from Api4 EntityTag::create: tag_id'],
      [
        'Relationship',
        'relationship_type_id:name',
        'Mandatory values missing from Api4 Relationship::create: relationship_type_id',
      ],
    ])('%s of an unknown %s is refused as if none were given', async (entity, field, message) => {
      const contact = await desk.person();
      const rest: Readonly<Record<string, JsonObject>> = {
        Activity: { source_contact_id: contact },
        Case: { contact_id: [contact], creator_id: contact },
        GroupContact: { contact_id: contact },
        OptionValue: { name: 'x', label: 'x', value: 'x' },
        EntityTag: { entity_table: 'civicrm_contact', entity_id: contact },
        Relationship: { contact_id_a: contact, contact_id_b: contact },
      };
      const values = { ...rest[entity], [field]: 'Nope' };
      const [answer] = await desk.each([[entity, 'create', { values }]]);
      expect(textOf(answer)).toContain(message);
    });

    it('a filter by an unknown name finds nothing, and its opposite what a column without a value allows', async () => {
      const subject = desk.name('Names');
      await desk.meeting({ subject });
      const where = ['subject', '=', subject] as const;
      const clauses = [
        ['status_id:name', '=', 'Nope'],
        ['status_id:name', 'IN', ['Nope']],
        ['status_id:name', 'IN', ['Nope', 'Completed']],
        ['status_id:name', 'NOT IN', ['Nope']],
        ['status_id:name', '=', 'completed'],
        ['status_id:label', '=', 'Completed'],
      ] as const;
      const found = await desk.each(
        clauses.map((clause) => ['Activity', 'get', { select: ['id'], where: [where, clause] }]),
      );
      expect(found.map((rows) => (Array.isArray(rows) ? rows.length : textOf(rows)))).toEqual([
        0, 0, 1, 1, 0, 1,
      ]);
    });

    it('labels are taken in place of names where they are asked for, and nowhere else', async () => {
      const byLabel = await desk.meeting({
        'status_id:label': 'Left Message',
        'medium_id:label': 'In Person',
      });
      expect(await desk.row('Activity', byLabel, ['status_id:name', 'medium_id:name'])).toMatchObject({
        'status_id:name': 'Left Message',
        'medium_id:name': 'in_person',
      });
      const labelAsName = await desk.meeting({ 'medium_id:name': 'In Person' });
      expect(await desk.row('Activity', labelAsName, ['medium_id:name'])).toMatchObject({
        'medium_id:name': null,
      });
    });

    it('a disabled option is still understood by its name, on reading and on writing', async () => {
      const name = desk.name('Disabled');
      const optionId = await desk.create('OptionValue', {
        'option_group_id:name': 'activity_type',
        name,
        label: name,
      });
      const id = await desk.meeting({ 'activity_type_id:name': name });
      await desk.update('OptionValue', optionId, { is_active: false });
      expect(await desk.row('Activity', id, ['activity_type_id:name'])).toMatchObject({
        'activity_type_id:name': name,
      });
      const another = await desk.meeting({ 'activity_type_id:name': name });
      expect(await desk.row('Activity', another, ['activity_type_id:name'])).toMatchObject({
        'activity_type_id:name': name,
      });
      desk.client().forgetOptions();
      const option = (await desk.client().options('activity_type')).find((one) => one.name === name);
      expect(option).toMatchObject({ isActive: false });
    });

    it('an activity whose type is deleted is shown to nobody', async () => {
      const name = desk.name('Deleted type');
      const optionId = await desk.create('OptionValue', {
        'option_group_id:name': 'activity_type',
        name,
        label: name,
      });
      const id = await desk.meeting({ 'activity_type_id:name': name });
      await desk
        .client()
        .call({ entity: 'OptionValue', action: 'delete', params: { where: [['id', '=', optionId]] } });
      expect(await desk.row('Activity', id, ['id', 'activity_type_id'])).toBeUndefined();
    });

    it('our client resolves names first, and says which it would know', async () => {
      desk.client().forgetOptions();
      expect(await desk.client().optionValue('activity_status', 'Completed')).toBe('2');
      expect(await thrownBy(desk.client().optionValue('activity_status', 'Complete'))).toMatchObject({
        kind: 'invalid-input',
        message: '"contract" has no option "Complete" in activity_status. Did you mean "Completed"?',
      });
      expect(await thrownBy(desk.client().options('activity_stat'))).toMatchObject({
        kind: 'invalid-input',
        message: expect.stringContaining(
          'has no option group "activity_stat". Did you mean "activity_status"',
        ) as string,
      });
    });
  });
}

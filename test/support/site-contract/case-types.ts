import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import { type Desk, textOf } from './contract-site.ts';

const definition = (...types: readonly string[]): JsonObject => ({
  activityTypes: ['Open Case', ...types].map((name) => ({ name })),
  activitySets: [
    {
      name: 'standard_timeline',
      label: 'Standard Timeline',
      timeline: 1,
      activityTypes: [{ name: 'Open Case', status: 'Completed' }],
    },
  ],
  caseRoles: [{ name: 'Contract Coordinator', creator: '1', manager: '1' }],
});

export function describeCaseTypes(desk: Desk): void {
  describe('case types', () => {
    const remove = (id: number) =>
      desk.client().call({ entity: 'CaseType', action: 'delete', params: { where: [['id', '=', id]] } });
    const name = (stem: string) => desk.name(stem).replaceAll(' ', '_').toLowerCase();
    /** A definition as XML, which our client does not send. */
    const createFromXml = async (values: JsonObject): Promise<JsonObject | undefined> =>
      (await desk.unguarded([['CaseType', 'create', { values: { title: 'From XML', ...values } }]]))[0];
    const idOf = async (caseType: string): Promise<number> =>
      Number((await desk.rows('CaseType', { select: ['id'], where: [['name', '=', caseType]] }))[0]?.['id']);

    it('a definition is kept as it was sent, and makes the activity types and roles that are missing', async () => {
      const type = name('Contract type');
      const id = await desk.create('CaseType', {
        name: type,
        title: 'Contract',
        definition: definition('Contract visit'),
      });
      const [row] = await desk.rows('CaseType', {
        select: ['name', 'title', 'is_active', 'definition'],
        where: [['id', '=', id]],
      });
      expect(row).toMatchObject({
        name: type,
        title: 'Contract',
        is_active: true,
        definition: definition('Contract visit'),
      });
      const [types, roles] = await desk.each([
        [
          'OptionValue',
          'get',
          {
            select: ['label', 'is_active'],
            where: [
              ['option_group_id:name', '=', 'activity_type'],
              ['name', '=', 'Contract visit'],
            ],
          },
        ],
        [
          'RelationshipType',
          'get',
          { select: ['name_b_a', 'is_active'], where: [['name_a_b', '=', 'Contract Coordinator is']] },
        ],
      ]);
      expect(types).toMatchObject([{ label: 'Contract visit', is_active: true }]);
      expect(roles).toMatchObject([{ name_b_a: 'Contract Coordinator', is_active: true }]);
    });

    it('an update of the title leaves the definition', async () => {
      const id = await desk.create('CaseType', {
        name: name('Titled'),
        title: 'Before',
        definition: definition(),
      });
      await desk.update('CaseType', id, { title: 'After' });
      expect(await desk.row('CaseType', id, ['title', 'definition'])).toMatchObject({
        title: 'After',
        definition: definition(),
      });
      await desk.update('CaseType', id, { definition: definition('Another visit') });
      expect(await desk.row('CaseType', id, ['title', 'definition'])).toMatchObject({
        title: 'After',
        definition: definition('Another visit'),
      });
    });

    it('a new one is known to cases by its name through the foreign key; the list behind `:name` may be an old one', async () => {
      // The list is read once, and a case type that makes no activity type or role does not renew it.
      await desk.rows('Case', { select: ['case_type_id:name'], limit: 1 });
      const type = name('Newborn');
      const id = await desk.create('CaseType', { name: type, title: 'Newborn', definition: definition() });
      const person = await desk.person();
      const caseId = await desk.create('Case', {
        'case_type_id.name': type,
        contact_id: [person],
        creator_id: person,
      });
      expect(
        await desk.rows('Case', {
          select: ['case_type_id', 'case_type_id.name'],
          where: [['case_type_id.name', 'IN', [type]]],
        }),
      ).toEqual([{ id: caseId, case_type_id: id, 'case_type_id.name': type }]);
      const [unknown] = await desk.each([
        [
          'Case',
          'create',
          { values: { 'case_type_id.name': 'nope', contact_id: [person], creator_id: person } },
        ],
      ]);
      expect(textOf(unknown)).toContain('Expected to find one CaseType record, but there were zero.');
    });

    it.each(['with blanks', 'punct!uation', 'dash-ed', 'Ümlaut'])(
      'a name that CiviCRM would munge is refused: %s',
      async (bad) => {
        const [answer] = await desk.each([
          ['CaseType', 'create', { values: { name: bad, title: 'Bad', definition: definition() } }],
        ]);
        expect(textOf(answer)).toContain(`Cannot create new case-type with malformed name [${bad}]`);
      },
    );

    it('one that cases use cannot be deleted', async () => {
      const type = name('Used');
      const id = await desk.create('CaseType', { name: type, title: 'Used', definition: definition() });
      const person = await desk.person();
      const caseId = await desk.create('Case', {
        'case_type_id.name': type,
        contact_id: [person],
        creator_id: person,
      });
      const [answer] = await desk.each([['CaseType', 'delete', { where: [['id', '=', id]] }]]);
      expect(textOf(answer)).toContain(
        'You can not delete this case type -- it is assigned to 1 existing case record(s).',
      );
      await desk.client().call({
        entity: 'Case',
        action: 'delete',
        params: { where: [['id', '=', caseId]], useTrash: false } as never,
      });
      expect((await remove(id)).values).toEqual([{ id: textOf(id) }]);
    });

    it('a disabled one refuses new cases, and filings on old ones, which it keeps half made', async () => {
      const type = name('Disabled type');
      const id = await desk.create('CaseType', {
        name: type,
        title: 'Disabled',
        definition: definition('Contract visit'),
      });
      const person = await desk.person();
      const caseId = await desk.create('Case', {
        'case_type_id.name': type,
        contact_id: [person],
        creator_id: person,
      });
      await desk.update('CaseType', id, { is_active: false });
      const subject = desk.name('Filed');
      const [opened, filed] = await desk.each([
        [
          'Case',
          'create',
          { values: { case_type_id: id, contact_id: [person], creator_id: person, subject } },
        ],
        [
          'Activity',
          'create',
          {
            values: {
              'activity_type_id:name': 'Contract visit',
              case_id: caseId,
              source_contact_id: person,
              subject,
            },
          },
        ],
      ]);
      expect([opened, filed].map(textOf)).toEqual([
        expect.stringContaining('Case does not have a recognized case-type!'),
        expect.stringContaining('Case does not have a recognized case-type!'),
      ]);
      const [cases, activities] = (await desk.each([
        ['Case', 'get', { select: ['id'], where: [['subject', '=', subject]] }],
        ['Activity', 'get', { select: ['id'], where: [['subject', '=', subject]] }],
      ])) as readonly (readonly JsonObject[])[];
      expect([cases?.length, activities?.length]).toEqual([1, 1]);
      await desk.update('CaseType', id, { is_active: true });
    });

    it('XML that can be read is stored as it is; what it names is made by the next write of a definition', async () => {
      const type = name('From xml');
      const xml = `<?xml version="1.0"?><CaseType><name>${type}</name><ActivityTypes><ActivityType><name>Late visit</name></ActivityType></ActivityTypes><ActivitySets/><CaseRoles/></CaseType>`;
      const answer = await createFromXml({ name: type, definition: xml });
      expect(answer).toMatchObject({ values: [{ name: type }] });
      const [row] = await desk.rows('CaseType', { select: ['definition'], where: [['name', '=', type]] });
      expect(row?.['definition']).toMatchObject({ activityTypes: [{ name: 'Late visit' }] });
      const made = () =>
        desk.rows('OptionValue', {
          select: ['name'],
          where: [
            ['option_group_id:name', '=', 'activity_type'],
            ['name', '=', 'Late visit'],
          ],
        });
      expect(await made()).toEqual([]);
      const next = await desk.create('CaseType', {
        name: name('Next'),
        title: 'Next',
        definition: definition(),
      });
      expect(await made()).toMatchObject([{ name: 'Late visit' }]);
      await remove(next);
      await remove(await idOf(type));
    });

    // Broken definitions poison every later write of a case type, so each is taken away at once.
    it.each<readonly [string, string, JsonValue]>([
      ['that ends early', '<CaseType><name>', 'Premature end of data in tag name line 1'],
      ['of another root', '<Foo/>', ''],
    ])(
      'XML %s is taken, and every other write of a definition fails until it is gone',
      async (_what, xml, reason) => {
        const type = name('Broken');
        const bystander = name('Bystander');
        const created = await createFromXml({ name: type, definition: xml });
        try {
          expect(created).toMatchObject({ values: [{ name: type }] });
          expect(
            (await desk.rows('CaseType', { select: ['definition'], where: [['name', '=', type]] }))[0]?.[
              'definition'
            ],
          ).toEqual([]);
          const [answer] = await desk.each([
            [
              'CaseType',
              'create',
              { values: { name: bystander, title: 'Bystander', definition: definition() } },
            ],
          ]);
          expect(textOf(answer)).toContain('Failed to parse CaseType XML');
          expect(textOf(answer)).toContain(textOf(reason));
          // Stored all the same.
          expect(await idOf(bystander)).toBeGreaterThan(0);
        } finally {
          await remove(await idOf(type));
        }
        await desk.update('CaseType', await idOf(bystander), { definition: definition() });
        await remove(await idOf(bystander));
      },
    );
  });
}

import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { createSiteClient } from '../../../src/civicrm/index.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { machineClock } from '../standing-clock.ts';
import { createTestClient, thrownBy } from '../test-site-client.ts';
import { type Call, type ContractUser, type Desk, textOf } from './contract-site.ts';

/** What a call gets: rows, no rows although there are some, or a refusal. */
type Outcome = 'rows' | 'empty' | 'forbidden' | 'rejected';

const USERS = ['limited', 'nobody', 'nouser'] as const satisfies readonly ContractUser[];
const FOR_ALL_OTHERS = 3;

/** Reading, by entity: for the limited user, and for those without permission or account. */
const READING: readonly (readonly [entity: string, limited: Outcome, others: Outcome])[] = [
  ['Contact', 'rows', 'empty'],
  ['Email', 'rows', 'empty'],
  ['Relationship', 'rows', 'empty'],
  ['EntityTag', 'rows', 'empty'],
  ['GroupContact', 'rows', 'forbidden'],
  ['Case', 'rows', 'forbidden'],
  ['CaseContact', 'rows', 'forbidden'],
  ['CaseActivity', 'rows', 'forbidden'],
  ['CaseType', 'rows', 'forbidden'],
  ['Activity', 'rows', 'forbidden'],
  ['ActivityContact', 'rows', 'forbidden'],
  ['RelationshipType', 'rows', 'forbidden'],
  ['OptionGroup', 'rows', 'forbidden'],
  ['OptionValue', 'rows', 'forbidden'],
  ['CustomGroup', 'empty', 'forbidden'],
  ['CustomField', 'empty', 'forbidden'],
  ['Group', 'rows', 'forbidden'],
  ['Tag', 'rows', 'forbidden'],
  ['Domain', 'forbidden', 'forbidden'],
];

export function describePermissions(desk: Desk): void {
  describe('permissions', () => {
    let mine = 0;
    let others = 0;
    let free = 0;
    let person = 0;
    const keyless =
      () =>
      // The client always sends a key; without one the site is asked directly.
      async (calls: readonly Call[]) =>
        (
          await desk.post(
            '/civicrm/ajax/api4',
            { calls: JSON.stringify(calls) },
            { 'X-Requested-With': 'XMLHttpRequest' },
          )
        ).body as readonly JsonObject[];
    const outcomeOf = (answer: readonly JsonObject[] | AppError | undefined): Outcome =>
      answer instanceof AppError
        ? answer.kind === 'forbidden'
          ? 'forbidden'
          : 'rejected'
        : answer?.length === 0
          ? 'empty'
          : 'rows';

    beforeAll(async () => {
      person = await desk.person();
      await desk.create('Email', { contact_id: person, email: 'person@example.org' });
      // Contact 3 is the limited user.
      mine = await desk.create('Case', {
        'case_type_id:name': 'housing_support',
        contact_id: [person],
        creator_id: 3,
        subject: 'Mine',
      });
      others = (await desk.openCase({ subject: "Another's" })).id;
      free = await desk.meeting({ target_contact_id: [person] });
      const tag = await desk.create('Tag', {
        name: desk.name('Tag').replaceAll(' ', '_'),
        used_for: ['civicrm_contact'],
      });
      await desk.create('EntityTag', { entity_table: 'civicrm_contact', entity_id: person, tag_id: tag });
      const group = await desk.create('Group', { title: desk.name('Group') });
      await desk.create('GroupContact', { group_id: group, contact_id: person, status: 'Added' });
      await desk.create('CustomGroup', { title: desk.name('Seen'), extends: 'Contact' });
      const [customGroup] = await desk.rows('CustomGroup', {
        select: ['id'],
        orderBy: { id: 'DESC' },
        limit: 1,
      });
      await desk.create('CustomField', {
        custom_group_id: customGroup?.['id'] ?? 0,
        label: 'Seen',
        data_type: 'String',
        html_type: 'Text',
      });
    });

    it('reading, entity by entity', async () => {
      const calls = READING.map(([entity]): Call => [entity, 'get', { select: ['id'], limit: 2 }]);
      const found: unknown[][] = [];
      for (const user of USERS) found.push((await desk.each(calls, user)).map(outcomeOf));
      const asKeyless = (await keyless()(calls)).map((body): Outcome =>
        'error_code' in body
          ? body['status'] === 403
            ? 'forbidden'
            : 'rejected'
          : (body['values'] as readonly unknown[]).length === 0
            ? 'empty'
            : 'rows',
      );
      const shown = READING.map(([entity], index) => [
        entity,
        ...found.map((outcomes) => outcomes[index]),
        asKeyless[index],
      ]);
      expect(shown).toEqual(
        READING.map(([entity, limited, rest]) => [
          entity,
          limited,
          ...Array.from({ length: FOR_ALL_OTHERS }, () => rest),
        ]),
      );
    });

    it('the limited user sees the own cases alone, with their activities, and those of no case', async () => {
      const [cases, ofMine, ofOthers, meetings, clients] = await desk.each(
        [
          ['Case', 'get', { select: ['subject'], where: [['id', 'IN', [mine, others]]] }],
          ['Activity', 'get', { select: ['id'], where: [['case_id', '=', mine]] }],
          ['Activity', 'get', { select: ['id'], where: [['case_id', '=', others]] }],
          ['Activity', 'get', { select: ['id'], where: [['id', '=', free]] }],
          ['CaseContact', 'get', { select: ['case_id'], where: [['case_id', 'IN', [mine, others]]] }],
        ],
        'limited',
      );
      expect(cases).toEqual([{ id: mine, subject: 'Mine' }]);
      expect((ofMine as readonly JsonObject[]).length).toBe(8);
      expect([ofOthers, meetings]).toEqual([[], [{ id: free }]]);
      expect(clients).toMatchObject([{ case_id: mine }]);
    });

    it('writing: the limited user, and those who may do nothing', async () => {
      const spare = await desk.person();
      const writes: readonly (readonly [Outcome, Call])[] = [
        ['forbidden', ['Contact', 'create', { values: { contact_type: 'Individual', first_name: 'x' } }]],
        ['forbidden', ['Contact', 'update', { where: [['id', '=', person]], values: { first_name: 'x' } }]],
        ['forbidden', ['Contact', 'delete', { where: [['id', '=', spare]] }]],
        ['forbidden', ['Email', 'create', { values: { contact_id: person, email: 'x@example.org' } }]],
        [
          'forbidden',
          [
            'Case',
            'create',
            { values: { 'case_type_id:name': 'housing_support', contact_id: [person], creator_id: 3 } },
          ],
        ],
        ['rows', ['Case', 'update', { where: [['id', '=', mine]], values: { details: 'x' } }]],
        ['forbidden', ['Case', 'delete', { where: [['id', '=', mine]] }]],
        [
          'forbidden',
          ['Activity', 'create', { values: { 'activity_type_id:name': 'Meeting', source_contact_id: 3 } }],
        ],
        [
          'forbidden',
          ['Activity', 'save', { records: [{ 'activity_type_id:name': 'Meeting', source_contact_id: 3 }] }],
        ],
        ['forbidden', ['Activity', 'update', { where: [['id', '=', free]], values: { subject: 'x' } }]],
        ['forbidden', ['Activity', 'delete', { where: [['id', '=', free]] }]],
        [
          'forbidden',
          [
            'Relationship',
            'create',
            { values: { contact_id_a: person, contact_id_b: spare, relationship_type_id: 1 } },
          ],
        ],
        ['forbidden', ['CaseType', 'create', { values: { name: 'x', title: 'x' } }]],
        [
          'forbidden',
          [
            'OptionValue',
            'create',
            { values: { 'option_group_id:name': 'activity_type', name: 'x', label: 'x' } },
          ],
        ],
        ['forbidden', ['RelationshipType', 'create', { values: { name_a_b: 'x', name_b_a: 'y' } }]],
        ['forbidden', ['CustomGroup', 'create', { values: { title: 'x', extends: 'Case' } }]],
        ['forbidden', ['CustomField', 'create', { values: { label: 'x', custom_group_id: 1 } }]],
        ['forbidden', ['Group', 'create', { values: { title: 'x' } }]],
      ];
      const calls = writes.map(([, call]) => call);
      const byLimited = (await desk.each(calls, 'limited')).map(outcomeOf);
      expect(byLimited.map((outcome, index) => [outcome, calls[index]])).toEqual(writes);
      for (const user of ['nobody', 'nouser'] as const)
        expect(new Set((await desk.each(calls, user)).map(outcomeOf))).toEqual(new Set(['forbidden']));
    });

    it('a refusal says what to do, and hides nothing but the key', async () => {
      const error = await thrownBy(desk.client('nobody').call({ entity: 'Case', action: 'get', params: {} }));
      expect(error).toMatchObject({ kind: 'forbidden', details: { status: 403, masked: true } });
      expect(textOf(error)).toContain('"contract" does not allow this key Case.get');
      expect(textOf(error)).toContain('Give the API user the permission "view debug output"');
      expect(textOf(error)).not.toContain(desk.key('nobody'));
    });

    it('who may not see debug output is not told the reason of an error', async () => {
      const error = await thrownBy(
        desk
          .client('limited')
          .call({ entity: 'Contact', action: 'get', params: { where: [['nope', '=', 1]] } }),
      );
      expect(error).toMatchObject({ kind: 'remote-rejected', details: { status: 500, masked: true } });
    });

    it('custom data is hidden from the limited user', async () => {
      const group = desk.name('Hidden').replaceAll(' ', '_');
      await desk.create('CustomGroup', { name: group, title: group, extends: 'Activity' });
      await desk.create('CustomField', {
        'custom_group_id.name': group,
        name: 'field',
        label: 'Field',
        data_type: 'String',
        html_type: 'Text',
      });
      const id = await desk.meeting({ [`${group}.field`]: 'hidden' });
      const [shown, filtered] = await desk.each(
        [
          ['Activity', 'get', { select: ['id', `${group}.field`], where: [['id', '=', id]] }],
          ['Activity', 'get', { select: ['id'], where: [[`${group}.field`, '=', 'hidden']] }],
        ],
        'limited',
      );
      expect(shown).toEqual([{ id }]);
      expect(outcomeOf(filtered)).toBe('rejected');
    });

    it('keys are secret: only an administrator reads them', async () => {
      const read: Call = ['Contact', 'get', { select: ['api_key'], where: [['id', '=', 2]] }];
      expect(await desk.each([read])).toEqual([[{ id: 2, api_key: desk.key('admin') }]]);
      expect(await desk.each([read], 'limited')).toEqual([[{ id: 2 }]]);
      // A condition on what one may not see is passed over: it finds everybody.
      const [filtered] = await desk.each(
        [
          [
            'Contact',
            'get',
            {
              select: ['id'],
              where: [
                ['api_key', '=', 'nobody has it'],
                ['id', '=', 2],
              ],
            },
          ],
        ],
        'limited',
      );
      expect(filtered).toEqual([{ id: 2 }]);
    });

    it('a wrong key is forbidden, with the words to repair it', async () => {
      const client = createTestClient({ url: desk.url(), apiKey: 'a-key-of-nobody' });
      const error = await thrownBy(client.call({ entity: 'Contact', action: 'get', params: {} }));
      expect(error).toMatchObject({ kind: 'forbidden', details: { status: 401 } });
      expect(textOf(error)).toContain('The site does not know this API key');
      expect(textOf(error)).not.toContain('a-key-of-nobody');
    });

    it('the check of the access tells each of them apart', async () => {
      const found: unknown[] = [];
      for (const user of ['admin', ...USERS] as const) {
        const access = await createSiteClient(
          { name: 'contract', url: desk.url(), apiKey: desk.key(user) },
          { clock: machineClock, random: () => 0.5, logger: silentLogger },
        ).checkAccess();
        const { read, write, administer } = access.abilities;
        found.push([
          user,
          access.pathStyle,
          access.contactId,
          access.hasUserAccount,
          access.messagesMasked,
          read.allowed,
          write.allowed,
          administer.allowed,
        ]);
      }
      expect(found).toEqual([
        ['admin', 'clean', 2, true, false, true, true, true],
        ['limited', 'clean', 3, true, true, true, false, false],
        ['nobody', 'clean', 4, true, true, false, false, false],
        ['nouser', 'clean', 5, false, true, false, false, false],
      ]);
    });
  });
}

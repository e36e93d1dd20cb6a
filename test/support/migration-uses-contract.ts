import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import { WATCHED } from './mirror-source-contract.ts';
import { createApiDesk } from './site-desk.ts';
import { groupRows, relationshipTypeRows } from '../../src/migrate/site-rows.ts';
import { setActive } from './set-active.ts';

export interface UsedSite {
  readonly client: SiteClient;
  /** Of a key that may see cases and change none of what they lean on. */
  readonly limited: SiteClient;
  readonly url: string;
  readonly apiKey: string;
  readonly close: () => Promise<void>;
}

/** What a migration counts on a site that people work on, and what it must not take from them. */
export function describeUsedSite(name: string, open: () => Promise<UsedSite>): void {
  describe(name, () => {
    let used: UsedSite;
    let client: SiteClient;
    beforeAll(async () => {
      used = await open();
      client = used.client;
    });
    afterAll(() => used.close());

    const create = async (entity: string, values: JsonObject) =>
      Number((await client.call({ entity, action: 'create', params: { values } })).values[0]?.['id']);
    const caseType = { kind: 'case_type', name: WATCHED } as const;
    const option = (group: 'activity_type' | 'activity_status' | 'case_status', value: string) =>
      ({ kind: group, name: value }) as const;

    it('counts open cases, and uses in the trash too', async () => {
      const [site, desk] = [createMigrationSite(client), createApiDesk(client)];
      const person = await desk.addPerson({ firstName: 'Uma', lastName: 'Use' });
      const counts = async () => [(await site.openCases())[WATCHED] ?? 0, await site.uses(caseType)];
      const [openBefore = 0, usesBefore = 0] = await counts();
      const [one, two, three] = [
        await desk.openCase(WATCHED, [person], person),
        await desk.openCase(WATCHED, [person], person),
        await desk.openCase(WATCHED, [person], person),
      ];
      expect(await counts()).toEqual([openBefore + 3, usesBefore + 3]);
      await desk.editCase(one, { status: 'Closed' });
      await desk.editCase(two, { isDeleted: true });
      expect(await counts()).toEqual([openBefore + 1, usesBefore + 3]);
      expect((await site.openCases())['no_such_type']).toBeUndefined();
      await expect(site.remove(caseType)).rejects.toMatchObject({ kind: 'remote-rejected' });
      expect((await site.caseTypes()).map((row) => row.name)).toContain(WATCHED);

      const uses = {
        type: option('activity_type', 'Phone Call'),
        status: option('activity_status', 'Cancelled'),
        caseStatus: option('case_status', 'Urgent'),
        role: { kind: 'relationship_type', name: 'Case Coordinator is' },
      } as const;
      const used = async () => Promise.all(Object.values(uses).map((ref) => site.uses(ref)));
      const before = await used();
      const call = await desk.addActivity(three, { source: person, type: 'Phone Call', status: 'Cancelled' });
      await desk.editActivity(call, { isDeleted: true });
      await desk.editCase(three, { status: 'Urgent' });
      await desk.addRole(three, person, await desk.addPerson({ firstName: 'Co', lastName: 'Worker' }));
      expect(await used()).toEqual(before.map((count) => count + 1));
      expect(await site.uses(option('activity_type', 'No such type'))).toBe(0);
    });

    it('tells what a key may do', async () => {
      const deeds = [
        { kind: 'case_type', action: 'create' },
        { kind: 'case_type', action: 'delete' },
        { kind: 'activity_type', action: 'rename' },
        { kind: 'relationship_type', action: 'update' },
        { kind: 'tag', action: 'delete' },
      ] as const;
      const all = deeds.map(() => true);
      expect(await createMigrationSite(client).mayDo(deeds)).toEqual(all);
      expect(await createMigrationSite(used.limited).mayDo(deeds)).toEqual(all.map(() => false));
    });

    it('counts whom the loss of a status, a role or an activity type touches', async () => {
      const [site, desk] = [createMigrationSite(client), createApiDesk(client)];
      const [client1, client2, worker] = [
        await desk.addPerson({ firstName: 'Ira', lastName: 'Impact' }),
        await desk.addPerson({ firstName: 'Ona', lastName: 'Impact' }),
        await desk.addPerson({ firstName: 'Wim', lastName: 'Worker' }),
      ];
      const ask = () =>
        site.impactOf({
          questions: [
            { kind: 'status', caseType: WATCHED, name: 'Urgent' },
            { kind: 'role', caseType: WATCHED, nameAB: 'Case Coordinator is', holder: 'b' },
            { kind: 'activity-type', caseType: WATCHED, name: 'Phone Call' },
            { kind: 'activity-type', caseType: 'no_such_type', name: 'Phone Call' },
          ],
          closedStatuses: ['Closed'],
          openActivityStatuses: ['Scheduled'],
        });
      const before = await ask();
      const added = async () =>
        (await ask()).map((now, index) =>
          (['openCases', 'openActivities', 'people'] as const).map(
            (field) => now[field] - (before[index]?.[field] ?? 0),
          ),
        );
      const [one, two] = [
        await desk.openCase(WATCHED, [client1, client2], worker),
        await desk.openCase(WATCHED, [client1], worker),
      ];
      const closed = await desk.openCase(WATCHED, [client2], worker);
      await desk.editCase(closed, { status: 'Closed' });
      for (const id of [one, two]) await desk.editCase(id, { status: 'Urgent' });
      for (const [id, person] of [
        [one, client1],
        [two, client1],
        [closed, client2],
      ] as const)
        await desk.addRole(id, person, worker);
      const scheduled = { source: worker, type: 'Phone Call', status: 'Scheduled' };
      await desk.addActivity(one, { ...scheduled, assignees: [worker] });
      await desk.addActivity(two, { ...scheduled, assignees: [worker, client2] });
      await desk.addActivity(two, { ...scheduled, status: 'Completed', assignees: [client1] });
      await desk.addActivity(closed, { ...scheduled, assignees: [client1] });
      expect(await added()).toEqual([
        [2, 0, 2],
        [2, 0, 1],
        [2, 2, 2],
        [0, 0, 0],
      ]);
      await desk.editCase(one, { isDeleted: true });
      expect(await added()).toEqual([
        [1, 0, 1],
        [1, 0, 1],
        [1, 1, 2],
        [0, 0, 0],
      ]);
    });

    it('reads groups, counts their members, and finds no contact that is in the trash', async () => {
      const [site, desk] = [createMigrationSite(client), createApiDesk(client)];
      const person = await desk.addPerson({
        ...{ firstName: 'Tess', lastName: 'Trash', externalIdentifier: 'uses-1', email: 'tess@example.org' },
      });
      const values = { name: 'uses_team', title: 'Team & “co”', 'group_type:name': ['Access Control'] };
      const groupId = await create('Group', values);
      await create('GroupContact', { group_id: groupId, contact_id: person, status: 'Added' });
      const team = (await groupRows(site)).find((group) => group.name === 'uses_team');
      expect(team).toMatchObject({ title: 'Team & “co”', types: ['Access Control'], isSmart: false });
      const ref = { kind: 'group', name: 'uses_team' } as const;
      expect(await site.uses(ref)).toBe(1);
      await setActive(site, ref, false);
      expect((await groupRows(site)).find((group) => group.name === 'uses_team')?.isActive).toBe(false);
      const keys = [
        { by: 'external_identifier', text: 'uses-1' },
        { by: 'email', text: 'tess@example.org' },
      ] as const;
      const found = [{ id: person, externalIdentifier: 'uses-1', email: 'tess@example.org' }];
      expect(await site.contactsByKey(keys)).toEqual(found);
      await desk.trashPerson(person);
      expect(await site.contactsByKey(keys)).toEqual([]);
      expect(await site.contactsById([person])).toEqual([]);
    });

    it('disables and enables a case type and a relationship type', async () => {
      const site = createMigrationSite(client);
      const role = { kind: 'relationship_type', name: 'Case Coordinator is' } as const;
      const active = async () => [
        (await site.caseTypes()).find((row) => row.name === WATCHED)?.isActive,
        (await relationshipTypeRows(site)).find((row) => row.nameAB === role.name)?.isActive,
      ];
      for (const isActive of [false, true]) {
        for (const ref of [caseType, role]) await setActive(site, ref, isActive);
        expect(await active()).toEqual([isActive, isActive]);
      }
    });

    it('says that a row was stored where another case type keeps the site from answering', async () => {
      const site = createMigrationSite(client);
      await createBrokenCaseType(used);
      const wanted = {
        title: 'Saved beside it',
        description: null,
        isActive: true,
        weight: 9,
        definition: {},
      };
      const saving = site.saveCaseType({ kind: 'case_type', name: 'beside', ...wanted });
      await expect(saving).rejects.toThrow('The row was stored all the same.');
      await expect(saving).rejects.toMatchObject({ kind: 'remote-rejected' });
      await site.remove({ kind: 'case_type', name: 'broken_xml' });
      const stored = await site.saveCaseType({ kind: 'case_type', name: 'beside', ...wanted });
      expect(stored.title).toBe('Saved beside it');
      await site.remove({ kind: 'case_type', name: 'beside' });
    });
  });
}

/** Past our client, which does not send a definition as XML. */
async function createBrokenCaseType({ url, apiKey }: UsedSite): Promise<void> {
  const values = { name: 'broken_xml', title: 'Broken', definition: '<CaseType><name>' };
  const answer = await fetch(`${url}/civicrm/ajax/api4/CaseType/create`, {
    method: 'POST',
    headers: { 'X-Civi-Auth': `Bearer ${apiKey}`, 'X-Requested-With': 'XMLHttpRequest' },
    body: new URLSearchParams({ params: JSON.stringify({ values }) }),
  });
  expect(answer.status).toBe(200);
}

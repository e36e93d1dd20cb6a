import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../src/case-type/definition.ts';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import {
  applyMigration,
  createMemoryRunJournal,
  planMigration,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
} from '../../src/migrate/index.ts';
import type { UsedSite } from './migration-uses-contract.ts';
import { WATCHED } from './mirror-source-contract.ts';
import { createApiDesk, type SiteDesk } from './site-desk.ts';
import { optionRows } from '../../src/migrate/site-rows.ts';
import { setActive } from './set-active.ts';

const naming = (...names: readonly string[]): CaseTypeDefinition => ({
  activityTypes: [{ name: 'Open Case' }, ...names.map((name) => ({ name }))],
});

/** Activity types that the site made for a definition, and deletes with everything people wrote under them. */
export function describeKeptTypes(name: string, open: () => Promise<UsedSite>): void {
  describe(`activity types that a definition made on ${name}`, () => {
    let used: UsedSite;
    let site: MigrationSite;
    let desk: SiteDesk;
    let person: number;
    let caseId: number;
    beforeAll(async () => {
      used = await open();
      [site, desk] = [createMigrationSite(used.client), createApiDesk(used.client)];
      person = await desk.addPerson({ firstName: 'Kim', lastName: 'Kept' });
      caseId = await desk.openCase(WATCHED, [person], person);
    });
    afterAll(() => used.close());

    const save = (caseType: string, definition: CaseTypeDefinition, isActive = true) =>
      site.saveCaseType({
        ...{ kind: 'case_type', name: caseType, title: caseType, description: null, weight: 1 },
        ...{ isActive, definition },
      });
    const write = (type: string) => desk.addActivity(caseId, { source: person, type });
    const kept = async (type: string) =>
      (await site.keptActivityTypes()).find((candidate) => candidate.name === type);
    const activitiesOf = (type: string) => site.uses({ kind: 'activity_type', name: type });
    const planOf = async (caseType: string, definition: CaseTypeDefinition): Promise<MigrationPlan> =>
      planMigration({
        source: { kind: 'definition', name: caseType, definition },
        target: await snapshotSite(site, { caseTypes: [caseType] }),
        caseTypes: [caseType],
      });
    const letGo = (type: string) =>
      used.client.call({
        entity: 'Managed',
        action: 'delete',
        params: { where: [['name', '=', `civicase:act:${type}`]] },
      });

    it('go with their activities, also those in the trash, at the next write of any definition', async () => {
      await save('kept_one', naming('Wiped note', 'Named note'));
      await desk.editActivity(await write('Wiped note'), { isDeleted: true });
      await write('Wiped note');
      await write('Named note');
      await save('kept_two', naming('Named note'));
      await setActive(site, { kind: 'case_type', name: 'kept_one' }, false);
      expect(await kept('Wiped note')).toEqual({ name: 'Wiped note', activities: 2 });
      await save('kept_three', {});
      expect(await kept('Wiped note')).toBeUndefined();
      expect(await activitiesOf('Wiped note')).toBe(0);
      expect(await kept('Named note')).toEqual({ name: 'Named note', activities: 1 });
    });

    it('stop a plan that would lose activities, until another active case type names them', async () => {
      await save('visits', naming('Home visit'));
      const early = await planOf('visits', naming());
      expect(early.problems).toEqual([]);
      expect(early.notes.map(({ kind, key }) => [kind, key])).toContainEqual([
        'type-goes',
        'activity_type:Home visit',
      ]);
      await desk.editActivity(await write('Home visit'), { isDeleted: true });
      await write('Home visit');
      const journal = createMemoryRunJournal();
      await expect(applyMigration(early, site, journal)).rejects.toMatchObject({ kind: 'stale-plan' });
      const late = await planOf('visits', naming());
      expect(late.fingerprint.target).not.toBe(early.fingerprint.target);
      expect(late.problems).toMatchObject([{ kind: 'activities-lost', key: 'activity_type:Home visit' }]);
      expect(late.problems[0]?.message).toContain('with its 2 activities');
      await expect(applyMigration(late, site, journal)).rejects.toMatchObject({ kind: 'conflict' });
      await save('visits_too', naming('Home visit'));
      await applyMigration(await planOf('visits', naming()), site, journal);
      expect(await activitiesOf('Home visit')).toBe(2);
    });

    it('stop a rollback that would lose activities, until CiviCRM is told to leave them alone', async () => {
      await save('calls', naming('Night call'));
      await save('calls_too', naming());
      const journal = createMemoryRunJournal();
      const plan = await planOf('calls_too', naming('Night call'));
      const { runId } = await applyMigration(plan, site, journal);
      await write('Night call');
      await setActive(site, { kind: 'case_type', name: 'calls' }, false);
      const undoing = await rollbackMigration(runId ?? '', site, journal);
      expect(undoing).toMatchObject({
        undone: [],
        stays: [{ key: 'case_type:calls_too', kind: 'loses-activities' }],
      });
      expect(undoing.stays[0]?.reason).toContain('with its 1 activity');
      expect(await activitiesOf('Night call')).toBe(1);
      await letGo('Night call');
      expect(await kept('Night call')).toBeUndefined();
      await rollbackMigration(runId ?? '', site, journal);
      await save('calls_three', {});
      expect(await activitiesOf('Night call')).toBe(1);
    });

    it('stay deleted once somebody deleted them, and are nothing that is kept when made again', async () => {
      await save('deleted', naming('Deleted note'));
      const ref = { kind: 'activity_type', name: 'Deleted note' } as const;
      await site.remove(ref);
      await save('deleted_too', {});
      const isThere = async () =>
        (await optionRows(site, 'activity_type')).some((type) => type.name === ref.name);
      expect(await isThere()).toBe(false);
      const types = await optionRows(site, 'activity_type');
      const like = types.find((type) => type.name === 'Open Case');
      if (like === undefined) throw new Error('The site has no activity type "Open Case".');
      const { value: _value, ...fields } = like;
      await site.create({ ...fields, name: ref.name, label: ref.name });
      await save('deleted_too', naming('Deleted note'));
      await save('deleted_too', {});
      await setActive(site, { kind: 'case_type', name: 'deleted' }, false);
      await save('deleted_too', {});
      expect(await isThere()).toBe(true);
    });
  });
}

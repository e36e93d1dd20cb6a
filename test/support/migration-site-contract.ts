import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseTypeEntity } from '../../src/migrate/entity.ts';
import type { MigrationSite, SiteContact } from '../../src/migrate/ports.ts';
import { group, optionValue, relationshipType } from './migration-sites.ts';
import { optionRows, relationshipTypeRows } from '../../src/migrate/site-rows.ts';
import { setActive } from './set-active.ts';

export interface MigrationSiteUnderTest {
  readonly site: MigrationSite;
  /** A contact of the site with an external identifier and an e-mail address. */
  readonly contact: SiteContact;
  /** Put before every name that the suite writes, so that it can run again on a site that is kept. */
  readonly prefix: string;
  readonly close: () => Promise<void>;
}

/** What every migration site promises: on a site with what CiviCRM installs, whatever else it holds. */
export function describeMigrationSite(name: string, open: () => Promise<MigrationSiteUnderTest>): void {
  describe(name, () => {
    let site: MigrationSite;
    let contact: SiteContact;
    let close: () => Promise<void>;
    let prefix: string;

    beforeEach(async () => {
      ({ site, contact, prefix, close } = await open());
    });
    afterEach(() => close());

    const caseTypeEntity = (change: Partial<CaseTypeEntity> = {}): CaseTypeEntity => ({
      kind: 'case_type',
      name: `${prefix}appeal`,
      title: 'Appeal & <co>',
      description: null,
      isActive: true,
      weight: 1,
      definition: {
        activityTypes: [{ name: 'Open Case', max_instances: '1' }],
        activitySets: [
          {
            name: 'standard_timeline',
            label: 'First & <last>',
            timeline: '1',
            activityTypes: [{ name: 'Open Case', status: 'Completed', reference_offset: '' }],
          },
        ],
        caseRoles: [{ name: 'Case Coordinator', creator: '1' }],
        unknown: 'dropped',
      },
      ...change,
    });

    it('reads option values by group, with what makes them what they are', async () => {
      const activityTypes = await optionRows(site, 'activity_type');
      expect(activityTypes.find((type) => type.name === 'Open Case')).toMatchObject({
        component: 'CiviCase',
        isActive: true,
      });
      const statuses = await optionRows(site, 'case_status');
      expect(statuses.find((status) => status.name === 'Closed')?.grouping).toBe('Closed');
      const activityStatuses = await optionRows(site, 'activity_status');
      expect(activityStatuses.find((status) => status.name === 'Completed')?.filter).toBe(1);
      const assignees = await optionRows(site, 'activity_default_assignee');
      expect(assignees.find((type) => type.name === 'BY_RELATIONSHIP')?.value).toBe('2');
    });

    it('reads relationship types with their ids, and what the site has enabled', async () => {
      const types = await relationshipTypeRows(site);
      const coordinator = types.find((type) => type.nameAB === 'Case Coordinator is');
      expect(coordinator?.nameBA).toBe('Case Coordinator');
      expect(coordinator?.id).toBeGreaterThan(0);
      const features = await site.features();
      expect(features.components).toContain('CiviCase');
      expect(features.contactTypes).toContain('Individual');
    });

    it('finds a contact by id, external identifier and e-mail address in any case', async () => {
      expect(await site.contactsById([contact.id])).toEqual([contact]);
      const byIdentifier = { by: 'external_identifier', text: contact.externalIdentifier ?? '' } as const;
      expect(await site.contactsByKey([byIdentifier])).toEqual([contact]);
      const byEmail = { by: 'email', text: (contact.email ?? '').toUpperCase() } as const;
      expect(await site.contactsByKey([byEmail, byIdentifier])).toEqual([contact]);
      expect(await site.contactsByKey([{ by: 'email', text: 'nobody@example.org' }])).toEqual([]);
      expect(await site.contactsById([])).toEqual([]);
    });

    it('creates an option value once', async () => {
      const wanted = optionValue('activity_type', `${prefix}hearing`, {
        label: 'Hearing & "more" <x>',
        description: '<p>About</p>',
        icon: 'fa-gavel',
        color: '#112233',
      });
      const { weight: _weight, ...fields } = wanted;
      expect(await site.create(wanted)).toMatchObject(fields);
      await expect(site.create(wanted)).rejects.toMatchObject({ kind: 'conflict' });
      const same = (await optionRows(site, 'activity_type')).filter((type) => type.name === wanted.name);
      expect(same).toHaveLength(1);
      await site.remove({ kind: 'activity_type', name: wanted.name });
    });

    it('creates a relationship type and a group once', async () => {
      const type = relationshipType(`${prefix}coach of`, `${prefix}coached by`, {
        labelAB: 'Is <the> coach',
        contactTypeA: 'Individual',
      });
      expect(await site.create(type)).toEqual(type);
      await expect(site.create(type)).rejects.toMatchObject({ kind: 'conflict' });
      await site.remove({ kind: 'relationship_type', name: type.nameAB });
      const team = group(`${prefix}team`, { title: `${prefix}Team & co`, description: 'Those' });
      expect(await site.create(team)).toEqual(team);
      await expect(site.create(team)).rejects.toMatchObject({ kind: 'conflict' });
      await site.remove({ kind: 'group', name: team.name });
    });

    it('stores a case type and shows it as core reads it', async () => {
      const stored = await site.saveCaseType(caseTypeEntity());
      const step = { name: 'Open Case', status: 'Completed', reference_offset: [] };
      expect(stored).toMatchObject({ title: 'Appeal & <co>', isActive: true, acceptsDefinition: true });
      expect(stored.definition).toEqual({
        activityTypes: [{ name: 'Open Case', max_instances: '1' }],
        activitySets: [
          { name: 'standard_timeline', label: 'First & <last>', timeline: 1, activityTypes: [step] },
        ],
        timelineActivityTypes: [step],
        caseRoles: [{ name: 'Case Coordinator', creator: '1' }],
      });
      const again = await site.saveCaseType(
        caseTypeEntity({ title: 'Changed', definition: { caseRoles: [{ name: 'Case Coordinator' }] } }),
      );
      expect(again.title).toBe('Changed');
      expect(again.definition).toEqual({ caseRoles: [{ name: 'Case Coordinator' }] });
      const same = (await site.caseTypes()).filter((row) => row.name === again.name);
      expect(same).toEqual([again]);
      expect((await site.openCases())[again.name]).toBeUndefined();
      expect(await site.uses({ kind: 'case_type', name: again.name })).toBe(0);
      await site.remove({ kind: 'case_type', name: again.name });
      expect((await site.caseTypes()).some((row) => row.name === again.name)).toBe(false);
    });

    it('keeps an activity type that a definition made while an active case type names it', async () => {
      const [made, byHand] = [`${prefix}made`, `${prefix}by_hand`];
      await site.create(optionValue('activity_type', byHand));
      const definition = { activityTypes: [{ name: 'Open Case' }, { name: made }, { name: byHand }] };
      const entity = await site.saveCaseType(caseTypeEntity({ definition }));
      const kept = async () =>
        (await site.keptActivityTypes()).filter(({ name }) => name === made || name === byHand);
      const present = async () =>
        (await optionRows(site, 'activity_type')).map(({ name }) => name).filter((name) => name === made);
      const other = caseTypeEntity({ name: `${prefix}other`, definition: {} });
      await site.saveCaseType(other);
      expect(await kept()).toEqual([{ name: made, activities: 0 }]);
      await setActive(site, { kind: 'case_type', name: entity.name }, false);
      expect(await present()).toEqual([made]);
      await site.saveCaseType(other);
      expect([await kept(), await present()]).toEqual([[], []]);
      for (const name of [entity.name, other.name]) await site.remove({ kind: 'case_type', name });
      await site.remove({ kind: 'activity_type', name: byHand });
    });

    it('refuses a case type whose name it could not create', async () => {
      const refused = site.saveCaseType(caseTypeEntity({ name: `${prefix} with blanks!` }));
      await expect(refused).rejects.toMatchObject({ kind: 'remote-rejected' });
    });

    it('disables and enables by exact name', async () => {
      const wanted = optionValue('case_status', `${prefix}Paused`);
      await site.create(wanted);
      const ref = { kind: 'case_status', name: wanted.name } as const;
      const isActive = async () =>
        (await optionRows(site, 'case_status')).find((status) => status.name === wanted.name)?.isActive;
      await setActive(site, ref, false);
      expect(await isActive()).toBe(false);
      await setActive(site, ref, true);
      expect(await isActive()).toBe(true);
      const otherCase = { ...ref, name: wanted.name.toUpperCase() };
      await expect(setActive(site, otherCase, false)).rejects.toMatchObject({ kind: 'not-found' });
      expect(await site.uses(ref)).toBe(0);
      await site.remove(ref);
      await site.remove(ref);
      expect(await isActive()).toBeUndefined();
    });
  });
}

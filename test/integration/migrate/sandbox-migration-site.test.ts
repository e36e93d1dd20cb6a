import { describe, expect, it } from 'vitest';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { createSiteClient } from '../../../src/civicrm/index.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import {
  applyMigration,
  contactKeysOf,
  planMigration,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
} from '../../../src/migrate/index.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { createRunJournal } from '../../../src/store/run-journal.ts';
import { openStore } from '../../../src/store/store.ts';
import { describeFailedReadBack } from '../../support/failed-read-back.ts';
import { describeKeptTypes } from '../../support/kept-types-contract.ts';
import { describeKinds, describeMoveOfKinds } from '../../support/kinds-contract.ts';
import { describeRenames } from '../../support/rename-contract.ts';
import { describeMigrationSite } from '../../support/migration-site-contract.ts';
import { migrationSiteOf } from '../../support/migration-site-under-test.ts';
import { describeUsedSite } from '../../support/migration-uses-contract.ts';
import { openSandboxIn } from '../../support/sandbox-in-zone.ts';
import { group, optionValue, relationshipType } from '../../support/migration-sites.ts';
import { createStandingClock, machineClock } from '../../support/standing-clock.ts';
import { relationshipTypeRows } from '../../../src/migrate/site-rows.ts';

const clock = createStandingClock(Date.UTC(2026, 2, 2, 12));

interface OpenSite {
  readonly sandbox: Sandbox;
  readonly site: MigrationSite;
}

async function openSite(name: string, idOffset: number): Promise<OpenSite> {
  const apiKey = `${name}-key`;
  const sandbox = createSandbox({ name, apiKey, idOffset, clock, random: () => 0.5 });
  const { url } = await sandbox.listen(0);
  const client = createSiteClient(
    { name, url, apiKey },
    { clock: machineClock, random: () => 0.5, logger: silentLogger },
  );
  return { sandbox, site: createMigrationSite(client) };
}

function addContact(sandbox: Sandbox, externalIdentifier: string, email: string): number {
  const values = {
    contact_type: 'Individual',
    first_name: 'Staff',
    external_identifier: externalIdentifier,
  };
  const id = Number(sandbox.handle('Contact', 'create', { values }).values[0]?.['id']);
  sandbox.handle('Email', 'create', { values: { contact_id: id, email, is_primary: true } });
  return id;
}

describeMigrationSite('a sandbox site through the migration adapter', async () => {
  const { connect, close } = await openSandboxIn('Europe/Paris');
  return migrationSiteOf(connect(), close);
});
const openKinds = async () => {
  const { connect, close } = await openSandboxIn('Europe/Paris');
  const client = connect();
  return { site: createMigrationSite(client), client, close };
};
describeKinds('a sandbox site', openKinds);
describeMoveOfKinds('a sandbox site', openKinds);
describeRenames('a sandbox site', openKinds);
describeUsedSite('a sandbox site in use', async () => {
  const { connect, url, apiKey, close } = await openSandboxIn('Europe/Paris');
  return { client: connect(), limited: connect('limited'), url, apiKey, close };
});
describeKeptTypes('a sandbox site', async () => {
  const { connect, url, apiKey, close } = await openSandboxIn('Europe/Paris');
  return { client: connect(), limited: connect('limited'), url, apiKey, close };
});
describeFailedReadBack('a sandbox site', async () => {
  const { connect, close } = await openSandboxIn('Europe/Paris');
  return migrationSiteOf(connect(), close);
});

describe('a case type between two sandbox sites', () => {
  it('is moved with all it needs, in the ids of the target, and taken back', async () => {
    const [riverside, hilltop] = [await openSite('riverside', 0), await openSite('hilltop', 40)];
    const store = await openStore(':memory:');
    try {
      const staff = addContact(riverside.sandbox, 'staff-7', 'staff@example.org');
      const twin = addContact(hilltop.sandbox, 'staff-7', 'other@example.org');
      await riverside.site.create(relationshipType('Coach of', 'Coached by'));
      await riverside.site.create(optionValue('activity_status', 'Kept', { filter: 1 }));
      await riverside.site.create(group('desk_team', { title: 'Desk team' }));
      const coach = (await relationshipTypeRows(riverside.site)).find((type) => type.nameAB === 'Coach of');
      await riverside.site.saveCaseType({
        kind: 'case_type',
        name: 'appeal',
        title: 'Appeal',
        description: null,
        isActive: true,
        weight: 1,
        definition: {
          activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Hearing' }],
          activitySets: [
            {
              name: 'standard_timeline',
              label: 'Standard',
              timeline: 1,
              activityTypes: [
                { name: 'Open Case', status: 'Completed' },
                {
                  name: 'Hearing',
                  status: 'Kept',
                  default_assignee_type: '3',
                  default_assignee_contact: String(staff),
                },
                {
                  name: 'Hearing',
                  default_assignee_type: '2',
                  default_assignee_relationship: `${String(coach?.id)}_b_a`,
                },
              ],
            },
          ],
          caseRoles: [{ name: 'Coached by', creator: '1', groups: ['desk_team'] }],
        },
      });
      const plan = async (): Promise<MigrationPlan> => {
        const source = await snapshotSite(riverside.site, { caseTypes: ['appeal'] });
        const contacts = contactKeysOf(source, 'appeal');
        const target = await snapshotSite(hilltop.site, { caseTypes: ['appeal'], contacts });
        return planMigration({ source, target, caseTypes: ['appeal'] });
      };
      const before = (await snapshotSite(hilltop.site)).hashes;
      const first = await plan();
      expect(first.problems).toEqual([]);
      const journal = createRunJournal(store.db, clock);
      const { runId, applied } = await applyMigration(first, hilltop.site, journal);
      expect(applied).toEqual([
        'relationship_type:Coach of',
        'activity_type:Hearing',
        'activity_status:Kept',
        'group:desk_team',
        'case_type:appeal',
      ]);
      const moved = (await hilltop.site.caseTypes()).find((row) => row.name === 'appeal');
      const twinCoach = (await relationshipTypeRows(hilltop.site)).find((type) => type.nameAB === 'Coach of');
      const text = JSON.stringify(moved?.definition);
      expect(text).toContain(`"default_assignee_contact":"${String(twin)}"`);
      expect(text).toContain(`"default_assignee_relationship":"${String(twinCoach?.id)}_b_a"`);
      expect([twin, twinCoach?.id]).not.toEqual([staff, coach?.id]);
      expect((await plan()).changes).toEqual([]);
      await rollbackMigration(runId ?? '', hilltop.site, journal);
      expect((await snapshotSite(hilltop.site)).hashes).toEqual(before);
    } finally {
      await store.close();
      await riverside.sandbox.close();
      await hilltop.sandbox.close();
    }
  });
});

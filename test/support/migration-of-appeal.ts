import type { CaseTypeDefinition } from '../../src/case-type/definition.ts';
import {
  planMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
} from '../../src/migrate/index.ts';
import { group, optionValue, relationshipType } from './migration-sites.ts';

const DEFINITION: CaseTypeDefinition = {
  activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Hearing' }, { name: 'Panel' }],
  statuses: ['Open', 'Paused', 'Closed'],
  activitySets: [
    {
      name: 'standard_timeline',
      label: 'Standard',
      timeline: 1,
      activityTypes: [
        { name: 'Open Case' },
        { name: 'Hearing', status: 'Kept', reference_activity: 'Open Case', reference_offset: '7' },
      ],
    },
  ],
  caseRoles: [{ name: 'Coached by', creator: '1', groups: ['desk_team'] }],
};

/** Makes a case type on the source that leans on things which the target lacks, and plans its move. */
export async function planAppeal(source: MigrationSite, target: MigrationSite): Promise<MigrationPlan> {
  await source.create(relationshipType('Coach of', 'Coached by'));
  await source.create(optionValue('activity_status', 'Kept', { filter: 1 }));
  await source.create(optionValue('case_status', 'Paused'));
  await source.create(group('desk_team', { title: 'Desk team' }));
  await source.saveCaseType({
    kind: 'case_type',
    name: 'appeal',
    title: 'Appeal',
    description: null,
    isActive: true,
    weight: 1,
    definition: DEFINITION,
  });
  return planMigration({
    source: await snapshotSite(source, { caseTypes: ['appeal'] }),
    target: await snapshotSite(target, { caseTypes: ['appeal'] }),
    caseTypes: ['appeal'],
  });
}

import type { SiteKnowledge } from '../case-type/index.ts';
import type { OptionValueEntity } from './entity.ts';
import type { MigrationSite } from './ports.ts';
import { relationshipTypeRows } from './site-rows.ts';

/** What a simulation must know of a site. */
export async function readSiteKnowledge(site: MigrationSite): Promise<SiteKnowledge> {
  const [{ rows }, relationshipTypes] = await Promise.all([
    site.rows(['activity_type', 'activity_status']),
    relationshipTypeRows(site),
  ]);
  const entities = rows.map(({ entity }) => entity as OptionValueEntity);
  const names = (kind: OptionValueEntity['kind'], isMeant: (entity: OptionValueEntity) => boolean) =>
    new Set(entities.filter((entity) => entity.kind === kind && isMeant(entity)).map(({ name }) => name));
  return {
    activityTypes: names('activity_type', ({ isActive }) => isActive),
    disabledActivityTypes: names('activity_type', ({ isActive }) => !isActive),
    activityStatuses: names('activity_status', () => true),
    completedStatuses: names('activity_status', ({ filter }) => filter === 1),
    relationshipTypes,
  };
}

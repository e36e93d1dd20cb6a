import type { GroupEntity, OptionValueEntity, RelationshipTypeEntity } from './entity.ts';
import type { OptionKind } from './kinds/option-kind.ts';
import type { MigrationSite, SiteOptionValue, SiteRelationshipType } from './ports.ts';

/** The values of an option group that is a kind, with what the site stores for each. */
export async function optionRows(site: MigrationSite, kind: OptionKind): Promise<readonly SiteOptionValue[]> {
  const { rows } = await site.rows([kind]);
  return rows.map(({ entity, value }) => ({ ...(entity as OptionValueEntity), value }));
}

export async function relationshipTypeRows(site: MigrationSite): Promise<readonly SiteRelationshipType[]> {
  const { rows } = await site.rows(['relationship_type']);
  return rows.map(({ entity, id }) => ({ ...(entity as RelationshipTypeEntity), id }));
}

export async function groupRows(site: MigrationSite): Promise<readonly GroupEntity[]> {
  const { rows } = await site.rows(['group']);
  return rows.map(({ entity }) => entity as GroupEntity);
}

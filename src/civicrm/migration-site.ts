import { AppError, toAppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { CaseTypeEntity, Dependency, EntityRef } from '../migrate/entity.ts';
import {
  entityKey,
  keyOf,
  kindOf,
  nameOf,
  refOf,
  type MigrationSite,
  type SiteCaseType,
  type SiteRow,
} from '../migrate/ports.ts';
import type { SiteClient } from './client.ts';
import { apiEntity, createMigrationReads, type MigrationReads } from './migration-reads.ts';

/** Case types and what they lean on, of one CiviCRM site through APIv4. */
export function createMigrationSite(client: SiteClient): MigrationSite {
  const { reads, idOf, valuesFor } = createMigrationReads(client);

  const create = (entity: string, values: JsonObject) =>
    client.call({ entity, action: 'create', params: { values } });

  const found = <Row>(row: Row | undefined, ref: EntityRef): Row => {
    if (row !== undefined) return row;
    throw new AppError('not-found', `Site "${client.siteName}" has no ${keyOf(ref)}.`);
  };

  return {
    name: client.siteName,
    ...reads,

    async create(entity) {
      const ref = refOf(entity);
      const isSame = (row: SiteRow): boolean => entityKey(row.entity) === entityKey(entity);
      const values = await valuesFor(entity);
      if ((await reads.rows([entity.kind])).rows.some(isSame))
        throw new AppError(
          'conflict',
          `Site "${client.siteName}" has ${entityKey(entity)} already. Plan again.`,
        );
      await create(apiEntity(ref), values);
      client.forgetOptions();
      const { rows } = await reads.rows([entity.kind]);
      return found(rows.find(isSame), ref).entity;
    },

    saveCaseType: (entity, formerly) => saveCaseType(client, reads, idOf, entity, formerly),

    async update(ref, fields) {
      if (ref.kind === 'case_type') return updateCaseType(client, reads, found(await idOf(ref), ref), fields);
      const { kind } = ref;
      const isSame = (row: SiteRow): boolean => entityKey(row.entity) === keyOf(ref);
      const held = found((await reads.rows([kind])).rows.find(isSame), ref);
      const all = await valuesFor({ ...held.entity, ...fields });
      const paths = kindOf(kind)
        .fields.filter(({ name }) => name in fields)
        .map(({ path }) => path);
      // What `valuesFor` leaves out is an empty list.
      const values = Object.fromEntries(paths.map((path) => [path, all[path] ?? null]));
      const params = { where: [['id', '=', held.id]] as const, values };
      await renameKept(client, held, { ...held.entity, ...fields });
      await client.call({ entity: apiEntity(ref), action: 'update', params }, { repeatable: true });
      client.forgetOptions();
      const { rows } = await reads.rows([kind]);
      const after = rows.find(({ id }) => id === held.id);
      return found(after, ref).entity;
    },

    async remove(ref) {
      const id = await idOf(ref);
      if (id === undefined) return;
      await client.call({ entity: apiEntity(ref), action: 'delete', params: { where: [['id', '=', id]] } });
      client.forgetOptions();
    },
  };
}

/**
 * What CiviCRM made for a definition it knows by the name in `Managed`: under another name it would take it for
 * something that no definition names, and delete it with all its activities (CRM/Case/ManagedEntities.php). The record
 * goes first, so that a rename cut off between the two is still to be done.
 */
async function renameKept(client: SiteClient, held: SiteRow, after: Dependency): Promise<void> {
  const names = keptNames(held.entity, after);
  if (names.length === 0) return;
  const of = [
    ['entity_type', '=', apiEntity(refOf(held.entity))],
    ['entity_id', '=', held.id],
  ] as const;
  for (const [before, name] of names) {
    const params = { where: [...of, ['name', '=', before]] as const, values: { name } };
    await client.call({ entity: 'Managed', action: 'update', params }, { repeatable: true });
  }
}

/** Names of records of `Managed`, as they are and as they are to be. */
function keptNames(before: Dependency, after: Dependency): readonly (readonly [string, string])[] {
  if (before.kind === 'activity_type' && before.name !== nameOf(after))
    return [[`civicase:act:${before.name}`, `civicase:act:${nameOf(after)}`]];
  if (before.kind !== 'relationship_type' || after.kind !== 'relationship_type') return [];
  return (['nameAB', 'nameBA'] as const)
    .filter((side) => before[side] !== after[side])
    .map((side) => [`civicase:rel:${before[side]}`, `civicase:rel:${after[side]}`]);
}

const CASE_TYPE_PATHS: Readonly<Record<string, string>> = {
  title: 'title',
  description: 'description',
  isActive: 'is_active',
};

async function updateCaseType(
  client: SiteClient,
  reads: MigrationReads['reads'],
  id: number,
  fields: JsonObject,
): Promise<SiteCaseType> {
  const values = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [CASE_TYPE_PATHS[name] ?? name, value]),
  );
  const where = [['id', '=', id]] as const;
  await client.call(
    { entity: 'CaseType', action: 'update', params: { where, values } },
    { repeatable: true },
  );
  const names = await client.call({ entity: 'CaseType', action: 'get', params: { select: ['name'], where } });
  const name = names.values[0]?.['name'];
  const stored = (await reads.caseTypes()).find((row) => row.name === name);
  if (stored !== undefined) return stored;
  throw new AppError('remote-rejected', `Site "${client.siteName}" lost the case type that was changed.`);
}

async function saveCaseType(
  client: SiteClient,
  reads: MigrationReads['reads'],
  idOf: MigrationReads['idOf'],
  entity: CaseTypeEntity,
  formerly: string | undefined,
): Promise<SiteCaseType> {
  const id = await idOf({ kind: 'case_type', name: formerly ?? entity.name });
  if (id === undefined && formerly !== undefined)
    throw new AppError('not-found', `Site "${client.siteName}" has no case type "${formerly}" to rename.`);
  const values = {
    name: entity.name,
    title: entity.title,
    description: entity.description,
    is_active: entity.isActive,
    // An array always: core would store XML text as it is, or mangle it, and make no activity types.
    definition: entity.definition as JsonObject,
  };
  const read = async (): Promise<SiteCaseType | undefined> =>
    (await reads.caseTypes()).find((row) => row.name === entity.name);
  try {
    await client.call(
      id === undefined
        ? { entity: 'CaseType', action: 'create', params: { values: { ...values, weight: entity.weight } } }
        : { entity: 'CaseType', action: 'update', params: { where: [['id', '=', id]], values } },
      { repeatable: id !== undefined },
    );
  } catch (thrown) {
    throw await explained(toAppError(thrown), read, client.siteName);
  }
  // Saving may have made activity types.
  client.forgetOptions();
  const stored = await read();
  if (stored !== undefined) return stored;
  throw new AppError(
    'remote-rejected',
    `Site "${client.siteName}" took ${entityKey(entity)} without an error, but does not have it.`,
  );
}

/** One row with broken XML makes core answer an error to every save of a case type, after it has stored the row. */
async function explained(
  error: AppError,
  read: () => Promise<SiteCaseType | undefined>,
  site: string,
): Promise<AppError> {
  if (!error.message.includes('Failed to parse CaseType XML')) return error;
  const stored = (await read()) !== undefined;
  return new AppError(
    'remote-rejected',
    `Site "${site}" has a case type whose definition is broken XML; because of it the site answers an error to every save of a case type. ` +
      (stored ? 'The row was stored all the same. ' : 'The row was not stored. ') +
      'Delete or repair the broken one there (its definition reads as empty), then apply again.',
    { details: { site, stored }, cause: error },
  );
}

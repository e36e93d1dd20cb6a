import { quoteName, type Row, type SqlValue } from '../database.ts';
import { ApiFailure } from '../failure.ts';
import { ENTITIES, columnsOf, type EntitySchema } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';

const failureOf = (thrown: unknown): unknown => {
  const code = (thrown as { code?: unknown }).code;
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return new ApiFailure('DB Error: already exists');
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === 'SQLITE_CONSTRAINT_TRIGGER')
    return new ApiFailure('DB Error: constraint violation');
  return thrown;
};

function guarded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
    throw failureOf(thrown);
  }
}

export const entityNamed = (name: string): EntitySchema => {
  const entity = ENTITIES.get(name);
  if (entity === undefined) throw new ApiFailure(`The sandbox does not know the entity ${name}.`, 501, 501);
  return entity;
};

/** Values that the table itself supplies: defaults of the schema, the moment of creation. */
function withDefaults(site: Site, entity: EntitySchema, columns: Row): Row {
  const row: Row = {};
  for (const field of columnsOf(entity)) {
    const given = columns[field.name];
    if (field.name === 'id' && given === undefined) continue;
    const isMoment = field.name === 'created_date' || field.name === 'modified_date';
    const fallback: SqlValue =
      field.defaultValue === undefined
        ? isMoment
          ? site.clock.now()
          : null
        : field.defaultValue === 'now'
          ? site.clock.now()
          : typeof field.defaultValue === 'boolean'
            ? Number(field.defaultValue)
            : field.defaultValue;
    row[field.name] = given === undefined || (given === null && !field.nullable) ? fallback : given;
  }
  return row;
}

/** MariaDB uses up the id of a row that it then refuses. */
export function useUpId(site: Site, entityName: string): void {
  site.database.run('UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = ?', [
    entityNamed(entityName).table,
  ]);
}

/** Ids are unsigned in MariaDB. */
function refuseNegative(entity: EntitySchema, row: Row): void {
  const isBad = columnsOf(entity).some(
    ({ name, fkEntity }) => fkEntity !== undefined && typeof row[name] === 'number' && row[name] < 0,
  );
  if (isBad) throw new ApiFailure('DB Error: unknown error');
}

/** Inserts a row with the defaults of its table. @returns its id. @throws ApiFailure "DB Error: …" */
export function insertRow(site: Site, entityName: string, columns: Row): number {
  const entity = entityNamed(entityName);
  const row = withDefaults(site, entity, columns);
  refuseNegative(entity, row);
  const names = Object.keys(row);
  const sql = `INSERT INTO ${quoteName(entity.table)} (${names.map(quoteName).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  try {
    return guarded(() => site.database.run(sql, Object.values(row)).lastId);
  } catch (thrown) {
    useUpId(site, entityName);
    throw thrown;
  }
}

export const readRow = (site: Site, entityName: string, id: number): Row | undefined =>
  site.database.get(`SELECT * FROM ${quoteName(entityNamed(entityName).table)} WHERE id = ?`, [id]);

/**
 * Changes columns of a row. `modified_date`, where there is one, moves only when some value really changes, as
 * MariaDB's "on update" does. @returns whether something changed
 */
export function updateRow(site: Site, entityName: string, id: number, columns: Row): boolean {
  const entity = entityNamed(entityName);
  refuseNegative(entity, columns);
  const before = readRow(site, entityName, id);
  const changed = Object.entries(columns).filter(
    ([name, value]) => before !== undefined && name in before && before[name] !== value,
  );
  if (changed.length === 0) return false;
  const stamped = entity.fields.has('modified_date') && !('modified_date' in columns);
  const all: readonly (readonly [string, SqlValue])[] = stamped
    ? [...changed, ['modified_date', site.clock.now()]]
    : changed;
  const sql = `UPDATE ${quoteName(entity.table)} SET ${all.map(([name]) => `${quoteName(name)} = ?`).join(', ')} WHERE id = ?`;
  guarded(() => site.database.run(sql, [...all.map(([, value]) => value), id]));
  return true;
}

/** Deletes a row and its tags, as core does for what may be tagged. */
export function deleteRow(site: Site, entityName: string, id: number): void {
  if (entityName !== 'EntityTag') {
    const { table } = entityNamed(entityName);
    site.database.run('DELETE FROM civicrm_entity_tag WHERE entity_table = ? AND entity_id = ?', [table, id]);
  }
  deleteOnly(site, entityName, id);
}

function deleteOnly(site: Site, entityName: string, id: number): void {
  const sql = `DELETE FROM ${quoteName(entityNamed(entityName).table)} WHERE id = ?`;
  guarded(() => site.database.run(sql, [id]));
}

/** One more than the greatest number in a column among some rows. */
export function nextNumber(site: Site, entityName: string, column: string, filters: Row): number {
  const names = Object.keys(filters);
  const where = names.length === 0 ? '1' : names.map((name) => `${quoteName(name)} IS ?`).join(' AND ');
  const found = site.database.get(
    `SELECT max(CAST(${quoteName(column)} AS INTEGER)) AS top FROM ${quoteName(entityNamed(entityName).table)} WHERE ${where}`,
    Object.values(filters),
  );
  return Number(found?.['top'] ?? 0) + 1;
}

/** CiviCRM's munge: a run of what is no letter or digit becomes one underscore. */
export const munge = (text: string, length = 63): string =>
  text
    .trim()
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .slice(0, length);

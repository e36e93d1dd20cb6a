import { ORIGIN_FIELD } from '../../src/case/origin-key.ts';
import type { RealSite } from './real-sites.ts';

type Row = Readonly<Record<string, unknown>>;
/** Rows as text, sorted, by table. */
export type SiteRows = Readonly<Record<string, readonly string[]>>;

const ORIGIN_TABLES = `
  SELECT g.table_name AS 'table', g.extends AS entity, f.column_name AS 'column'
  FROM civicrm_custom_field f JOIN civicrm_custom_group g ON g.id = f.custom_group_id
  WHERE f.name = ?`;

const TABLES: Readonly<Record<string, string>> = {
  contacts: 'SELECT * FROM civicrm_contact',
  emails: 'SELECT contact_id, email, is_primary, on_hold FROM civicrm_email',
  cases: `SELECT c.*, t.name AS case_type_id FROM civicrm_case c JOIN civicrm_case_type t ON t.id = c.case_type_id`,
  clients: 'SELECT * FROM civicrm_case_contact',
  roles: `SELECT r.*, t.name_a_b AS relationship_type_id
    FROM civicrm_relationship r JOIN civicrm_relationship_type t ON t.id = r.relationship_type_id`,
  activities: 'SELECT * FROM civicrm_activity',
  filings: 'SELECT * FROM civicrm_case_activity',
  people: 'SELECT * FROM civicrm_activity_contact',
  customGroups: 'SELECT name, extends, is_active FROM civicrm_custom_group',
  customFields: 'SELECT name, label, data_type, is_active FROM civicrm_custom_field',
  options: `SELECT g.name AS option_group_id, v.name, v.label, v.value, v.filter, v.grouping, v.is_active, v.component_id
    FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id`,
  roleTypes: 'SELECT name_a_b, name_b_a, label_a_b, label_b_a, is_active FROM civicrm_relationship_type',
  groups: 'SELECT name, title, is_active FROM civicrm_group',
  caseTypes: 'SELECT name, title, is_active, weight, definition FROM civicrm_case_type',
};

/** Records that others point to by id. */
const ENTITY_OF: Readonly<Record<string, string>> = {
  contacts: 'contact',
  cases: 'case',
  activities: 'activity',
};
const MOMENTS = ['created_date', 'modified_date', 'hash'];

/**
 * Every row of a site that a mirror, a migration or a delivery may touch, from its database. Ids are replaced by the
 * origin key or the name of the record and moments of writing left out, so that two ways to the same end read the same.
 */
export async function rowsOf(site: RealSite): Promise<SiteRows> {
  const names = new Map<string, string>();
  const contents: Record<string, readonly Row[]> = {};
  for (const [name, query] of Object.entries(TABLES)) contents[name] = await site.rows(query);
  for (const row of contents['contacts'] ?? [])
    names.set(`contact ${String(row['id'])}`, String(row['sort_name']));
  for (const row of contents['cases'] ?? [])
    names.set(`case ${String(row['id'])}`, `case ${String(row['subject'])}`);
  for (const row of contents['activities'] ?? []) {
    const { id, activity_type_id: type, subject, activity_date_time: date } = row;
    names.set(`activity ${String(id)}`, `activity ${[type, subject, date].join(' ')}`);
  }
  for (const { table, entity, column } of await site.rows(ORIGIN_TABLES, [ORIGIN_FIELD])) {
    const keys = await site.rows(
      `SELECT entity_id, \`${String(column)}\` AS origin FROM \`${String(table)}\``,
    );
    contents[String(table)] = keys.map(({ origin }) => ({ origin }));
    for (const { entity_id: id, origin } of keys)
      if (typeof origin === 'string') names.set(`${String(entity).toLowerCase()} ${String(id)}`, origin);
  }
  return Object.fromEntries(
    Object.entries(contents).map(([name, rows]) => [
      name,
      rows.map((row) => JSON.stringify(named(row, name, names))).sort(),
    ]),
  );
}

/** Origin keys that more than one record of the site carries. */
export async function doubledKeys(site: RealSite): Promise<readonly string[]> {
  const doubled: string[] = [];
  for (const { table, column } of await site.rows(ORIGIN_TABLES, [ORIGIN_FIELD])) {
    const rows = await site.rows(
      `SELECT \`${String(column)}\` AS origin FROM \`${String(table)}\`
       WHERE \`${String(column)}\` IS NOT NULL GROUP BY origin HAVING COUNT(*) > 1`,
    );
    doubled.push(...rows.map(({ origin }) => String(origin)));
  }
  return doubled;
}

function named(row: Row, table: string, names: ReadonlyMap<string, string>): Row {
  const name = names.get(`${ENTITY_OF[table] ?? ''} ${String(row['id'])}`) ?? null;
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      if (MOMENTS.includes(column)) return [];
      if (column === 'activity_date_time' && isMailRecord(name)) return [];
      if (column === 'id') return name === null ? [] : [[column, name] as const];
      const entity = /^(contact|case|activity)_id(_[ab])?$/.exec(column)?.[1];
      const other = entity === undefined ? undefined : names.get(`${entity} ${String(value)}`);
      return [[column, other ?? value] as const];
    }),
  );
}

const isMailRecord = (name: string | null): boolean => name?.startsWith('occurrence/email-') === true;

import { ORIGIN_FIELD, ORIGIN_GROUPS, type OriginEntity } from '../../../src/case/origin-key.ts';
import type { RealSite } from '../../real-sites.ts';

/** Where a site keeps the origin keys of one entity: table and column are named by CiviCRM. */
export interface KeyColumn {
  readonly table: string;
  readonly column: string;
}

export async function keyColumn(site: RealSite, entity: OriginEntity): Promise<KeyColumn> {
  const found = await findKeyColumn(site, entity);
  if (found === null)
    throw new Error(`${site.url} has no origin keys of ${entity}: nothing was written there`);
  return found;
}

/** null: nothing was ever written there. */
export async function findKeyColumn(site: RealSite, entity: OriginEntity): Promise<KeyColumn | null> {
  const [found] = await site.rows(
    `SELECT g.table_name, f.column_name FROM civicrm_custom_field f
     JOIN civicrm_custom_group g ON g.id = f.custom_group_id WHERE g.name = ? AND f.name = ?`,
    [ORIGIN_GROUPS[entity], ORIGIN_FIELD],
  );
  return found === undefined
    ? null
    : { table: String(found['table_name']), column: String(found['column_name']) };
}

/** What a record is called on both sites: its own id on the source, the id in its origin key on the copy. */
export type Naming = (entity: 'Case' | 'Activity', idColumn: string) => string;

export const sourceNaming =
  (site: string): Naming =>
  (entity, id) =>
    `CONCAT('${site}/${entity}/', ${id})`;

export async function copyNaming(site: RealSite): Promise<Naming> {
  const columns = { Case: await keyColumn(site, 'Case'), Activity: await keyColumn(site, 'Activity') };
  return (entity, id) => {
    const { table, column } = columns[entity];
    return `COALESCE((SELECT ${column} FROM ${table} WHERE entity_id = ${id}), CONCAT('of its own ${entity}/', ${id}))`;
  };
}

const person = (id: string) =>
  `(SELECT COALESCE(external_identifier, display_name) FROM civicrm_contact WHERE id = ${id})`;

const optionName = (group: string, value: string) =>
  `(SELECT v.name FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
    WHERE g.name = '${group}' AND v.value = ${value})`;

const listOf = (name: string) => `GROUP_CONCAT(${name} ORDER BY ${name} SEPARATOR ', ')`;

/** 1 assigned, 2 added by, 3 with. */
const peopleOfActivity = (recordType: number) =>
  `(SELECT ${listOf(person('ac.contact_id'))} FROM civicrm_activity_contact ac WHERE ac.activity_id = a.id AND ac.record_type_id = ${recordType})`;

export const CASE_TYPES = `
  SELECT name AS \`key\`, title, description, is_active, is_reserved, definition
  FROM civicrm_case_type`;

export const OPTION_VALUES = `
  SELECT CONCAT(g.name, '/', v.name) AS \`key\`, v.label, v.grouping, v.filter, v.is_default, v.description,
         v.is_reserved, v.is_active, c.name AS component, v.icon, v.color
  FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
  LEFT JOIN civicrm_component c ON c.id = v.component_id
  WHERE g.name IN ('activity_type', 'activity_status', 'case_status', 'priority', 'encounter_medium')`;

export const RELATIONSHIP_TYPES = `
  SELECT name_a_b AS \`key\`, name_b_a, label_a_b, label_b_a, description, contact_type_a, contact_type_b,
         is_reserved, is_active
  FROM civicrm_relationship_type`;

export const GROUPS = `
  SELECT name AS \`key\`, title, description, is_active, visibility, group_type, is_reserved, is_hidden
  FROM civicrm_group`;

/** Clients, people of activities, holders of roles. */
export const PEOPLE = `
  SELECT ${person('c.id')} AS \`key\`, c.contact_type, c.first_name, c.last_name, c.preferred_language,
         c.do_not_email, c.is_opt_out, c.is_deceased, c.is_deleted,
         (SELECT email FROM civicrm_email e WHERE e.contact_id = c.id AND e.is_primary = 1) AS email
  FROM civicrm_contact c WHERE c.id IN (
    SELECT contact_id FROM civicrm_case_contact
    UNION SELECT contact_id FROM civicrm_activity_contact
    UNION SELECT contact_id_a FROM civicrm_relationship UNION SELECT contact_id_b FROM civicrm_relationship)`;

export const cases = (name: Naming): string => `
  SELECT ${name('Case', 'c.id')} AS \`key\`,
         (SELECT name FROM civicrm_case_type t WHERE t.id = c.case_type_id) AS case_type,
         c.subject, c.start_date, c.end_date, c.details, c.is_deleted,
         ${optionName('case_status', 'c.status_id')} AS status,
         (SELECT ${listOf(person('cc.contact_id'))} FROM civicrm_case_contact cc WHERE cc.case_id = c.id) AS clients
  FROM civicrm_case c`;

export const roles = (name: Naming): string => `
  SELECT CONCAT_WS(' ', ${name('Case', 'r.case_id')}, ${person('r.contact_id_a')},
                   (SELECT name_a_b FROM civicrm_relationship_type t WHERE t.id = r.relationship_type_id),
                   ${person('r.contact_id_b')}) AS \`key\`,
         r.start_date, r.end_date, r.is_active, r.description, r.is_permission_a_b, r.is_permission_b_a
  FROM civicrm_relationship r`;

/** All of the site; one that is on no case, or on two, shows. */
export const activities = (name: Naming): string => `
  SELECT ${name('Activity', 'a.id')} AS \`key\`, ${name('Case', 'ca.case_id')} AS \`case\`,
         ${optionName('activity_type', 'a.activity_type_id')} AS type,
         ${optionName('activity_status', 'a.status_id')} AS status,
         a.subject, a.activity_date_time, a.details, a.duration, a.location,
         ${optionName('encounter_medium', 'a.medium_id')} AS medium,
         ${optionName('priority', 'a.priority_id')} AS priority,
         a.is_auto, a.is_deleted, a.is_current_revision,
         ${peopleOfActivity(2)} AS added_by, ${peopleOfActivity(3)} AS with_people, ${peopleOfActivity(1)} AS assigned
  FROM civicrm_activity a LEFT JOIN civicrm_case_activity ca ON ca.activity_id = a.id`;

/** What rules made: the origin key of each with what it is. */
export const deeds = ({ table, column }: KeyColumn): string => `
  SELECT k.${column} AS \`key\`, ca.case_id, a.id, a.subject, a.details, a.activity_date_time,
         ${optionName('activity_type', 'a.activity_type_id')} AS type,
         ${optionName('activity_status', 'a.status_id')} AS status,
         ${peopleOfActivity(3)} AS with_people, ${peopleOfActivity(1)} AS assigned
  FROM ${table} k JOIN civicrm_activity a ON a.id = k.entity_id
  LEFT JOIN civicrm_case_activity ca ON ca.activity_id = a.id
  WHERE k.${column} LIKE 'occurrence/%'`;

/** Steps that opening a case makes, by the definition that the site stores. */
export const TIMELINE_STEPS = `
  SELECT ExtractValue(definition, 'count(//ActivitySet[name="standard_timeline"]/ActivityTypes/ActivityType)') AS steps
  FROM civicrm_case_type WHERE name = 'housing_support'`;

/** Those who must get no mail: they said so, their address bounced, they have none, or they died. */
export const BARRED = `
  SELECT c.id, c.external_identifier AS \`key\`, e.email FROM civicrm_contact c
  LEFT JOIN civicrm_email e ON e.contact_id = c.id AND e.is_primary = 1
  WHERE c.external_identifier LIKE 'demo-%'
    AND (c.do_not_email = 1 OR c.is_deceased = 1 OR c.is_deleted = 1 OR e.email IS NULL OR e.on_hold <> 0)`;

/** The address to which a contact's mail goes. */
export const ADDRESSES = `
  SELECT COALESCE(c.external_identifier, c.display_name) AS \`key\`, e.email FROM civicrm_contact c
  JOIN civicrm_email e ON e.contact_id = c.id AND e.is_primary = 1`;

export const FILINGS = 'SELECT activity_id, case_id FROM civicrm_case_activity';

/** Origin keys that more than one record carries. */
export const repeatedKeys = ({ table, column }: KeyColumn): string =>
  `SELECT ${column} AS \`key\`, COUNT(*) AS times FROM ${table} WHERE ${column} IS NOT NULL GROUP BY 1 HAVING times > 1`;

export async function count(site: RealSite, what: string): Promise<number> {
  const [row] = await site.rows(`SELECT COUNT(*) AS n FROM ${what}`);
  return Number(row?.['n']);
}

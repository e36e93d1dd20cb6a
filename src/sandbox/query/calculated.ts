import { unknownToSandbox } from '../failure.ts';
import { managerRoles } from '../case-types.ts';
import type { Caller, Site } from '../site.ts';

const RECORD_TYPES: Readonly<Record<string, string>> = {
  source_contact_id: 'AND record_type_id = 2',
  target_contact_id: 'AND record_type_id = 3',
  assignee_contact_id: 'AND record_type_id = 1',
  target_contact_count: 'AND record_type_id = 3',
  assignee_contact_count: 'AND record_type_id = 1',
  all_contact_id: '',
};

export const isContactList = (entity: string, name: string): boolean =>
  entity === 'Activity' && /^(source|target|assignee|all)_contact_id$/.test(name);

const PRIMARY: Readonly<Record<string, readonly [string, string]>> = {
  email_primary: ['civicrm_email', 'is_primary'],
  email_billing: ['civicrm_email', 'is_billing'],
  phone_primary: ['civicrm_phone', 'is_primary'],
  phone_billing: ['civicrm_phone', 'is_billing'],
};

/** Condition for activities that have (one of) these contacts in that role. */
export const activityContactFilter = (
  alias: string,
  name: string,
  contactIds: readonly number[] | undefined,
): string =>
  `${alias}.id IN (SELECT activity_id FROM civicrm_activity_contact WHERE ${
    contactIds === undefined ? '1' : `contact_id IN (${contactIds.join(', ')})`
  } ${RECORD_TYPES[name] ?? ''})`;

function caseField(site: Site, caller: Caller, alias: string, name: string): string | undefined {
  const me = String(caller.contactId ?? 0);
  if (name === 'case_manager_id') return caseManager(site, alias);
  const mine = `SELECT CASE WHEN contact_id_a = ${me} THEN %A ELSE %B END FROM civicrm_relationship r
    JOIN civicrm_relationship_type t ON t.id = r.relationship_type_id
    WHERE r.case_id = ${alias}.id AND r.is_active = 1 AND (contact_id_a = ${me} OR contact_id_b = ${me})`;
  if (name === 'is_my_managed_case') return `coalesce(${caseManager(site, alias)} = ${me}, NULL)`;
  if (name === 'my_case_role') {
    return `(SELECT group_concat(label, ', ') FROM (SELECT DISTINCT CASE WHEN contact_id_b = ${me} THEN label_a_b ELSE label_b_a END AS label
      FROM civicrm_relationship r JOIN civicrm_relationship_type t ON t.id = r.relationship_type_id
      WHERE r.case_id = ${alias}.id AND (contact_id_a = ${me} OR contact_id_b = ${me})))`;
  }
  if (name === 'is_my_case') return `EXISTS (${mine.replace('%A', '1').replace('%B', '1')})`;
  return undefined;
}

function caseManager(site: Site, alias: string): string {
  const cases = managerRoles(site).map(
    ({ caseTypeId, relationshipTypeId, holderSide }) =>
      `WHEN ${alias}.case_type_id = ${String(caseTypeId)} THEN (SELECT contact_id_${holderSide} FROM civicrm_relationship
        WHERE case_id = ${alias}.id AND relationship_type_id = ${String(relationshipTypeId)}
        ORDER BY is_active DESC, end_date DESC LIMIT 1)`,
  );
  return cases.length === 0 ? 'NULL' : `(CASE ${cases.join(' ')} END)`;
}

const MANAGED = new Set([
  'CaseType',
  'RelationshipType',
  'OptionGroup',
  'OptionValue',
  'CustomGroup',
  'CustomField',
  'Group',
  'Tag',
]);

/**
 * The SQL of a field that is no column: contacts of an activity, its case, the primary e-mail address, who
 * manages a case.
 * @throws ApiFailure 501 for those that the sandbox does not compute
 */
export function calculatedField(
  site: Site,
  caller: Caller,
  entity: string,
  name: string,
  alias: string,
): string {
  if (entity === 'Activity') {
    const record = RECORD_TYPES[name];
    const contacts = `FROM civicrm_activity_contact WHERE activity_id = ${alias}.id ${record ?? ''}`;
    if (name.endsWith('_count') && record !== undefined) return `(SELECT count(*) ${contacts})`;
    if (record !== undefined)
      return `(SELECT group_concat(contact_id) FROM (SELECT contact_id ${contacts} ORDER BY contact_id))`;
    if (name === 'case_id')
      return `(SELECT case_id FROM civicrm_case_activity WHERE activity_id = ${alias}.id ORDER BY id LIMIT 1)`;
  }
  const primary = entity === 'Contact' ? PRIMARY[name] : undefined;
  if (primary !== undefined)
    return `(SELECT id FROM ${primary[0]} WHERE contact_id = ${alias}.id AND ${primary[1]} = 1 LIMIT 1)`;
  if (entity === 'Case') {
    const found = caseField(site, caller, alias, name);
    if (found !== undefined) return found;
  }
  const today = site.clock.now().slice(0, 10);
  if (entity === 'Contact' && name === 'age_years') {
    return `(CAST(substr('${today}', 1, 4) AS INTEGER) - CAST(substr(${alias}.birth_date, 1, 4) AS INTEGER) - (substr('${today}', 6) < substr(${alias}.birth_date, 6)))`;
  }
  if (name === 'is_current') {
    return `(${alias}.is_active = 1 AND (${alias}.start_date IS NULL OR ${alias}.start_date <= '${today}') AND (${alias}.end_date IS NULL OR ${alias}.end_date >= '${today}'))`;
  }
  if (entity === 'RelationshipCache') {
    const column = {
      description: 'description',
      relationship_created_date: 'created_date',
      relationship_modified_date: 'modified_date',
      permission_near_to_far: `CASE ${alias}.orientation WHEN 'a_b' THEN is_permission_a_b ELSE is_permission_b_a END`,
      permission_far_to_near: `CASE ${alias}.orientation WHEN 'a_b' THEN is_permission_b_a ELSE is_permission_a_b END`,
    }[name];
    if (column !== undefined)
      return `(SELECT ${column} FROM civicrm_relationship WHERE id = ${alias}.relationship_id)`;
  }
  if (entity === 'Domain' && name === 'is_active') return '1';
  if (entity === 'Group' && name === 'contact_count') {
    return `(SELECT count(*) FROM civicrm_group_contact WHERE group_id = ${alias}.id AND status = 'Added')`;
  }
  if (MANAGED.has(entity) && name === 'local_modified_date') return 'NULL';
  throw unknownToSandbox(entity, 'get', `the calculated field ${name}`);
}

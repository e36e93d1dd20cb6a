import { ENABLED_COMPONENTS } from './seed/site-facts.ts';
import { may, type Caller } from './site.ts';

type Verb = 'get' | 'create' | 'update' | 'delete';

const ALL_CASES = 'access all cases and activities';
const MY_CASES = 'access my cases and activities';

/** One permission of each list must be there; `[]` is open to everyone; absent verbs need `access CiviCRM`. */
type Rules = Readonly<Partial<Record<Verb, readonly string[]>>>;

const administered: Rules = {
  create: ['administer CiviCRM'],
  update: ['administer CiviCRM'],
  delete: ['administer CiviCRM'],
};

const caseRules: Rules = {
  get: [ALL_CASES, MY_CASES],
  create: ['add cases'],
  update: [ALL_CASES, MY_CASES],
  delete: ['delete in CiviCase'],
};

/** What each entity asks for, as probed on a 6.20 site with users of few permissions. */
const RULES: Readonly<Record<string, Rules>> = {
  Contact: { get: [], create: ['add contacts'], update: [], delete: ['delete contacts'] },
  Email: { get: [], create: [], update: [], delete: [] },
  Phone: { get: [], create: [], update: [], delete: [] },
  Relationship: { get: [], create: [], update: [], delete: [] },
  RelationshipCache: { get: [], create: [], update: [], delete: [] },
  EntityTag: { get: [], create: [], update: [], delete: [] },
  GroupContact: {
    get: ['access CiviCRM'],
    create: ['access CiviCRM'],
    update: ['access CiviCRM'],
    delete: ['access CiviCRM'],
  },
  Case: caseRules,
  CaseContact: caseRules,
  CaseActivity: caseRules,
  CaseType: {
    get: [ALL_CASES, MY_CASES],
    create: ['administer CiviCase'],
    update: ['administer CiviCase'],
    delete: ['administer CiviCase'],
  },
  Activity: {
    create: ['view all activities'],
    update: ['view all activities'],
    delete: ['delete activities'],
  },
  ActivityContact: {
    create: ['view all activities'],
    update: ['view all activities'],
    delete: ['delete activities'],
  },
  RelationshipType: administered,
  OptionGroup: administered,
  OptionValue: administered,
  CustomGroup: administered,
  CustomField: administered,
  Group: { create: ['edit groups'], update: ['edit groups'], delete: ['edit groups'] },
  Tag: { create: ['access CiviCRM'], update: ['access CiviCRM'], delete: ['administer Tagsets'] },
  LocationType: administered,
  ContactType: administered,
  ActionSchedule: administered,
  MessageTemplate: {
    create: ['edit message templates', 'administer CiviCRM'],
    update: ['edit message templates', 'administer CiviCRM'],
    delete: ['edit message templates', 'administer CiviCRM'],
  },
  Domain: { get: ['administer CiviCRM'], ...administered },
  Setting: { get: ['administer CiviCRM'], ...administered },
  Managed: { get: ['administer CiviCRM'], ...administered },
};

const verbOf = (action: string): Verb =>
  action === 'create' || action === 'save'
    ? 'create'
    : action === 'update'
      ? 'update'
      : action === 'delete' || action === 'replace'
        ? 'delete'
        : 'get';

const META_ACTIONS = new Set(['getFields', 'getActions', 'getLinks', 'checkAccess', 'autocomplete']);

/** Whether the caller may run the action at all; rows are filtered besides. */
export function mayCall(caller: Caller, entity: string, action: string): boolean {
  const rule = META_ACTIONS.has(action) ? undefined : RULES[entity]?.[verbOf(action)];
  if (rule === undefined) return may(caller, 'access CiviCRM');
  return rule.length === 0 || rule.some((permission) => may(caller, permission));
}

/** Who may not is shown neither the groups and fields nor what they hold. */
export const maySeeCustomData = (caller: Caller): boolean => may(caller, 'access all custom data');

/** Fields that only some may see; to others they do not exist. */
export const mayRead = (caller: Caller, entity: string, field: string): boolean =>
  entity !== 'Contact' ||
  field !== 'api_key' ||
  may(caller, 'administer CiviCRM') ||
  may(caller, 'edit api keys');

const OF_CONTACTS = new Set(['Email', 'Phone', 'Relationship', 'GroupContact']);
const TAGGED: Readonly<Record<string, string>> = { civicrm_case: 'Case', civicrm_activity: 'Activity' };

/** Whether the caller may change a row that belongs to a contact, or the tags of a row. */
export function mayWriteRow(caller: Caller, entity: string, row: Readonly<Record<string, unknown>>): boolean {
  // A new contact has no id yet, and asks for "add contacts" only.
  if (entity === 'Contact') return row['id'] === undefined || may(caller, 'edit all contacts');
  if (OF_CONTACTS.has(entity)) return may(caller, 'edit all contacts');
  if (entity !== 'EntityTag') return true;
  // A tag on no table at all belongs to nobody who could mind.
  if (row['entity_table'] === null) return true;
  const table = typeof row['entity_table'] === 'string' ? row['entity_table'] : 'civicrm_contact';
  const tagged = TAGGED[table];
  return tagged === undefined ? may(caller, 'edit all contacts') : mayCall(caller, tagged, 'update');
}

/** Cases in which the caller has an active role towards a client. */
const myCases = (contactId: number): string =>
  `SELECT r.case_id FROM civicrm_relationship r JOIN civicrm_case_contact c ON c.case_id = r.case_id WHERE r.is_active = 1
   AND ((r.contact_id_a = ${String(contactId)} AND r.contact_id_b = c.contact_id)
     OR (r.contact_id_b = ${String(contactId)} AND r.contact_id_a = c.contact_id))`;

const allowedCases = (caller: Caller): string | undefined => {
  if (may(caller, ALL_CASES)) return undefined;
  return may(caller, MY_CASES) ? myCases(caller.contactId ?? 0) : 'SELECT 0 WHERE 0';
};

/** Fields of an entity that are contacts: who may not see one of them does not see the row. */
const CONTACT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Email: ['contact_id'],
  Phone: ['contact_id'],
  GroupContact: ['contact_id'],
  ActivityContact: ['contact_id'],
  Relationship: ['contact_id_a', 'contact_id_b'],
  RelationshipCache: ['near_contact_id', 'far_contact_id'],
};

/** The contacts that the caller may see, in SQL; undefined: all of them. */
function visibleContacts(caller: Caller): string | undefined {
  const conditions: string[] = [];
  if (!may(caller, 'view all contacts') && !may(caller, 'edit all contacts')) {
    const self = caller.contactId !== null && may(caller, 'view my contact') ? caller.contactId : 0;
    conditions.push(`id = ${String(self)}`);
  }
  if (!may(caller, 'access deleted contacts')) conditions.push('is_deleted = 0');
  return conditions.length === 0
    ? undefined
    : `SELECT id FROM civicrm_contact WHERE ${conditions.join(' AND ')}`;
}

/** Source: CRM/Case/BAO/Case.php, addSelectWhereClause. */
function caseConditions(caller: Caller, alias: string): readonly string[] {
  const contacts = visibleContacts(caller);
  const cases = allowedCases(caller);
  return [
    ...(may(caller, 'administer CiviCase') ? [] : [`${alias}.is_deleted = 0`]),
    ...(contacts === undefined
      ? []
      : [`${alias}.id IN (SELECT case_id FROM civicrm_case_contact WHERE contact_id IN (${contacts}))`]),
    ...(cases === undefined ? [] : [`${alias}.id IN (${cases})`]),
  ];
}

function activityConditions(caller: Caller, alias: string): readonly string[] {
  const contacts = visibleContacts(caller);
  const cases = allowedCases(caller);
  return [
    `+${alias}.activity_type_id IN (${KNOWN_TYPES})`,
    ...(contacts === undefined
      ? []
      : [
          `${alias}.id IN (SELECT activity_id FROM civicrm_activity_contact WHERE contact_id IN (${contacts}))`,
        ]),
    ...(cases === undefined
      ? []
      : [
          `(${alias}.id NOT IN (SELECT activity_id FROM civicrm_case_activity) OR ${alias}.id IN (SELECT activity_id FROM civicrm_case_activity WHERE case_id IN (${cases})))`,
        ]),
  ];
}

/** Activities of unknown types and of components that are switched off are shown to nobody. */
const KNOWN_TYPES = `SELECT CAST(v.value AS INTEGER) FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
  WHERE g.name = 'activity_type' AND (v.component_id IS NULL OR v.component_id IN (${ENABLED_COMPONENTS.join(', ')}))`;

const TAGGABLE: Readonly<Record<string, (caller: Caller, alias: string) => readonly string[]>> = {
  civicrm_case: caseConditions,
  civicrm_activity: activityConditions,
};

/** A tag on what the caller may not see is not shown. */
function tagConditions(caller: Caller, alias: string): readonly string[] {
  const contacts = visibleContacts(caller);
  if (contacts === undefined && allowedCases(caller) === undefined) {
    const shown = `SELECT id FROM civicrm_activity WHERE activity_type_id IN (${KNOWN_TYPES})`;
    return [`(${alias}.entity_table IS NOT 'civicrm_activity' OR ${alias}.entity_id IN (${shown}))`];
  }
  const tables = Object.entries(TAGGABLE).map(([table, conditionsOf]) => {
    const conditions = conditionsOf(caller, 't');
    const rows =
      conditions.length === 0
        ? ''
        : ` AND ${alias}.entity_id IN (SELECT t.id FROM ${table} t WHERE ${conditions.join(' AND ')})`;
    return `(${alias}.entity_table = '${table}'${rows})`;
  });
  const people = contacts === undefined ? '' : ` AND ${alias}.entity_id IN (${contacts})`;
  return [`(${[...tables, `(${alias}.entity_table = 'civicrm_contact'${people})`].join(' OR ')})`];
}

/**
 * Conditions that leave in a `get` only the rows that the caller may see.
 * @param alias the entity's table in the query, quoted
 */
export function readAccess(caller: Caller, entity: string, alias = '"a"'): readonly string[] {
  const contacts = visibleContacts(caller);
  switch (entity) {
    case 'CustomGroup':
    case 'CustomField':
      return maySeeCustomData(caller) ? [] : ['0'];
    case 'Contact':
      return contacts === undefined ? [] : [`${alias}.id IN (${contacts})`];
    case 'Case':
      return caseConditions(caller, alias);
    case 'CaseContact': {
      const conditions = caseConditions(caller, 'c');
      return conditions.length === 0
        ? []
        : [`${alias}.case_id IN (SELECT c.id FROM civicrm_case c WHERE ${conditions.join(' AND ')})`];
    }
    case 'Activity':
      return activityConditions(caller, alias);
    case 'EntityTag':
      return tagConditions(caller, alias);
    default:
      return contacts === undefined
        ? []
        : (CONTACT_FIELDS[entity] ?? []).map((name) => `${alias}.${name} IN (${contacts})`);
  }
}

/** Whether the caller sees less than all contacts and cases. */
export const isRestricted = (caller: Caller): boolean =>
  visibleContacts(caller) !== undefined || allowedCases(caller) !== undefined;

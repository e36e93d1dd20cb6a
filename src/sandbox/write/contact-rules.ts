import type { Row } from '../database.ts';
import { ApiFailure } from '../failure.ts';
import { foreignContactFields } from '../query/output.ts';
import { may, type Site } from '../site.ts';
import { casesOf, touchCases } from './filing.ts';
import { refreshCache } from './relationship-rules.ts';
import { given, isEmpty, textIn, type EntityRules, type WriteContext } from './rules.ts';
import { deleteRow, insertRow, readRow, updateRow } from './store-row.ts';
import type { Values } from './record.ts';

const words = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
/** Greetings lose blanks that stand together. */
const greeted = (...parts: readonly string[]): string =>
  words(...parts)
    .replaceAll(/ +/g, ' ')
    .trim();

const HEX = '0123456789abcdef';
const randomHex = (site: Site, length: number): string =>
  Array.from({ length }, () => HEX[Math.floor(site.random() * 16)] ?? '0').join('');

/** Greetings and addressee of a contact type, as option values. */
const GREETINGS: Readonly<Record<string, Row>> = {
  Individual: { email_greeting_id: 1, postal_greeting_id: 1, addressee_id: 1 },
  Household: { email_greeting_id: 5, postal_greeting_id: 5, addressee_id: 2 },
  Organization: { addressee_id: 3 },
};

const NAMES = ['first_name', 'middle_name', 'last_name', 'organization_name', 'household_name'];

/** "0" is no name to PHP. */
const hasName = (row: Row): boolean => NAMES.some((name) => !['', '0'].includes(String(row[name] ?? '')));

/** Who has no name is called by the primary address. */
function nameByEmail(site: Site, contactId: number): void {
  const row = readRow(site, 'Contact', contactId);
  const primary = site.database.get(
    'SELECT email FROM civicrm_email WHERE contact_id = ? AND is_primary = 1',
    [contactId],
  );
  const email = primary?.['email'] ?? null;
  if (row === undefined || hasName(row) || email === null) return;
  updateRow(site, 'Contact', contactId, { display_name: email, sort_name: email });
}

function namesOf(site: Site, row: Row): Row {
  const text = (name: string): string => String(row[name] ?? '');
  const label = (group: string, name: string): string =>
    site.options.group(group).find((option) => String(option.id) === text(name))?.label ?? '';
  const type = text('contact_type');
  if (type !== 'Individual') {
    const name = text(type === 'Household' ? 'household_name' : 'organization_name');
    const greeting = greeted('Dear', name);
    return {
      ...(name === '' ? {} : { display_name: name, sort_name: name }),
      addressee_display: greeted(name),
      ...(type === 'Household'
        ? { email_greeting_display: greeting, postal_greeting_display: greeting }
        : {}),
    };
  }
  const prefix = label('individual_prefix', 'prefix_id');
  const suffix = label('individual_suffix', 'suffix_id');
  const display = words(prefix, text('first_name'), text('last_name'), suffix);
  const family = [text('last_name'), text('first_name')].filter((part) => part !== '').join(', ');
  const sort = words(family, suffix);
  return {
    ...(hasName(row)
      ? { display_name: display === '' ? null : display, sort_name: sort === '' ? null : sort }
      : {}),
    email_greeting_display: greeted('Dear', text('first_name')),
    postal_greeting_display: greeted('Dear', text('first_name')),
    addressee_display: greeted(prefix, text('first_name'), text('middle_name'), text('last_name'), suffix),
  };
}

/** An organization or household; the names of individuals are put together anew. */
function losesName({ contact_type: type }: Row, values: Values): boolean {
  const name =
    type === 'Organization' ? 'organization_name' : type === 'Household' ? 'household_name' : undefined;
  return name !== undefined && name in values && isEmpty(values[name]);
}

const shownNames = ({ display_name, sort_name }: Row): Row => ({
  ...(display_name === null || display_name === undefined ? {} : { display_name }),
  ...(sort_name === null || sort_name === undefined ? {} : { sort_name }),
});

const shownEmail = (values: Values): Row =>
  'email_primary.email' in values
    ? { 'email_primary.email': textIn(values, 'email_primary.email').toLowerCase() }
    : {};

function writePrimaryEmail(context: WriteContext, contactId: number, values: Values): void {
  const address = values['email_primary.email'];
  if (typeof address !== 'string' || address === '') return;
  const existing = context.site.database.get(
    'SELECT id FROM civicrm_email WHERE contact_id = ? AND is_primary = 1',
    [contactId],
  );
  if (existing !== undefined)
    updateRow(context.site, 'Email', Number(existing['id']), { email: address.toLowerCase() });
  else
    insertRow(context.site, 'Email', {
      contact_id: contactId,
      email: address.toLowerCase(),
      is_primary: 1,
      location_type_id: 1,
    });
}

const refuse = (what: string): never => {
  throw new ApiFailure(`The sandbox does not know ${what} (in Contact.update).`, 501, 501);
};

/** A fresh site has no subtypes, so none fits; more of them the sandbox does not know. */
function checkSubType(values: Values): void {
  const value = values['contact_sub_type'] ?? null;
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  throw new ApiFailure('The Contact Sub Type does not match the Contact type for this record');
}

function writePrimaryPhone({ site }: WriteContext, contactId: number, values: Values): void {
  const number = values['phone_primary.phone'];
  if (typeof number !== 'string' || number === '') return;
  const columns = { phone: number, phone_numeric: digitsOf(number) };
  const existing = site.database.get('SELECT id FROM civicrm_phone WHERE contact_id = ? AND is_primary = 1', [
    contactId,
  ]);
  if (existing !== undefined) updateRow(site, 'Phone', Number(existing['id']), columns);
  else insertRow(site, 'Phone', { ...columns, contact_id: contactId, is_primary: 1, location_type_id: 1 });
}

const digitsOf = (number: string): string => number.replaceAll(/\D/g, '');

/** An employer is a relationship too, and lends its name. */
function writeEmployer({ site }: WriteContext, contactId: number, values: Values): void {
  if (!given(values, 'employer_id')) return;
  const employer = Number(values['employer_id']);
  const type = site.database.get("SELECT id FROM civicrm_relationship_type WHERE name_a_b = 'Employee of'")?.[
    'id'
  ];
  if (typeof type !== 'number') return;
  const parameters = [contactId, employer, type];
  const known = site.database.get(
    'SELECT id FROM civicrm_relationship WHERE contact_id_a = ? AND contact_id_b = ? AND relationship_type_id = ? AND is_active = 1',
    parameters,
  );
  if (known === undefined) {
    const columns = { contact_id_a: contactId, contact_id_b: employer, relationship_type_id: type };
    refreshCache(site, insertRow(site, 'Relationship', { ...columns, description: '' }));
  }
  const name = readRow(site, 'Contact', employer)?.['organization_name'] ?? null;
  updateRow(site, 'Contact', contactId, { organization_name: name });
}

/** Activities that the contact had added and that are about nobody else go, too. */
function deleteActivitiesBy(site: Site, contactId: number): void {
  const added = site.database.all(
    'SELECT id, activity_id FROM civicrm_activity_contact WHERE contact_id = ? AND record_type_id = 2 ORDER BY id',
    [contactId],
  );
  for (const { id = null, activity_id: activityId = null } of added) {
    site.database.run('DELETE FROM civicrm_activity_contact WHERE id = ?', [id]);
    const other = site.database.get('SELECT id FROM civicrm_activity_contact WHERE activity_id = ? LIMIT 1', [
      activityId,
    ]);
    if (other !== undefined) continue;
    const cases = casesOf(site, Number(activityId));
    deleteRow(site, 'Activity', Number(activityId));
    touchCases(site, cases);
  }
}

/** Cases without another client go with the contact, and their activities too. */
function deleteCasesOf(site: Site, contactId: number): void {
  const cases = site.database.all(
    `SELECT case_id FROM civicrm_case_contact JOIN civicrm_case c ON c.id = case_id WHERE contact_id = ? AND c.is_deleted = 0
     AND case_id NOT IN (SELECT case_id FROM civicrm_case_contact WHERE contact_id <> ?)`,
    [contactId, contactId],
  );
  for (const { case_id: caseId = null } of cases) {
    const activities = site.database.all('SELECT activity_id FROM civicrm_case_activity WHERE case_id = ?', [
      caseId,
    ]);
    for (const row of activities) deleteRow(site, 'Activity', Number(row['activity_id']));
    deleteRow(site, 'Case', Number(caseId));
  }
}

/** PHP fails over these once the contact is stored. */
function checkAddresses(values: Values): void {
  if (['email_primary.email', 'phone_primary.phone'].some((name) => Array.isArray(values[name])))
    refuse('a list of addresses');
}

/** Source: Civi\Api4\Action\Contact\ContactSaveTrait. */
const guessedType = (values: Values): string =>
  !isEmpty(values['organization_name'])
    ? 'Organization'
    : !isEmpty(values['household_name'])
      ? 'Household'
      : 'Individual';

/** Source: CRM/Contact/BAO/Contact.php and Individual.php. */
export const contactRules: EntityRules = {
  numericIds: true,
  missing: new ApiFailure('Expected one Contact but found 0'),
  shown: (values) => ('is_deleted' in values && !given(values, 'is_deleted') ? { is_deleted: false } : {}),
  beforeCreate: ({ site }, values) => {
    const type = given(values, 'contact_type') ? textIn(values, 'contact_type') : guessedType(values);
    if (!(type in GREETINGS)) {
      throw new ApiFailure(
        `The sandbox does not know the contact type "${type}" (in Contact.create).`,
        501,
        501,
      );
    }
    checkSubType(values);
    checkAddresses(values);
    const now = site.clock.now();
    const prefix = values['prefix_id'] ?? null;
    const suffix = values['suffix_id'] ?? null;
    const row = { ...values, prefix_id: prefix, suffix_id: suffix, contact_type: type } as Row;
    const defaults: Row = {
      preferred_language: 'en_US',
      communication_style_id: 1,
      ...GREETINGS[type],
      preferred_mail_format: 'Both',
    };
    return {
      ...Object.fromEntries(Object.entries(defaults).filter(([name]) => !given(values, name))),
      contact_type: type,
      hash: randomHex(site, 32),
      created_date: now,
      modified_date: now,
      ...shownNames(namesOf(site, row)),
      ...shownEmail(values),
      ...('phone_primary.phone' in values
        ? { 'phone_primary.phone': textIn(values, 'phone_primary.phone') }
        : {}),
    };
  },
  beforeUpdate: ({ site }, id, values) => {
    checkSubType(values);
    checkAddresses(values);
    const before = readRow(site, 'Contact', id);
    const changes = (name: string): boolean =>
      name in values && (values[name] ?? null) !== null && before?.[name] !== values[name];
    if (changes('contact_type')) refuse('a change of the contact type');
    const leaves = typeof before?.['employer_id'] === 'number' && 'employer_id' in values;
    if (leaves && values['employer_id'] !== before['employer_id']) refuse('a change of the employer');
    return shownEmail(values);
  },
  afterWrite: (context, id, values, isNew) => {
    writePrimaryEmail(context, id, values);
    writePrimaryPhone(context, id, values);
    writeEmployer(context, id, values);
    const row = readRow(context.site, 'Contact', id);
    if (row === undefined) return;
    updateRow(context.site, 'Contact', id, namesOf(context.site, row));
    // Whose name is taken away is not called by the address, either, until something else is written.
    if (!isNew && losesName(row, values))
      updateRow(context.site, 'Contact', id, { display_name: null, sort_name: null });
    else nameByEmail(context.site, id);
  },
  hidden: (row) => foreignContactFields(row['contact_type']),
  remove: ({ site, caller }, id, useTrash = true) => {
    const isMe = caller.contactId === id;
    const isUser = site.userContacts.has(id);
    // A user account keeps its contact from being deleted for good; nobody deletes himself.
    if (isMe || (!useTrash && isUser)) throw new ApiFailure(`Could not delete Contact id ${String(id)}`);
    if (useTrash) updateRow(site, 'Contact', id, { is_deleted: 1 });
    else {
      deleteActivitiesBy(site, id);
      deleteCasesOf(site, id);
      deleteRow(site, 'Contact', id);
    }
  },
};

const touchContact = (site: Site, contactId: unknown): void => {
  if (typeof contactId === 'number')
    updateRow(site, 'Contact', contactId, { modified_date: site.clock.now() });
};

/** One address of a contact is primary: the first, or the one that was last said to be. */
function settlePrimary(site: Site, table: string, id: number): void {
  const row = site.database.get(`SELECT contact_id, is_primary FROM ${table} WHERE id = ?`, [id]);
  if (row === undefined) return;
  const contactId = row['contact_id'] ?? null;
  const other = site.database.get(
    `SELECT id FROM ${table} WHERE contact_id IS ? AND is_primary = 1 AND id <> ?`,
    [contactId, id],
  );
  if (row['is_primary'] === 1)
    site.database.run(`UPDATE ${table} SET is_primary = 0 WHERE contact_id IS ? AND id <> ?`, [
      contactId,
      id,
    ]);
  else if (other === undefined) site.database.run(`UPDATE ${table} SET is_primary = 1 WHERE id = ?`, [id]);
  touchContact(site, contactId);
}

/** An address that bounces remembers since when. */
function holdOf(site: Site, values: Values): Row {
  const onHold = Number(values['on_hold'] ?? 0);
  return { on_hold: onHold, ...(onHold > 0 ? { hold_date: site.clock.now() } : {}) };
}

function addressRules(entity: 'Email' | 'Phone', table: string): EntityRules {
  return {
    missing: new ApiFailure('ACL check failed', 403),
    beforeCreate: ({ site, caller }, values) => {
      if (!may(caller, 'edit all contacts')) throw new ApiFailure('ACL check failed', 403);
      const contactId = Number(values['contact_id'] ?? 0);
      if (contactId === 0) throw new ApiFailure('ACL check failed', 403);
      const known = site.database.get(`SELECT id FROM ${table} WHERE contact_id = ? AND is_primary = 1`, [
        contactId,
      ]);
      const isPrimary = known === undefined || Number(values['is_primary'] ?? 0) === 1;
      const location = site.database.get('SELECT id FROM civicrm_location_type WHERE is_default = 1');
      return {
        ...('location_type_id' in values ? {} : { location_type_id: location?.['id'] ?? 1 }),
        is_primary: Number(isPrimary),
        ...(entity === 'Email' ? holdOf(site, values) : {}),
        ...(entity === 'Phone' && given(values, 'phone')
          ? { phone_numeric: digitsOf(textIn(values, 'phone')) }
          : {}),
        ...(entity === 'Email' && given(values, 'email')
          ? { email: textIn(values, 'email').trim().toLowerCase() }
          : {}),
      };
    },
    beforeUpdate: ({ site }, id, values) => ({
      // Somebody has to be primary.
      ...(given(values, 'is_primary') &&
      isEmpty(values['is_primary']) &&
      readRow(site, entity, id)?.['is_primary'] === 1
        ? { is_primary: 1 }
        : {}),
      ...(entity === 'Phone'
        ? given(values, 'phone')
          ? { phone_numeric: digitsOf(textIn(values, 'phone')) }
          : {}
        : {
            ...(given(values, 'email') ? { email: textIn(values, 'email').trim().toLowerCase() } : {}),
            ...('on_hold' in values ? holdOf(site, values) : {}),
          }),
    }),
    afterWrite: ({ site }, id) => {
      settlePrimary(site, table, id);
      const row = readRow(site, entity, id);
      if (entity === 'Email' && row?.['is_primary'] === 1) nameByEmail(site, Number(row['contact_id'] ?? 0));
    },
    remove: ({ site }, id) => {
      const row = readRow(site, entity, id);
      site.database.run(`DELETE FROM ${table} WHERE id = ?`, [id]);
      const heir = site.database.get(`SELECT id FROM ${table} WHERE contact_id IS ? ORDER BY id LIMIT 1`, [
        row?.['contact_id'] ?? null,
      ]);
      if (row?.['is_primary'] === 1 && heir !== undefined)
        site.database.run(`UPDATE ${table} SET is_primary = 1 WHERE id = ?`, [heir['id'] ?? null]);
      touchContact(site, row?.['contact_id']);
    },
  };
}

export const emailRules = addressRules('Email', 'civicrm_email');
export const phoneRules = addressRules('Phone', 'civicrm_phone');

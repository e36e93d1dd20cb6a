import type { Row } from '../database.ts';
import { ApiFailure } from '../failure.ts';
import { plainText } from '../query/literal.ts';
import { foreignContactFields } from '../query/output.ts';
import type { Site } from '../site.ts';
import { writePrimary } from './address-rules.ts';
import { losesName, nameByEmail, namesOf, shownNames } from './contact-names.ts';
import { deleteActivitiesBy, deleteCasesOf } from './contact-removal.ts';
import { refreshCache } from './relationship-rules.ts';
import { given, isEmpty, textIn, type EntityRules, type WriteContext } from './rules.ts';
import { deleteRow, insertRow, readRow, updateRow } from './store-row.ts';
import type { Values } from './record.ts';

const HEX = '0123456789abcdef';
const randomHex = (site: Site, length: number): string =>
  Array.from({ length }, () => HEX[Math.floor(site.random() * 16)] ?? '0').join('');

/** Greetings and addressee of a contact type, as option values. */
const GREETINGS: Readonly<Record<string, Row>> = {
  Individual: { email_greeting_id: 1, postal_greeting_id: 1, addressee_id: 1 },
  Household: { email_greeting_id: 5, postal_greeting_id: 5, addressee_id: 2 },
  Organization: { addressee_id: 3 },
};

/** Addresses are answered as they are stored. */
const shownAddresses = (values: Values): Row =>
  Object.fromEntries(
    ['email_primary.email', 'phone_primary.phone']
      .filter((name) => name in values)
      .map((name) => {
        const text = name.startsWith('email') ? textIn(values, name).toLowerCase() : textIn(values, name);
        return [name, text === '' ? null : text];
      }),
  );

const refuse = (what: string): never => {
  throw new ApiFailure(`The sandbox does not know ${what} (in Contact.update).`, 501, 501);
};

/** Contacts of a subtype that the site has are not known; any other does not fit. */
function checkSubType(site: Site, values: Values): void {
  const value = values['contact_sub_type'] ?? null;
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  const isType = (name: unknown): boolean =>
    site.database.get(
      'SELECT id FROM civicrm_contact_type WHERE collate_key(name) = collate_key(?) AND parent_id IS NOT NULL',
      [plainText(name)],
    ) !== undefined;
  if ([value].flat().some(isType)) refuse('contacts of a subtype');
  throw new ApiFailure('The Contact Sub Type does not match the Contact type for this record');
}

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
  missing: () => new ApiFailure('Expected one Contact but found 0'),
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
    checkSubType(site, values);
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
      ...shownAddresses(values),
    };
  },
  beforeUpdate: ({ site }, id, values) => {
    checkSubType(site, values);
    checkAddresses(values);
    const before = readRow(site, 'Contact', id);
    const changes = (name: string): boolean =>
      name in values && (values[name] ?? null) !== null && before?.[name] !== values[name];
    if (changes('contact_type')) refuse('a change of the contact type');
    const leaves = typeof before?.['employer_id'] === 'number' && 'employer_id' in values;
    if (leaves && values['employer_id'] !== before['employer_id']) refuse('a change of the employer');
    return shownAddresses(values);
  },
  afterWrite: (context, id, values, isNew) => {
    const written = readRow(context.site, 'Contact', id);
    // An address that fails leaves a contact who has been named and greeted.
    if (written !== undefined) updateRow(context.site, 'Contact', id, namesOf(context.site, written));
    writePrimary(context, id, 'Email', values);
    writePrimary(context, id, 'Phone', values);
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

import type { Row } from '../database.ts';
import { ApiFailure } from '../failure.ts';
import { plainText } from '../query/literal.ts';
import { tableOf } from '../schema/entity-schema.ts';
import { may, type Site } from '../site.ts';
import { nameByEmail } from './contact-names.ts';
import type { Values } from './record.ts';
import { given, isEmpty, textIn, type EntityRules, type WriteContext } from './rules.ts';
import { insertRow, readRow, updateRow } from './store-row.ts';

const digitsOf = (number: string): string => number.replaceAll(/\D/g, '');

/** The column that holds the address itself, and the columns that it makes. */
const ADDRESSES = {
  Email: {
    name: 'email',
    columns: (text: string): Row => ({ email: text === '' ? null : text.toLowerCase() }),
  },
  Phone: {
    name: 'phone',
    columns: (text: string): Row => ({ phone: text === '' ? null : text, phone_numeric: digitsOf(text) }),
  },
} as const;
type AddressKind = keyof typeof ADDRESSES;

/**
 * `email_primary.email` and `phone_primary.phone` of a contact that is written: null takes the primary address away,
 * an empty text empties it, and is too little for a new one.
 */
export function writePrimary(
  { site }: WriteContext,
  contactId: number,
  kind: AddressKind,
  values: Values,
): void {
  const { name, columns } = ADDRESSES[kind];
  const sent = values[`${name}_primary.${name}`];
  if (sent === undefined) return;
  const table = tableOf(kind);
  const primary = site.database.get(`SELECT id FROM ${table} WHERE contact_id = ? AND is_primary = 1`, [
    contactId,
  ]);
  const id = primary === undefined ? undefined : Number(primary['id']);
  if (sent === null) {
    if (id !== undefined) removeAddress(site, kind, id);
    return;
  }
  const text = plainText(sent);
  if (id !== undefined) {
    updateRow(site, kind, id, columns(text));
    touchContact(site, contactId);
  } else if (text === '')
    throw new ApiFailure(
      `Mandatory values missing from Api4 ${kind}::save: ${name}`,
      500,
      'mandatory_missing',
    );
  else {
    insertRow(site, kind, { ...columns(text), contact_id: contactId, is_primary: 1, location_type_id: 1 });
    touchContact(site, contactId);
  }
}

const touchContact = (site: Site, contactId: unknown): void => {
  if (typeof contactId === 'number')
    updateRow(site, 'Contact', contactId, { modified_date: site.clock.now() });
};

/** Nothing where it should say whether it is primary; an update then leaves its contact without. */
const isUnsaid = (values: Values): boolean => 'is_primary' in values && !given(values, 'is_primary');

/** One address of a contact is primary: the first, or the one that was last said to be. */
function settlePrimary(site: Site, table: string, id: number, isNeeded: boolean): void {
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
  else if (isNeeded && other === undefined)
    site.database.run(`UPDATE ${table} SET is_primary = 1 WHERE id = ?`, [id]);
  touchContact(site, contactId);
}

/** An address that bounces remembers since when, and until when it did. Source: CRM_Core_BAO_Email::holdEmail. */
function holdOf(site: Site, values: Values, row?: Row): Row {
  const onHold = Number(values['on_hold'] ?? 0);
  const [isHeld, wasReset] = ['hold_date', 'reset_date'].map((name) => (row?.[name] ?? null) !== null);
  const now = site.clock.now();
  if (onHold > 0 && isHeld !== true)
    return { on_hold: onHold, hold_date: now, ...(row === undefined ? {} : { reset_date: null }) };
  if (onHold === 0 && isHeld === true && wasReset !== true)
    return { on_hold: onHold, hold_date: null, reset_date: now };
  return { on_hold: onHold };
}

/** Deletes an address; the next one of its contact is primary then. */
function removeAddress(site: Site, kind: AddressKind, id: number): void {
  const table = tableOf(kind);
  const row = readRow(site, kind, id);
  site.database.run(`DELETE FROM ${table} WHERE id = ?`, [id]);
  const heir = site.database.get(`SELECT id FROM ${table} WHERE contact_id IS ? ORDER BY id LIMIT 1`, [
    row?.['contact_id'] ?? null,
  ]);
  if (row?.['is_primary'] === 1 && heir !== undefined)
    site.database.run(`UPDATE ${table} SET is_primary = 1 WHERE id = ?`, [heir['id'] ?? null]);
  touchContact(site, row?.['contact_id']);
}

function addressRules(entity: AddressKind): EntityRules {
  const table = tableOf(entity);
  return {
    shown: (values, row) => (isUnsaid(values) && row['is_primary'] === 0 ? { is_primary: null } : {}),
    missing: () => new ApiFailure('ACL check failed', 403),
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
            ...('on_hold' in values ? holdOf(site, values, readRow(site, entity, id)) : {}),
          }),
    }),
    afterWrite: ({ site }, id, values, isNew) => {
      settlePrimary(site, table, id, isNew || !isUnsaid(values));
      const row = readRow(site, entity, id);
      if (entity === 'Email' && row?.['is_primary'] === 1) nameByEmail(site, Number(row['contact_id'] ?? 0));
    },
    remove: ({ site }, id) => {
      removeAddress(site, entity, id);
    },
  };
}

export const emailRules = addressRules('Email');
export const phoneRules = addressRules('Phone');

import type { JsonValue } from '../../base/json.ts';
import type { Row, SqlValue } from '../database.ts';
import { ApiFailure, unauthorized, unknownToSandbox } from '../failure.ts';
import { decodeMarkup } from '../query/input-value.ts';
import { plainText } from '../query/literal.ts';
import { may, type Site } from '../site.ts';
import { forgetManaged } from './managed-entities.ts';
import { toStored, type Values } from './record.ts';
import { given, isEmpty, textIn, type EntityRules } from './rules.ts';
import { entityNamed, insertRow, nextNumber, readRow, updateRow, useUpId } from './store-row.ts';

const readDay = (site: Site, value: JsonValue): SqlValue => {
  const field = entityNamed('Relationship').fields.get('start_date');
  return field === undefined ? null : toStored(site, field, value);
};

/** The two rows by which a relationship is found from either of its contacts. */
export function refreshCache(site: Site, id: number): void {
  const row = site.database.get(
    `SELECT r.*, t.name_a_b, t.name_b_a FROM civicrm_relationship r JOIN civicrm_relationship_type t ON t.id = r.relationship_type_id
     WHERE r.id = ?`,
    [id],
  );
  if (row === undefined) return;
  const shared: Row = Object.fromEntries(
    ['relationship_type_id', 'is_active', 'start_date', 'end_date', 'case_id'].map((name) => [
      name,
      row[name] ?? null,
    ]),
  );
  const sides = [
    {
      orientation: 'a_b',
      near_contact_id: 'contact_id_a',
      near_relation: 'name_a_b',
      far_contact_id: 'contact_id_b',
      far_relation: 'name_b_a',
    },
    {
      orientation: 'b_a',
      near_contact_id: 'contact_id_b',
      near_relation: 'name_b_a',
      far_contact_id: 'contact_id_a',
      far_relation: 'name_a_b',
    },
  ];
  for (const { orientation, ...columns } of sides) {
    const near: Row = Object.fromEntries(
      Object.entries(columns).map(([name, from]) => [name, row[from] ?? null]),
    );
    const cached = site.database.get(
      'SELECT id FROM civicrm_relationship_cache WHERE relationship_id = ? AND orientation = ?',
      [id, orientation],
    );
    if (cached === undefined)
      insertRow(site, 'RelationshipCache', { ...shared, ...near, orientation, relationship_id: id });
    else {
      updateRow(site, 'RelationshipCache', Number(cached['id']), { ...shared, ...near });
    }
  }
}

const fits = (contact: Row | undefined, type: unknown, subType: unknown): boolean =>
  contact !== undefined &&
  (type === null || type === undefined || contact['contact_type'] === type) &&
  (subType === null ||
    subType === undefined ||
    plainText(contact['contact_sub_type']).includes(`\u0001${plainText(subType)}\u0001`));

function checkContacts(site: Site, a: number, b: number, typeId: number): void {
  const type = readRow(site, 'RelationshipType', typeId);
  if (type !== undefined && (a === 0 || b === 0)) throw new ApiFailure('getFieldValue failed');
  const contactA = readRow(site, 'Contact', a);
  const contactB = readRow(site, 'Contact', b);
  const isOpen = (contact: Row | undefined, wanted: unknown): boolean =>
    contact === undefined && (wanted === null || wanted === undefined);
  if (isOpen(contactA, type?.['contact_type_a']) || isOpen(contactB, type?.['contact_type_b']))
    throw unknownToSandbox('Relationship', 'save', 'a role of a contact that is not there');
  const isValid =
    type !== undefined &&
    fits(contactA, type['contact_type_a'], type['contact_sub_type_a']) &&
    fits(contactB, type['contact_type_b'], type['contact_sub_type_b']);
  if (!isValid) throw new ApiFailure('Invalid Relationship');
}

/** An active relationship of the two, whichever way round; dates and case count only when they are given. */
function checkDuplicate(site: Site, values: Values): void {
  const [a, b, type] = ['contact_id_a', 'contact_id_b', 'relationship_type_id'].map((name) =>
    Number(values[name]),
  );
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  for (const name of ['start_date', 'end_date']) {
    if (!(name in values)) continue;
    conditions.push(` AND ${name} IS ?`);
    parameters.push(readDay(site, values[name] ?? null));
  }
  if (!isEmpty(values['case_id'])) {
    conditions.push(' AND case_id = ?');
    parameters.push(Number(values['case_id']));
  }
  const found = site.database.get(
    `SELECT id FROM civicrm_relationship WHERE relationship_type_id = ? AND is_active = 1
     AND ((contact_id_a = ? AND contact_id_b = ?) OR (contact_id_a = ? AND contact_id_b = ?))${conditions.join('')}`,
    [type ?? 0, a ?? 0, b ?? 0, b ?? 0, a ?? 0, ...parameters],
  );
  if (found !== undefined) throw new ApiFailure('Duplicate Relationship');
}

function checkInteger(values: Values, name: string): void {
  if (given(values, name) && !/^-?\d+$/.test(textIn(values, name)))
    throw new ApiFailure(`One of parameters  (value: ${textIn(values, name)}) is not of the type Integer`);
}

/** Unlike other texts this one keeps the blanks around it. */
const described = (values: Values): string => decodeMarkup(textIn(values, 'description'));

/** Source: CRM/Contact/BAO/Relationship.php. */
export const relationshipRules: EntityRules = {
  // Who may not edit the contacts that are sent is refused before the row is looked for.
  missing: ({ caller }, _id, values) =>
    ['contact_id_a', 'contact_id_b'].some((name) => !isEmpty(values[name])) &&
    !may(caller, 'edit all contacts')
      ? unauthorized('Relationship', 'update')
      : new ApiFailure('getFieldValue failed'),
  beforeCreate: ({ site, caller }, values) => {
    if (!may(caller, 'edit all contacts')) throw unauthorized('Relationship', 'create');
    const [a, b, type] = [
      Number(values['contact_id_a']),
      Number(values['contact_id_b']),
      Number(values['relationship_type_id']),
    ];
    if (Number.isNaN(a) || Number.isNaN(b)) throw new ApiFailure('ACL check failed', 403);
    for (const name of ['relationship_type_id', 'case_id']) checkInteger(values, name);
    checkDuplicate(site, values);
    checkContacts(site, a, b, type);
    const now = site.clock.now();
    return {
      ...('is_active' in values && !given(values, 'is_active') ? { is_active: 0 } : {}),
      is_permission_a_b: 0,
      is_permission_b_a: 0,
      created_date: now,
      modified_date: now,
      description: described(values),
    };
  },
  beforeUpdate: ({ site }, id, values) => {
    const before = readRow(site, 'Relationship', id) ?? {};
    const side = (name: string): number => Number(isEmpty(values[name]) ? before[name] : values[name]);
    const isPlainDisable = 'is_active' in values && isEmpty(values['is_active']);
    if (!isPlainDisable)
      checkContacts(site, side('contact_id_a'), side('contact_id_b'), side('relationship_type_id'));
    return {
      ...('description' in values ? { description: described(values) } : {}),
      // Unless it is said whether it is active, the whole row is saved again, with the date that it had.
      ...('is_active' in values ? {} : { modified_date: before['modified_date'] ?? null }),
      contact_id_a: side('contact_id_a'),
      contact_id_b: side('contact_id_b'),
      relationship_type_id: side('relationship_type_id'),
    };
  },
  afterWrite: ({ site }, id, _values, isNew) => {
    refreshCache(site, id);
    if (isNew) return;
    // The trigger inserts both rows "on duplicate key update", which uses up their ids.
    useUpId(site, 'RelationshipCache');
    useUpId(site, 'RelationshipCache');
  },
  // A date that is taken away is answered as this word, a case as 0.
  shown: (values) => ({
    ...Object.fromEntries(
      ['start_date', 'end_date']
        .filter((name) => name in values && !given(values, name))
        .map((name) => [name, 'NULL']),
    ),
    ...('case_id' in values && !given(values, 'case_id') ? { case_id: 0 } : {}),
    ...('is_active' in values && !given(values, 'is_active') ? { is_active: false } : {}),
  }),
};

/** Source: CRM/Contact/BAO/RelationshipType.php. */
export const relationshipTypeRules: EntityRules = {
  beforeCreate: ({ site }, values) => ({
    // Taken at its word: nothing is no.
    ...('is_active' in values && !given(values, 'is_active') ? { is_active: 0 } : {}),
    ...(given(values, 'label_a_b') ? {} : { label_a_b: textIn(values, 'name_a_b') }),
    ...(given(values, 'label_b_a') ? {} : { label_b_a: textIn(values, 'name_b_a') }),
    ...(given(values, 'weight') ? {} : { weight: nextNumber(site, 'RelationshipType', 'weight', {}) }),
  }),
  shown: (values) => ('is_active' in values && !given(values, 'is_active') ? { is_active: null } : {}),
  afterWrite: ({ site }, id) => {
    site.options.forget();
    for (const row of site.database.all(
      'SELECT id FROM civicrm_relationship WHERE relationship_type_id = ?',
      [id],
    )) {
      refreshCache(site, Number(row['id']));
    }
  },
  beforeDelete: ({ site }, id) => {
    forgetManaged(site, 'RelationshipType', id);
  },
  afterDelete: ({ site }) => {
    site.options.forget();
  },
};

import { createHash } from 'node:crypto';
import { quoteName, type Row, type SqlValue } from '../database.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import { ENTITIES } from '../schema/entity-schema.ts';
import { plainText } from '../query/literal.ts';
import type { Site } from '../site.ts';
import { casesOf, touchCases } from './filing.ts';
import { customStored } from './custom-values.ts';
import type { Values } from './record.ts';
import { given, textIn, type EntityRules } from './rules.ts';
import { insertRow, munge, nextNumber, readRow, updateRow } from './store-row.ts';

const EXTENDED_BY: Readonly<Record<string, string>> = {
  Individual: 'Contact',
  Organization: 'Contact',
  Household: 'Contact',
};

const forget = ({ site }: { readonly site: Site }): void => {
  site.custom.forget();
  site.options.forget();
};

/** Source: CRM/Core/BAO/CustomGroup.php. The values of a group live in a table of their own. */
export const customGroupRules: EntityRules = {
  beforeCreate: ({ site, caller }, values) => {
    const name = given(values, 'name') ? textIn(values, 'name') : munge(textIn(values, 'title'));
    const id = nextNumber(site, 'CustomGroup', 'id', {});
    if ('extends' in values && !given(values, 'extends'))
      throw unknownToSandbox('CustomGroup', 'create', 'a group that extends nothing');
    const entity = given(values, 'extends') ? textIn(values, 'extends') : 'Contact';
    if (!ENTITIES.has(EXTENDED_BY[entity] ?? entity)) {
      throw new ApiFailure(
        `The sandbox does not know custom groups that extend ${entity} (in CustomGroup.create).`,
        501,
        501,
      );
    }
    if (values['is_multiple'] === true) {
      throw new ApiFailure(
        'The sandbox does not know custom groups of several records (in CustomGroup.create).',
        501,
        501,
      );
    }
    return {
      name,
      extends: entity,
      style: given(values, 'style') ? textIn(values, 'style') : 'Inline',
      ...('weight' in values ? {} : { weight: nextNumber(site, 'CustomGroup', 'weight', {}) }),
      table_name: `civicrm_value_${munge(textIn(values, 'title'), 13).toLowerCase()}_${String(id)}`,
      created_id: caller.contactId,
      created_date: site.clock.now(),
    };
  },
  afterWrite: (context, id, _values, isNew) => {
    const { site } = context;
    if (isNew) {
      const row = readRow(site, 'CustomGroup', id);
      const entity = EXTENDED_BY[String(row?.['extends'])] ?? String(row?.['extends']);
      const owner = ENTITIES.get(entity)?.table ?? '';
      site.database.execute(
        `CREATE TABLE ${quoteName(String(row?.['table_name']))} (id INTEGER PRIMARY KEY AUTOINCREMENT,
         entity_id INTEGER NOT NULL UNIQUE REFERENCES ${quoteName(owner)} (id) ON DELETE CASCADE)`,
      );
    }
    forget(context);
  },
  beforeDelete: ({ site }, id) => {
    const fields = site.database.get(
      'SELECT count(*) AS n FROM civicrm_custom_field WHERE custom_group_id = ?',
      [id],
    );
    const table = readRow(site, 'CustomGroup', id)?.['table_name'];
    if (Number(fields?.['n'] ?? 0) > 0)
      site.database.run('DELETE FROM civicrm_custom_field WHERE custom_group_id = ?', [id]);
    site.database.execute(`DROP TABLE IF EXISTS ${quoteName(String(table))}`);
  },
  afterDelete: forget,
};

const COLUMN_TYPES: Readonly<Record<string, string>> = {
  Int: 'INTEGER',
  Boolean: 'INTEGER',
  ContactReference: 'INTEGER',
  Float: 'REAL',
  Money: 'REAL',
};

/** A name made of a label. Source: CRM_Utils_String::titleToVar. */
function titleToVar(title: string): string {
  const name = munge(title, 31);
  return name.length > 1 ? name : createHash('md5').update(title).digest('hex').slice(0, 31);
}

function createOptions(site: Site, values: Values, group: Row | undefined): SqlValue {
  const list = values['option_values'];
  if (typeof list !== 'object' || list === null) return null;
  const label = textIn(values, 'label');
  const groupId = insertRow(site, 'OptionGroup', {
    name: `${munge(String(group?.['name'] ?? '')).toLowerCase()}_${munge(given(values, 'name') ? textIn(values, 'name') : label)}`,
    title: `${String(group?.['title'])} :: ${label}`,
    data_type: textIn(values, 'data_type') || 'String',
    is_reserved: 1,
  });
  const items: readonly (readonly [string, unknown])[] = Array.isArray(list)
    ? list.map((item, index) => [String(index), item] as const)
    : Object.entries(list);
  items.forEach(([key, item], index) => {
    const option = (typeof item === 'object' && item !== null ? item : { id: key, label: item }) as Record<
      string,
      SqlValue
    >;
    const text = String(option['label'] ?? '');
    insertRow(site, 'OptionValue', {
      option_group_id: groupId,
      value: String(option['id'] ?? option['value'] ?? key),
      name: String(option['name'] ?? titleToVar(text)),
      label: text,
      weight: index + 1,
      is_active: 1,
    });
  });
  return groupId;
}

/** Which data types an input has; a mark says that it always keeps a list. Source: CRM_Core_SelectValues. */
const INPUTS: Readonly<Record<string, string>> = {
  Text: 'String Int Float Money',
  TextArea: 'Memo',
  Select: 'String Int Float Money StateProvince Country Currency',
  Toggle: 'Boolean',
  Radio: 'String Int Float Money Boolean',
  CheckBox: 'String Int',
  'Select Date': 'Date',
  File: 'File',
  RichTextEditor: 'Memo',
  'Autocomplete-Select': 'String Int ContactReference EntityReference',
  Link: 'Link',
  Hidden: 'String Int Float Money',
};

const UNKNOWN_TYPES = new Set(['StateProvince', 'Country', 'Currency', 'File', 'EntityReference']);

function checkKind(dataType: string, htmlType: string, values: Values): void {
  const types = INPUTS[htmlType];
  if (types === undefined) throw new ApiFailure(`Invalid html_type "${htmlType}".`);
  if (!types.split(' ').includes(dataType))
    throw new ApiFailure(`Incompatible html_type "${htmlType}" with data_type "${dataType}".`);
  const hasOptions = given(values, 'option_values') || given(values, 'option_group_id');
  const isFraction = dataType === 'Money' || dataType === 'Float';
  if (UNKNOWN_TYPES.has(dataType) || (isFraction && hasOptions)) {
    const what = hasOptions ? `options of the data type ${dataType}` : `the data type ${dataType}`;
    throw unknownToSandbox('CustomField', 'create', what);
  }
}

const isUnnamed = (values: Values): boolean => 'name' in values && !given(values, 'name');

/** Source: CRM/Core/BAO/CustomField.php. */
export const customFieldRules: EntityRules = {
  shown: (values) => (isUnnamed(values) ? { name: null } : {}),
  missing: () => new ApiFailure('Invalid html_type "null".'),
  beforeCreate: ({ site }, values) => {
    const groupId = plainText(values['custom_group_id']);
    if (!/^\d+$/.test(groupId))
      throw new ApiFailure(`One of the parameters  (value: ${groupId}) is not of the type Int`);
    const group = readRow(site, 'CustomGroup', Number(values['custom_group_id']));
    if (group === undefined) throw new ApiFailure('DB Error: constraint violation');
    const label = textIn(values, 'label');
    // A name that is sent and is nothing is stored as the word for nothing.
    const name = isUnnamed(values)
      ? 'null'
      : given(values, 'name')
        ? munge(textIn(values, 'name'))
        : munge(label);
    const dataType = given(values, 'data_type') ? textIn(values, 'data_type') : 'String';
    const htmlType = given(values, 'html_type') ? textIn(values, 'html_type') : 'Text';
    if ('html_type' in values && !given(values, 'html_type')) throw new ApiFailure('Invalid html_type "".');
    // A data type that is sent and is nothing fits no input.
    checkKind('data_type' in values ? textIn(values, 'data_type') : dataType, htmlType, values);
    const clash = site.database.get(
      'SELECT id FROM civicrm_custom_field WHERE custom_group_id = ? AND (collate_key(name) = collate_key(?) OR collate_key(label) = collate_key(?))',
      [group['id'] ?? null, name, label],
    );
    if (clash !== undefined) throw new ApiFailure('DB Error: already exists');
    const id = nextNumber(site, 'CustomField', 'id', {});
    const options = given(values, 'option_group_id')
      ? Number(values['option_group_id'])
      : createOptions(site, values, group);
    return {
      name,
      column_name: `${munge(label, 32).toLowerCase()}_${String(id)}`,
      weight: given(values, 'weight')
        ? Number(values['weight'])
        : nextNumber(site, 'CustomField', 'weight', { custom_group_id: group['id'] ?? null }),
      data_type: dataType,
      html_type: htmlType,
      ...(dataType === 'Memo' && !given(values, 'attributes') ? { attributes: 'rows=4, cols=60' } : {}),
      ...(dataType === 'Date' && !given(values, 'date_format') ? { date_format: 'mm/dd/yy' } : {}),
      ...(options === null ? {} : { option_group_id: options }),
      serialize: htmlType === 'CheckBox' ? 1 : Number(values['serialize'] ?? 0),
    };
  },
  afterWrite: (context, id, _values, isNew) => {
    const { site } = context;
    if (isNew) {
      const row = readRow(site, 'CustomField', id);
      const table = quoteName(
        String(readRow(site, 'CustomGroup', Number(row?.['custom_group_id']))?.['table_name']),
      );
      const column = String(row?.['column_name']);
      const type = COLUMN_TYPES[String(row?.['data_type'])] ?? 'TEXT';
      site.database.execute(`ALTER TABLE ${table} ADD COLUMN ${quoteName(column)} ${type}`);
      const key = type === 'TEXT' ? `collate_key(${quoteName(column)})` : quoteName(column);
      site.database.execute(`CREATE INDEX ${quoteName(`index_${column}`)} ON ${table} (${key})`);
    }
    forget(context);
  },
  beforeDelete: ({ site }, id) => {
    const row = readRow(site, 'CustomField', id);
    const table = readRow(site, 'CustomGroup', Number(row?.['custom_group_id']))?.['table_name'];
    const column = String(row?.['column_name']);
    site.database.execute(`DROP INDEX IF EXISTS ${quoteName(`index_${column}`)}`);
    site.database.execute(`ALTER TABLE ${quoteName(String(table))} DROP COLUMN ${quoteName(column)}`);
  },
  afterDelete: forget,
};

/** Stores the custom values of a record; they move the record's modified_date, an activity's also that of its case. */
export function writeCustomValues(site: Site, entity: string, id: number, values: Values): void {
  const byTable = new Map<string, Row>();
  for (const field of site.custom.of(entity).values()) {
    if (field.custom === undefined || !(field.name in values)) continue;
    const { table, column } = field.custom;
    const row = byTable.get(table) ?? {};
    row[column] = customStored(site, field, values[field.name] ?? null);
    byTable.set(table, row);
  }
  for (const [table, row] of byTable) {
    const names = Object.keys(row);
    const columns = names.map(quoteName);
    site.database.run(
      `INSERT INTO ${quoteName(table)} (entity_id, ${columns.join(', ')}) VALUES (?, ${names.map(() => '?').join(', ')})
       ON CONFLICT (entity_id) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      [id, ...Object.values(row)],
    );
  }
  if (byTable.size === 0) return;
  if (ENTITIES.get(entity)?.fields.has('modified_date') === true)
    updateRow(site, entity, id, { modified_date: site.clock.now() });
  if (entity === 'Activity') touchCases(site, casesOf(site, id));
}

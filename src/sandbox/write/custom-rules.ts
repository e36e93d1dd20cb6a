import { quoteName, type Row, type SqlValue } from '../database.ts';
import { ApiFailure } from '../failure.ts';
import { ENTITIES } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import { touchCases, casesOf } from './activity-rules.ts';
import { toStored, type Values } from './record.ts';
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
      weight: nextNumber(site, 'CustomGroup', 'weight', {}),
      table_name: `civicrm_value_${munge(name).toLowerCase()}_${String(id)}`,
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
    ? list.map((item, index) => [String(index + 1), item] as const)
    : Object.entries(list);
  items.forEach(([key, item], index) => {
    const option = (
      typeof item === 'object' && item !== null ? item : { id: key, name: key, label: item }
    ) as Record<string, SqlValue>;
    const text = String(option['label'] ?? '');
    insertRow(site, 'OptionValue', {
      option_group_id: groupId,
      value: String(option['id'] ?? option['value'] ?? key),
      name: String(option['name'] ?? munge(text)),
      label: text,
      weight: index + 1,
      is_active: 1,
    });
  });
  return groupId;
}

/** Source: CRM/Core/BAO/CustomField.php. */
export const customFieldRules: EntityRules = {
  missing: new ApiFailure('Invalid html_type "null".'),
  beforeCreate: ({ site }, values) => {
    const group = readRow(site, 'CustomGroup', Number(values['custom_group_id']));
    if (group === undefined) throw new ApiFailure('DB Error: constraint violation');
    const label = textIn(values, 'label');
    const name = given(values, 'name') ? munge(textIn(values, 'name')) : munge(label);
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
      column_name: `${munge(name, 58).toLowerCase()}_${String(id)}`,
      weight: given(values, 'weight')
        ? Number(values['weight'])
        : nextNumber(site, 'CustomField', 'weight', { custom_group_id: group['id'] ?? null }),
      data_type: given(values, 'data_type') ? textIn(values, 'data_type') : 'String',
      html_type: given(values, 'html_type') ? textIn(values, 'html_type') : 'Text',
      ...(options === null ? {} : { option_group_id: options }),
      serialize: Number(values['serialize'] ?? 0),
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
  afterDelete: forget,
};

/** Stores the custom values of a record; they move the record's modified_date, an activity's also that of its case. */
export function writeCustomValues(site: Site, entity: string, id: number, values: Values): void {
  const byTable = new Map<string, Row>();
  for (const field of site.custom.of(entity).values()) {
    if (field.custom === undefined || !(field.name in values)) continue;
    const { table, column } = field.custom;
    const row = byTable.get(table) ?? {};
    row[column] = toStored(site, field, values[field.name] ?? null);
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

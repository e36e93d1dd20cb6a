import type { SiteDatabase } from './database.ts';
import type { DataType, Field, OptionSource } from './schema/entity-schema.ts';
import type { CustomFields } from './site.ts';

/** Data types of custom fields, in the words of getFields. */
const DATA_TYPES: Readonly<Record<string, DataType>> = {
  String: 'String',
  Int: 'Integer',
  Float: 'Float',
  Money: 'Float',
  Memo: 'Text',
  Date: 'Timestamp',
  Boolean: 'Boolean',
  Link: 'String',
  ContactReference: 'Integer',
};

const LINK_LENGTH = 2047;

const CONTACT_TYPES = new Set(['Contact', 'Individual', 'Organization', 'Household']);

function inputTypeOf(row: Readonly<Record<string, unknown>>): string {
  if (row['html_type'] === 'Select Date') return 'Date';
  const isNumber = row['data_type'] === 'Int' || row['data_type'] === 'Float';
  return isNumber && row['html_type'] === 'Text' ? 'Number' : String(row['html_type']);
}

function toField(entity: string, row: Readonly<Record<string, unknown>>): Field {
  const dataType = DATA_TYPES[String(row['data_type'])] ?? 'String';
  const isDateOnly =
    dataType === 'Timestamp' && (row['time_format'] === null || row['time_format'] === undefined);
  const options: OptionSource | undefined =
    typeof row['option_group_name'] === 'string'
      ? { kind: 'group', group: row['option_group_name'] }
      : row['data_type'] === 'Boolean'
        ? { kind: 'list', list: 'yes_or_no' }
        : undefined;
  return {
    name: `${String(row['group_name'])}.${String(row['name'])}`,
    entity,
    type: 'Custom',
    dataType: isDateOnly ? 'Date' : dataType,
    nullable: true,
    required: false,
    requiredOnGet: false,
    readonly: row['is_view'] === 1,
    ...(row['serialize'] === 1 ? { serialize: 1 } : {}),
    ...(row['data_type'] === 'ContactReference' ? { fkEntity: 'Contact' } : {}),
    ...(options === undefined ? {} : { options }),
    inputType: inputTypeOf(row),
    title: String(row['label']),
    label: `${String(row['group_title'])}: ${String(row['label'])}`,
    custom: {
      id: Number(row['id']),
      dataType: String(row['data_type']),
      length:
        row['data_type'] === 'String' || row['data_type'] === 'Link'
          ? Number(row['text_length'] ?? 255)
          : LINK_LENGTH,
      group: String(row['group_name']),
      table: String(row['table_name']),
      column: String(row['column_name']),
    },
  };
}

/** The active custom fields of a site. Groups of several records per row are not for paths and are left out. */
export function createCustomFields(database: SiteDatabase): CustomFields {
  const kept = new Map<string, ReadonlyMap<string, Field>>();
  return {
    of: (entity) => {
      const known = kept.get(entity);
      if (known !== undefined) return known;
      const rows = database.all(
        `SELECT f.*, g.name AS group_name, g.title AS group_title, g.table_name, g.extends, o.name AS option_group_name
         FROM civicrm_custom_field f JOIN civicrm_custom_group g ON g.id = f.custom_group_id
         LEFT JOIN civicrm_option_group o ON o.id = f.option_group_id
         WHERE f.is_active = 1 AND g.is_active = 1 AND g.is_multiple = 0 ORDER BY g.weight, g.id, f.weight, f.id`,
      );
      const own = rows.filter(
        (row) =>
          row['extends'] === entity || (entity === 'Contact' && CONTACT_TYPES.has(String(row['extends']))),
      );
      const fields = new Map(own.map((row) => toField(entity, row)).map((field) => [field.name, field]));
      kept.set(entity, fields);
      return fields;
    },
    forget: () => {
      kept.clear();
    },
  };
}

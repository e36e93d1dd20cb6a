import { ApiFailure, unknownToSandbox } from '../failure.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { SqlValue } from '../database.ts';
import type { Option } from '../options.ts';
import type { DataType, Field } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import { readDefinition } from '../case-types.ts';
import { CONTROLS, offeredOptions } from '../offered-options.ts';
import { LIST_SEPARATOR } from './render.ts';

/** How one column of a result is turned into what the API answers. */
export interface Column {
  readonly alias: string;
  readonly dataType: DataType | undefined;
  /** The field behind it, when the column shows one. */
  readonly field?: Field;
  readonly suffix?: string;
  /** Whether the column came from a function that hands lists on as lists. */
  readonly list?: boolean;
}

const BOOKEND = '\u0001';
/** How a list is stored, by core's numbers: the others have a bookend on both sides too. */
const [TRIMMED, COMMAS] = [2, 5];

/** The members of a stored list. */
function splitList(text: string, serialize: number): readonly string[] {
  const separator = serialize === COMMAS ? ',' : BOOKEND;
  return text.split(separator).filter((part) => part !== '');
}

/** A list as its column stores it, or null for an empty one. */
export function joinList(items: readonly (string | number)[], serialize: number): string | null {
  if (items.length === 0) return serialize === TRIMMED ? '' : null;
  if (serialize === COMMAS) return items.join(',');
  const text = items.join(BOOKEND);
  return serialize === TRIMMED ? text : `${BOOKEND}${text}${BOOKEND}`;
}

function convert(value: SqlValue, dataType: DataType | undefined): JsonValue {
  if (value === null) return null;
  switch (dataType) {
    case 'Boolean':
      return value !== 0 && value !== '0' && value !== '';
    case 'Integer':
      return typeof value === 'number' ? Math.trunc(value) : Number.parseInt(value, 10) || 0;
    case 'Float':
      return Number(value);
    case 'Date':
      return String(value).slice(0, 10);
    case 'String':
    case 'Text':
    case 'Timestamp':
    case 'Array':
    case 'Blob':
      return String(value);
    case undefined:
      return value;
    default:
      return dataType satisfies never;
  }
}

const optionText = (options: readonly Option[], suffix: string, value: SqlValue): JsonValue => {
  const option = options.find((one) => String(one.id) === String(value));
  return option?.[suffix as keyof Option] ?? null;
};

/** Fields that a contact of another type does not show, once its type is known. */
const ONLY_FOR: Readonly<Record<string, string>> = Object.fromEntries([
  ...['organization_name', 'legal_name', 'sic_code'].map((name) => [name, 'Organization']),
  ...['household_name', 'primary_contact_id'].map((name) => [name, 'Household']),
  ...'first_name middle_name last_name prefix_id suffix_id formal_title job_title gender_id birth_date employer_id'
    .split(' ')
    .map((name) => [name, 'Individual']),
]) as Record<string, string>;

/** The fields that a contact of this type does not show. */
export const foreignContactFields = (type: unknown): readonly string[] =>
  Object.keys(ONLY_FOR).filter((name) => ONLY_FOR[name] !== type);

function dropForeignContactFields(
  stored: Readonly<Record<string, SqlValue>>,
  row: Record<string, JsonValue>,
  columns: readonly Column[],
): void {
  for (const column of columns) {
    if (column.field?.entity !== 'Contact' || column.field.name !== 'contact_type') continue;
    const type = stored[column.alias];
    if (typeof type !== 'string') continue;
    const prefix = column.alias.slice(0, column.alias.lastIndexOf('contact_type'));
    for (const alias of Object.keys(row)) {
      const name = alias.startsWith(prefix) ? alias.slice(prefix.length).split(':')[0] : undefined;
      const owner = name === undefined ? undefined : ONLY_FOR[name];
      if (owner !== undefined && owner !== type) Reflect.deleteProperty(row, alias);
    }
  }
}

/** Whether the options of a field depend on other values of the row, where those are selected too. */
const isControlled = (field: Field | undefined): field is Field =>
  (field?.entity === 'EntityTag' && field.name === 'tag_id') ||
  (field?.entity === 'Case' && field.name === 'status_id');

/**
 * Rows of the store as the API answers them: types, lists, option texts, case-type definitions.
 *
 * Source: Civi\Api4\Utils\FormattingUtil::formatOutputValues.
 */
export function formatRows(
  site: Site,
  rows: readonly Readonly<Record<string, SqlValue>>[],
  columns: readonly Column[],
): JsonObject[] {
  const withType = columns.some(
    (column) => column.field?.entity === 'Contact' && column.field.name === 'contact_type',
  );
  const plans = columns.map((column) => {
    const { field, suffix } = column;
    const isOffered =
      suffix === 'name' ||
      suffix === 'label' ||
      (field !== undefined && site.options.suffixesOf(field)?.includes(suffix ?? '') === true);
    const show = (value: SqlValue): JsonValue => {
      if (suffix === undefined || field === undefined) return convert(value, column.dataType);
      // Where there is no value core does not ask for the options, and so does not keep them either.
      if (value === null) return null;
      const options = site.options.of(field);
      if (options === undefined && field.inputType === 'Select')
        throw unknownToSandbox(field.entity, 'get', `the options of ${field.name}`);
      if (options === undefined) throw new ApiFailure(`No option list found for '${field.name}'`);
      return isOffered ? optionText(options, suffix, value) : null;
    };
    const split =
      column.list === true
        ? (text: string): readonly string[] =>
            text.split(LIST_SEPARATOR).map((part) => part.replaceAll('\u0002', ','))
        : field?.serialize === undefined
          ? undefined
          : (text: string): readonly string[] => splitList(text, field.serialize ?? 1);
    return { column, show, split, isOffered };
  });
  return rows.map((row) => {
    const answer: Record<string, JsonValue> = {};
    for (const { column, show, split, isOffered } of plans) {
      const value = row[column.alias] ?? null;
      if (column.field?.entity === 'CaseType' && column.field.name === 'definition') {
        answer[column.alias] = readDefinition(value, site.facts.fileDefinitions);
      } else if (value !== null && column.suffix !== undefined && isOffered && isControlled(column.field)) {
        const prefix = column.alias.slice(0, column.alias.lastIndexOf(column.field.name));
        const beside = Object.fromEntries(CONTROLS.map((name) => [name, row[`${prefix}${name}`]]));
        answer[column.alias] = optionText(
          offeredOptions(site, column.field, beside) ?? [],
          column.suffix,
          value,
        );
      } else if (split !== undefined && value !== null) {
        const items = split(String(value)).map(show);
        // A value that is no option of a list has no name there.
        answer[column.alias] = column.suffix === undefined ? items : items.filter((item) => item !== null);
      } else answer[column.alias] = show(value);
    }
    if (withType) dropForeignContactFields(row, answer, columns);
    return answer;
  });
}

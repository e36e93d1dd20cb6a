import type { JsonObject, JsonValue } from '../../base/json.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import { PhpCrash } from '../php-crash.ts';
import { readPhpDate } from '../php-date.ts';
import {
  contactOf,
  decodeMarkup,
  isContactReference,
  valueOfOption,
  type InputValue,
  type Scalar,
} from '../query/input-value.ts';
import { leadingNumber, plainText } from '../query/literal.ts';
import { joinList } from '../query/output.ts';
import { splitSuffix } from '../query/paths.ts';
import { quoteName, type Row, type SqlValue } from '../database.ts';
import { ENTITIES, type EntitySchema, type Field } from '../schema/entity-schema.ts';
import { UNIQUE_KEYS } from '../schema/keys.ts';
import type { Caller, Site } from '../site.ts';

/** A record on its way into the store: what was sent, names resolved to values, by field name. */
export type Values = Record<string, JsonValue>;

/** Fields that keep their angle brackets; elsewhere `&lt;` reads back as `<`. */
const RICH = new Set([
  'details',
  'definition',
  'note',
  'help_pre',
  'help_post',
  'signature_html',
  'signature_text',
]);

const writableField = (site: Site, entity: EntitySchema, name: string): Field | undefined => {
  const field = entity.fields.get(name) ?? site.custom.of(entity.name).get(name);
  return field?.only === 'get' ? undefined : field;
};

/** `option_group_id.name` looks the row up; there must be exactly one. */
function lookUpKey(
  site: Site,
  entity: EntitySchema,
  path: string,
  value: JsonValue,
): readonly [string, JsonValue] | undefined {
  const [name = '', column = ''] = path.split('.');
  const field = entity.fields.get(name);
  if (
    field?.type !== 'Field' ||
    field.fkEntity === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  )
    return undefined;
  const target = ENTITIES.get(field.fkEntity);
  if (target === undefined)
    throw new ApiFailure(
      `The sandbox does not know the entity ${field.fkEntity} (in ${entity.name}).`,
      501,
      501,
    );
  if (Array.isArray(value)) throw new PhpCrash(`A list for ${path}`);
  const isUnique =
    column === 'name' ||
    (UNIQUE_KEYS[target.name] ?? []).some((key) => key.length === 1 && key[0] === column);
  if (!isUnique) throw new ApiFailure(`No unique index on ${target.name}.${column}`);
  const rows = site.database.all(
    `SELECT id FROM ${quoteName(target.table)} WHERE collate_key(${quoteName(column)}) = collate_key(?)`,
    [plainText(value)],
  );
  if (rows.length !== 1) {
    throw new ApiFailure(
      `Expected to find one ${target.name} record, but there were ${rows.length === 0 ? 'zero' : 'multiple'}.`,
    );
  }
  return [name, Number(rows[0]?.['id'])];
}

/**
 * What was sent with option names turned into stored values and keys looked up. An unknown option name becomes
 * null in silence.
 */
export function resolveNames(site: Site, caller: Caller, entity: EntitySchema, sent: JsonObject): Values {
  const values: Values = {};
  const isControlled = (key: string): boolean => /^(?:status_id|tag_id):/.test(key);
  // What decides over other lists comes first.
  const entries = Object.entries(sent).toSorted(
    ([left], [right]) => Number(isControlled(left)) - Number(isControlled(right)),
  );
  for (const [key, value] of entries) {
    const { path, suffix } = splitSuffix(key);
    const field = writableField(site, entity, path);
    if (suffix !== undefined && field !== undefined) {
      values[path] = valueOfOption(site, field, suffix, value as InputValue, {
        isWrite: true,
        beside: values,
      });
    } else if (field === undefined && key.split('.').length === 2) {
      const found = lookUpKey(site, entity, key, value);
      if (found === undefined) values[key] = value;
      else values[found[0]] = found[1];
    } else if (field !== undefined && isContactReference(field) && typeof value === 'string') {
      values[key] = contactOf(caller, value);
    } else values[key] = value;
  }
  return values;
}

const shorten = (text: string, length = Infinity): string => {
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length - 3).join('')}...` : text;
};

const outOfRange = (): ApiFailure => new ApiFailure('DB Error: unknown error');

/** How a list with commas is called in core's numbers. */
const COMMAS = 5;
const TEXT_BYTES = 65_535;
const isOneLine = (field: Field): boolean => field.dataType === 'Text' && field.inputType === 'Text';
const isLong = (field: Field): boolean => field.entity === 'Activity' && field.name === 'details';

const MOST_UNSIGNED = 4_294_967_295;
const SIGNED = new Set(['weight', 'filter']);

/** As MariaDB rounds a fraction and refuses what its unsigned columns cannot hold. */
function wholeNumber(field: Field, number: number): number {
  const whole = Math.round(number);
  if (whole > MOST_UNSIGNED || (whole < 0 && !SIGNED.has(field.name))) throw outOfRange();
  return whole;
}

/** Only a list with commas may hold a value twice. */
function membersOf({ serialize }: Field, items: readonly Scalar[]): readonly string[] {
  const texts = items.map((item) => String(item));
  return serialize === COMMAS ? texts : [...new Set(texts)];
}

/** A sent value as its column stores it; dates that cannot be read are 1970. */
export function toStored(site: Site, field: Field, value: JsonValue): SqlValue {
  if (value === null || value === '') return null;
  if (field.serialize !== undefined) {
    const items = (Array.isArray(value) ? value : [value]) as readonly Scalar[];
    return joinList(membersOf(field, items), field.serialize);
  }
  const scalar = Array.isArray(value) ? null : typeof value === 'object' ? JSON.stringify(value) : value;
  if (scalar === null) return null;
  switch (field.dataType) {
    case 'Boolean':
      return scalar === true || (typeof scalar !== 'boolean' && leadingNumber(String(scalar)) !== 0) ? 1 : 0;
    case 'Integer':
      return scalar === true ? 1 : scalar === false ? 0 : wholeNumber(field, leadingNumber(String(scalar)));
    case 'Float':
      return leadingNumber(String(scalar));
    case 'Timestamp':
      return scalar === 0 ? null : readPhpDate(scalar, site.clock);
    case 'Date':
      return readPhpDate(scalar, site.clock).slice(0, 10);
    case 'String':
    case 'Text':
    case 'Array':
    case 'Blob': {
      const text = scalar === true ? '1' : scalar === false ? '' : String(scalar);
      const trimmed = field.dataType === 'String' || isOneLine(field) ? text.trim() : text;
      if (trimmed === '') return field.nullable ? null : '';
      if (field.dataType === 'Text' && !isLong(field) && Buffer.byteLength(text) > TEXT_BYTES)
        throw outOfRange();
      // Core keeps the word for nothing out of its columns.
      if (trimmed === 'null') return 'Null';
      return RICH.has(field.name) ? text : shorten(decodeMarkup(trimmed), field.maxLength);
    }
    default:
      return field.dataType satisfies never;
  }
}

/** What PHP and MariaDB make of these, each field in its own way, is not known. */
function isNonsense(field: Field, value: JsonValue): boolean {
  if (Array.isArray(value)) return field.serialize === undefined && field.dataType !== 'Blob';
  if (typeof value === 'number' && field.dataType === 'Boolean') return value !== 0 && value !== 1;
  if (typeof value === 'boolean' || value === 0)
    return !['Boolean', 'Integer', 'Float'].includes(field.dataType);
  if (typeof value !== 'string' || value === '') return false;
  return field.dataType === 'Boolean' && !/^[01]$/.test(value);
}

/** The columns of a record that the store keeps, by name. */
export function toColumns(site: Site, entity: EntitySchema, values: Values): Row {
  const columns: Row = {};
  for (const [name, value] of Object.entries(values)) {
    const field = entity.fields.get(name);
    if (field?.type !== 'Field' || field.only !== undefined || name === 'id') continue;
    if (isNonsense(field, value)) throw unknownToSandbox(entity.name, 'save', `such a value of ${name}`);
    columns[name] = toStored(site, field, value);
  }
  return columns;
}

/** A stored date as the answer of a write shows it: without marks. */
const compact = (value: SqlValue): SqlValue =>
  typeof value === 'string' ? value.replaceAll(/[-: ]/g, '') : value;

/** A row as it is stored, without what is null. */
function storedRow(site: Site, entity: EntitySchema, id: number): JsonObject {
  const row = site.database.get(`SELECT * FROM ${quoteName(entity.table)} WHERE id = ?`, [id]) ?? {};
  const shown = [...entity.fields.values()].flatMap(({ name, dataType }) => {
    const value = row[name] ?? null;
    return value === null ? [] : [[name, dataType === 'Boolean' ? value !== 0 : value] as const];
  });
  return Object.fromEntries(shown);
}

/** A fraction is rounded by the column and cut in the answer. */
const shownNumber = (field: Field, sent: JsonValue, stored: SqlValue): SqlValue =>
  field.dataType === 'Integer' && typeof stored === 'number' && typeof sent !== 'boolean'
    ? Math.trunc(leadingNumber(plainText(sent)))
    : stored;

const listed = (value: SqlValue): JsonValue => (typeof value === 'string' ? value.split(',') : null);

/**
 * The answer to a write: what was sent and what the writing added, not what is stored. Calculated and custom
 * fields are null, dates have no marks.
 */
export function answerOf(site: Site, entity: EntitySchema, id: number, sent: Values, added: Row): JsonObject {
  const answer: Record<string, JsonValue> = { id };
  const stored =
    entity.name === 'Case' && site.facts.caseAnswer === 'stored row' ? storedRow(site, entity, id) : {};
  const show = (field: Field, value: SqlValue): JsonValue => {
    if (value === null) return null;
    if (field.dataType === 'Boolean') return value !== 0;
    // Only contacts show their dates with marks.
    if (field.dataType === 'Timestamp' || (field.dataType === 'Date' && entity.name !== 'Contact'))
      return compact(value);
    return value;
  };
  for (const field of entity.fields.values()) {
    if (field.name === 'id') continue;
    const isSent = field.name in sent;
    const extra = added[field.name];
    if (field.type === 'Field' && field.only === undefined) {
      if (isSent && extra === undefined) {
        const value = sent[field.name] ?? null;
        answer[field.name] =
          field.serialize === undefined
            ? typeof value === 'number' && (field.dataType === 'String' || field.dataType === 'Text')
              ? value
              : show(field, shownNumber(field, value, toStored(site, field, value)))
            : field.serialize === COMMAS
              ? listed(toStored(site, field, value))
              : Array.isArray(value)
                ? [...membersOf(field, value as readonly Scalar[])]
                : value;
      } else if (extra !== undefined)
        answer[field.name] = field.serialize === COMMAS ? listed(extra) : show(field, extra);
    } else if (isSent)
      answer[field.name] = field.name === 'case_id' ? (sent['case_id'] ?? site.facts.unfiledAnswer) : null;
  }
  for (const name of Object.keys(sent)) if (!(name in answer)) answer[name] = added[name] ?? null;
  return { ...answer, ...stored, custom: null, check_permissions: null };
}

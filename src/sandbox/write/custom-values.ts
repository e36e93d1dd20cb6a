import type { JsonValue } from '../../base/json.ts';
import type { SqlValue } from '../database.ts';
import { ApiFailure } from '../failure.ts';
import { PhpCrash } from '../php-crash.ts';
import { readPhpDate } from '../php-date.ts';
import { joinList } from '../query/output.ts';
import type { Field } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';

const MOST_INTEGER = 2_147_483_647;
const TEXT_BYTES = 65_535;
const TRIMMED = new Set(['Text', 'Link']);

const wrongType = (text: string, type: string): ApiFailure =>
  new ApiFailure(`One of the parameters  (value: ${text}) is not of the type ${type}`);

const tooLarge = (): ApiFailure => new ApiFailure('DB Error: unknown error');

const isNumeric = (text: string): boolean => /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);

/** PHP's text of a scalar that is bound to a column. */
const textOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? '1' : '0') : String(value);

function integer(text: string): number {
  // Core binds a text that is no number as a time stamp, a trick to store NULL.
  if (!isNumeric(text)) throw wrongType(text, 'Timestamp');
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw wrongType(text, 'Integer');
  const number = Number(text);
  if (Math.abs(number) > MOST_INTEGER) throw tooLarge();
  return number;
}

function fraction(text: string, type: string): number {
  if (!/^\s*-?(\d+\.?\d*|\.\d+)\s*$/.test(text)) throw wrongType(text, type);
  return Number(text);
}

function money(text: string): number {
  const bare = text.replaceAll(/[,\s]/g, '');
  // Two decimals, half away from zero, as the column rounds.
  return Number(`${String(Math.round(Number(`${String(fraction(bare, 'Money'))}e2`)))}e-2`);
}

function yesOrNo(text: string): number | null {
  if (/^(y|yes|t|true|1)$/i.test(text)) return 1;
  return /^(n|no|f|false|0)$/i.test(text) ? 0 : null;
}

function contact(site: Site, value: string | number | boolean): number | null {
  const text = textOf(value);
  if (typeof value === 'number' && !Number.isInteger(value)) throw wrongType(text, 'Integer');
  const id = isNumeric(text) ? Math.trunc(Number(text)) : 0;
  if (id === 0) return null;
  if (id < 0) throw tooLarge();
  const found = site.database.get('SELECT id FROM civicrm_contact WHERE id = ?', [id]);
  if (found === undefined) throw new ApiFailure('DB Error: constraint violation');
  return id;
}

/** Several values in one column; an empty one is none, and so is a single zero. */
function list(field: Field, value: JsonValue): SqlValue {
  const isList = typeof value === 'object' && value !== null;
  if (!isList && (value === false || String(value) === '0')) return null;
  const items = isList ? Object.values(value) : [value];
  const texts = items.map((item) => textOf(item as string | number | boolean));
  // Such a list is not stored at all.
  if (field.custom?.dataType === 'ContactReference' && texts.some((text) => !/^\d*$/.test(text))) return null;
  return joinList(texts, field.serialize ?? 1);
}

/**
 * A value of a custom field as its column stores it. Where a column of CiviCRM's own takes anything, these are
 * checked.
 *
 * Source: CRM/Core/BAO/CustomValueTable.php.
 * @throws ApiFailure when the value is not of the field's type, or too large for its column
 */
export function customStored(site: Site, field: Field, value: JsonValue): SqlValue {
  if (value === null || value === '') return null;
  if (field.serialize !== undefined) return list(field, value);
  if (typeof value === 'object') throw new PhpCrash('A list where a single value belongs');
  const text = textOf(value);
  switch (field.custom?.dataType) {
    case 'Int':
      return integer(text);
    case 'Float':
      return fraction(text, 'Float');
    case 'Money':
      return money(text);
    case 'Boolean':
      return yesOrNo(text);
    case 'ContactReference':
      return contact(site, value);
    case 'Date':
      // The column keeps the time of day even where only the day is shown.
      return text === '0' ? null : readPhpDate(value, site.clock);
    case 'Memo':
      if (Buffer.byteLength(text) > TEXT_BYTES) throw tooLarge();
      return text;
    case 'String':
    case 'Link':
    case undefined:
    default: {
      const kept = TRIMMED.has(field.inputType ?? '') ? text.trim() : text;
      if (kept === '') return null;
      if (Array.from(kept).length > (field.custom?.length ?? Infinity)) throw tooLarge();
      return kept.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    }
  }
}

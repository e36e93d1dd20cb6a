import { sortKey } from '../collation.ts';
import type { Field } from '../schema/entity-schema.ts';

/** A scalar as PHP shows it in a text; lists, objects and nothing are empty. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return value === true ? '1' : '';
}

/** A text as an SQL literal. */
export const quoteText = (text: string): string => `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;

/** What MariaDB makes of a text where it needs a number: its leading number, else 0. */
export const leadingNumber = (text: string): number => {
  const found = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(text);
  return found === null ? 0 : Number(found[0]);
};

const TEXTS = new Set(['String', 'Text', 'Blob', 'Array']);

export const isText = (field: Pick<Field, 'dataType'> | undefined): boolean =>
  field === undefined || TEXTS.has(field.dataType);

const isDate = (field: Pick<Field, 'dataType'> | undefined): boolean =>
  field?.dataType === 'Timestamp' || field?.dataType === 'Date';

/** A column as one side of a comparison: texts by their collation key. */
export const comparable = (sql: string, field: Pick<Field, 'dataType'> | undefined): string =>
  isText(field) ? `collate_key(${sql})` : sql;

/** A value as the other side of a comparison with that column. */
export function comparableValue(value: unknown, field: Pick<Field, 'dataType'> | undefined): string {
  const text = plainText(value);
  if (isText(field)) return quoteText(sortKey(text));
  if (isDate(field)) return quoteText(text);
  return String(leadingNumber(text));
}

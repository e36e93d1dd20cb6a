import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { ApiFailure } from '../failure.ts';
import type { Row } from '../database.ts';
import { leadingNumber, plainText } from '../query/literal.ts';
import type { Caller, Site } from '../site.ts';
import type { Values } from './record.ts';

export interface WriteContext {
  readonly site: Site;
  readonly caller: Caller;
}

/** What CiviCRM does around the plain row of an entity. Columns given back are stored and show in the answer. */
export interface EntityRules {
  /** Before a new row; `values` are as sent, names resolved. */
  readonly beforeCreate?: (context: WriteContext, values: Values) => Row;
  readonly beforeUpdate?: (context: WriteContext, id: number, values: Values) => Row;
  /** Once the row is there, before its custom values are. */
  readonly beforeCustom?: (context: WriteContext, id: number, values: Values) => void;
  readonly afterWrite?: (context: WriteContext, id: number, values: Values, isNew: boolean) => void;
  /** The row that a new record turns out to be; the id of the one that was tried is used up. */
  readonly existing?: (context: WriteContext, values: Values) => number | undefined;
  /** What the answer to a write shows otherwise than it was stored; `row` is what is stored now. */
  readonly shown?: (values: Values, row: Row) => JsonObject;
  /** Fields that the answer to a write leaves out, by the stored row. */
  readonly hidden?: (row: Row) => readonly string[];
  /** Instead of deleting the row. */
  readonly remove?: (context: WriteContext, id: number, useTrash?: boolean) => void;
  readonly beforeDelete?: (context: WriteContext, id: number) => void;
  readonly afterDelete?: (context: WriteContext, id: number) => void;
  /** Whether an update of an id that does not exist fails, and with which words; else it succeeds in silence. */
  readonly missing?: (context: WriteContext, id: number, values: Values) => ApiFailure | undefined;
  /** Whether `delete` answers ids as numbers, not as texts. */
  readonly numericIds?: boolean;
}

export const given = (values: Values, name: string): boolean => {
  const value = values[name];
  return value !== undefined && value !== null && value !== '';
};

export const textIn = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What PHP's empty() says of a value. */
export const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === '0' ||
  value === 0 ||
  value === false ||
  (Array.isArray(value) && value.length === 0);

/** PHP's (int) of each member of a value that may be one id or a list: 0 for what is no number. */
export const phpIds = (value: JsonValue | undefined): readonly number[] =>
  (Array.isArray(value) ? (value as readonly JsonValue[]) : [value ?? null]).map((one) =>
    one === true ? 1 : Math.trunc(leadingNumber(plainText(one))),
  );

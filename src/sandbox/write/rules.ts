import type { ApiFailure } from '../failure.ts';
import type { Row } from '../database.ts';
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
  readonly afterWrite?: (context: WriteContext, id: number, values: Values, isNew: boolean) => void;
  /** The row that a new record turns out to be; the id of the one that was tried is used up. */
  readonly existing?: (context: WriteContext, values: Values) => number | undefined;
  /** What the answer to a write shows otherwise than it was stored. */
  readonly shown?: (values: Values) => Row;
  /** Instead of deleting the row. */
  readonly remove?: (context: WriteContext, id: number, useTrash?: boolean) => void;
  readonly beforeDelete?: (context: WriteContext, id: number) => void;
  readonly afterDelete?: (context: WriteContext, id: number) => void;
  /** Whether an update of an id that does not exist fails, and with which words; else it succeeds in silence. */
  readonly missing?: ApiFailure;
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

/** Ids in a value that may be one id or a list. */
export function idsIn(value: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value)
    ? value
    : value === null || value === undefined || value === ''
      ? []
      : [value];
  return list.map(Number).filter((id) => id > 0);
}

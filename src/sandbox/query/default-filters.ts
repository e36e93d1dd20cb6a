import type { EntitySchema } from '../schema/entity-schema.ts';
import { UNIQUE_KEYS } from '../schema/keys.ts';
import type { Clause } from './conditions.ts';

/** Rows that a `get` leaves out unless it asks for them or for rows by a unique key. */
const DEFAULT_FILTERS: Readonly<Record<string, readonly string[]>> = {
  Contact: ['is_deleted'],
  Case: ['is_deleted'],
  Activity: ['is_test', 'is_deleted'],
};

const mentions = (clauses: readonly Clause[], name: string): boolean =>
  clauses.some((clause) =>
    Array.isArray(clause[1]) && typeof clause[0] === 'string'
      ? mentions(clause[1] as readonly Clause[], name)
      : clause[0] === name,
  );

const isExactly = (clauses: readonly Clause[], name: string): boolean =>
  clauses.some(
    ([field, operator, value, isExpression]) =>
      field === name &&
      isExpression !== true &&
      (operator === '=' ||
        operator === 'IN' ||
        (operator === 'LIKE' && !(typeof value === 'string' && value.includes('%')))) &&
      value !== null &&
      value !== undefined,
  );

/** The clauses that core adds to a `get` by itself. Source: AbstractGetAction::setDefaultWhereClause. */
export function defaultFilters(entity: EntitySchema, where: readonly Clause[]): readonly Clause[] {
  const keys = [['id'], ...(UNIQUE_KEYS[entity.name] ?? [])];
  if (keys.some((key) => key.every((name) => isExactly(where, name)))) return [];
  return (DEFAULT_FILTERS[entity.name] ?? [])
    .filter((name) => !mentions(where, name))
    .map((name) => [name, '=', false]);
}

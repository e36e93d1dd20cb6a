import { quoteName, type Row, type SqlValue } from '../database.ts';
import { leadingNumber, plainText } from '../query/literal.ts';
import type { EntitySchema } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import type { Values } from './record.ts';
import { given } from './rules.ts';
import { readRow } from './store-row.ts';

/** Entities whose rows stand in an order, and the column within whose value they do. */
const ORDERED: Readonly<Record<string, string | undefined>> = {
  OptionValue: 'option_group_id',
  CustomField: 'custom_group_id',
  CustomGroup: undefined,
  RelationshipType: undefined,
};

/** The rows among which one of them stands, as a condition with its parameters. */
interface Among {
  readonly table: string;
  readonly condition: string;
  readonly parameters: readonly SqlValue[];
}

/** The place that a row gets, when it asks for one; those in the way move aside. */
function place(
  site: Site,
  { table, condition, parameters }: Among,
  old: number | undefined,
  asked: number,
): number {
  const one = (select: string, more = '1', values: readonly SqlValue[] = []): Row | undefined =>
    site.database.get(`SELECT ${select} FROM ${table} WHERE ${condition} AND ${more}`, [
      ...parameters,
      ...values,
    ]);
  const move = (step: number, more: string, values: readonly SqlValue[]): void => {
    const sql = `UPDATE ${table} SET weight = weight + ? WHERE ${condition} AND ${more}`;
    site.database.run(sql, [step, ...parameters, ...values]);
  };
  const last = Number(one('max(weight) AS weight')?.['weight'] ?? 0) || 1;
  if (asked > last && old === undefined) return last + 1;
  const least = (): number => Math.min(1, Number(one('min(weight) AS weight')?.['weight'] ?? 1));
  const wanted = asked < 1 ? least() : Math.min(asked, last);
  const there = Number(one('count(*) AS n', 'weight = ?', [wanted])?.['n'] ?? 0);
  if (there === 0 || (old === wanted && there === 1)) return wanted;
  if (old === undefined || old === wanted) move(1, 'weight >= ?', [wanted]);
  else if (wanted > old) move(-1, 'weight > ? AND weight <= ?', [old, wanted]);
  else move(1, 'weight >= ? AND weight < ?', [wanted, old]);
  return wanted;
}

/**
 * The records with the weights they come to have. Of several at once none moves another, so that a list can be put
 * in order.
 *
 * Source: Civi\Api4\Generic\Traits\DAOActionTrait, updateWeight; CRM/Utils/Weight.php.
 */
export function placeInOrder(
  site: Site,
  entity: EntitySchema,
  records: readonly Values[],
): readonly Values[] {
  const [only] = records;
  if (!(entity.name in ORDERED) || records.length !== 1 || only === undefined || !('weight' in only))
    return records;
  const id = given(only, 'id') ? Number(only['id']) : undefined;
  const row = id === undefined ? undefined : readRow(site, entity.name, id);
  const column = ORDERED[entity.name];
  const owner = column === undefined ? undefined : (only[column] ?? row?.[column] ?? null);
  const isSameOwner = column === undefined || row === undefined || Number(row[column]) === Number(owner);
  const old = isSameOwner && typeof row?.['weight'] === 'number' ? row['weight'] : undefined;
  const among: Among = {
    table: quoteName(entity.table),
    condition: column === undefined ? '1' : `${quoteName(column)} = ?`,
    parameters: owner === undefined ? [] : [owner as SqlValue],
  };
  return [{ ...only, weight: place(site, among, old, Math.trunc(leadingNumber(plainText(only['weight'])))) }];
}

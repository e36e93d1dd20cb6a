import type { SqlRow } from '../../real-sites.ts';

/** Rows of one kind by what they are called on both sides; each has a `key` and columns that hold no ids. */
export interface Side {
  readonly name: string;
  readonly rows: readonly SqlRow[];
}

/** A sentence for every difference: which table, which row, what stands on each side. */
export function compareSides(table: string, one: Side, other: Side): readonly string[] {
  const [here, there] = [byKey(one.rows), byKey(other.rows)];
  const keys = [...new Set([...here.keys(), ...there.keys()])].sort();
  return [
    ...[one, other].flatMap((side) => doubled(table, side)),
    ...keys.flatMap((key) => {
      const [left, right] = [here.get(key), there.get(key)];
      if (left === undefined) return [`${table}: "${key}" is on ${other.name} but not on ${one.name}`];
      if (right === undefined) return [`${table}: "${key}" is on ${one.name} but not on ${other.name}`];
      return Object.keys({ ...left, ...right })
        .filter((column) => shown(left[column]) !== shown(right[column]))
        .map(
          (column) =>
            `${table}: ${column} of "${key}" is ${shown(left[column])} on ${one.name} and ${shown(right[column])} on ${other.name}`,
        );
    }),
  ];
}

function doubled(table: string, { name, rows }: Side): readonly string[] {
  const counts = new Map<string, number>();
  for (const { key } of rows) counts.set(text(key), (counts.get(text(key)) ?? 0) + 1);
  return [...counts].flatMap(([key, count]) =>
    count > 1 ? [`${table}: "${key}" is ${count} times on ${name}`] : [],
  );
}

function byKey(rows: readonly SqlRow[]): ReadonlyMap<string, SqlRow> {
  return new Map(rows.map((row) => [text(row['key']), row]));
}

const text = (value: unknown): string => (typeof value === 'string' ? value : shown(value));
const shown = (value: unknown): string => JSON.stringify(value ?? null);

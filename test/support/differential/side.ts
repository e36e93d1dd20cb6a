import type { JsonObject } from '../../../src/base/json.ts';
import { ENTITIES, columnsOf, type EntitySchema } from '../../../src/sandbox/schema/entity-schema.ts';
import type { Step } from './step.ts';

/** What a site answered to one call. */
export type Answer =
  | { readonly kind: 'values'; readonly values: unknown; readonly counts: JsonObject }
  | { readonly kind: 'failure'; readonly message: string; readonly status: number }
  /** PHP's own error page, or the sandbox's likeness of it. */
  | { readonly kind: 'crash' };

export type SqlRow = Readonly<Record<string, unknown>>;
export type State = Readonly<Record<string, readonly SqlRow[]>>;
/** The first id, by entity, that a row made from now on can have. */
export type Starts = ReadonlyMap<string, number>;

/** One of the two sites of a comparison. */
export interface Side {
  call(step: Step): Promise<Answer>;
  starts(): Promise<Starts>;
  /** Every row of this sequence, table by table, past the API. */
  state(starts: Starts): Promise<State>;
  /** Makes the rows of this sequence look old, so that the next `modified_date` that moves is seen. */
  age(starts: Starts): Promise<void>;
}

/** Where a site answers, and its database: rows of a query, and changes. */
export interface SideParts {
  readonly url: string;
  readonly key: string;
  readonly rows: (sql: string) => Promise<readonly SqlRow[]> | readonly SqlRow[];
  readonly change: (sql: string) => Promise<unknown>;
}

/** Entities whose tables hold what the calls of a sequence change. Domain and LocationType stay as they are. */
const COMPARED = [...ENTITIES.values()].filter(({ name }) => name !== 'Domain');

/** With a date of last change; an activity moves that of its case, so activities age first. */
const AGEING = ['Activity', 'Case', 'Contact'];
export const OLD_DAY = '2001-02-03 04:05:06';

/** The custom groups of a sequence keep their values in tables of their own, whose names depend on ids. */
async function customState(parts: SideParts, starts: Starts): Promise<State> {
  const first = starts.get('CustomGroup') ?? 1;
  const groups = await parts.rows(
    `SELECT id, name, extends, table_name FROM civicrm_custom_group WHERE id >= ${first} ORDER BY id`,
  );
  const state: Record<string, readonly SqlRow[]> = {};
  for (const group of groups) {
    const fields = await parts.rows(
      `SELECT name, column_name FROM civicrm_custom_field WHERE custom_group_id = ${Number(group['id'])} ORDER BY id`,
    );
    const columns = fields.map((field) => `, ${String(field['column_name'])} AS ${String(field['name'])}`);
    const owner = group['extends'] === 'Individual' ? 'Contact' : String(group['extends']);
    state[`custom values of ${owner}: ${String(group['name'])}`] = await parts.rows(
      `SELECT entity_id${columns.join('')} FROM ${String(group['table_name'])} ORDER BY entity_id`,
    );
  }
  return state;
}

const namesOf = (entity: EntitySchema): string =>
  columnsOf(entity)
    .map(({ name }) => `\`${name}\``)
    .join(', ');

const asText = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('utf8') : value);
const plainRow = (row: SqlRow): SqlRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, asText(value)]));

async function post(parts: SideParts, step: Step): Promise<Answer> {
  const answer = await fetch(`${parts.url}/civicrm/ajax/api4/${step.entity}/${step.action}`, {
    method: 'POST',
    headers: { 'x-civi-auth': `Bearer ${parts.key}`, 'x-requested-with': 'XMLHttpRequest' },
    body: new URLSearchParams({ params: JSON.stringify(step.params) }),
  });
  const text = await answer.text();
  if (!text.startsWith('{')) return { kind: 'crash' };
  const { values, error_message, count, countMatched } = JSON.parse(text) as Record<string, unknown>;
  if (typeof error_message === 'string')
    return { kind: 'failure', message: error_message, status: answer.status };
  const counts = { count, ...(countMatched === undefined ? {} : { countMatched }) } as JsonObject;
  return { kind: 'values', values, counts };
}

export function createSide(parts: SideParts): Side {
  return {
    call: (step) => post(parts, step),
    starts: async () => {
      const query = COMPARED.map(
        ({ name, table }) => `SELECT '${name}' AS name, max(id) AS top FROM ${table}`,
      );
      const rows = await parts.rows(query.join(' UNION ALL '));
      return new Map(rows.map((row) => [String(row['name']), Number(row['top'] ?? 0) + 1]));
    },
    state: async (starts) => {
      const tables = COMPARED.map(async (entity) => {
        const first = starts.get(entity.name) ?? 1;
        const sql = `SELECT ${namesOf(entity)} FROM ${entity.table} WHERE id >= ${first} ORDER BY id`;
        return [entity.name, (await parts.rows(sql)).map(plainRow)] as const;
      });
      return { ...Object.fromEntries(await Promise.all(tables)), ...(await customState(parts, starts)) };
    },
    age: async (starts) => {
      for (const name of AGEING) {
        const table = ENTITIES.get(name)?.table ?? '';
        const since = starts.get(name) ?? 1;
        await parts.change(`UPDATE ${table} SET modified_date = '${OLD_DAY}' WHERE id >= ${since}`);
      }
    },
  };
}

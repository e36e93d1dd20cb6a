import type { JsonObject } from '../../../src/base/json.ts';
import { ENTITIES, columnsOf } from '../../../src/sandbox/schema/entity-schema.ts';
import { seededRows } from './seeded.ts';
import { BATCH, type Step, type User } from './step.ts';

/** What a site answered to one call. */
export type Answer =
  | { readonly kind: 'values'; readonly values: unknown; readonly counts: JsonObject }
  | { readonly kind: 'failure'; readonly message: string; readonly status: number }
  /** PHP's own error page, or the sandbox's likeness of it. */
  | { readonly kind: 'crash' }
  /** Of a request of several calls. */
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] };

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
  /** Makes the rows of this sequence in these tables look old, so that the next `modified_date` that moves is seen. */
  age(starts: Starts, tables: readonly string[]): Promise<void>;
}

/** Where a site answers, and its database: rows of a query, and changes. */
export interface SideParts {
  readonly url: string;
  readonly keys: Readonly<Record<'admin' | User, string>>;
  readonly rows: (sql: string) => Promise<readonly SqlRow[]> | readonly SqlRow[];
  readonly change: (sql: string) => Promise<unknown>;
}

/** Entities whose tables hold what the calls of a sequence change. Domain stays as it is. */
const COMPARED = [...ENTITIES.values()].filter(({ name }) => name !== 'Domain');

/** With a date of last change; an activity moves that of its case, so activities age first. */
const AGEING = ['Activity', 'Case', 'Contact', 'Relationship', 'ActionSchedule'];
export const OLD_DAY = '2001-02-03 04:05:06';

/** The tables of a state with rows that do not look old yet, and that of the cases when ageing moves them. */
export function youngTables(state: State): readonly string[] {
  const isYoung = (name: string): boolean =>
    state[name]?.some((row) => row['modified_date'] !== OLD_DAY) === true;
  return AGEING.filter((name) => isYoung(name) || (name === 'Case' && isYoung('Activity')));
}

/** The state after ageing. */
export const aged = (state: State): State => ({
  ...state,
  ...Object.fromEntries(
    AGEING.map((name) => [name, (state[name] ?? []).map((row) => ({ ...row, modified_date: OLD_DAY }))]),
  ),
});

interface Table {
  readonly name: string;
  /** The table in SQL, with a condition. */
  readonly from: string;
  /** What the columns are called, and what they are in SQL; the one to order by first. */
  readonly columns: readonly (readonly [name: string, expression: string])[];
}

/** Rows of several tables in one query that both databases understand. As JSON a driver would read them itself, and wrongly. */
async function readTables(parts: SideParts, tables: readonly Table[]): Promise<State> {
  const queries = tables.map(({ columns, from }, index) => {
    const cells = columns.map(([, expression]) => expression);
    return `SELECT ${index} AS number, ${cells[0] ?? ''} AS place, concat(json_array(${cells.join(', ')}), '') AS cells FROM ${from}`;
  });
  const rows = tables.length === 0 ? [] : await parts.rows(queries.join(' UNION ALL '));
  const state: Record<string, SqlRow[]> = Object.fromEntries(tables.map(({ name }) => [name, []]));
  for (const row of rows.toSorted((left, right) => Number(left['place']) - Number(right['place']))) {
    const { name = '', columns = [] } = tables[Number(row['number'])] ?? {};
    const cells = JSON.parse(String(row['cells'])) as readonly unknown[];
    state[name]?.push(Object.fromEntries(columns.map(([column], at) => [column, cells[at]])));
  }
  return state;
}

/** MariaDB spoils the texts of a JSON list in which another value is binary. */
const textOr = (name: string, dataType: string): string =>
  dataType === 'Array' || dataType === 'Blob' ? `CAST(\`${name}\` AS CHAR)` : `\`${name}\``;

const tablesSince = (starts: Starts): readonly Table[] =>
  COMPARED.map((entity) => ({
    name: entity.name,
    from: `${entity.table} WHERE id >= ${starts.get(entity.name) ?? 1}${seededRows(entity.name)}`,
    columns: columnsOf(entity).map(({ name, dataType }) => [name, textOr(name, dataType)]),
  }));

/** The custom groups of a sequence keep their values in tables of their own, whose names depend on ids. */
const customTables = ({ CustomGroup: groups = [], CustomField: fields = [] }: State): readonly Table[] =>
  groups.map((group) => {
    const owner = group['extends'] === 'Individual' ? 'Contact' : String(group['extends']);
    const own = fields.filter((field) => field['custom_group_id'] === group['id']);
    return {
      name: `custom values of ${owner}: ${String(group['name'])}`,
      from: String(group['table_name']),
      columns: [
        ['entity_id', 'entity_id'],
        ...own.map((field) => [String(field['name']), String(field['column_name'])] as const),
      ],
    };
  });

/** A group whose table was never made, because the call failed before, shows as one row that says so. */
async function customValues(parts: SideParts, tables: readonly Table[]): Promise<State> {
  try {
    return await readTables(parts, tables);
  } catch {
    const alone = tables.map((table) =>
      readTables(parts, [table]).catch(() => ({ [table.name]: [{ table: 'missing' }] })),
    );
    return Object.assign({}, ...(await Promise.all(alone))) as State;
  }
}

/** Every failure that a site hides from people of few permissions has another number. */
const ERROR_ID = /\(Error ID: [\w-]+\)/;

function answerIn(body: unknown, httpStatus: number): Answer {
  const { values, error_message, count, countMatched, status } = body as Record<string, unknown>;
  if (typeof error_message === 'string')
    return {
      kind: 'failure',
      message: error_message.replace(ERROR_ID, '(Error ID: …)'),
      status: Number(status ?? httpStatus),
    };
  const counts = { count, ...(countMatched === undefined ? {} : { countMatched }) } as JsonObject;
  return { kind: 'values', values, counts };
}

/** A site that hung up before it had answered: nobody knows whether it did what it was asked to. */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';
}

/** What a request was answered, status and text. */
async function send(url: string, request: RequestInit): Promise<readonly [status: number, text: string]> {
  try {
    const answer = await fetch(url, request);
    return [answer.status, await answer.text()];
  } catch (cause) {
    throw new LostConnection(`${url} hung up before it had answered.`, { cause });
  }
}

async function post({ url, keys }: SideParts, { entity, action, params, as }: Step): Promise<Answer> {
  const isBatch = entity === BATCH;
  const [status, text] = await send(`${url}/civicrm/ajax/api4${isBatch ? '' : `/${entity}/${action}`}`, {
    method: 'POST',
    headers: { 'x-civi-auth': `Bearer ${keys[as ?? 'admin']}`, 'x-requested-with': 'XMLHttpRequest' },
    body: new URLSearchParams(
      isBatch ? { calls: JSON.stringify(params['calls']) } : { params: JSON.stringify(params) },
    ),
  });
  if (!/^[{[]/.test(text)) return { kind: 'crash' };
  const body = JSON.parse(text) as unknown;
  return Array.isArray(body)
    ? { kind: 'answers', answers: body.map((one) => answerIn(one, status)) }
    : answerIn(body, status);
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
      const state = await readTables(parts, tablesSince(starts));
      return { ...state, ...(await customValues(parts, customTables(state))) };
    },
    age: async (starts, tables) => {
      for (const name of tables) {
        const table = ENTITIES.get(name)?.table ?? '';
        const since = starts.get(name) ?? 1;
        await parts.change(
          `UPDATE ${table} SET modified_date = '${OLD_DAY}' WHERE id >= ${since} AND modified_date <> '${OLD_DAY}'`,
        );
      }
    },
  };
}

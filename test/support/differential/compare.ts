import type { JsonValue } from '../../../src/base/json.ts';
import { ENTITIES, tableOf } from '../../../src/sandbox/schema/entity-schema.ts';
import type { Answer, SqlRow, Starts, State } from './side.ts';
import { callsOf, type Step } from './step.ts';

/** One place where the two sites differ. */
export interface Difference {
  /** `answer.values.0.subject`, `state.Activity.0.is_deleted`. */
  readonly place: string;
  readonly real: unknown;
  readonly sandbox: unknown;
}

/** What one site answered and holds after a step, as far as it does not depend on the site. */
export interface Seen {
  readonly answer: Answer;
  readonly state: State;
}

/** The span of time in which a sequence was played so far; a moment in it reads as "now". */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Ids of rows that a sequence made, by entity, numbered in the order in which they are met. */
export function createNames(starts: Starts) {
  const known = new Map<string, Map<number, string>>();
  return (entity: string, value: unknown): unknown => {
    const id =
      typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : 0;
    if (id === 0 || id < (starts.get(entity) ?? Infinity)) return value;
    const names = known.get(entity) ?? new Map<number, string>();
    known.set(entity, names);
    const name = names.get(id) ?? `${entity} #${names.size + 1}`;
    names.set(id, name);
    return typeof value === 'number' ? `(${name})` : `"(${name})"`;
  };
}
type Names = ReturnType<typeof createNames>;

const byTable = new Map([...ENTITIES.keys()].map((name) => [tableOf(name), name]));

/** The entity that the value at a path of an entity is the id of, if it is one. */
function idOf(
  entity: string,
  path: readonly string[],
  row: Readonly<Record<string, unknown>>,
): string | undefined {
  const [name = '', ...rest] = path;
  const schema = ENTITIES.get(entity);
  const field = schema?.fields.get(name);
  const owner = name === 'entity_id' ? /^custom values of (\w+):/.exec(entity)?.[1] : undefined;
  if (owner !== undefined) return owner;
  const target =
    name === 'id' && schema !== undefined
      ? entity
      : entity === 'EntityTag' && name === 'entity_id'
        ? byTable.get(String(row['entity_table']))
        : field?.fkEntity;
  if (rest.length === 0) return target;
  return target === undefined ? undefined : idOf(target, rest, row);
}

const MOMENT = /^(\d{4})-?(\d\d)-?(\d\d) ?(\d\d):?(\d\d):?(\d\d)$/;

const isNow = (text: string, { from, to }: Span): boolean => {
  const [, ...parts] = MOMENT.exec(text) ?? [];
  if (parts.length === 0) return false;
  const [year = '', month = '', day = '', ...time] = parts;
  const millis = Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`);
  return millis >= from - 2000 && millis <= to + 2000;
};

const RANDOM = new Set(['hash', 'checksum']);
/** Names of tables and columns of custom values end in an id. */
const NAMED_BY_ID = new Set(['table_name', 'column_name']);

/** A call chained to each row: `[entity, action, params, index]`. */
type Link = readonly [entity: string, action: string, params?: Step['params'], index?: JsonValue];

interface Reading {
  readonly names: Names;
  readonly span: Span;
  /** Entities by the alias of an explicit join. */
  readonly aliases: ReadonlyMap<string, string>;
  /** By the name under which their answers appear in a row. */
  readonly links: ReadonlyMap<string, Link>;
}

/** The database promises no order to the people of an activity, and changes it with the joins beside them. */
const inOneOrder = (entity: string | undefined, list: readonly unknown[]): readonly unknown[] =>
  entity === 'Contact' ? list.toSorted((left, right) => Number(left) - Number(right)) : list;

/** Answers to writes hold a definition as XML. */
const ASSIGNED = /<default_assignee_contact>(\d+)</g;

function plainValue(reading: Reading, entity: string | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return inOneOrder(entity, value).map((item) => plainValue(reading, entity, item));
  if (typeof value === 'string' && isNow(value, reading.span)) return '(now)';
  if (typeof value === 'string' && value.startsWith('<?xml'))
    return value.replace(
      ASSIGNED,
      (_all, id: string) => `<default_assignee_contact>${String(reading.names('Contact', id))}<`,
    );
  return entity === undefined ? value : reading.names(entity, value);
}

/** What a chained call answered for a row: rows, one row, a column, or rows by a field. */
function plainLinked(reading: Reading, link: Link, value: unknown): unknown {
  const [entity, action, params = {}, index] = link;
  const own = readingOf(reading.names, reading.span, params);
  const plain = (row: unknown): unknown => plainRow(own, entity, promised({ entity, action, params }, row));
  if (Array.isArray(index)) return plainValue(reading, idOf(entity, [String(index[0])], {}), value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof index !== 'string' || typeof value !== 'object' || value === null) return plain(value);
  const key = idOf(entity, [index], {});
  return Object.fromEntries(
    Object.entries(value).map(([name, row]) => [String(plainValue(reading, key, name)), plain(row)]),
  );
}

function plainRow(reading: Reading, entity: string, row: unknown): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  const members = row as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(members).map(([key, value]) => {
      const link = reading.links.get(key);
      if (link !== undefined) return [key, plainLinked(reading, link, value)];
      const path = key.includes(':') ? [] : key.split('.');
      const joined = reading.aliases.get(path[0] ?? '');
      const target =
        joined === undefined ? idOf(entity, path, members) : idOf(joined, path.slice(1), members);
      const last = path.at(-1) ?? '';
      if (RANDOM.has(last)) return [key, typeof value];
      if (NAMED_BY_ID.has(last)) return [key, String(value).replace(/_\d+$/, '_#')];
      return [key, plainValue(reading, target, value)];
    }),
  );
}

const byText = (left: unknown, right: unknown): number =>
  JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;

function aliasesIn({ join: sent }: Step['params']): Reading['aliases'] {
  const joins = Array.isArray(sent) ? (sent as readonly unknown[]) : [];
  return new Map(
    joins.flatMap((join) => {
      const [entity, alias] = String(Array.isArray(join) ? join[0] : '').split(' AS ');
      return alias === undefined ? [] : [[alias, entity ?? ''] as const];
    }),
  );
}

function linksIn({ chain }: Step['params']): Reading['links'] {
  const links = Object.entries(typeof chain === 'object' && chain !== null ? chain : {});
  return new Map(
    links.flatMap(([name, link]) => (Array.isArray(link) ? [[name, link as unknown as Link]] : [])),
  );
}

const readingOf = (names: Names, span: Span, params: Step['params']): Reading => ({
  names,
  span,
  aliases: aliasesIn(params),
  links: linksIn(params),
});

const WRITES = new Set(['create', 'update', 'save', 'replace']);

/** Of the row that a write answers, only the id and the fields that were sent are promised. */
function promised(step: Step, row: unknown): unknown {
  const isWrite = WRITES.has(step.action) && (step.params['reload'] ?? false) === false;
  if (!isWrite || typeof row !== 'object' || row === null) return row;
  const { values, records, defaults } = step.params;
  const sent = [values, ...(Array.isArray(records) ? records : []), defaults] as readonly unknown[];
  const keys = sent.flatMap((record) =>
    typeof record === 'object' && record !== null ? Object.keys(record) : [],
  );
  const names = new Set(['id', ...keys.map((name) => name.split(':')[0]), ...linksIn(step.params).keys()]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

/** Rows without `orderBy` come in no promised order. */
function plainAnswer(names: Names, span: Span, step: Step, answer: Answer): unknown {
  if (answer.kind === 'answers') {
    const calls = callsOf(step);
    return answer.answers.map((one, index) => plainAnswer(names, span, calls[index] ?? step, one));
  }
  if (answer.kind !== 'values') return answer;
  const reading = readingOf(names, span, step.params);
  const { values, counts } = answer;
  if (!Array.isArray(values)) return { values: plainRow(reading, step.entity, values), counts };
  const rows = values.map((row) => plainRow(reading, step.entity, promised(step, row)));
  const isOrdered = step.action !== 'get' || step.params['orderBy'] !== undefined;
  return { values: isOrdered ? rows : rows.toSorted(byText), counts };
}

/** Most texts are stored with these two as entities; the sandbox stores what the API answers. */
const decoded = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('&lt;', '<').replaceAll('&gt;', '>') : value;
const decodedRow = (row: SqlRow): SqlRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, decoded(value)]));

/** The same for equal sites, whatever their ids and the second in which each of them answered. */
export function plainSeen(
  names: Names,
  step: Step,
  seen: Seen,
  span: Span,
): Readonly<Record<string, unknown>> {
  const answer = plainAnswer(names, span, step, seen.answer);
  const reading = readingOf(names, span, {});
  const state = Object.fromEntries(
    Object.entries(seen.state).map(([table, rows]) => {
      return [table, rows.map((row) => plainRow(reading, table, decodedRow(row)))];
    }),
  );
  return { answer, state };
}

const ENOUGH = 12;

/** The places where two values differ, outermost first; of lists also their lengths. */
export function differencesOf(real: unknown, sandbox: unknown, place = ''): readonly Difference[] {
  if (Object.is(real, sandbox)) return [];
  const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isNested(real) || !isNested(sandbox) || Array.isArray(real) !== Array.isArray(sandbox))
    return [{ place, real, sandbox }];
  const left = real as Readonly<Record<string, unknown>>;
  const right = sandbox as Readonly<Record<string, unknown>>;
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names
    .flatMap((name) => differencesOf(left[name], right[name], place === '' ? name : `${place}.${name}`))
    .slice(0, ENOUGH);
}

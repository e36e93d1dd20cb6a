import type { JsonObject } from '../../base/json.ts';
import { ApiFailure, invalidField } from '../failure.ts';
import { quoteName } from '../database.ts';
import type { EntitySchema } from '../schema/entity-schema.ts';
import type { Caller, Site } from '../site.ts';
import { mayRead, readAccess } from '../access.ts';
import { definitionSql } from '../case-types.ts';
import type { Beside } from '../offered-options.ts';
import { compare, renderClause, type Clause, type ConditionContext } from './conditions.ts';
import {
  AGGREGATES,
  parseExpression,
  parseSelectItem,
  pathsIn,
  type Expression,
  type SelectItem,
} from './expression.ts';
import { defaultFilters } from './default-filters.ts';
import { formatFilterValue, type InputValue } from './input-value.ts';
import { renderJoins } from './joins.ts';
import { isText, quoteText } from './literal.ts';
import { formatRows, type Column } from './output.ts';
import { createPathResolver, splitSuffix } from './paths.ts';
import { dataTypeOf, renderExpression } from './render.ts';

export interface GetParams {
  readonly select?: readonly string[];
  readonly where?: readonly Clause[];
  readonly join?: readonly unknown[];
  readonly groupBy?: readonly string[];
  readonly having?: readonly Clause[];
  readonly orderBy?: Readonly<Record<string, string>>;
  /** Texts too, as they come in a query string. */
  readonly limit?: number | string;
  readonly offset?: number | string;
}

export interface Found {
  readonly values: readonly JsonObject[];
  readonly countMatched?: number;
  /** Rows up to the end of this page, when it is the last; core says so in `count`. */
  readonly total?: number;
}

interface Selected {
  readonly item: SelectItem;
  readonly sql: string;
  readonly column: Column;
}

const isAggregate = (expression: Expression): boolean =>
  expression.kind === 'function' && AGGREGATES.has(expression.name);

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

/** What `where` says that every row must hold, by path; other options may depend on it. */
const requiredValues = ({ where = [] }: GetParams): Beside =>
  Object.fromEntries(
    where.flatMap(([path, operator, value, isExpression]) =>
      operator === '=' && typeof path === 'string' && isExpression !== true
        ? [[path.split(':')[0] ?? path, value]]
        : [],
    ),
  );

/** The compiled parts of one `get`; made anew for each call. */
function compile(site: Site, caller: Caller, entity: EntitySchema, params: GetParams) {
  const paths = createPathResolver(site, caller, entity);
  const where: ConditionContext = { site, caller, paths, kind: 'WHERE', required: requiredValues(params) };
  const joins: string[] = [];
  const absorb = <Value>(value: Value): Value => {
    joins.push(...paths.takeJoins());
    return value;
  };
  const explicit = renderJoins({ ...where, kind: 'ON' }, params.join ?? []);
  joins.push(...explicit.joins);
  const clauses = params.where ?? [];
  const conditions = [
    ...readAccess(caller, entity.name),
    ...explicit.where,
    ...[...clauses, ...defaultFilters(entity, clauses)].map((clause) => absorb(renderClause(where, clause))),
  ].filter((sql) => sql !== '');

  const asked = (params.select ?? []).filter((item) => item !== 'row_count');
  const groupBy = params.groupBy ?? [];
  const isGrouped = groupBy.length > 0 || asked.some((item) => isAggregate(parseSelectItem(item).expression));

  const expand = (item: string): readonly string[] => {
    if (item === 'custom.*') return [...site.custom.of(entity.name).keys()];
    if (!item.includes('*') || item.includes('(') || item.includes(' ')) return [item];
    const prefix = item.slice(0, item.lastIndexOf('.') + 1);
    const group = [...site.custom.of(entity.name).keys()].filter(
      (name) => wildcard(item).test(name) && prefix !== '',
    );
    return group.length > 0
      ? group
      : absorb(paths.pathsUnder(prefix)).filter((path) => wildcard(item).test(path));
  };

  const selected = new Map<string, Selected>();
  const select = (text: string): void => {
    const item = parseSelectItem(text);
    const known = pathsIn(item.expression).map((path) => absorb(paths.resolve(splitSuffix(path).path)));
    if (known.some((one) => one === undefined || one.field.type === 'Filter')) return;
    if (item.expression.kind === 'field' && item.alias !== item.text) {
      throw new ApiFailure('Aliasing field names is not allowed, only expressions can have an alias.');
    }
    if (item.alias !== item.text && item.text.includes('(') && paths.resolve(item.alias) !== undefined) {
      throw new ApiFailure('Cannot use existing field name as alias');
    }
    const earlier = selected.get(item.alias);
    if (earlier !== undefined) {
      if (earlier.item.text !== item.text)
        throw new ApiFailure(`Duplicate alias '${item.alias}' in SELECT clause`);
      return;
    }
    const { expression } = item;
    const firstPath = pathsIn(expression)[0];
    const suffix = firstPath === undefined ? undefined : splitSuffix(firstPath).suffix;
    const dataType = dataTypeOf(where, expression);
    const isField = expression.kind === 'field';
    const isDefinition =
      isField && known[0]?.field.entity === 'CaseType' && known[0].field.name === 'definition';
    const keepsField =
      isField ||
      (expression.kind === 'function' &&
        ['MAX', 'MIN', 'GROUP_CONCAT', 'GROUP_FIRST'].includes(expression.name));
    const isList =
      expression.kind === 'function' &&
      expression.name === 'GROUP_CONCAT' &&
      expression.separator === undefined;
    const isJoinedText =
      expression.kind === 'function' &&
      expression.name === 'GROUP_CONCAT' &&
      expression.separator !== undefined;
    selected.set(item.alias, {
      item,
      sql: isDefinition ? definitionSql(known[0]?.alias ?? '') : absorb(renderExpression(where, expression)),
      column: {
        alias: item.alias,
        dataType: isJoinedText ? 'String' : dataType,
        ...(keepsField && !isJoinedText && known[0] !== undefined ? { field: known[0].field } : {}),
        ...(suffix === undefined || !keepsField || isJoinedText ? {} : { suffix }),
        ...(isList ? { list: true } : {}),
      },
    });
  };
  const withId = !isGrouped || groupBy.includes('id');
  const items = asked.length === 0 ? ['*'] : [...(withId ? ['id'] : []), ...asked];
  for (const item of items.flatMap(expand)) select(item);

  const key = (expression: Expression): string => {
    const sql = absorb(renderExpression(where, expression));
    return isText({ dataType: dataTypeOf(where, expression) ?? 'Integer' }) ? `collate_key(${sql})` : sql;
  };
  const groups = groupBy.map((text) => key(parseExpression(text)));
  return { paths, where, joins, conditions, selected, groups, isGrouped, absorb, key };
}

type Compiled = ReturnType<typeof compile>;

/** What cannot be parsed is no field either. */
function parseOrder(text: string): Expression {
  try {
    return parseExpression(text);
  } catch (thrown) {
    if (thrown instanceof ApiFailure && thrown.message.startsWith('Unable to parse'))
      throw invalidField(text);
    throw thrown;
  }
}

function orderTerm(site: Site, compiled: Compiled, text: string, direction: string): string {
  if (direction !== 'ASC' && direction !== 'DESC')
    throw new ApiFailure(`Invalid sort direction. Cannot order by ${text} ${direction}`);
  const { path, suffix } = splitSuffix(text);
  const aliased = compiled.selected.get(text);
  if (aliased !== undefined && aliased.item.alias !== aliased.item.text) {
    const sql = quoteName(text);
    return `${isText({ dataType: aliased.column.dataType ?? 'Integer' }) ? `collate_key(${sql})` : sql} ${direction}`;
  }
  const expression = parseOrder(suffix === undefined ? text : path);
  const unknown = pathsIn(expression).some(
    (one) => compiled.absorb(compiled.paths.resolve(splitSuffix(one).path)) === undefined,
  );
  if (unknown) throw invalidField(text);
  const field = suffix === undefined ? undefined : compiled.paths.resolve(path)?.field;
  const options = field === undefined ? undefined : site.options.of(field);
  if (field === undefined || options === undefined || options.length === 0)
    return `${compiled.key(expression)} ${direction}`;
  const sql = renderExpression(compiled.where, expression);
  const sorted = options
    .map((option) => ({ id: option.id, text: String(option[suffix as keyof typeof option] ?? '') }))
    .toSorted((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0));
  const cases = sorted.map(
    ({ id }, index) =>
      `WHEN ${typeof id === 'number' ? String(id) : quoteText(id)} THEN ${String(index + 1)}`,
  );
  return `(CASE ${sql} ${cases.join(' ')} ELSE 0 END) ${direction}`;
}

/** `having` names what `select` answers, by alias or by the same text. */
function havingClause(site: Site, caller: Caller, compiled: Compiled, clause: Clause): string {
  const [head, second, third = null, isExpression] = clause;
  if (head === 'AND' || head === 'OR' || head === 'NOT') {
    const members = (Array.isArray(second) ? second : []) as readonly Clause[];
    if (members.length === 0) return '1';
    if (head === 'NOT') {
      const inner: Clause = typeof members[0] === 'string' ? members : ['AND', members];
      return `NOT (${havingClause(site, caller, compiled, inner)})`;
    }
    return `(${members.map((member) => havingClause(site, caller, compiled, member)).join(` ${head} `)})`;
  }
  const name = String(head);
  const bySelect = (text: string): Selected | undefined =>
    compiled.selected.get(text) ??
    [...compiled.selected.values()].find((one) => one.item.text === text) ??
    [...compiled.selected.values()].find(
      (one) => splitSuffix(one.item.alias).path === splitSuffix(text).path,
    );
  const refuse = (text: string): ApiFailure =>
    new ApiFailure(`Invalid expression in HAVING clause: '${text}'. Must use a value from SELECT clause.`);
  const target = bySelect(name);
  if (target === undefined) throw refuse(name);
  const operator = String(second);
  if (isExpression === true) {
    const other = bySelect(String(third));
    if (other === undefined) throw refuse(String(third));
    return `${quoteName(target.item.alias)} ${operator} ${quoteName(other.item.alias)}`;
  }
  const field =
    target.column.field ??
    ({ name, dataType: target.column.dataType ?? 'String', nullable: true } as NonNullable<Column['field']>);
  const { suffix } = splitSuffix(name);
  const formatted = formatFilterValue(site, caller, field, suffix, operator, third as InputValue);
  return compare(quoteName(target.item.alias), formatted.operator, formatted.value, {
    ...field,
    dataType: target.column.dataType ?? 'String',
  });
}

const UNLIMITED = -1;

/** Conditions and orders by what the caller may not see are passed over without a word. */
function withoutHidden(caller: Caller, params: GetParams): GetParams {
  const isSeen = (path: string): boolean => mayRead(caller, 'Contact', path.split('.').at(-1) ?? '');
  const shown = (clause: Clause): boolean => typeof clause[0] !== 'string' || isSeen(clause[0]);
  const { where = [], orderBy = {} } = params;
  if (where.every(shown) && Object.keys(orderBy).every(isSeen)) return params;
  const orders = Object.entries(orderBy).filter(([path]) => isSeen(path));
  return { ...params, where: where.filter(shown), orderBy: Object.fromEntries(orders) };
}

/**
 * The action `get` of an entity that is kept in a table.
 *
 * Source: Civi\Api4\Generic\DAOGetAction, Civi\Api4\Query\Api4SelectQuery.
 * @throws ApiFailure as CiviCRM fails, and 501 for what the sandbox does not know
 */
export function getRows(site: Site, caller: Caller, entity: EntitySchema, asked: GetParams): Found {
  const params = withoutHidden(caller, asked);
  const compiled = compile(site, caller, entity, params);
  const { selected, conditions, groups } = compiled;
  const order = Object.entries(params.orderBy ?? {}).map(([text, direction]) =>
    orderTerm(site, compiled, text, direction),
  );
  const having = (params.having ?? []).map((clause) => havingClause(site, caller, compiled, clause));
  // MariaDB answers in the order of the primary key when nothing else is asked for.
  if (!compiled.isGrouped && order.length === 0) order.push('"a".id ASC');
  const columns = [...selected.values()].map((one) => `${one.sql} AS ${quoteName(one.item.alias)}`);
  const body = [
    `FROM ${quoteName(entity.table)} "a"`,
    ...compiled.joins,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
    ...(groups.length === 0 ? [] : [`GROUP BY ${groups.join(', ')}`]),
    ...(having.length === 0
      ? []
      : [
          groups.length === 0 && !compiled.isGrouped
            ? `AND ${having.join(' AND ')}`
            : `HAVING ${having.join(' AND ')}`,
        ]),
  ].join('\n');
  const wantsCount = params.select?.includes('row_count') ?? false;
  const limit = Number(params.limit ?? 0);
  const offset = Number(params.offset ?? 0);
  let values: readonly JsonObject[] = [];
  let isComplete = false;
  if (!(wantsCount && params.select?.length === 1)) {
    const bounds =
      limit === 0 && offset === 0
        ? ''
        : `LIMIT ${String(limit === 0 ? UNLIMITED : limit)} OFFSET ${String(offset)}`;
    const sorted = order.length === 0 ? '' : `ORDER BY ${order.join(', ')}`;
    const rows = site.database.all(`SELECT ${columns.join(', ')}\n${body}\n${sorted} ${bounds}`);
    values = formatRows(
      site,
      rows,
      [...selected.values()].map((one) => one.column),
    );
    isComplete = limit === 0 || rows.length < limit;
  }
  if (!wantsCount) return isComplete ? { values, total: values.length + offset } : { values };
  if (isComplete) return { values, countMatched: values.length + offset };
  const counted =
    groups.length > 0 || having.length > 0
      ? `SELECT ${columns.join(', ') || '1'}\n${body}`
      : `SELECT 1 ${body}`;
  const count = site.database.get(`SELECT count(*) AS n FROM (${counted})`)?.['n'];
  return { values, countMatched: Number(count ?? 0) };
}

import { ApiFailure, invalidField, unknownToSandbox } from '../failure.ts';
import { CONTROLS, type Beside } from '../offered-options.ts';
import { PhpCrash } from '../php-crash.ts';
import type { Field } from '../schema/entity-schema.ts';
import type { Caller, Site } from '../site.ts';
import { activityContactFilter, isContactList } from './calculated.ts';
import { parseExpression, type Expression } from './expression.ts';
import { formatFilterValue, type InputValue, type Scalar } from './input-value.ts';
import { comparable, comparableValue, isText, leadingNumber, quoteText } from './literal.ts';
import { splitSuffix, type PathResolver, type Resolved } from './paths.ts';
import { dataTypeOf, renderExpression } from './render.ts';

export interface ConditionContext {
  readonly site: Site;
  readonly caller: Caller;
  readonly paths: PathResolver;
  /** Whether the third member of a clause is an expression unless the clause says otherwise. */
  readonly kind: 'WHERE' | 'ON';
  /** The table that the call asks tags of, when it says so. */
  /** What every row must hold, by path. */
  readonly required?: Beside;
}

export type Clause = readonly unknown[];

const OPERATORS = new Set(
  '=|<=|>=|>|<|LIKE|<>|!=|NOT LIKE|IN|NOT IN|BETWEEN|NOT BETWEEN|IS NOT NULL|IS NULL|IS EMPTY|IS NOT EMPTY|CONTAINS|NOT CONTAINS|CONTAINS ONE OF|NOT CONTAINS ONE OF|REGEXP|NOT REGEXP|REGEXP BINARY|NOT REGEXP BINARY'.split(
    '|',
  ),
);

const BOOKEND = '\u0001';

const fieldOf = (paths: PathResolver, path: string): Resolved & { readonly suffix?: string } => {
  const { path: bare, suffix } = splitSuffix(path);
  const found = paths.resolve(bare);
  if (found === undefined) throw invalidField(bare);
  return suffix === undefined ? found : { ...found, suffix };
};

function emptiness(sql: string, field: Field | undefined, isEmpty: boolean): string {
  const nothing = field?.dataType === 'String' || field?.serialize !== undefined ? "''" : '0';
  if (field !== undefined && !['String', 'Integer', 'Float', 'Boolean'].includes(field.dataType)) {
    return `${sql} IS ${isEmpty ? '' : 'NOT '}NULL`;
  }
  if (field === undefined) return `${sql} IS ${isEmpty ? '' : 'NOT '}NULL`;
  return isEmpty
    ? `(${sql} = ${nothing} OR ${sql} IS NULL)`
    : `(${sql} <> ${nothing} AND ${sql} IS NOT NULL)`;
}

function contains(sql: string, field: Field | undefined, value: Scalar, isNot: boolean): string {
  const text = value === null || value === false ? '' : value === true ? '1' : String(value);
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const matches =
    field?.serialize === 1
      ? `like_key(${sql}, ${quoteText(`%${BOOKEND}${text}${BOOKEND}%`)})`
      : field?.serialize === 5
        ? `regexp_key(${sql}, ${quoteText(`(^|,)${escaped}(,|$)`)}, 'i')`
        : `like_key(${sql}, ${quoteText(`%${text}%`)})`;
  const clause = isNot ? `NOT ${matches}` : matches;
  return isNot && field?.nullable !== false ? `((${clause}) OR ${sql} IS NULL)` : clause;
}

/** One comparison, with the value already in the form of the column. */
export function compare(sql: string, operator: string, value: InputValue, field: Field | undefined): string {
  const isNot = operator.startsWith('NOT ');
  const list = Array.isArray(value) ? (value as readonly InputValue[]) : [value];
  const literal = (one: InputValue | undefined): string => comparableValue(one, field);
  if (field?.operators !== undefined && !field.operators.includes(operator)) {
    throw new ApiFailure(`Illegal operator for ${field.name} ${operator}`);
  }
  switch (operator) {
    case 'IN':
    case 'NOT IN': {
      // An empty list matches nothing, its negation everything.
      const none = Array.isArray(value) ? value.length === 0 : !value || value === '0';
      if (none) return isNot ? '1' : '0';
      return `${comparable(sql, field)} ${operator} (${list.map(literal).join(', ')})`;
    }
    case 'BETWEEN':
    case 'NOT BETWEEN':
      return `${comparable(sql, field)} ${operator} ${literal(list[0])} AND ${literal(list[1])}`;
    case 'IS NULL':
    case 'IS NOT NULL':
      return `${sql} ${operator}`;
    case 'IS EMPTY':
    case 'IS NOT EMPTY':
      return emptiness(sql, field, operator === 'IS EMPTY');
    case 'CONTAINS':
    case 'NOT CONTAINS':
      return contains(sql, field, value as Scalar, isNot);
    case 'LIKE':
    case 'NOT LIKE': {
      const text = quoteText(value === null ? '' : String(value));
      return `${isNot ? 'NOT ' : ''}like_key(${sql}, ${text})`;
    }
    case 'REGEXP':
    case 'NOT REGEXP':
    case 'REGEXP BINARY':
    case 'NOT REGEXP BINARY': {
      const flags = operator.endsWith('BINARY') ? '' : 'i';
      return `${isNot ? 'NOT ' : ''}regexp_key(${sql}, ${quoteText(String(value))}, '${flags}')`;
    }
    default:
      return `${comparable(sql, field)} ${operator} ${literal(Array.isArray(value) ? list[0] : value)}`;
  }
}

/** As PHP joins the members to a text, in which there may be nothing but ids. */
function contactIds(value: InputValue): readonly number[] {
  const members = (Array.isArray(value) ? value : [value]) as readonly Scalar[];
  const text = members.map((one) => (one === true ? '1' : one === false ? '' : String(one ?? ''))).join(',');
  const ids = (text === '' ? '0' : text).split(',').map((id) => id.trim());
  if (!ids.every((id) => /^\d+(?:\.\d+)?$/.test(id)))
    throw new ApiFailure(`One of parameters  (value: ${text}) is not of the type CommaSeparatedIntegers`);
  return ids.map((id) => Math.trunc(Number(id)));
}

function activityContacts(target: Resolved, operator: string, value: InputValue): string {
  const name = target.field.name;
  if (target.field.operators?.includes(operator) === false) {
    throw new ApiFailure(`Illegal operator for ${name} ${operator}`);
  }
  const isEmptiness = operator.startsWith('IS ');
  const filter = activityContactFilter(target.alias, name, isEmptiness ? undefined : contactIds(value));
  return ['CONTAINS', 'IN', '=', 'IS NOT EMPTY', 'IS NOT NULL'].includes(operator) ? filter : `NOT ${filter}`;
}

/** `tags` and `groups` of a row: filters without a value of their own. */
function membership(site: Site, target: Resolved, operator: string, value: InputValue): string {
  const ids = (Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar]).map((id) =>
    leadingNumber(String(id ?? '')),
  );
  if (ids.length === 0) return operator === 'IN' ? '0' : '1';
  const { name, entity } = target.field;
  if (name === 'groups') {
    return `${target.sql} ${operator} (SELECT contact_id FROM civicrm_group_contact WHERE group_id IN (${ids.join(', ')}) AND status = 'Added')`;
  }
  if (name !== 'tags') throw unknownToSandbox(entity, 'get', `the filter ${name}`);
  const table = `civicrm_${entity.toLowerCase()}`;
  const known = site.database.all(
    'SELECT id FROM civicrm_tag WHERE parent_id IN (SELECT value FROM json_each(?))',
    [JSON.stringify(ids)],
  );
  const tags = [...ids, ...known.map((row) => Number(row['id']))];
  return `${target.sql} ${operator} (SELECT entity_id FROM civicrm_entity_tag WHERE entity_table = '${table}' AND tag_id IN (${tags.join(', ')}))`;
}

/** The required values of the record that a path leads to. */
function besideOf({ required = {} }: ConditionContext, path: string, name: string): Beside {
  const prefix = path.slice(0, path.lastIndexOf(name));
  return Object.fromEntries(CONTROLS.map((control) => [control, required[`${prefix}${control}`]]));
}

function compareField(context: ConditionContext, path: string, operator: string, value: InputValue): string {
  const target = fieldOf(context.paths, path);
  const { field } = target;
  const formatted = formatFilterValue(
    context.site,
    context.caller,
    field,
    target.suffix,
    operator,
    value,
    undefined,
    besideOf(context, path, field.name),
  );
  if (field.type === 'Filter') {
    if (field.operators?.includes(operator) === false)
      throw new ApiFailure(`Illegal operator for ${field.name} ${operator}`);
    return membership(context.site, target, formatted.operator, formatted.value);
  }
  if (isContactList(field.entity, field.name))
    return activityContacts(target, formatted.operator, formatted.value);
  if (target.suffix === undefined) checkShape(operator, value);
  const clause = compare(target.sql, formatted.operator, formatted.value, field);
  const ids = caseIdsIn(target, formatted.operator, formatted.value);
  if (ids === '') return clause;
  // The first case decides; only activities on the case come into question, and for those there is an index.
  return `(${target.alias}.id IN (SELECT activity_id FROM civicrm_case_activity WHERE case_id IN (${ids})) AND ${clause})`;
}

function caseIdsIn(target: Resolved, operator: string, value: InputValue): string {
  if (
    target.field.entity !== 'Activity' ||
    target.field.name !== 'case_id' ||
    !['=', 'IN'].includes(operator)
  )
    return '';
  return (Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar])
    .map((id) => String(leadingNumber(String(id ?? ''))))
    .join(', ');
}

function compareExpressions(
  context: ConditionContext,
  left: Expression,
  operator: string,
  value: unknown,
): string {
  const render = (expression: Expression): string => renderExpression(context, expression);
  if (typeof value !== 'string') {
    if (left.kind === 'field') return compareField(context, left.path, operator, value as InputValue);
    return compare(render(left), operator, value as InputValue, undefined);
  }
  const right = parseExpression(value);
  if (left.kind === 'field' && right.kind === 'text')
    return compareField(context, left.path, operator, right.text);
  const text = isText({ dataType: dataTypeOf(context, left) ?? 'Integer' });
  const key = (sql: string): string => (text ? `collate_key(${sql})` : sql);
  return `${key(render(left))} ${operator === 'IS NOT NULL' || operator === 'IS NULL' ? operator : `${operator} ${key(render(right))}`}`;
}

const isList = (value: unknown): boolean => Array.isArray(value);

/** PHP fails on a list where there should be one value, and the other way round. */
function checkShape(operator: string, value: unknown): void {
  if (!OPERATORS.has(operator) || operator.startsWith('IS ')) return;
  const isListed = operator.endsWith('IN') || operator.endsWith('BETWEEN') || operator.includes('CONTAINS');
  if (Array.isArray(value) && !isListed) throw new PhpCrash(`${operator} with a list`);
  const isMissing = !Array.isArray(value) && value !== null && value !== '' && value !== 0 && value !== false;
  if (isMissing && operator.endsWith('IN')) throw new PhpCrash(`${operator} without a list`);
}

function leaf(context: ConditionContext, clause: Clause): string {
  const [first, operator, value = null, flag] = clause;
  if (typeof first !== 'string' || typeof operator !== 'string' || !OPERATORS.has(operator))
    throw new ApiFailure('Illegal operator');
  const isExpression = typeof flag === 'boolean' ? flag : context.kind === 'ON';
  const left = parseExpression(first);
  if (isExpression) return compareExpressions(context, left, operator, value);
  if (left.kind === 'field') return compareField(context, left.path, operator, value as InputValue);
  if (left.kind !== 'function' && left.kind !== 'equation') throw new ApiFailure('Illegal sql expression.');
  const dataType = dataTypeOf(context, left) ?? 'String';
  const plain = { name: first, dataType, nullable: true } as Field;
  checkShape(operator, value);
  const formatted = formatFilterValue(
    context.site,
    context.caller,
    plain,
    undefined,
    operator,
    value as InputValue,
  );
  return compare(renderExpression(context, left), formatted.operator, formatted.value, plain);
}

/** `CONTAINS` with a list is all (or one of) its members. */
function containsList(
  context: ConditionContext,
  clause: Clause,
  operator: string,
  values: readonly unknown[],
): string {
  const binding = operator.endsWith('ONE OF') ? ' OR ' : ' AND ';
  const isNot = operator.startsWith('NOT');
  const single = (value: unknown): string =>
    leaf(context, [
      clause[0],
      'CONTAINS',
      context.kind === 'ON' && typeof value === 'string' ? `'${value}'` : value,
      ...clause.slice(3),
    ]);
  const all = values.map(single).join(binding);
  if (!isNot) return `(${all})`;
  const path = parseExpression(String(clause[0]));
  const target = path.kind === 'field' ? fieldOf(context.paths, path.path) : undefined;
  return target !== undefined && target.field.nullable
    ? `(NOT(${all}) OR ${target.sql} IS NULL)`
    : `NOT(${all})`;
}

/**
 * The SQL of a clause of `where` or of a join's conditions, or `''` for an empty group.
 *
 * Source: Civi\Api4\Query\Api4Query::treeWalkClauses.
 */
export function renderClause(context: ConditionContext, clause: Clause): string {
  if (!isList(clause)) throw new PhpCrash('a clause that is no list');
  const [head, second, third] = clause;
  if (head === 'AND' || head === 'OR' || head === 'NOT') {
    if (!Array.isArray(second) || second.length === 0) return '';
    const members = second as readonly Clause[];
    if (head === 'NOT') {
      const inner: Clause = typeof second[0] === 'string' ? (second as Clause) : ['AND', second];
      return `NOT (${renderClause(context, inner)})`;
    }
    return `(${members
      .map((member) => renderClause(context, member))
      .filter((sql) => sql !== '')
      .join(` ${head} `)})`;
  }
  const operator = String(second);
  if (operator.includes('CONTAINS') && OPERATORS.has(operator)) {
    if (Array.isArray(third)) return containsList(context, clause, operator, third as readonly unknown[]);
    return leaf(context, [head, operator.replace(' ONE OF', ''), ...clause.slice(2)]);
  }
  return leaf(context, clause);
}

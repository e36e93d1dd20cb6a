import { isRestricted } from '../access.ts';
import { quoteName } from '../database.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import { BRIDGES, type BridgeReference } from '../schema/bridges.ts';
import { ENTITIES, type EntitySchema } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import { UNIQUE_KEYS } from '../schema/keys.ts';
import { calculatedField } from './calculated.ts';
import { renderClause, type Clause, type ConditionContext } from './conditions.ts';
import { parseExpression } from './expression.ts';
import { quoteText } from './literal.ts';
import type { PathResolver, Resolved } from './paths.ts';
import { renderExpression } from './render.ts';

type Side = 'INNER' | 'LEFT';

interface JoinRequest {
  readonly entity: EntitySchema;
  readonly alias: string;
  readonly side: Side;
  /** Keep only rows without a partner. */
  readonly isExclusion: boolean;
  readonly bridge?: string;
  readonly conditions: readonly Clause[];
}

function readJoin(site: Site, item: unknown): JoinRequest {
  const [target, side, ...rest] = Array.isArray(item) ? (item as readonly unknown[]) : [];
  const [name = '', given] = String(target).split(' AS ');
  const entity = site.entities.get(name);
  if (entity === undefined) throw unknownToSandbox(name, 'get', `the entity ${name} in a join`);
  const word = typeof side === 'string' ? side : side === true ? 'INNER' : 'LEFT';
  if (!['INNER', 'LEFT', 'EXCLUDE'].includes(word))
    throw new ApiFailure(`Illegal value for join side: '${word}'.`);
  const bridge = typeof rest[0] === 'string' && /^\w+$/.test(rest[0]) ? rest[0] : undefined;
  return {
    entity,
    alias: given ?? name.toLowerCase(),
    side: word === 'INNER' ? 'INNER' : 'LEFT',
    isExclusion: word === 'EXCLUDE',
    ...(bridge === undefined ? {} : { bridge }),
    conditions: rest.filter((one): one is Clause => Array.isArray(one) && one.length > 0),
  };
}

const sides = (clause: Clause): readonly [string, string] | undefined =>
  clause[1] === '=' &&
  typeof clause[0] === 'string' &&
  typeof clause[2] === 'string' &&
  clause[2] !== '' &&
  clause[3] !== false
    ? [clause[0], clause[2]]
    : undefined;

/** Whether a condition links the joined table to the rest by a key, so that no link need be guessed. */
function linksByKey(paths: PathResolver, request: JoinRequest, clause: Clause): boolean {
  const both = sides(clause);
  if (both === undefined) return false;
  const prefix = `${request.alias}.`;
  return both.some((own, index) => {
    const other = both[1 - index] ?? '';
    if (!own.startsWith(prefix) || !/^[_a-z0-9.]+$/i.test(other)) return false;
    const column = own.slice(prefix.length);
    const otherField = paths.resolve(other)?.field;
    if (otherField === undefined) return false;
    if (otherField.fkEntity === request.entity.name) return column === 'id';
    const field = request.entity.fields.get(column);
    if (field?.fkEntity !== undefined && field.fkEntity === otherField.entity)
      return otherField.name === 'id';
    if (request.entity.name === 'EntityTag' && column === 'entity_id') return true;
    return (
      column === 'id' ||
      (UNIQUE_KEYS[request.entity.name] ?? []).some((key) => key.length === 1 && key[0] === column)
    );
  });
}

/** The link that is taken when the caller names none: the only foreign key between the two. */
function guessedLink(paths: PathResolver, request: JoinRequest): readonly string[] {
  const base = paths.base;
  const alias = quoteName(request.alias);
  const forward = [...base.entity.fields.values()].filter(
    (field) =>
      field.type === 'Field' &&
      field.only !== 'create' &&
      base.entity !== request.entity &&
      field.fkEntity === request.entity.name,
  );
  const backward = [...request.entity.fields.values()].filter(
    (field) => field.type === 'Field' && field.fkEntity === base.entity.name,
  );
  const links = [
    ...forward.map((field) => `"a".${quoteName(field.name)} = ${alias}.id`),
    ...backward.map((field) => `${alias}.${quoteName(field.name)} = "a".id`),
  ];
  return links.length === 1 ? links : [];
}

/** Joins implied by paths inside conditions: those on the joined table nest inside it. */
function splitImplied(
  paths: PathResolver,
  aliases: readonly string[],
): { readonly before: string[]; readonly nested: string[] } {
  const own = new Set(aliases.map(quoteName));
  const before: string[] = [];
  const nested: string[] = [];
  for (const join of paths.takeJoins()) {
    const [, made = '', on = ''] = /^LEFT JOIN "[^"]+" ("[^"]+") ON (.*)$/s.exec(join) ?? [];
    const isNested = [...own].some((name) => on.includes(`${name}.`));
    if (isNested) own.add(made);
    (isNested ? nested : before).push(isNested ? join.replace(/^LEFT/, 'INNER') : join);
  }
  return { before, nested };
}

const conjunction = (conditions: readonly string[]): string => {
  const all = conditions.filter((condition) => condition !== '');
  if (all.length === 0) throw new ApiFailure('DB Error: syntax error');
  return all.join(' AND ');
};

function plainJoin(context: ConditionContext, request: JoinRequest): string[] {
  const { paths } = context;
  paths.addScope({ alias: request.alias, entity: request.entity });
  const isLinked = request.conditions.some((clause) => linksByKey(paths, request, clause));
  const links = isLinked ? [] : guessedLink(paths, request);
  const conditions = [...links, ...request.conditions.map((clause) => renderClause(context, clause))];
  const { before, nested } = splitImplied(paths, [request.alias]);
  const table = `${quoteName(request.entity.table)} ${quoteName(request.alias)}`;
  const inside = nested.length === 0 ? table : `(${table} ${nested.join(' ')})`;
  return [...before, `${request.side} JOIN ${inside} ON ${conjunction(conditions)}`];
}

function findEnds(
  bridgeName: string,
  request: JoinRequest,
): readonly [joined: BridgeReference, base: BridgeReference] {
  const bridge = BRIDGES[bridgeName];
  if (bridge === undefined) {
    if (ENTITIES.has(bridgeName))
      throw new ApiFailure(`Unable to join ${bridgeName} to ${request.entity.name}`);
    throw unknownToSandbox(request.entity.name, 'get', `the bridge ${bridgeName}`);
  }
  const ends = bridge.ends.find(([joined]) => request.entity.name in joined.targets);
  if (ends === undefined) throw new ApiFailure(`Unable to join ${bridgeName} to ${request.entity.name}`);
  return ends;
}

function bridgeJoin(context: ConditionContext, request: JoinRequest, bridgeName: string): string[] {
  const { paths, site, caller } = context;
  const [joined, base] = findEnds(bridgeName, request);
  const bridge = ENTITIES.get(bridgeName);
  if (bridge === undefined) throw unknownToSandbox(bridgeName, 'get', `the bridge ${bridgeName}`);
  const bridgeAlias = `${request.alias}_via_${bridgeName.toLowerCase()}`;
  const quoted = quoteName(bridgeAlias);
  const keys = new Set(['id', joined.column, joined.typeColumn, base.column, base.typeColumn]);
  const lent = new Map<string, Resolved>();
  for (const field of bridge.fields.values()) {
    if (keys.has(field.name) || field.only === 'create' || field.type === 'Filter') continue;
    const sql =
      field.type === 'Field'
        ? `${quoted}.${quoteName(field.name)}`
        : calculatedField(site, caller, bridge.name, field.name, quoted);
    lent.set(field.name, { path: field.name, field, sql, alias: quoted });
  }
  paths.addScope({ alias: request.alias, entity: request.entity, lent });

  const link = [`${quoted}.${quoteName(joined.column)} = ${quoteName(request.alias)}.id`];
  if (joined.typeColumn !== undefined) {
    link.push(
      `${quoted}.${quoteName(joined.typeColumn)} = ${quoteText(joined.targets[request.entity.name] ?? '')}`,
    );
  }
  const toBase: string[] = [];
  const others: string[] = [];
  for (const clause of request.conditions) {
    const both = sides(clause);
    const column = [base.column, base.typeColumn].find(
      (name) => name !== undefined && both?.includes(`${request.alias}.${name}`),
    );
    if (both === undefined || column === undefined) others.push(renderClause(context, clause));
    else {
      const expression = both[0] === `${request.alias}.${column}` ? both[1] : both[0];
      toBase.push(
        `${quoted}.${quoteName(column)} = ${renderExpression(context, parseExpression(expression))}`,
      );
    }
  }
  if (toBase.length === 0) {
    const target = base.targets[paths.base.entity.name];
    if (target === undefined)
      throw new ApiFailure(`Unable to join ${bridgeName} to ${paths.base.entity.name}`);
    toBase.push(`${quoted}.${quoteName(base.column)} = "a".id`);
    if (base.typeColumn !== undefined)
      toBase.push(`${quoted}.${quoteName(base.typeColumn)} = ${quoteText(target)}`);
  }
  const { before, nested } = splitImplied(paths, [request.alias, bridgeAlias]);
  const bridgeTable = `${quoteName(bridge.table)} ${quoted}`;
  const target = `${quoteName(request.entity.table)} ${quoteName(request.alias)}`;
  const conditions = [...others, ...toBase];
  const needsTarget = nested.length > 0 || others.some((sql) => sql.includes(`${quoteName(request.alias)}.`));
  if (request.side === 'LEFT' && needsTarget) {
    const inside = `(${bridgeTable} INNER JOIN ${target} ON ${conjunction(link)} ${nested.join(' ')})`;
    return [...before, `LEFT JOIN ${inside} ON ${conjunction(conditions)}`];
  }
  const [key = '', ...typed] = link;
  const all = conjunction([...conditions, ...typed]);
  if (request.side === 'INNER') {
    const chain = [`INNER JOIN ${bridgeTable} ON 1`, `INNER JOIN ${target} ON ${key}`, ...nested];
    return [...before, ...chain.slice(0, -1), `${chain.at(-1) ?? ''} AND ${all}`];
  }
  // Every bridge row has its partner, so two joins in a row do the same and keep the indexes in use.
  return [...before, `LEFT JOIN ${bridgeTable} ON ${all}`, `LEFT JOIN ${target} ON ${key}`];
}

/**
 * The JOIN clauses of a call's `join` parameter. Their tables can be named in paths from then on.
 *
 * Source: Civi\Api4\Query\Api4SelectQuery::addExplicitJoins.
 * @returns the clauses, and conditions for the WHERE of `EXCLUDE` joins
 */
export function renderJoins(
  context: ConditionContext,
  items: readonly unknown[],
): { readonly joins: readonly string[]; readonly where: readonly string[] } {
  const joins: string[] = [];
  const where: string[] = [];
  for (const item of items) {
    const request = readJoin(context.site, item);
    if (isRestricted(context.caller))
      throw unknownToSandbox(request.entity.name, 'get', 'a join for somebody who may not see everything');
    joins.push(
      ...(request.bridge === undefined
        ? plainJoin(context, request)
        : bridgeJoin(context, request, request.bridge)),
    );
    if (request.isExclusion) where.push(`${quoteName(request.alias)}.id IS NULL`);
  }
  return { joins, where };
}

import { isRestricted, mayRead, maySeeCustomData, readAccess } from '../access.ts';
import { quoteName } from '../database.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import type { EntitySchema, Field } from '../schema/entity-schema.ts';
import { may, type Caller, type Site } from '../site.ts';
import { calculatedField } from './calculated.ts';

/** A field of the query, found by its path. */
export interface Resolved {
  readonly path: string;
  readonly field: Field;
  readonly sql: string;
  /** The table that the row comes from, for filters that need its id. */
  readonly alias: string;
}

/** A table that belongs to the query under a name of the caller's or of our own. */
interface Scope {
  readonly alias: string;
  readonly entity: EntitySchema;
  /** Fields that a bridge lends to its far side. */
  readonly lent?: ReadonlyMap<string, Resolved>;
}

const SUFFIXES = new Set(['name', 'label', 'abbr', 'color', 'description', 'icon', 'grouping', 'url']);

/** `status_id:name` → `status_id` and `name`. */
export function splitSuffix(path: string): { readonly path: string; readonly suffix?: string } {
  const at = path.lastIndexOf(':');
  const suffix = at < 0 ? '' : path.slice(at + 1);
  return SUFFIXES.has(suffix) ? { path: path.slice(0, at), suffix } : { path };
}

/** Calculated foreign keys over which a path may go on. */
const JOINABLE = new Set([
  'Activity.case_id',
  'Contact.email_primary',
  'Contact.email_billing',
  'Contact.phone_primary',
  'Contact.phone_billing',
]);

/** Finds fields by dotted path and collects the joins that the paths imply. */
export interface PathResolver {
  /** The field of a path without suffix, or undefined when there is none. */
  resolve(path: string): Resolved | undefined;
  addScope(scope: Scope): void;
  scopeOf(alias: string): Scope | undefined;
  readonly base: Scope;
  /** All selectable paths under a prefix (`''`, `contact_id.`), in order. */
  pathsUnder(prefix: string): readonly string[];
  /** LEFT JOIN clauses implied so far, in order; taking them leaves none. */
  takeJoins(): string[];
}

export function createPathResolver(site: Site, caller: Caller, entity: EntitySchema): PathResolver {
  const base: Scope = { alias: 'a', entity };
  const scopes = new Map<string, Scope>();
  const implied = new Map<string, Scope>();
  const customJoined = new Map<string, string>();
  let joins: string[] = [];
  let counter = 0;

  const readable = (field: Field): boolean =>
    field.only !== 'create' && mayRead(caller, field.entity, field.name);

  const fieldOf = (scope: Scope, name: string): Omit<Resolved, 'path'> | undefined => {
    const lent = scope.lent?.get(name);
    if (lent !== undefined) return lent;
    const field = scope.entity.fields.get(name);
    if (field === undefined || !readable(field)) return undefined;
    const alias = quoteName(scope.alias);
    if (field.type === 'Field') return { field, sql: `${alias}.${quoteName(name)}`, alias };
    if (field.type === 'Filter') return { field, sql: `${alias}.id`, alias };
    return { field, sql: calculatedField(site, caller, scope.entity.name, name, alias), alias };
  };

  const customOf = (scope: Scope, prefix: string, path: string): Omit<Resolved, 'path'> | undefined => {
    const field = site.custom.of(scope.entity.name).get(path);
    if (field?.custom === undefined || !maySeeCustomData(caller)) return undefined;
    const key = `${prefix}${field.custom.group}`;
    let alias = customJoined.get(key);
    if (alias === undefined) {
      alias = quoteName(`custom_${String((counter += 1))}`);
      customJoined.set(key, alias);
      joins.push(
        `LEFT JOIN ${quoteName(field.custom.table)} ${alias} ON ${alias}.entity_id = ${quoteName(scope.alias)}.id`,
      );
    }
    return { field, sql: `${alias}.${quoteName(field.custom.column)}`, alias: quoteName(scope.alias) };
  };

  const follow = (scope: Scope, prefix: string, name: string): Scope | undefined => {
    const key = `${prefix}${name}`;
    const known = implied.get(key);
    if (known !== undefined) return known;
    const found = fieldOf(scope, name);
    const joinable = found?.field.type === 'Field' || JOINABLE.has(`${scope.entity.name}.${name}`);
    if (found?.field.fkEntity === undefined || !joinable || found.field.serialize !== undefined)
      return undefined;
    const target = site.entities.get(found.field.fkEntity);
    if (target === undefined) {
      throw unknownToSandbox(scope.entity.name, 'get', `the entity ${found.field.fkEntity} behind ${key}`);
    }
    if (found.field.type !== 'Field' && isRestricted(caller) && !may(caller, 'view all contacts'))
      throw unknownToSandbox(scope.entity.name, 'get', `${key} for somebody who may not see all contacts`);
    const next: Scope = { alias: `join_${String((counter += 1))}`, entity: target };
    const visible = isRestricted(caller) ? readAccess(caller, target.name, quoteName(next.alias)) : [];
    const on = [`${quoteName(next.alias)}.id = ${found.sql}`, ...visible].join(' AND ');
    joins.push(`LEFT JOIN ${quoteName(target.table)} ${quoteName(next.alias)} ON ${on}`);
    implied.set(key, next);
    return next;
  };

  const start = (path: string): { scope: Scope; prefix: string; rest: readonly string[] } => {
    const [first = '', ...rest] = path.split('.');
    const scope = scopes.get(first);
    return scope === undefined || rest.length === 0
      ? { scope: base, prefix: '', rest: [first, ...rest] }
      : { scope, prefix: `${first}.`, rest };
  };

  /** The scope and what is left of the path once all foreign keys in it are followed. */
  const walk = (path: string): { scope: Scope; prefix: string; name: string } | undefined => {
    let { scope, prefix, rest } = start(path);
    while (rest.length > 1) {
      const name = rest.join('.');
      if (rest.length === 2 && site.custom.of(scope.entity.name).has(name)) return { scope, prefix, name };
      const [first = ''] = rest;
      const next = follow(scope, prefix, first);
      if (next === undefined) return undefined;
      scope = next;
      prefix = `${prefix}${first}.`;
      rest = rest.slice(1);
    }
    return { scope, prefix, name: rest[0] ?? '' };
  };

  return {
    base,
    scopeOf: (alias) => scopes.get(alias),
    addScope: (scope) => {
      if (scope.alias === 'a' || !/^[-\w]{1,256}$/.test(scope.alias)) {
        throw new ApiFailure(`Illegal join alias: "${scope.alias}"`);
      }
      scopes.set(scope.alias, scope);
    },
    resolve: (path) => {
      const end = walk(path);
      if (end === undefined) return undefined;
      const found = end.name.includes('.')
        ? customOf(end.scope, end.prefix, end.name)
        : fieldOf(end.scope, end.name);
      return found === undefined ? undefined : { ...found, path };
    },
    pathsUnder: (prefix) => {
      const end = walk(`${prefix}id`);
      if (end === undefined) return [];
      const own = [...end.scope.entity.fields.values()].filter(
        (field) => field.type === 'Field' && readable(field),
      );
      return [...own.map((field) => field.name), ...(end.scope.lent?.keys() ?? [])].map(
        (name) => `${prefix}${name}`,
      );
    },
    takeJoins: () => {
      const taken = joins;
      joins = [];
      return taken;
    },
  };
}

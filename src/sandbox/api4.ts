import type { JsonObject, JsonValue } from '../base/json.ts';
import { mayCall, mayWriteRow } from './access.ts';
import { getActions } from './actions-action.ts';
import { PhpCrash } from './php-crash.ts';
import { ApiFailure, unauthorized, unknownToSandbox } from './failure.ts';
import { getFields, queryRows } from './fields-action.ts';
import { plainText } from './query/literal.ts';
import type { Clause } from './query/conditions.ts';
import { getRows } from './query/get.ts';
import type { EntitySchema } from './schema/entity-schema.ts';
import { ENTITY_NAMES, SETTINGS } from './seed/site-facts.ts';
import { may, type Caller, type Site } from './site.ts';
import {
  createRecord,
  deleteRecords,
  onlyId,
  replaceRecords,
  saveRecords,
  updateRecords,
} from './write/write.ts';

export interface Answer {
  readonly values: readonly JsonObject[];
  readonly countMatched?: number;
  /** Of rows made in code: all that match, whatever the limit; core says so in `count`. */
  readonly total?: number;
}

type ParamType = 'array' | 'number' | 'any';
type Signature = Readonly<Record<string, ParamType>>;

const shared: Signature = { chain: 'array', debug: 'any', checkPermissions: 'any', language: 'any' };
const page: Signature = { where: 'array', orderBy: 'array', limit: 'number', offset: 'number' };

/** Parameters of the actions that the sandbox runs. */
const SIGNATURES: Readonly<Record<string, Signature>> = {
  get: { ...shared, ...page, select: 'array', join: 'array', groupBy: 'array', having: 'array' },
  create: { ...shared, values: 'array' },
  update: { ...shared, ...page, values: 'array', reload: 'any' },
  save: { ...shared, records: 'array', defaults: 'array', match: 'array', reload: 'any' },
  delete: { ...shared, ...page },
  replace: { ...shared, ...page, records: 'array', defaults: 'array', match: 'array', reload: 'any' },
  getFields: {
    ...shared,
    ...page,
    select: 'array',
    action: 'any',
    loadOptions: 'any',
    values: 'array',
    includeCustom: 'any',
  },
  getActions: { ...shared, ...page, select: 'array' },
  checkAccess: { ...shared, action: 'any', values: 'array' },
};

const SETTING_GET: Signature = { ...shared, select: 'array', domainId: 'any' };

const READ_ONLY = new Set(['RelationshipCache']);
const WRITES = new Set(['create', 'update', 'save', 'delete', 'replace']);
/** What core offers besides, for one entity or another. */
const OTHER_ACTIONS = new Set(
  'autocomplete export revert getLinks getChecksum validateChecksum getDuplicates mergeDuplicates getMergedFrom getMergedTo set'.split(
    ' ',
  ),
);
const VIRTUAL = new Set(['Entity', 'Setting']);
/** Of what definitions brought into being; a real site holds what extensions made besides. */
const ON_MANAGED = new Set(['get', 'update', 'delete', 'getActions', 'checkAccess']);

const missingApi = (entity: string, action: string): ApiFailure =>
  new ApiFailure(
    `API (${entity}, ${action}) does not exist (or the extension it belongs to is not enabled).`,
  );

const missingAction = (entity: string, action: string): ApiFailure =>
  new ApiFailure(`Api ${entity} ${action} version 4 does not exist.`);

function checkParams({ facts }: Site, entity: string, action: string, params: JsonObject): void {
  const signature = entity === 'Setting' && action === 'get' ? SETTING_GET : (SIGNATURES[action] ?? {});
  for (const [name, value] of Object.entries(params)) {
    const type = signature[name];
    if (type === undefined) {
      if (name === 'version') continue;
      if (name === 'useTrash' && action === 'delete' && (entity === 'Contact' || entity === 'Case')) continue;
      const setter = `set${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      throw new ApiFailure(`Unknown api parameter: ${facts.unknownParameter === 'setter' ? setter : name}`);
    }
    if (value === null) continue;
    if (entity === 'Activity' && name === 'select' && typeof value !== 'object')
      throw new PhpCrash('select is no list');
    if (type === 'array' && typeof value !== 'object') {
      throw new ApiFailure(`Parameter "${name}" is not of the correct type. Expecting array.`);
    }
    if (name === 'reload' && typeof value !== 'boolean' && !facts.reloadsFields)
      throw new ApiFailure('Parameter "reload" is not of the correct type. Expecting bool.');
  }
}

/** Their rows are made in code. */
const COMPUTED = new Set(['getFields', 'getActions']);

const isOnlyCounted = ({ select }: JsonObject): boolean =>
  Array.isArray(select) && select.length === 1 && select[0] === 'row_count';

/** A negative limit or offset reaches the database, unless one row is updated by its id or rows are only counted. */
function checkPage(action: string, params: JsonObject): void {
  if (action === 'get' && isOnlyCounted(params)) return;
  const where = (params['where'] ?? []) as unknown as readonly Clause[];
  if (COMPUTED.has(action) || (action === 'update' && onlyId(where) !== undefined)) return;
  const signature = SIGNATURES[action] ?? {};
  const isNegative = ([name, value]: [string, JsonValue]): boolean =>
    signature[name] === 'number' && Number(value) < 0;
  if (Object.entries(params).some(isNegative)) throw new ApiFailure('DB Error: syntax error');
}

/** Whether only entities are asked for that the sandbox holds: of others it knows in one edition only. */
function asksForHeld({ facts, entities }: Site, where: JsonValue | undefined): boolean {
  if (facts.entityList) return true;
  const clauses = (where ?? []) as readonly (readonly JsonValue[])[];
  const names = clauses.flatMap(([field, , value]) => (field === 'name' ? [value ?? null].flat() : []));
  return names.length > 0 && names.every((name) => typeof name === 'string' && entities.has(name));
}

function virtualEntity(site: Site, entity: string, action: string, params: JsonObject): Answer {
  if (action !== 'get') throw unknownToSandbox(entity, action, 'this action');
  const select = (params['select'] ?? []) as readonly string[];
  if (entity === 'Entity') {
    const beyond = select.find((name) => name !== 'name' && name !== 'row_count');
    if (beyond !== undefined || select.length === 0) {
      throw unknownToSandbox(entity, action, `the property ${beyond ?? '*'} of entities; select only name`);
    }
    if (!asksForHeld(site, params['where']))
      throw unknownToSandbox(entity, action, 'all entities of this edition; ask for those you need by name');
    return queryRows(
      ENTITY_NAMES.map((name) => ({ name })),
      params,
    );
  }
  if (select.length === 0) throw unknownToSandbox(entity, action, 'all settings; select those you need');
  return {
    values: select.map((name) => {
      if (!(name in SETTINGS)) throw unknownToSandbox(entity, action, `the setting ${name}`);
      return { name, value: SETTINGS[name] ?? null, domain_id: 1 };
    }),
  };
}

function runAction(
  site: Site,
  caller: Caller,
  entity: EntitySchema,
  action: string,
  params: JsonObject,
): Answer {
  const context = { site, caller };
  if (entity.name === 'Managed' && !ON_MANAGED.has(action))
    throw unknownToSandbox(entity.name, action, 'this action');
  switch (action) {
    case 'get':
      return getRows(site, caller, entity, params);
    case 'create':
      return createRecord(context, entity, params);
    case 'update':
      return updateRecords(context, entity, params);
    case 'save':
      return saveRecords(context, entity, params);
    case 'delete':
      return deleteRecords(context, entity, params);
    case 'replace':
      return replaceRecords(context, entity, params);
    case 'getFields':
      return getFields(site, caller, entity, params);
    case 'getActions':
      return getActions(caller, entity.name, params);
    case 'checkAccess': {
      const values = (params['values'] ?? {}) as JsonObject;
      if (Object.keys(values).length === 0) throw new ApiFailure('Parameter "values" is required.');
      const wanted = plainText(params['action']);
      const isWrite = wanted === 'create' || wanted === 'update' || wanted === 'delete';
      const access =
        mayCall(caller, entity.name, wanted) && (!isWrite || mayWriteRow(caller, entity.name, values));
      return { values: [{ access, id: access ? (values['id'] ?? null) : null }] };
    }
    default:
      throw unknownToSandbox(entity.name, action, 'this action');
  }
}

/** What a row holds under a path: a field, or a step into the answer of an earlier link, `$case.subject`. */
function valueIn(row: JsonObject, path: string): JsonValue {
  if (path in row) return row[path] ?? null;
  return path.split('.').reduce<JsonValue>((value, part) => {
    if (typeof value !== 'object' || value === null) return null;
    return (value as Readonly<Record<string, JsonValue>>)[part] ?? null;
  }, row);
}

/** `$field` in the parameters of a chained call stands for the row's value. */
function fillIn(value: JsonValue, row: JsonObject): JsonValue {
  if (typeof value === 'string') return value.startsWith('$') ? valueIn(row, value.slice(1)) : value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => fillIn(item, row));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fillIn(item, row)]));
}

/** The `index` of a call: the n-th row, rows by a field, or a column. */
function indexValues(values: readonly JsonObject[], index: JsonValue | undefined): JsonValue {
  if (index === undefined || index === null || index === '') return values;
  if (typeof index === 'number' || (typeof index === 'string' && /^-?\d+$/.test(index))) {
    const row = values.at(Number(index));
    if (row === undefined) throw new ApiFailure(`Index ${String(index)} not found in api results`);
    return row;
  }
  const [key, column] =
    typeof index === 'string'
      ? [index, undefined]
      : Array.isArray(index)
        ? [undefined, String(index[0])]
        : (Object.entries(index)[0] ?? []);
  const pick = (row: JsonObject): JsonValue => {
    if (column === undefined) return row;
    const name = plainText(column);
    if (!(name in row)) throw new ApiFailure(`Key ${name} not found in api results`);
    return row[name] ?? null;
  };
  // Rows without the column go missing in silence.
  const rows = column === undefined ? values : values.filter((row) => plainText(column) in row);
  if (key === undefined || (values.length > 0 && rows.length === 0)) return rows.map(pick);
  if (rows.some((row) => !(key in row))) throw new ApiFailure(`Key ${key} not found in api results`);
  return Object.fromEntries(rows.map((row) => [String(row[key] as string | number), pick(row)]));
}

/**
 * Runs a call and shows its rows by `index`. A field that only the index needs is fetched and not shown.
 * @throws ApiFailure as `callApi4`
 */
export function callIndexed(
  site: Site,
  caller: Caller,
  entity: string,
  action: string,
  params: JsonObject,
  index: JsonValue | undefined,
): Answer & { readonly shown: JsonValue } {
  const select = params['select'];
  const isBorrowed =
    typeof index === 'string' &&
    !/^(?:-?\d+)?$/.test(index) &&
    Array.isArray(select) &&
    select.length > 0 &&
    !select.includes(index) &&
    !select.includes('*');
  const asked = isBorrowed ? { ...params, select: [...(select as readonly JsonValue[]), index] } : params;
  const answer = callApi4(site, caller, entity, action, asked);
  const shown = indexValues(answer.values, index);
  if (!isBorrowed || typeof shown !== 'object' || shown === null) return { ...answer, shown };
  const rows = Object.entries(shown).map(([key, row]): [string, JsonValue] => [
    key,
    Object.fromEntries(Object.entries(row as JsonObject).filter(([name]) => name !== index)),
  ]);
  return { ...answer, shown: answer.values.length === 0 ? [] : Object.fromEntries(rows) };
}

function runChain(site: Site, caller: Caller, row: JsonObject, chain: JsonObject): JsonObject {
  const filled: Record<string, JsonValue> = { ...row };
  for (const [name, link] of Object.entries(chain)) {
    if (!Array.isArray(link) || link.length < 2) throw new PhpCrash(`The link ${name} of a chain is no call`);
    const [entity, action, params = {}, index] = link as unknown as readonly [
      string,
      string,
      JsonObject?,
      JsonValue?,
    ];
    filled[name] = callIndexed(
      site,
      caller,
      entity,
      action,
      fillIn(params, filled) as JsonObject,
      index,
    ).shown;
  }
  return filled;
}

/** Core finds entities and actions however they are spelt, with the spelling showing here and there. */
const isMiscased = (sent: string, names: readonly string[]): boolean =>
  names.some((name) => name !== sent && name.toLowerCase() === sent.toLowerCase());

/**
 * Runs one APIv4 call for a caller. A failure leaves what was done before it, as in CiviCRM.
 * @throws ApiFailure with CiviCRM's own words, or 501 naming what the sandbox does not know
 */
export function callApi4(
  site: Site,
  caller: Caller,
  entityName: string,
  action: string,
  sent: JsonObject,
): Answer {
  const params = Object.fromEntries(
    Object.entries(sent).filter(([name]) => name.toLowerCase() !== 'checkpermissions'),
  );
  const entity = site.entities.get(entityName);
  if (entity === undefined && !VIRTUAL.has(entityName)) {
    if (ENTITY_NAMES.includes(entityName))
      throw unknownToSandbox(entityName, action, `the entity ${entityName}`);
    if (isMiscased(entityName, ENTITY_NAMES)) throw unknownToSandbox(entityName, action, 'this spelling');
    throw missingApi(entityName, action);
  }
  if (SIGNATURES[action] === undefined || (READ_ONLY.has(entityName) && WRITES.has(action))) {
    if (OTHER_ACTIONS.has(action)) throw unknownToSandbox(entityName, action, 'this action');
    if (isMiscased(action, [...Object.keys(SIGNATURES), ...OTHER_ACTIONS]))
      throw unknownToSandbox(entityName, action, 'this spelling');
    throw missingAction(entityName, action);
  }
  checkParams(site, entityName, action, params);
  const isRefused = site.facts.keylessReads === 'refused' && !may(caller, 'access CiviCRM');
  if (isRefused || !mayCall(caller, entityName, action)) throw unauthorized(entityName, action);
  checkPage(action, params);
  const answer =
    entity === undefined
      ? virtualEntity(site, entityName, action, params)
      : runAction(site, caller, entity, action, params);
  const chain = params['chain'];
  if (chain === undefined || chain === null) return answer;
  return { ...answer, values: answer.values.map((row) => runChain(site, caller, row, chain as JsonObject)) };
}

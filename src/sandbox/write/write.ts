import type { JsonObject } from '../../base/json.ts';
import { mayCall, mayWriteRow } from '../access.ts';
import { ApiFailure, unauthorized } from '../failure.ts';
import { getRows, type GetParams } from '../query/get.ts';
import type { Clause } from '../query/conditions.ts';
import type { EntitySchema } from '../schema/entity-schema.ts';
import { rulesOf } from './entity-rules.ts';
import { missingFields } from './missing-fields.ts';
import { resolveNames, type Values } from './record.ts';
import { given, type WriteContext } from './rules.ts';
import { idOf, storeAll } from './store-record.ts';
import { deleteRow, readRow } from './store-row.ts';

export interface WriteParams {
  readonly values?: JsonObject;
  readonly records?: readonly JsonObject[];
  readonly defaults?: JsonObject;
  readonly match?: readonly string[];
  readonly where?: readonly Clause[];
  readonly reload?: boolean | readonly string[];
  readonly limit?: number;
  readonly orderBy?: Readonly<Record<string, string>>;
  /** Whether `delete` of a contact or a case only marks it. */
  readonly useTrash?: boolean;
}

export interface Written {
  readonly values: readonly JsonObject[];
  readonly countMatched?: number;
}

function checkRequired(entity: EntitySchema, action: string, records: readonly Values[]): void {
  const missing = records
    .filter((values) => idOf(values) === undefined)
    .flatMap((values) => missingFields(entity, values));
  if (missing.length > 0) {
    throw new ApiFailure(
      `Mandatory values missing from Api4 ${entity.name}::${action}: ${[...new Set(missing)].join(', ')}`,
      500,
      'mandatory_missing',
    );
  }
}

function reload(
  context: WriteContext,
  entity: EntitySchema,
  written: readonly JsonObject[],
  wanted: WriteParams['reload'],
): readonly JsonObject[] {
  if (wanted === undefined || wanted === false) return written;
  const ids = written.map((row) => row['id'] ?? 0);
  const params: GetParams = { where: [['id', 'IN', ids]], ...(wanted === true ? {} : { select: wanted }) };
  const rows = new Map(
    getRows(context.site, context.caller, entity, params).values.map((row) => [row['id'], row]),
  );
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : [row];
  });
}

function matchExisting(
  context: WriteContext,
  entity: EntitySchema,
  values: Values,
  match: readonly string[],
): Values {
  if (idOf(values) !== undefined || match.length === 0 || !match.every((name) => name in values))
    return values;
  const where = match.map((name): Clause =>
    given(values, name) ? [name, '=', values[name]] : [name, 'IS EMPTY'],
  );
  const found = getRows(context.site, context.caller, entity, { select: ['id'], where, limit: 2 }).values;
  const [only] = found;
  return found.length === 1 && only?.['id'] !== undefined ? { ...values, id: only['id'] } : values;
}

/** The action `create`. @throws ApiFailure as CiviCRM fails */
export function createRecord(context: WriteContext, entity: EntitySchema, params: WriteParams): Written {
  const values = resolveNames(context.site, context.caller, entity, params.values ?? {});
  if (idOf(values) !== undefined)
    throw new ApiFailure('Cannot pass id to Create action. Use Update action instead.');
  const record: Values = { ...values };
  Reflect.deleteProperty(record, 'id');
  checkRequired(entity, 'create', [record]);
  return { values: storeAll(context, entity, [record]) };
}

/** The action `save`: all records are checked first, then stored one by one. */
export function saveRecords(context: WriteContext, entity: EntitySchema, params: WriteParams): Written {
  if ((params.records ?? []).length === 0) throw new ApiFailure('Parameter "records" is required.');
  const records = (params.records ?? []).map((sent) => {
    const values = resolveNames(context.site, context.caller, entity, { ...params.defaults, ...sent });
    return matchExisting(context, entity, values, params.match ?? []);
  });
  const countMatched = records.filter((values) => idOf(values) !== undefined).length;
  checkRequired(entity, 'save', records);
  const written = storeAll(context, entity, records);
  const values = reload(context, entity, written, params.reload);
  return context.site.facts.countsMatches ? { values, countMatched } : { values };
}

function idsFound(context: WriteContext, entity: EntitySchema, params: WriteParams): readonly number[] {
  const { where = [], limit, orderBy } = params;
  const query: GetParams = {
    select: ['id'],
    where,
    ...(limit === undefined ? {} : { limit }),
    ...(orderBy === undefined ? {} : { orderBy }),
  };
  return getRows(context.site, context.caller, entity, query).values.map((row) => Number(row['id']));
}

/** An id among the values is one more condition. */
function whereOfUpdate(entity: EntitySchema, values: Values, where: readonly Clause[]): readonly Clause[] {
  const id = idOf(values);
  if (id === undefined) {
    if (where.length > 0) return where;
    throw new ApiFailure('Parameter "where" is required unless primary keys are supplied in values.');
  }
  const asked = where.find((clause) => clause[0] === 'id');
  if (asked === undefined) return [...where, ['id', '=', id]];
  if (asked[1] === '=' && Number(asked[2]) === id) return where;
  throw new ApiFailure(`Cannot update the id of an existing ${entity.name}.`);
}

/** The id of `where` when that is all it asks for. */
export function onlyId(where: readonly Clause[]): number | undefined {
  const [clause] = where;
  const isOnly = where.length === 1 && clause?.[0] === 'id' && clause[1] === '=' && Number(clause[2]) > 0;
  return isOnly ? Number(clause[2]) : undefined;
}

/** The action `update`: rows by `where`, or the one whose id is among the values. */
export function updateRecords(context: WriteContext, entity: EntitySchema, params: WriteParams): Written {
  const values = resolveNames(context.site, context.caller, entity, params.values ?? {});
  if (Object.keys(values).length === 0) throw new ApiFailure('Parameter "values" is required.');
  const where = whereOfUpdate(entity, values, params.where ?? []);
  // A row by its id alone is not looked for first.
  const id = onlyId(where);
  const ids = id === undefined ? idsFound(context, entity, { ...params, where }) : [id];
  const written = storeAll(
    context,
    entity,
    ids.map((one) => ({ ...values, id: one })),
  );
  return { values: reload(context, entity, written, params.reload) };
}

export function deleteRecords(context: WriteContext, entity: EntitySchema, params: WriteParams): Written {
  if ((params.where ?? []).length === 0) throw new ApiFailure('Parameter "where" is required.');
  const rules = rulesOf(entity.name);
  const ids = idsFound(context, entity, params);
  for (const id of ids) {
    const row = readRow(context.site, entity.name, id);
    if (row !== undefined && !mayWriteRow(context.caller, entity.name, row))
      throw unauthorized(entity.name, 'delete');
    rules.beforeDelete?.(context, id);
    if (rules.remove === undefined) deleteRow(context.site, entity.name, id);
    else rules.remove(context, id, params.useTrash);
    rules.afterDelete?.(context, id);
  }
  return { values: ids.map((id) => ({ id: rules.numericIds === true ? id : String(id) })) };
}

/** The action `replace`: saves the records and deletes the other rows of `where`. Source: BasicReplaceAction. */
export function replaceRecords(context: WriteContext, entity: EntitySchema, params: WriteParams): Written {
  const { where = [], records = [], match = [] } = params;
  if (records.length === 0) throw new ApiFailure('Parameter "records" is required.');
  if (where.length === 0) throw new ApiFailure('Parameter "where" is required.');
  const before = idsFound(context, entity, params);
  const equals = where.filter((clause) => clause[1] === '=' && typeof clause[0] === 'string');
  const implied = Object.fromEntries(equals.map((clause) => [String(clause[0]), clause[2]])) as JsonObject;
  const matched = records.map((record) => {
    const sent = { ...params.defaults, ...implied, ...record };
    return matchExisting(context, entity, resolveNames(context.site, context.caller, entity, sent), match);
  });
  if (!mayCall(context.caller, entity.name, 'save')) throw unauthorized(entity.name, 'save');
  const { reload: wanted } = params;
  const saved = saveRecords(context, entity, {
    records: matched,
    ...(wanted === undefined ? {} : { reload: wanted }),
  });
  const kept = new Set(matched.map(idOf));
  const gone = before.filter((id) => !kept.has(id));
  if (gone.length > 0) {
    if (!mayCall(context.caller, entity.name, 'delete')) throw unauthorized(entity.name, 'delete');
    deleteRecords(context, entity, { where: [['id', 'IN', gone]] });
  }
  return saved;
}

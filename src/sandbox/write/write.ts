import type { JsonObject } from '../../base/json.ts';
import { mayCall, mayWriteRow } from '../access.ts';
import type { Row } from '../database.ts';
import { ApiFailure, unauthorized } from '../failure.ts';
import { getRows, type GetParams } from '../query/get.ts';
import type { Clause } from '../query/conditions.ts';
import type { EntitySchema } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import { activityContactRules, activityRules, caseActivityRules, checkFirstCase } from './activity-rules.ts';
import { caseContactRules, caseRules } from './case-rules.ts';
import { caseTypeRules } from './case-type-rules.ts';
import { contactRules, emailRules, phoneRules } from './contact-rules.ts';
import { customFieldRules, customGroupRules, writeCustomValues } from './custom-rules.ts';
import {
  entityTagRules,
  groupContactRules,
  groupRules,
  locationTypeRules,
  optionGroupRules,
  optionValueRules,
  tagRules,
} from './list-rules.ts';
import { answerOf, missingFields, resolveNames, toColumns, type Values } from './record.ts';
import { relationshipRules, relationshipTypeRules } from './relationship-rules.ts';
import { given, isEmpty, type EntityRules, type WriteContext } from './rules.ts';
import { deleteRow, insertRow, readRow, updateRow, useUpId } from './store-row.ts';

const RULES: Readonly<Record<string, EntityRules>> = {
  Activity: activityRules,
  ActivityContact: activityContactRules,
  Case: caseRules,
  CaseActivity: caseActivityRules,
  CaseContact: caseContactRules,
  CaseType: caseTypeRules,
  Contact: contactRules,
  CustomField: customFieldRules,
  CustomGroup: customGroupRules,
  Email: emailRules,
  EntityTag: entityTagRules,
  Group: groupRules,
  GroupContact: groupContactRules,
  LocationType: locationTypeRules,
  OptionGroup: optionGroupRules,
  OptionValue: optionValueRules,
  Phone: phoneRules,
  Relationship: relationshipRules,
  RelationshipType: relationshipTypeRules,
  Tag: tagRules,
};

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

const idOf = (values: Values): number | undefined => (given(values, 'id') ? Number(values['id']) : undefined);

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

/** What MariaDB puts where a column may not be null. */
function withoutNull(entity: EntitySchema, columns: Row): Row {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => {
      const field = entity.fields.get(name);
      if (value !== null || field === undefined || field.nullable) return [name, value];
      return [name, field.dataType === 'Integer' || field.dataType === 'Boolean' ? 0 : ''];
    }),
  );
}

function shownAnswer(
  site: Site,
  entity: EntitySchema,
  rules: EntityRules,
  id: number,
  values: Values,
  added: Row,
): JsonObject {
  const answer = { ...answerOf(site, entity, id, values, added), ...rules.shown?.(values) };
  const hidden = rules.hidden?.(readRow(site, entity.name, id) ?? {}) ?? [];
  return hidden.length === 0
    ? answer
    : Object.fromEntries(Object.entries(answer).filter(([name]) => !hidden.includes(name)));
}

/** Stores one record and all that CiviCRM does with it. The order matters: a failure leaves what came before. */
function storeRecord(context: WriteContext, entity: EntitySchema, values: Values): JsonObject {
  const { site } = context;
  const rules = RULES[entity.name] ?? {};
  const id = idOf(values);
  // Who may not edit contacts is not told which there are.
  const stored = id === undefined ? values : readRow(site, entity.name, id);
  const owner = stored ?? (entity.name === 'Contact' ? values : undefined);
  if (owner !== undefined && !mayWriteRow(context.caller, entity.name, owner))
    throw unauthorized(entity.name, id === undefined ? 'create' : 'update');
  const columns = toColumns(site, entity, values);
  if (id === undefined) {
    const existing = rules.existing?.(context, values);
    if (existing !== undefined) {
      useUpId(site, entity.name);
      return answerOf(site, entity, existing, values, {});
    }
    const added = rules.beforeCreate?.(context, values) ?? {};
    const newId = insertRow(site, entity.name, { ...columns, ...added });
    rules.beforeCustom?.(context, newId, values);
    writeCustomValues(site, entity.name, newId, values);
    rules.afterWrite?.(context, newId, values, true);
    return shownAnswer(site, entity, rules, newId, values, added);
  }
  if (readRow(site, entity.name, id) === undefined) {
    // The values of custom fields come first, and have nothing to belong to.
    const isCustom = Object.keys(values).some((name) => site.custom.of(entity.name).has(name));
    if (isCustom && (entity.name === 'Case' || entity.name === 'Activity'))
      throw new ApiFailure('DB Error: constraint violation');
    if (rules.missing !== undefined) throw rules.missing;
    const hasContacts =
      entity.name === 'Activity' &&
      Object.keys(values).some(
        (name) => (name.endsWith('_contact_id') || name === 'case_id') && !isEmpty(values[name]),
      );
    if (hasContacts) {
      if (!Object.keys(values).some((name) => name.endsWith('_contact_id') && !isEmpty(values[name])))
        checkFirstCase(values['case_id']);
      throw new ApiFailure('DB Error: constraint violation');
    }
    if (entity.name === 'Activity' && 'is_deleted' in values)
      throw new ApiFailure('Index 0 not found in api results');
    const answer = answerOf(site, entity, id, values, rules.beforeUpdate?.(context, id, values) ?? {});
    // A definition for no case type, too, has what definitions made looked after.
    if (entity.name === 'CaseType') rules.afterWrite?.(context, id, values, false);
    return answer;
  }
  const added = rules.beforeUpdate?.(context, id, values) ?? {};
  updateRow(site, entity.name, id, { ...withoutNull(entity, columns), ...added });
  rules.beforeCustom?.(context, id, values);
  writeCustomValues(site, entity.name, id, values);
  rules.afterWrite?.(context, id, values, false);
  return shownAnswer(site, entity, rules, id, values, added);
}

/** Of several roles those that cannot be stored are left out in silence. Source: RelationshipSaveTrait. */
function storeAll(
  context: WriteContext,
  entity: EntitySchema,
  records: readonly Values[],
): readonly JsonObject[] {
  if (entity.name !== 'Relationship' || records.length < 2)
    return records.map((values) => storeRecord(context, entity, values));
  return records.flatMap((values) => {
    try {
      return [storeRecord(context, entity, values)];
    } catch (thrown) {
      if (thrown instanceof ApiFailure && thrown.status === 500) return [];
      throw thrown;
    }
  });
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
  return { values: [storeRecord(context, entity, record)] };
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
  const rules = RULES[entity.name] ?? {};
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
  if (where.length === 0) throw new ApiFailure('Parameter "where" is required.');
  if (records.length === 0) throw new ApiFailure('Parameter "records" is required.');
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

import type { JsonObject } from '../../base/json.ts';
import { mayWriteRow } from '../access.ts';
import type { Row } from '../database.ts';
import { ApiFailure, unauthorized } from '../failure.ts';
import type { EntitySchema } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import { checkFirstCase, checkOtherCases } from './activity-rules.ts';
import { writeCustomValues } from './custom-rules.ts';
import { rulesOf } from './entity-rules.ts';
import { answerOf, toColumns, type Values } from './record.ts';
import { given, isEmpty, type EntityRules, type WriteContext } from './rules.ts';
import { insertRow, readRow, updateRow, useUpId } from './store-row.ts';
import { placeInOrder } from './weights.ts';

/** The id among the values of a record. */
export const idOf = (values: Values): number | undefined =>
  given(values, 'id') ? Number(values['id']) : undefined;

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
  const row = readRow(site, entity.name, id) ?? {};
  const answer = { ...answerOf(site, entity, id, values, added), ...rules.shown?.(values, row) };
  const hidden = rules.hidden?.(row) ?? [];
  return hidden.length === 0
    ? answer
    : Object.fromEntries(Object.entries(answer).filter(([name]) => !hidden.includes(name)));
}

const names = (values: Values, isMeant: (name: string) => boolean): boolean =>
  Object.keys(values).some((name) => isMeant(name) && !isEmpty(values[name]));

/** An update of a row that is not there: it fails, or it is answered as if it were, entity by entity. */
function storeMissing(context: WriteContext, entity: EntitySchema, id: number, values: Values): JsonObject {
  const { site } = context;
  const rules = rulesOf(entity.name);
  // The values of custom fields come first, and have nothing to belong to.
  const isCustom = Object.keys(values).some((name) => site.custom.of(entity.name).has(name));
  if (isCustom && (entity.name === 'Case' || entity.name === 'Activity'))
    throw new ApiFailure('DB Error: constraint violation');
  const failure = rules.missing?.(context, id, values);
  if (failure !== undefined) throw failure;
  if (entity.name === 'Activity') {
    const hasPeople = names(values, (name) => name.endsWith('_contact_id'));
    if (hasPeople) useUpId(site, 'ActivityContact');
    else checkFirstCase(values['case_id']);
    if (!hasPeople && !isEmpty(values['case_id'])) {
      checkOtherCases(values['case_id']);
      useUpId(site, 'CaseActivity');
    }
    if (hasPeople || !isEmpty(values['case_id'])) throw new ApiFailure('DB Error: constraint violation');
    if ('is_deleted' in values) throw new ApiFailure('Index 0 not found in api results');
  }
  const answer = answerOf(site, entity, id, values, rules.beforeUpdate?.(context, id, values) ?? {});
  // A definition for no case type, too, has what definitions made looked after.
  if (entity.name === 'CaseType') rules.afterWrite?.(context, id, values, false);
  return answer;
}

/** Stores one record and all that CiviCRM does with it. The order matters: a failure leaves what came before. */
function storeRecord(context: WriteContext, entity: EntitySchema, values: Values): JsonObject {
  const { site } = context;
  const rules = rulesOf(entity.name);
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
  if (readRow(site, entity.name, id) === undefined) return storeMissing(context, entity, id, values);
  const added = rules.beforeUpdate?.(context, id, values) ?? {};
  updateRow(site, entity.name, id, { ...withoutNull(entity, columns), ...added });
  rules.beforeCustom?.(context, id, values);
  writeCustomValues(site, entity.name, id, values);
  rules.afterWrite?.(context, id, values, false);
  return shownAnswer(site, entity, rules, id, values, added);
}

/** Of several roles those that cannot be stored are left out in silence. Source: RelationshipSaveTrait. */
export function storeAll(
  context: WriteContext,
  entity: EntitySchema,
  records: readonly Values[],
): readonly JsonObject[] {
  if (entity.name !== 'Relationship' || records.length < 2) {
    const placed = placeInOrder(context.site, entity, records);
    return placed.map((values) => storeRecord(context, entity, values));
  }
  return records.flatMap((values) => {
    try {
      return [storeRecord(context, entity, values)];
    } catch (thrown) {
      if (thrown instanceof ApiFailure && thrown.status === 500) return [];
      throw thrown;
    }
  });
}

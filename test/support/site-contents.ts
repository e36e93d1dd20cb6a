import type { JsonValue } from '../../src/base/json.ts';
import { originField } from '../../src/case/origin-key.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';

type Row = Readonly<Record<string, JsonValue>>;

/**
 * Everything of a site that a mirror or a migration may touch, row by row and sorted. Ids are replaced by the origin
 * key or the name of the record, and moments of writing left out, so that two ways to the same end read the same.
 */
export function contentsOf(site: Sandbox): Readonly<Record<string, readonly string[]>> {
  const rows = (entity: string, select: readonly string[], where: JsonValue[] = []): readonly Row[] =>
    site.handle(entity, 'get', { select: [...select], where, orderBy: { id: 'ASC' } }).values;
  const fields = rows('CustomField', ['custom_group_id.name', 'name', 'data_type']);
  const key = (entity: 'Case' | 'Activity' | 'Contact') => {
    const group = originField(entity).split('.')[0] ?? '';
    return fields.some((field) => field['custom_group_id.name'] === group) ? [originField(entity)] : [];
  };
  const trashToo: JsonValue[] = [['is_deleted', 'IN', [false, true]]];
  const contacts = rows('Contact', ['*', ...key('Contact')], trashToo);
  const cases = rows('Case', ['*', 'case_type_id:name', 'status_id:name', ...key('Case')], trashToo);
  const activities = rows(
    'Activity',
    ['*', 'activity_type_id:name', 'status_id:name', ...key('Activity')],
    trashToo,
  );
  const names = new Map<string, JsonValue>([
    ...contacts.map((row) => nameOf('contact', row, row[originField('Contact')] ?? row['display_name'])),
    ...cases.map((row) => nameOf('case', row, row[originField('Case')])),
    ...activities.map((row) => nameOf('activity', row, row[originField('Activity')])),
  ]);
  const lines = (found: readonly Row[]) => found.map((row) => JSON.stringify(named(row, names))).sort();
  return {
    fields: lines(fields),
    contacts: lines(contacts),
    emails: lines(rows('Email', ['contact_id', 'email', 'is_primary'])),
    cases: lines(cases),
    clients: lines(rows('CaseContact', ['case_id', 'contact_id'])),
    roles: lines(
      rows('Relationship', ['*', 'relationship_type_id.name_a_b']).map((row) =>
        without(row, 'relationship_type_id'),
      ),
    ),
    activities: lines(activities),
    filings: lines(rows('CaseActivity', ['case_id', 'activity_id'])),
    people: lines(rows('ActivityContact', ['activity_id', 'contact_id', 'record_type_id'])),
    options: lines(
      rows('OptionValue', ['option_group_id:name', 'name', 'label', 'is_active', 'filter', 'grouping']),
    ),
    roleTypes: lines(rows('RelationshipType', ['name_a_b', 'name_b_a', 'label_a_b', 'is_active'])),
    groups: lines(rows('Group', ['name', 'title', 'is_active'])),
    caseTypes: lines(rows('CaseType', ['name', 'title', 'is_active', 'definition'])),
  };
}

function nameOf(entity: string, row: Row, name: JsonValue | undefined): readonly [string, JsonValue] {
  return [`${entity} ${Number(row['id'])}`, name ?? null];
}

const MOMENTS = ['id', 'created_date', 'modified_date', 'hash'];

function named(row: Row, names: ReadonlyMap<string, JsonValue>): Row {
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      if (MOMENTS.includes(column)) return [];
      const entity = /^(contact|case|activity)_id(_[ab])?$/.exec(column)?.[1];
      const name = entity === undefined ? undefined : names.get(`${entity} ${Number(value)}`);
      return [[column, name === undefined ? value : name] as const];
    }),
  );
}

function without(row: Row, column: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));
}

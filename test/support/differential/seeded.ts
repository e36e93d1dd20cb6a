import type { JsonValue } from '../../../src/base/json.ts';

interface Seeded {
  readonly entity: 'OptionValue' | 'RelationshipType' | 'CaseType';
  /** Of option values. */
  readonly group?: string;
  /** The field that names them. */
  readonly field: string;
  readonly names: readonly string[];
}

/** What every site has from the start and a sequence may switch off. */
export const SEEDED: readonly Seeded[] = [
  {
    entity: 'OptionValue',
    group: 'activity_type',
    field: 'name',
    names: ['Meeting', 'Phone Call', 'Follow up', 'Medical evaluation', 'Open Case'],
  },
  {
    entity: 'OptionValue',
    group: 'activity_status',
    field: 'name',
    names: ['Scheduled', 'Completed', 'No_show'],
  },
  { entity: 'OptionValue', group: 'case_status', field: 'name', names: ['Open', 'Closed', 'Urgent'] },
  {
    entity: 'RelationshipType',
    field: 'name_a_b',
    names: ['Case Coordinator is', 'Spouse of', 'Benefits Specialist is'],
  },
  { entity: 'CaseType', field: 'name', names: ['housing_support', 'adult_day_care_referral'] },
];

/** The clauses of `where` by which a read of an entity shows these rows too. */
export const seededClauses = (entity: string): readonly JsonValue[] =>
  SEEDED.filter((one) => one.entity === entity).map(({ field, names }) => [field, 'IN', names]);

/** The condition in SQL by which the state of an entity holds these rows too. */
export function seededRows(entity: string): string {
  const own = SEEDED.filter((one) => one.entity === entity);
  const [first] = own;
  if (first === undefined) return '';
  const names = own.flatMap((one) => one.names.map((name) => `'${name}'`));
  return ` OR ${first.field} IN (${names.join(', ')})`;
}

import type { RealSite } from '../../real-sites.ts';

const PHONE_CALL = 2;
const SCHEDULED = 1;
const HOUSING_SUPPORT = 1;
/** `record_type_id` of civicrm_activity_contact. */
const [ASSIGNEE, SOURCE, TARGET] = [1, 2, 3];
const ADMINISTRATOR = 2;

/** Ids of what was filled in run from the first one on, without a gap. */
export interface Filled {
  readonly firstCase: number;
  readonly firstActivity: number;
}

/**
 * Many cases, straight into the database because CiviCRM needs a tenth of a second for each: one client of its own, a
 * case role, and phone calls in the year 2050 with source, target and assignee. Fails loudly when a column is missing.
 */
export async function fillSite(site: RealSite, cases: number, callsPerCase: number): Promise<Filled> {
  const next = async (table: string): Promise<number> => {
    const [row] = await site.rows(`SELECT COALESCE(MAX(id), 0) + 1 AS next FROM ${table}`);
    return Number(row?.['next']);
  };
  const insert = async (table: string, columns: readonly string[], rows: readonly (readonly Value[])[]) => {
    const marks = rows.map((row) => `(${row.map(() => '?').join()})`).join();
    await site.rows(`INSERT INTO ${table} (${columns.join()}) VALUES ${marks}`, rows.flat());
  };
  const [firstContact, firstCase, firstActivity] = [
    await next('civicrm_contact'),
    await next('civicrm_case'),
    await next('civicrm_activity'),
  ];
  const numbers = Array.from({ length: cases }, (_, number) => number);
  const calls = numbers.flatMap((number) =>
    Array.from({ length: callsPerCase }, (_, index) => ({
      id: firstActivity + number * callsPerCase + index,
      caseId: firstCase + number,
      client: firstContact + number,
    })),
  );

  await insert(
    'civicrm_contact',
    ['id', 'contact_type', 'first_name', 'last_name', 'display_name', 'sort_name', 'created_date'],
    numbers.map((number) => [
      firstContact + number,
      'Individual',
      `Person ${number}`,
      'Bench',
      `Person ${number} Bench`,
      `Bench, Person ${number}`,
      '2026-03-02 08:00:00',
    ]),
  );
  await insert(
    'civicrm_email',
    ['contact_id', 'location_type_id', 'email', 'is_primary'],
    numbers.map((number) => [firstContact + number, 1, `person-${number}@example.org`, 1]),
  );
  await insert(
    'civicrm_case',
    ['id', 'case_type_id', 'subject', 'start_date', 'status_id', 'created_date'],
    numbers.map((number) => [
      firstCase + number,
      HOUSING_SUPPORT,
      `Case ${number}`,
      '2026-03-02 08:00:00',
      1,
      '2026-03-02 08:00:00',
    ]),
  );
  await insert(
    'civicrm_case_contact',
    ['case_id', 'contact_id'],
    numbers.map((number) => [firstCase + number, firstContact + number]),
  );
  await insert(
    'civicrm_relationship',
    ['contact_id_a', 'contact_id_b', 'relationship_type_id', 'start_date', 'case_id'],
    numbers.map((number) => [firstContact + number, ADMINISTRATOR, 9, '2026-03-02', firstCase + number]),
  );
  await insert(
    'civicrm_activity',
    ['id', 'activity_type_id', 'subject', 'details', 'activity_date_time', 'status_id', 'priority_id'],
    calls.map(({ id }) => [
      id,
      PHONE_CALL,
      `Call ${id}`,
      '<p>Ask for the <b>lease</b> &amp; the last letter.</p>',
      '2050-03-02 10:00:00',
      SCHEDULED,
      2,
    ]),
  );
  await insert(
    'civicrm_case_activity',
    ['case_id', 'activity_id'],
    calls.map(({ caseId, id }) => [caseId, id]),
  );
  await insert(
    'civicrm_activity_contact',
    ['activity_id', 'contact_id', 'record_type_id'],
    calls.flatMap(({ id, client }) => [
      [id, ADMINISTRATOR, SOURCE],
      [id, client, TARGET],
      [id, client, ASSIGNEE],
    ]),
  );
  return { firstCase, firstActivity };
}

type Value = string | number;

import type { JsonObject } from '../../src/base/json.ts';

/** Where a test makes and changes records, past the product: a sandbox, or a site on HTTP. */
export interface SiteDesk {
  /** Makes records in the order given and answers their ids. */
  create(entity: string, records: readonly JsonObject[]): Promise<readonly number[]>;
  update(entity: string, id: number, values: JsonObject): Promise<unknown>;
}

/** A desk at a site on HTTP, through APIv4 as it is. */
export function deskAt(url: string, apiKey: string): SiteDesk {
  const call = async (entity: string, action: string, params: JsonObject): Promise<readonly JsonObject[]> => {
    const response = await fetch(`${url}/civicrm/ajax/api4/${entity}/${action}`, {
      method: 'POST',
      headers: { 'X-Civi-Auth': `Bearer ${apiKey}`, 'X-Requested-With': 'XMLHttpRequest' },
      body: new URLSearchParams({ params: JSON.stringify(params) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${entity}.${action} was answered with ${response.status}: ${text}`);
    return (JSON.parse(text) as { readonly values: readonly JsonObject[] }).values;
  };
  return {
    create: async (entity, records) =>
      (await call(entity, 'save', { records: [...records] })).map(({ id }) => Number(id)),
    update: (entity, id, values) => call(entity, 'update', { where: [['id', '=', id]], values }),
  };
}

export interface MadeCases {
  readonly cases: readonly number[];
  /** One that people added to each case. */
  readonly activities: readonly number[];
  readonly people: readonly number[];
}

/** Cases with their timelines, shared people, and activities of people's own making; Ada is known elsewhere too. */
export async function openCasesOf(
  desk: SiteDesk,
  count: number,
  startDateOf?: (index: number) => string,
): Promise<MadeCases> {
  const people = await makePeople(desk);
  const indexes = Array.from({ length: count }, (_, index) => index);
  return { ...(await openCases(desk, people, indexes, startDateOf)), people };
}

export async function makePeople(desk: SiteDesk): Promise<readonly number[]> {
  const names = ['Ada', 'Grace', 'Emmy'];
  const people = await desk.create(
    'Contact',
    names.map((firstName) => ({
      contact_type: 'Individual',
      first_name: firstName,
      last_name: 'Q',
      ...(firstName === 'Ada' ? { external_identifier: 'EXT-1' } : {}),
    })),
  );
  await desk.create(
    'Email',
    names.map((firstName, index) => ({
      contact_id: people[index] ?? 0,
      email: `${firstName.toLowerCase()}@example.org`,
      is_primary: true,
    })),
  );
  return people;
}

/** More cases of the same people; the index of each is in its subject. */
export async function openCases(
  desk: SiteDesk,
  people: readonly number[],
  indexes: readonly number[],
  startDateOf = (_index: number) => '2026-03-02',
): Promise<Pick<MadeCases, 'cases' | 'activities'>> {
  const person = (index: number) => people[index % people.length] ?? 0;
  const cases = await desk.create(
    'Case',
    indexes.map((index) => ({
      'case_type_id:name': 'housing_support',
      contact_id: [person(index)],
      creator_id: person(index + 1),
      subject: `Case ${String(index)}`,
      start_date: startDateOf(index),
    })),
  );
  const activities = await desk.create(
    'Activity',
    indexes.map((index, position) => ({
      'activity_type_id:name': 'Follow up',
      case_id: cases[position] ?? 0,
      subject: `Call ${String(index)}`,
      source_contact_id: person(index + 1),
      target_contact_id: [person(index)],
      assignee_contact_id: [person(index + 2)],
      activity_date_time: '2026-03-09 09:00:00',
    })),
  );
  return { cases, activities };
}

/** What people do to cases in a week. */
export async function changeCases(desk: SiteDesk, made: MadeCases): Promise<void> {
  for (const index of made.cases.keys()) await changeCase(desk, made, index);
}

/** What people do to one of the cases. */
export async function changeCase(
  desk: SiteDesk,
  { cases, activities, people }: MadeCases,
  index: number,
): Promise<void> {
  const caseId = cases[index] ?? 0;
  const activityId = activities[index] ?? 0;
  switch (index % 3) {
    case 0:
      await desk.update('Activity', activityId, { 'status_id:name': 'Completed', subject: 'Reached' });
      break;
    case 1:
      await desk.update('Activity', activityId, { assignee_contact_id: [] });
      await desk.update('Case', caseId, { subject: `Another roof ${String(index)}` });
      break;
    default:
      await desk.update('Activity', activityId, { is_deleted: true });
      await desk.update('Case', caseId, { 'status_id:name': 'Closed', end_date: '2026-03-02' });
      return;
  }
  await desk.create('Activity', [
    {
      'activity_type_id:name': 'Meeting',
      case_id: caseId,
      subject: `Meeting ${String(index)}`,
      source_contact_id: people[0] ?? 0,
      activity_date_time: '2026-03-11 14:00:00',
    },
  ]);
}

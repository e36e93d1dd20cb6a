import type { RealSite } from '../../real-sites.ts';
import { chunksOf, openRawSite, type RawCall } from './raw-site.ts';

export const CASE_TYPE = 'housing_support';

/**
 * Cases as CiviCRM itself opens them (eight activities of the timeline, a case role), with `extra` meetings each that
 * have a target and an assignee. Answers the ids.
 */
export async function seedCases(site: RealSite, count: number, extra: number): Promise<readonly number[]> {
  const raw = openRawSite(site);
  const [people = []] = await raw.calls([
    [
      'Contact',
      'save',
      {
        records: Array.from({ length: Math.ceil(count / 2) }, (_, number) => ({
          contact_type: 'Individual',
          first_name: `Client ${number}`,
          last_name: 'Bench',
          external_identifier: `bench-${number}`,
        })),
      },
    ],
  ]);
  const personIds = people.map(({ id }) => Number(id));
  await raw.calls([
    [
      'Email',
      'save',
      {
        records: personIds.map((id) => ({
          contact_id: id,
          email: `client-${id}@example.org`,
          is_primary: true,
        })),
      },
    ],
  ]);
  const person = (number: number): number => personIds[number % personIds.length] ?? 2;
  const openings = Array.from({ length: count }, (_, number): RawCall => [
    'Case',
    'create',
    {
      values: {
        'case_type_id:name': CASE_TYPE,
        contact_id: person(number),
        creator_id: 2,
        subject: `Bench case ${number}`,
        'status_id:name': 'Open',
      },
    },
  ]);
  const caseIds: number[] = [];
  for (const calls of chunksOf(openings, 20))
    caseIds.push(...(await raw.calls(calls)).map(([row]) => Number(row?.['id'])));
  const meetings = caseIds.flatMap((caseId, number) =>
    Array.from({ length: extra }, (_, index) => ({
      case_id: caseId,
      'activity_type_id:name': 'Meeting',
      'status_id:name': 'Scheduled',
      subject: `Meeting ${index}`,
      details: '<p>Bring the <b>lease</b> &amp; the last letter.</p>',
      activity_date_time: '2026-03-02 10:00:00',
      source_contact_id: 2,
      target_contact_id: [person(number)],
      assignee_contact_id: [person(number + 1)],
    })),
  );
  for (const records of chunksOf(meetings, 100)) await raw.calls([['Activity', 'save', { records }]]);
  return caseIds;
}

import type { RealSite } from '../../real-sites.ts';
import type { DatabaseCheck, Told } from './check-databases.ts';
import { compareSides } from './compare.ts';
import { count, deeds, keyColumn, TIMELINE_STEPS } from './queries.ts';

const STEPS_ADDED_BY_HAND = 2;

/**
 * A week after opening somebody is asked to call each client, except the one who was called by then; the case of day
 * 20 is too young. And CiviCRM made the steps of its timeline, no more and no fewer.
 */
export async function checkFollowUps(riverside: RealSite, { calendar, cases }: Told): Promise<DatabaseCheck> {
  const made = await riverside.rows(deeds(await keyColumn(riverside, 'Activity')));
  const followUps = made.filter(({ key }) => String(key).startsWith('occurrence/activity-'));
  const workers = new Map(
    (await riverside.rows('SELECT id, external_identifier FROM civicrm_contact')).map((row) => [
      row['id'],
      row['external_identifier'],
    ]),
  );
  const wanted = cases.slice(1).map(({ client, caseId, clientId, workerId }) => ({
    key: `the call for demo-${client}`,
    case_id: caseId,
    with_people: workers.get(clientId),
    assigned: workers.get(workerId),
    type: 'Phone Call',
    status: 'Scheduled',
    subject: 'Call the client and ask how things stand',
    activity_date_time: `${calendar.date(8)} 09:00:00`,
  }));
  const found = followUps.map((row) => ({
    key: `the call for ${String(row['with_people'])}`,
    case_id: row['case_id'],
    with_people: row['with_people'],
    assigned: row['assigned'],
    type: row['type'],
    status: row['status'],
    subject: row['subject'],
    activity_date_time: row['activity_date_time'],
  }));
  const findings = [
    ...compareSides(
      'follow-ups',
      { name: 'the list of the story', rows: wanted },
      { name: 'riverside', rows: found },
    ),
  ];

  const [definition] = await riverside.rows(TIMELINE_STEPS);
  const steps = Number(definition?.['steps']);
  const opened = await count(riverside, 'civicrm_case');
  const stored = await count(riverside, 'civicrm_activity');
  const expected = opened * steps + cases.length * STEPS_ADDED_BY_HAND + made.length;
  if (steps === 0 || stored !== expected)
    findings.push(
      `activities: ${opened} cases with ${steps} steps each, a visit and a call for ${cases.length} of them and ` +
        `${made.length} made by rules are ${expected}, but riverside has ${stored}`,
    );
  return {
    facts: [
      `${found.length} follow-ups, exactly those expected`,
      `${opened * steps} steps that CiviCRM's own timelines made for ${opened} cases`,
    ],
    findings,
  };
}

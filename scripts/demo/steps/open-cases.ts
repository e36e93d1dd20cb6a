import type { App } from '../../../src/app/index.ts';
import type { SiteClient } from '../../../src/civicrm/index.ts';
import { CLIENTS, WORKERS } from '../people.ts';
import type { Printer } from '../printer.ts';
import { addPeople, createRow } from '../sites.ts';
import type { StoryCalendar } from '../story-calendar.ts';

/** A case of the demo, by the key of its client. */
export interface DemoCase {
  readonly client: string;
  readonly caseId: number;
  readonly clientId: number;
  readonly workerId: number;
}

interface Opening {
  readonly client: string;
  readonly clientId: number;
  readonly workerId: number;
  /** `YYYY-MM-DD` */
  readonly startDate: string;
}

interface Step {
  readonly app: App;
  readonly printer: Printer;
  readonly calendar: StoryCalendar;
}

/** Opens a case through APIv4; the site itself runs the timeline. */
export function openCase(
  site: SiteClient,
  { client, clientId, workerId, startDate }: Opening,
): Promise<number> {
  return createRow(site, 'Case', {
    'case_type_id:name': 'housing_support',
    contact_id: [clientId],
    creator_id: workerId,
    subject: `Housing for ${client}`,
    start_date: startDate,
    'medium_id:name': 'in_person',
    details: '<p>Came in this morning; <em>no</em> place to stay tonight.</p>',
  });
}

/** Opens one case per client, each with a visit and a call besides its timeline. */
export async function openCases({ app, printer, calendar }: Step): Promise<readonly DemoCase[]> {
  const site = app.site('riverside');
  const workers = [...(await addPeople(site, WORKERS)).values()];
  const clients = await addPeople(site, CLIENTS);
  const cases: DemoCase[] = [];
  for (const [client, clientId] of clients) {
    const workerId = workers[cases.length % workers.length] ?? 0;
    const caseId = await openCase(site, { client, clientId, workerId, startDate: calendar.date(0) });
    await addVisitAndCall(site, { client, caseId, clientId, workerId }, calendar);
    cases.push({ client, caseId, clientId, workerId });
  }
  printer.done(
    `${cases.length} cases opened on riverside, each with the activities of its timeline, a visit and a call`,
  );
  return cases;
}

async function addVisitAndCall(
  site: SiteClient,
  { caseId, clientId, workerId }: DemoCase,
  calendar: StoryCalendar,
): Promise<void> {
  const activity = {
    case_id: caseId,
    source_contact_id: workerId,
    target_contact_id: [clientId],
    assignee_contact_id: [workerId],
    'status_id:name': 'Scheduled',
  };
  await createRow(site, 'Activity', {
    ...activity,
    'activity_type_id:name': 'Home visit',
    subject: 'Visit at the shelter',
    activity_date_time: `${calendar.date(10)} 14:30:00`,
    location: 'Quay Street 4',
  });
  await createRow(site, 'Activity', {
    ...activity,
    'activity_type_id:name': 'Phone Call',
    subject: 'Call the benefits office',
    activity_date_time: `${calendar.date(4)} 11:00:00`,
  });
}

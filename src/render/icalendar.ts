import ical from 'ical-generator';
import {
  describeAssignee,
  describeDateReason,
  type CaseActivity,
  type CaseState,
} from '../case-type/index.ts';

export interface CaseCalendar {
  /** Machine name of the case type: the ids of its events begin with it. */
  readonly caseType: string;
  readonly openings: readonly { readonly startDate: string; readonly state: CaseState }[];
}

/**
 * The activities of simulated cases as iCalendar: at midnight, all-day events, else at the time of the site's wall
 * clock, wherever they are read. The same input gives the same text; importing it twice changes nothing.
 */
export function renderICalendar({ caseType, openings }: CaseCalendar): string {
  const calendar = ical({
    name: caseType,
    prodId: { company: 'civicase-bridge', product: 'simulate', language: 'EN' },
  });
  for (const { startDate, state } of openings) {
    for (const activity of state.activities.filter(({ isDeleted }) => !isDeleted)) {
      calendar.createEvent({
        id: `${caseType}-${startDate}-${String(activity.id)}@civicase-bridge`,
        // The day on which an event was written is part of the format; a clock would make every file differ.
        stamp: asUtc(`${startDate} 00:00:00`),
        start: asUtc(activity.dateTime),
        allDay: activity.dateTime.endsWith('00:00:00'),
        floating: true,
        summary: activity.activityType,
        description: describe(activity),
      });
    }
  }
  return calendar.toString();
}

// The library writes the UTC fields of a floating date.
const asUtc = (dateTime: string): Date => new Date(`${dateTime.replace(' ', 'T')}Z`);

function describe({ status, subject, assignee, reason }: CaseActivity): string {
  return [
    ...(subject === null ? [] : [subject]),
    `Status: ${status}`,
    `For: ${describeAssignee(assignee)}`,
    ...(reason === null ? [] : [`Date: ${describeDateReason(reason)}`]),
  ].join('\n');
}

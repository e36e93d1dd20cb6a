import ical from 'ical-generator';
import {
  describeAssignee,
  describeDateReason,
  type CaseActivity,
  type LocalDateTime,
} from '../case-type/index.ts';
import { formatDate, type Language } from './language.ts';
import { nameLabel } from './seed-labels.ts';
import type { DrawnCase } from './timeline/case-lane.ts';

export interface CaseCalendar {
  /** Machine name of the case type: the ids of its events begin with it. */
  readonly caseType: string;
  readonly cases: readonly DrawnCase[];
  readonly language?: Language;
}

/**
 * The activities of simulated cases as iCalendar: at midnight, all-day events, else at the time of the site's wall
 * clock, wherever they are read. The same input gives the same text; importing it twice changes nothing.
 */
export function renderICalendar({ caseType, cases, language = 'en' }: CaseCalendar): string {
  const calendar = ical({
    name: caseType,
    prodId: { company: 'civicase-bridge', product: 'simulate', language: language.toUpperCase() },
  });
  for (const { startDate, state, completed } of cases) {
    for (const activity of state.activities.filter(({ isDeleted }) => !isDeleted)) {
      calendar.createEvent({
        id: `${caseType}-${startDate}-${String(activity.id)}@civicase-bridge`,
        // The day on which an event was written is part of the format; a clock would make every file differ.
        stamp: asUtc(`${startDate} 00:00:00`),
        start: asUtc(activity.dateTime),
        allDay: activity.dateTime.endsWith('00:00:00'),
        floating: true,
        summary: nameLabel(activity.activityType, language),
        description: describe(activity, completed.get(activity.id), language),
      });
    }
  }
  return calendar.toString();
}

// The library writes the UTC fields of a floating date.
const asUtc = (dateTime: string): Date => new Date(`${dateTime.replace(' ', 'T')}Z`);

const WORDS = {
  en: { status: 'Status: ', completed: 'Completed on ', assignee: 'For: ', date: 'Date: ' },
  fr: {
    status: 'Statut\u00a0: ',
    completed: 'Terminée le ',
    assignee: 'Pour\u00a0: ',
    date: 'Date\u00a0: ',
  },
} as const;

function describe(
  { status, subject, assignee, reason }: CaseActivity,
  completedOn: LocalDateTime | undefined,
  language: Language,
): string {
  const words = WORDS[language];
  return [
    ...(subject === null ? [] : [subject]),
    `${words.status}${nameLabel(status, language)}`,
    ...(completedOn === undefined ? [] : [`${words.completed}${formatDate(language, completedOn)}`]),
    `${words.assignee}${describeAssignee(assignee, undefined, language)}`,
    ...(reason === null ? [] : [`${words.date}${describeDateReason(reason, language)}`]),
  ].join('\n');
}

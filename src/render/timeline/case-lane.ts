import { OPEN_CASE, type CaseActivity, type CaseState, type LocalDateTime } from '../../case-type/index.ts';
import { formatDate, type Language } from '../language.ts';
import { drawingTexts } from '../texts.ts';
import { daysBetween, toBase, type FiledActivity, type LaneStep, type TimelineLane } from './lanes.ts';

/** A simulated case as it stands. */
export interface DrawnCase {
  /** When it was opened: day 0 of its lane. */
  readonly startDate: string;
  readonly state: CaseState;
  /** When its activities were completed, by their ids. */
  readonly completed: ReadonlyMap<number, LocalDateTime>;
}

/** All activities of a case in the order in which they came, except those in the trash. */
export function caseLane(
  { startDate, state, completed }: DrawnCase,
  index: number,
  language: Language,
): TimelineLane {
  const keyOf = ({ id }: CaseActivity): string => `${String(index)}.${String(id)}`;
  const filed = state.activities.map((one): FiledActivity => ({ ...one, key: keyOf(one) }));
  const steps = state.activities
    .filter(({ isDeleted }) => !isDeleted)
    .map((activity): LaneStep => {
      const { id, activityType, dateTime, status, subject, assignee, reason } = activity;
      const on = completed.get(id);
      return {
        key: keyOf(activity),
        activityType,
        day: daysBetween(startDate, dateTime),
        ...(reason === null ? BY_HAND : toBase(reason, filed)),
        status,
        unknownStatus: null,
        subject: activityType === OPEN_CASE ? null : subject,
        who: assignee,
        outcome: { kind: 'created' },
        ...(reason !== null && 'from' in reason
          ? { addedDay: daysBetween(startDate, dateTime) - reason.offsetDays }
          : {}),
        ...(on === undefined ? {} : { completedDay: daysBetween(startDate, on) }),
      };
    });
  const date = formatDate(language, startDate);
  return {
    setIndex: index,
    kind: 'case',
    name: date,
    label: drawingTexts(language).caseOf(date),
    steps,
    startsOn: startDate,
  };
}

const BY_HAND = { base: { kind: 'by-hand' }, offsetDays: 0 } as const;

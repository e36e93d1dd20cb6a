import { describeDay, dateOf } from './days.ts';
import { isOpen, type CaseView, type ViewedActivity } from './case-view.ts';
import type { DueDetails, Expectation } from './specification.ts';

/** One line of the small timeline that shows what was expected beside what is. */
export interface TimelineLine {
  readonly sign: 'same' | 'expected' | 'actual';
  readonly text: string;
}

/** What is not as expected. */
export interface Problem {
  readonly what: string;
  readonly timeline: readonly TimelineLine[];
}

export interface CheckOutcome {
  readonly problems: readonly Problem[];
  /** The activities that the expectation speaks of. */
  readonly covered: readonly ViewedActivity[];
}

interface CheckInput {
  readonly expected: Expectation;
  readonly view: CaseView;
  readonly opened: string;
  /** The day of the last event. */
  readonly today: string;
}

/** Compares a case with what a test says of it. */
export function checkCase(input: CheckInput): CheckOutcome {
  const parts = [
    checkDue(input),
    checkOverdue(input),
    checkCompleted(input),
    checkAbsent(input),
    checkState(input),
  ];
  return {
    problems: parts.flatMap(({ problems }) => problems),
    covered: parts.flatMap(({ covered }) => covered),
  };
}

const NOTHING: CheckOutcome = { problems: [], covered: [] };

interface DueEntry extends Omit<DueDetails, 'on'> {
  readonly activityType: string;
  readonly date: string;
}

function checkDue({ expected, view, opened }: CheckInput): CheckOutcome {
  if (expected.due === undefined) return NOTHING;
  const wanted = expected.due.flatMap((entry) =>
    Object.entries(entry).map(([activityType, value]): DueEntry => {
      const { on, ...details } = typeof value === 'string' ? { on: value } : value;
      return { activityType, date: dateOf(on, opened), ...details };
    }),
  );
  const open = view.activities.filter(isOpen);
  const left = [...open];
  const missing = wanted.filter((entry) => {
    const index = left.findIndex((activity) => isMet(entry, activity));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const covered = open.filter((activity) => !left.includes(activity));
  if (missing.length === 0 && left.length === 0) return { problems: [], covered };
  const lines = [
    ...covered.map((activity) => line('same', activity, opened)),
    ...missing.map((entry) => expectedLine(entry, opened)),
    ...left.map((activity) => line('actual', activity, opened)),
  ];
  const timeline = lines.toSorted((one, other) => one.key.localeCompare(other.key));
  return { problems: [{ what: 'The open steps are not those expected.', timeline }], covered };
}

const isMet = (entry: DueEntry, activity: ViewedActivity): boolean =>
  activity.activityType === entry.activityType &&
  activity.date === entry.date &&
  (entry.for === undefined || activity.person === entry.for) &&
  (entry.status === undefined || activity.status === entry.status) &&
  (entry.subject === undefined || activity.subject === entry.subject);

const SIGNS = { same: 0, expected: 1, actual: 2 } as const;
const keyOf = (date: string, name: string, sign: TimelineLine['sign']): string =>
  `${date} ${name} ${String(SIGNS[sign])}`;

function line(sign: TimelineLine['sign'], activity: ViewedActivity, opened: string) {
  const { activityType, date, status, person, subject } = activity;
  const details = [`for ${person}`, status, ...(subject === null ? [] : [`"${subject}"`])];
  const text = `${describeDay(date, opened)}  ${activityType} (${details.join(', ')})`;
  return { sign, text, key: keyOf(date, activityType, sign) };
}

function expectedLine({ activityType, date, status, subject, ...entry }: DueEntry, opened: string) {
  const details = [
    ...(entry.for === undefined ? [] : [`for ${entry.for}`]),
    ...(status === undefined ? [] : [status]),
    ...(subject === undefined ? [] : [`"${subject}"`]),
  ];
  const text = `${describeDay(date, opened)}  ${activityType}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
  return { sign: 'expected' as const, text, key: keyOf(date, activityType, 'expected') };
}

function checkOverdue({ expected, view, opened, today }: CheckInput): CheckOutcome {
  if (expected.overdue === undefined) return NOTHING;
  const day = expected.day === undefined ? today : dateOf(expected.day, opened);
  const overdue = view.activities.filter((activity) => isOpen(activity) && activity.date < day);
  const covered = overdue.filter(({ activityType }) => expected.overdue?.includes(activityType));
  const names = overdue.map(({ activityType }) => activityType);
  return {
    covered,
    problems: compareNames(`overdue on ${describeDay(day, opened)}`, expected.overdue, names),
  };
}

function checkCompleted({ expected, view }: CheckInput): CheckOutcome {
  const completed = view.activities.filter(({ status }) => status === 'Completed');
  const left = [...completed];
  const missing = (expected.completed ?? []).filter((name) => {
    const index = left.findIndex(({ activityType }) => activityType === name);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  const covered = completed.filter((activity) => !left.includes(activity));
  const timeline = (expected.completed ?? []).map((text): TimelineLine => ({
    sign: missing.includes(text) ? 'expected' : 'same',
    text,
  }));
  return {
    covered,
    problems: missing.length === 0 ? [] : [{ what: 'Not all of these are completed.', timeline }],
  };
}

function checkAbsent({ expected, view, opened }: CheckInput): CheckOutcome {
  const problems = (expected.absent ?? []).flatMap((name): readonly Problem[] => {
    const found = view.activities.filter(({ activityType }) => activityType === name);
    if (found.length === 0) return [];
    return [
      {
        what: `The case has "${name}", which it should not.`,
        timeline: found.map((activity) => line('actual', activity, opened)),
      },
    ];
  });
  return { problems, covered: [] };
}

function checkState({ expected, view, opened }: CheckInput): CheckOutcome {
  const ended =
    expected.ended === undefined || expected.ended === 'never' ? null : dateOf(expected.ended, opened);
  const day = (date: string | null): string => (date === null ? 'never' : describeDay(date, opened));
  const pairs = [
    ...(expected.sequence === undefined
      ? []
      : [['The sequence stands elsewhere.', expected.sequence, view.sequence ?? 'no sequence'] as const]),
    ...(expected.status === undefined
      ? []
      : [['The case has another status.', expected.status, view.status] as const]),
    ...(expected.ended === undefined
      ? []
      : [['The case ended on another day.', day(ended), day(view.endDate)] as const]),
  ];
  const problems = pairs
    .filter(([, wanted, actual]) => wanted !== actual)
    .map(([what, wanted, actual]) => ({
      what,
      timeline: [
        { sign: 'expected', text: wanted },
        { sign: 'actual', text: actual },
      ] satisfies TimelineLine[],
    }));
  const covered = view.activities.filter(
    ({ at, activityType }) =>
      at !== null && activityType === expected.sequence && view.sequence === expected.sequence,
  );
  return { problems, covered };
}

function compareNames(
  what: string,
  expected: readonly string[],
  actual: readonly string[],
): readonly Problem[] {
  const left = [...actual];
  const lines = expected.map((name): TimelineLine => {
    const index = left.indexOf(name);
    if (index >= 0) left.splice(index, 1);
    return { sign: index < 0 ? 'expected' : 'same', text: name };
  });
  const timeline = [...lines, ...left.map((text): TimelineLine => ({ sign: 'actual', text }))];
  return timeline.every(({ sign }) => sign === 'same')
    ? []
    : [{ what: `Other activities are ${what}.`, timeline }];
}

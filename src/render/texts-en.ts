import type { DayBase, LaneKind } from './timeline/lanes.ts';

const days = (count: number): string => `${String(count)} ${count === 1 ? 'day' : 'days'}`;
const minus = (count: number): string => String(count).replace('-', '−');

/** Words of the drawings. English is the measure: the compiler misses what another language lacks. */
export const english = {
  day: (day: number): string => `Day ${minus(day)}`,
  dayAxis: 'Day',
  timelineOf: (title: string): string => `Timeline: ${title}`,
  graphOf: (title: string): string => `Parts of the case type: ${title}`,
  span: (steps: number, length: number): string =>
    `${String(steps)} ${steps === 1 ? 'step' : 'steps'} ${length === 0 ? 'on one day' : `over ${days(length)}`}`,
  opensOn: (date: string): string => `for a case that starts on ${date}`,
  caseOf: (date: string): string => `Case opened on ${date}`,
  completedOn: (status: string, date: string): string => `${status} on ${date}`,
  empty: 'This case type has no activity set: opening a case creates nothing.',
  noSteps: 'This activity set has no steps.',
  noName: '(no activity type)',
  lane: {
    opening: 'Runs when a case opens. Day 0 is the start of the case.',
    added: 'Added by hand when it is needed. Day 0 is the day on which it is added.',
    unmarked: 'Neither timeline nor sequence. Day 0 is the day on which it is added.',
    sequence: 'Begins when a case opens. Each step appears once the step before is completed.',
    'dead-sequence': 'Never begins: CiviCRM follows only the first sequence, and only if that has steps.',
    case: 'What is on the case, and when. Day 0 is the day on which it starts.',
  } satisfies Record<LaneKind, string>,
  base(base: DayBase, offset: number, isOpening: boolean): string {
    if (base.kind === 'by-hand') return 'added by hand';
    if (base.kind === 'sequence')
      return base.after === null ? 'first of the sequence' : `next of the sequence, after ${base.after}`;
    const event = isOpening ? 'the case starts' : 'it is added';
    const fromStart =
      offset === 0
        ? `on the day ${event}`
        : `${days(Math.abs(offset))} ${offset < 0 ? 'before' : 'after'} ${event}`;
    if (base.kind === 'start') return fromStart;
    if (base.kind === 'reference-missing') {
      return `${fromStart}, because no step before it creates ${base.activityType}`;
    }
    return offset === 0
      ? `same day as ${base.activityType}`
      : `${days(Math.abs(offset))} ${offset < 0 ? 'before' : 'after'} ${base.activityType}`;
  },
  skipped: (limit: number): string => `skipped: at most ${String(limit)} per case`,
  notReached: 'not created: CiviCRM stops with an error',
  unknownStatus: (name: string): string =>
    name === '' ? 'empty status: stored as Completed' : `Completed, if the site has no status ${name}`,
  weekend: 'weekend',
  caseCloses: 'When all activities of the case are completed, CiviCRM closes the case',
  who: {
    title: 'Who gets the step',
    nobody: 'nobody yet',
    creator: (roles: readonly string[]): string =>
      roles.length === 0 ? 'whoever opens the case' : `whoever opens the case (${roles.join(', ')})`,
    contact: (id: string): string => `contact no. ${id}`,
    relationship: (id: number): string => `by relationship no. ${String(id)}`,
  },
  key: {
    title: 'How to read it',
    arrow: 'the step is counted from where the arrow begins',
    missing: 'counted from the start, for want of its reference',
    skipped: 'the step is skipped',
    notReached: 'the step is not created',
    completed: 'completed on that day',
    break: 'days left out',
    scales: 'lanes differ in their scale: see the days above each',
    weekend: 'weekend',
    holiday: 'holiday',
  },
  graph: {
    caseType: 'Case type',
    opening: 'when a case opens',
    added: 'added by hand',
    unmarked: 'added by name',
    sequence: 'step by step',
    deadSequence: 'never begins',
    manager: 'case manager',
    opener: 'given to whoever opens the case',
    roles: 'Roles',
    group: 'Group',
    pickedFrom: 'picked from',
    assignees: 'assignees from',
    statuses: 'Case statuses',
    allStatuses: 'all of the site',
    byHand: 'Activities added by hand',
    alone: 'Counted from the start',
    limit: (limit: number): string => `at most ${String(limit)}`,
    offset: (offset: number): string => `${offset < 0 ? '−' : '+'}${days(Math.abs(offset))}`,
    sameDay: 'same day',
    arrows: 'Arrows:',
  },
};

export type DrawingTexts = typeof english;

import { english } from '../texts-en.ts';

const list = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB').format(names.map((name) => `“${name}”`));

/** Every sentence of the page for the committee. English is the measure. */
export const englishPage = {
  caseType: 'Case type',
  machineName: (name: string): string => `Machine name in CiviCRM: ${name}`,
  fingerprint: (hash: string): string => `Fingerprint of this definition: ${hash}`,
  skip: 'Skip to the content',
  links: 'Links',
  purpose: 'What it is for',
  generated(facts: {
    readonly steps: number;
    readonly length: number;
    readonly roles: readonly string[];
  }): string {
    const opening =
      facts.steps === 0
        ? 'Opening a case of this type creates no activity.'
        : `Opening a case of this type creates ${english.span(facts.steps, facts.length)}.`;
    return facts.roles.length === 0 ? opening : `${opening} Those involved: ${list(facts.roles)}.`;
  },
  glance: 'At a glance',
  wide: 'Timeline picture, can be scrolled sideways',
  people: {
    title: 'Who is involved',
    role: 'Role',
    part: 'Part in the case',
    pickedFrom: 'May be picked from',
    anyone: 'anyone',
    manager: 'Case manager',
    opener: 'Given to whoever opens the case',
    byHand: 'Filled by hand',
    none: 'This case type has no roles.',
    assignees: (groups: readonly string[]): string =>
      `Activities may be assigned to members of ${list(groups)} only.`,
    users: 'Activities may be assigned only to people who have an account on the site.',
    anyAssignee: 'Activities may be assigned to any contact.',
  },
  opening: {
    title: 'What happens when a case opens',
    nothing: 'Nothing: no activity set is a timeline.',
    sentence: (count: number): string =>
      count === 1
        ? 'CiviCRM creates this activity at once, with its date:'
        : `CiviCRM creates these ${String(count)} activities at once, each with its date:`,
    example: (date: string): string => `The dates are those of a case that starts on ${date}.`,
  },
  table: { day: 'Day', date: 'Date', step: 'What', who: 'Who', status: 'Status', why: 'Why this day' },
  further: {
    title: 'Timelines that are added by hand',
    sentence: 'Someone adds them on the case when they are needed. Their days count from the day of that.',
  },
  sequence: {
    title: 'Step by step',
    sentence: (name: string): string =>
      `“${name}” begins when a case opens. Each step appears, dated that moment, once the step before is completed:`,
    end: 'When the last step and all other activities of the case are completed, CiviCRM closes the case.',
  },
  statuses: {
    title: 'Where a case can stand',
    sentence: 'A case of this type has one of these statuses:',
    all: 'A case of this type can have any case status of the site.',
  },
  activities: {
    title: 'What else can be recorded',
    sentence: 'The menu of the case offers these activities, none of which is ever created by itself:',
    limits: 'Limits',
    limitSentence: 'A case can have no more activities of these types than this, deleted ones aside:',
    limit: (name: string, limit: number): string => `${name}: ${String(limit)}`,
  },
  wont: {
    title: 'What CiviCRM will not do',
    calendar: 'Leave out weekends and holidays: every day of the calendar counts.',
    later: 'Move the later steps when one is done early or late: the dates are set when the case opens.',
    mail: 'Send an e-mail when it creates these activities.',
    nobody: (names: readonly string[]): string =>
      `Assign ${list(names)}: someone has to take ${names.length === 1 ? 'it' : 'them'} on.`,
    addSets: (names: readonly string[]): string => `Add ${list(names)} by itself.`,
    status: 'Change the status of the case by itself.',
    statusBeforeEnd: 'Change the status of the case by itself before the sequence has come to its end.',
    skipped: (name: string, set: string, limit: number): string =>
      `Create “${name}” in “${set}”: a case may have at most ${String(limit)}.`,
    missing: (name: string, reference: string): string =>
      `Count “${name}” from “${reference}”: no step before it creates that activity, so the start counts.`,
    notReached: 'Get to the end of the timeline: it stops with an error at a step without an activity type.',
    secondSequence: (name: string): string =>
      `Follow “${name}”: only the first sequence counts, and only if it has steps.`,
    manager: 'Show a case manager: no role is marked as one.',
  },
  check: (errors: number, warnings: number): string => {
    const counts = [
      ...(errors === 0 ? [] : [`${String(errors)} ${errors === 1 ? 'error' : 'errors'}`]),
      ...(warnings === 0 ? [] : [`${String(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    ];
    return `The automatic check finds ${counts.join(' and ')}. “civicase xml lint” says which: settle them before you approve.`;
  },
  approval: {
    title: 'Approval',
    sentence: 'The undersigned approve this case type as described on this page.',
    name: 'Name',
    office: 'Function',
    date: 'Date',
    signature: 'Signature',
  },
};

export type PageTexts = typeof englishPage;

import type { JsonObject } from '../../base/json.ts';
import type { RenameKind } from '../rename.ts';
import {
  assigneeOf,
  dueOf,
  isEmptyValue,
  shownValue,
  stepCount,
  textsOf,
  type Assignee,
  type Due,
  type RenamePlaces,
} from './change-facts.ts';
import type { ChangeTopic, FieldChange } from './change.ts';
import type { MaybeJson } from './json-parts.ts';
import { listed, names, say, type Sentence } from './sentence.ts';
import type { Subject } from './subject.ts';

const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Where something is: `step *Income check* in *Standard timeline*`. */
function about(subject: Subject, name = subject.name): Sentence {
  switch (subject.what) {
    case 'step':
      return say`step ${name} in ${subject.set ?? ''}`;
    case 'activity-type':
      return say`activity type ${name}`;
    case 'case-status':
      return say`case status ${name}`;
    case 'activity-set':
      return say`activity set ${name}`;
    case 'case-role':
      return say`case role ${name}`;
    case 'group':
      return say`group ${name}`;
    case 'case-type':
      return ['the case type'];
    default:
      return subject.what satisfies never;
  }
}

function capital(sentence: Sentence): Sentence {
  const [first, ...rest] = sentence;
  return typeof first === 'string' && first !== ''
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : sentence;
}

const About = (subject: Subject, name?: string): Sentence => capital(about(subject, name));

function dueText({ days, after }: Due): Sentence {
  if (after === null) return say`on day ${days}`;
  if (days === 0) return say`on the same day as ${after}`;
  return say`${Math.abs(days)} ${[Math.abs(days) === 1 ? 'day' : 'days']} ${[days < 0 ? 'before' : 'after']} ${after}`;
}

function assigneeText(assignee: Assignee): Sentence {
  switch (assignee.kind) {
    case 'nobody':
      return ['nobody'];
    case 'creator':
      return ['whoever opens the case'];
    case 'contact':
      return say`contact ${assignee.id}`;
    case 'relationship':
      return say`the holder of relationship ${assignee.id}`;
    case 'unknown':
      return say`nobody (rule ${assignee.id} is unknown)`;
    default:
      return assignee satisfies never;
  }
}

const statusText = (status: string | null): Sentence =>
  status === null ? say`${'Scheduled'} (by default)` : status === '' ? ['an empty status'] : say`${status}`;

const quoted = (value: MaybeJson): Sentence =>
  value === undefined ? ['nothing'] : isEmptyValue(value) ? ['empty'] : [shownValue(value)];

const RENAMED: Readonly<Record<RenameKind, string>> = {
  'rename-activity-type': 'Activity type',
  'rename-activity-status': 'Activity status',
  'rename-status': 'Case status',
  'rename-role': 'Case role',
  'rename-set': 'Activity set',
  'rename-group': 'Group',
};

/** What is said of changes. English is the measure: the compiler misses what another language lacks. */
export const englishSentences = {
  renamed(kind: RenameKind, from: string, to: string, places: RenamePlaces): Sentence {
    const where = [
      ...(places.menu > 0 && kind === 'rename-activity-type' ? ['menu'] : []),
      ...(places.steps > 0 ? [counted(places.steps, 'step')] : []),
      ...(places.references > 0 ? [counted(places.references, 'reference')] : []),
      ...(places.roles > 0 && kind === 'rename-group' ? [counted(places.roles, 'role')] : []),
    ];
    return say`${[RENAMED[kind]]} ${from} renamed to ${to}${where.length === 0 ? [] : [` (${where.join(', ')})`]}`;
  },
  added(subject: Subject, item: JsonObject): Sentence {
    switch (subject.what) {
      case 'step': {
        const assignee = assigneeOf(item);
        const forWhom = assignee.kind === 'nobody' ? [] : say`, for ${assigneeText(assignee)}`;
        return say`Step ${subject.name} added to ${subject.set ?? ''}, ${dueText(dueOf(item))}${forWhom}`;
      }
      case 'activity-set':
        return say`${About(subject)} added, with ${[counted(stepCount(item), 'step')]}`;
      case 'activity-type':
        return say`${About(subject)} added to the menu`;
      case 'group':
        return say`Assignees may now come from group ${subject.name}`;
      case 'case-status':
      case 'case-role':
      case 'case-type':
        return say`${About(subject)} added`;
      default:
        return subject.what satisfies never;
    }
  },
  removed(subject: Subject, item: JsonObject): Sentence {
    switch (subject.what) {
      case 'step':
        return say`Step ${subject.name} removed from ${subject.set ?? ''} (it was due ${dueText(dueOf(item))})`;
      case 'activity-set':
        return say`${About(subject)} removed, with its ${[counted(stepCount(item), 'step')]}`;
      case 'activity-type':
        return say`${About(subject)} removed from the menu`;
      case 'group':
        return say`Assignees may no longer come from group ${subject.name}`;
      case 'case-status':
      case 'case-role':
      case 'case-type':
        return say`${About(subject)} removed`;
      default:
        return subject.what satisfies never;
    }
  },
  moved: (subject: Subject, fromSet: string): Sentence =>
    say`Step ${subject.name} moved from ${fromSet} to ${subject.set ?? ''}`,
  reordered(
    subject: Subject,
    moves: readonly { readonly name: string; readonly behind: string | null }[],
  ): Sentence {
    const where: Readonly<Record<Subject['what'], Sentence>> = {
      step: say`Order of steps in ${subject.set ?? ''}`,
      'activity-type': ['Order of the menu'],
      'case-status': ['Order of case statuses'],
      'activity-set': ['Order of activity sets'],
      'case-role': ['Order of case roles'],
      group: ['Order of groups'],
      'case-type': ['Order'],
    };
    const places = moves.map(({ name, behind }) =>
      behind === null ? say`${name} now comes first` : say`${name} now comes after ${behind}`,
    );
    return say`${where[subject.what]}: ${listed(places)}`;
  },
  fieldsReordered: (subject: Subject): Sentence =>
    say`The fields of ${about(subject)} stand in another order, which has no effect on cases`,
  due(subject: Subject, was: Due, is: Due): Sentence {
    if (was.after === null && is.after === null) {
      return say`Step ${subject.name} moved from day ${was.days} to day ${is.days} in ${subject.set ?? ''}`;
    }
    const former = was.after === is.after && was.days > 0 && is.days > 0 ? [String(was.days)] : dueText(was);
    return say`${About(subject)} is now due ${dueText(is)} instead of ${former}`;
  },
  assignee: (subject: Subject, was: Assignee, is: Assignee): Sentence =>
    say`${About(subject)} now goes to ${assigneeText(is)} instead of ${assigneeText(was)}`,
  status: (subject: Subject, was: string | null, is: string | null): Sentence =>
    say`${About(subject)} now begins as ${statusText(is)} instead of ${statusText(was)}`,
  label: (subject: Subject, was: string, is: string): Sentence =>
    say`${About(subject, was)} ${is === '' ? ['no longer has a label'] : say`is now labelled ${is}`}`,
  type: (subject: Subject, was: string, is: string): Sentence => say`${About(subject, was)} became ${is}`,
  limit: (subject: Subject, was: string | null, is: string | null): Sentence =>
    say`A case may now have ${is === null ? ['any number'] : say`at most ${[is]}`} of ${subject.name} instead of ${
      was === null ? ['any number'] : say`at most ${[was]}`
    }`,
  manager: (subject: Subject, is: boolean): Sentence =>
    is ? say`${subject.name} is now the case manager` : say`${subject.name} is no longer the case manager`,
  creator: (subject: Subject, is: boolean): Sentence =>
    say`Whoever opens a case ${[is ? 'now gets' : 'no longer gets']} the role ${subject.name}`,
  groups: (subject: Subject, was: MaybeJson, is: MaybeJson): Sentence =>
    say`${About(subject)} may now be held by ${membersOf(is)} instead of ${membersOf(was)}`,
  mark(
    subject: Subject,
    mark: Extract<ChangeTopic, 'timeline' | 'sequence' | 'timeline-element'>,
    is: boolean,
  ): Sentence {
    const what =
      mark === 'timeline-element'
        ? 'has a timeline element that does not say exactly “true”'
        : `is a ${mark}`;
    return say`${About(subject)} ${[what.replace(/^(is|has)/, is ? '$1 now' : '$1 no longer')]}`;
  },
  fields(subject: Subject, fields: readonly FieldChange[]): Sentence {
    const parts = fields.map(({ key, before, after }) =>
      before === undefined
        ? say`${[key]} is new: ${quoted(after)}`
        : after === undefined
          ? say`${[key]} is gone, it was ${quoted(before)}`
          : say`${[key]} is ${quoted(after)} instead of ${quoted(before)}`,
    );
    return say`${About(subject)}: ${listed(parts)}`;
  },
  statuses: (was: MaybeJson, is: MaybeJson): Sentence =>
    say`Cases may now have ${statusesText(is)} instead of ${statusesText(was)}`,
  assignees: (was: MaybeJson, is: MaybeJson): Sentence =>
    say`Activities may now be assigned to ${membersOf(is)} instead of ${membersOf(was)}`,
  forkable: (is: boolean): Sentence => [
    is
      ? 'Sites may now change this case type in its editor'
      : 'Sites may no longer change this case type: the file alone counts',
  ],
  usersOnly: (is: boolean): Sentence => [
    is
      ? 'Only contacts with a user account may now be assigned'
      : 'Contacts without a user account may now be assigned',
  ],
  derived: (): Sentence => [
    'The list of timeline steps that CiviCRM derives from the sets differs by itself',
  ],
  value: (path: string, was: MaybeJson, is: MaybeJson, isNothing: boolean): Sentence =>
    isNothing
      ? say`${path} is ${[is === undefined ? 'gone; it was empty' : 'there now, and empty']}, which has no effect`
      : say`${path} is ${quoted(is)} instead of ${quoted(was)}`,
};

const membersOf = (groups: MaybeJson): Sentence => {
  const texts = textsOf(groups);
  return texts.length === 0 ? ['anybody'] : say`members of ${names(texts)}`;
};

const statusesText = (statuses: MaybeJson): Sentence => {
  const texts = textsOf(statuses);
  return texts.length === 0 ? ['any status'] : say`only the statuses ${names(texts)}`;
};

export type ChangeSentences = typeof englishSentences;

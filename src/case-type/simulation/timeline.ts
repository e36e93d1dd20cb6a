import { addDays, cutSeconds, toLocalDateTime, type LocalDateTime } from '../local-date-time.ts';
import type { ActivitySet, ActivityStep, DeclaredActivityType } from '../model.ts';
import { leadingNumber, phpEquals, phpNumber } from '../php-values.ts';
import { namesRelationship, readAssigneeRelationship, type AssigneeRelationship } from '../roles.ts';
import { storedSubject } from './stored-subject.ts';

export const OPEN_CASE = 'Open Case';

/** An activity that is already filed on the case, in the trash or not. */
export interface ExistingActivity {
  readonly id: number;
  readonly activityType: string;
  readonly dateTime: LocalDateTime | null;
  readonly isDeleted: boolean;
}

/** Who is to be assigned; which contact that is, only the site can say. */
export type AssigneeRule =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'creator' }
  /** That contact, if the site has it; with it those that stand in further elements, which nobody checks. */
  | { readonly kind: 'contact'; readonly contactId: string; readonly furtherContactIds?: readonly string[] }
  /** The other side of the client's active relationship: one of the case first, then one of no case. */
  | ({ readonly kind: 'relationship' } & AssigneeRelationship);

/** Which step of the case type: both counted from 0. */
export interface StepPosition {
  readonly setIndex: number;
  readonly stepIndex: number;
}

/**
 * From where a date comes. Days are calendar days; a negative number lies before the base. `from`: the base is the
 * day on which the set was added to the case, and not the start of the case.
 */
export type DateReason =
  | { readonly kind: 'case-start'; readonly offsetDays: number; readonly from?: 'set-added' }
  | {
      readonly kind: 'reference';
      readonly activityType: string;
      readonly offsetDays: number;
      /** Which activity of the type is the base, if the case has several. */
      readonly lookup: 'first-created' | 'newest' | 'oldest';
      readonly baseDateTime: LocalDateTime;
    }
  /** The case has no activity of the type yet, so the start of the case is the base. */
  | {
      readonly kind: 'reference-missing';
      readonly activityType: string;
      readonly offsetDays: number;
      readonly from?: 'set-added';
    }
  /** The moment at which the sequence came to the step: after that activity type, or at the opening. */
  | { readonly kind: 'sequence'; readonly after: string | null };

/** An activity that a site would create, by names. */
export interface PlannedActivity {
  readonly stepIndex: number;
  readonly activityType: string;
  /** The status name; null when the site does not know it and so stores its default, Completed. */
  readonly status: string | null;
  readonly dateTime: LocalDateTime;
  readonly isAuto: boolean;
  readonly subject: string | null;
  readonly weight: number | null;
  readonly assignee: AssigneeRule;
  readonly reason: DateReason;
}

/** A step that CiviCRM passes over without a word. */
export interface SkippedStep {
  readonly stepIndex: number;
  readonly activityType: string;
  /** The case has as many live activities of the type as the case type allows. */
  readonly why: 'limit';
  readonly limit: number;
}

/** What becomes of the steps of a set, in their order. */
export interface PlannedSet {
  readonly activities: readonly PlannedActivity[];
  readonly skipped: readonly SkippedStep[];
}

/**
 * How a reference activity is found: CiviCRM as it is takes the oldest row whatever `reference_select` says;
 * `documented` takes the newest or oldest by date.
 */
export type ReferenceLookup = 'observed' | 'documented';

export interface ActivitySetInput {
  readonly steps: readonly ActivityStep[];
  /** The case type's top-level list: the only place from which limits are taken. */
  readonly activityTypes: readonly DeclaredActivityType[];
  readonly existing: readonly ExistingActivity[];
  /** When the case starts, or whatever base date the caller passes. */
  readonly start: LocalDateTime;
  /** The case's subject, which Open Case takes over. */
  readonly subject?: string;
  /** Status names that the site knows; absent, every non-empty name counts as known. */
  readonly activityStatuses?: ReadonlySet<string>;
  readonly referenceLookup?: ReferenceLookup;
  /** Steps that refer to Open Case start from `start` without a look at the case. */
  readonly resetTimeline?: boolean;
  /** What the site's clock makes of a time that its zone may skip; absent, a zone without daylight saving. */
  readonly settle?: (dateTime: LocalDateTime) => LocalDateTime;
}

/**
 * The set that CiviCRM runs when a case opens: the first timeline, whatever its name.
 *
 * Source: CRM/Case/XMLProcessor/Process.php, process.
 */
export function standardTimeline(activitySets: readonly ActivitySet[]): ActivitySet | undefined {
  return activitySets.find((set) => set.isTimeline);
}

/**
 * What running a set creates, in order. Steps at their type's limit are left out, as CiviCRM silently does; what an
 * earlier step creates counts for the later ones. Whether the site has a step's activity type is the caller's to
 * check: CiviCRM fails at the first that it lacks and keeps what came before.
 *
 * Source: CRM/Case/XMLProcessor/Process.php, createActivity; CRM/Case/BAO/Case.php, getCaseActivityDates.
 * @throws AppError invalid-input when `start` is no date, or a step's offset leads out of the calendar.
 */
export function planActivitySet(input: ActivitySetInput): PlannedSet {
  const start = toLocalDateTime(input.start);
  const limits = limitsOf(input.activityTypes);
  const onCase = input.existing.toSorted((left, right) => left.id - right.id);
  const activities: PlannedActivity[] = [];
  const skipped: SkippedStep[] = [];
  for (const [stepIndex, step] of input.steps.entries()) {
    const { activityType } = step;
    const limit = limits.get(activityType) ?? Infinity;
    const live = onCase.filter((one) => one.activityType === activityType && !one.isDeleted).length;
    if (live >= limit) {
      skipped.push({ stepIndex, activityType, why: 'limit', limit });
      continue;
    }
    const activity = { stepIndex, ...planStep(step, { ...input, start }, onCase) };
    activities.push(activity);
    const id = (onCase.at(-1)?.id ?? 0) + 1;
    onCase.push({ id, activityType, dateTime: activity.dateTime, isDeleted: false });
  }
  return { activities, skipped };
}

/** Of several entries for one type the last with a limit wins. */
function limitsOf(activityTypes: readonly DeclaredActivityType[]): ReadonlyMap<string, number> {
  return new Map(
    activityTypes.flatMap(({ name, maxInstances }) => (maxInstances === null ? [] : [[name, maxInstances]])),
  );
}

function planStep(
  step: ActivityStep,
  input: ActivitySetInput,
  onCase: readonly ExistingActivity[],
): Omit<PlannedActivity, 'stepIndex'> {
  const isOpenCase = step.activityType === OPEN_CASE;
  const subject = step.defaultSubject === '' ? null : step.defaultSubject;
  // An empty or zero subject of the case is no subject to PHP.
  const caseSubject = input.subject === '' || input.subject === '0' ? undefined : input.subject;
  return {
    activityType: step.activityType,
    status: knownStatus(step.status ?? 'Scheduled', input.activityStatuses),
    ...(isOpenCase
      ? { dateTime: input.start, reason: { kind: 'case-start', offsetDays: 0 } }
      : stepDate(step, input, onCase)),
    isAuto: !isOpenCase,
    // The column of the case has kept "null" as a word before Open Case takes it over.
    subject:
      isOpenCase && caseSubject === 'null'
        ? 'Null'
        : storedSubject(isOpenCase ? (caseSubject ?? subject ?? OPEN_CASE) : subject),
    weight: storedWeight(step.order),
    assignee: assigneeRule(step),
  };
}

function knownStatus(name: string, known: ReadonlySet<string> | undefined): string | null {
  return name !== '' && (known?.has(name) ?? true) ? name : null;
}

function stepDate(
  step: ActivityStep,
  input: ActivitySetInput,
  onCase: readonly ExistingActivity[],
): Pick<PlannedActivity, 'dateTime' | 'reason'> {
  const reason = dateReason(step, input, onCase);
  const base = reason.kind === 'reference' ? reason.baseDateTime : input.start;
  const dateTime = addDays(cutSeconds(toLocalDateTime(base)), step.referenceOffsetDays);
  return { dateTime: input.settle?.(dateTime) ?? dateTime, reason };
}

/** Trashed activities count too. */
function dateReason(
  step: ActivityStep,
  input: ActivitySetInput,
  onCase: readonly ExistingActivity[],
): DateReason {
  const { referenceActivity: activityType, referenceOffsetDays: offsetDays } = step;
  if (activityType === '' || (input.resetTimeline === true && activityType === OPEN_CASE))
    return { kind: 'case-start', offsetDays };
  const candidates = onCase.filter((one) => one.activityType === activityType);
  const dates = candidates.flatMap(({ dateTime }) => (dateTime === null ? [] : [dateTime])).toSorted();
  const lookup =
    input.referenceLookup !== 'documented'
      ? 'first-created'
      : step.referenceSelect === 'newest'
        ? 'newest'
        : 'oldest';
  const baseDateTime = {
    'first-created': candidates[0]?.dateTime,
    newest: dates.at(-1),
    oldest: dates[0],
  }[lookup];
  return baseDateTime === undefined || baseDateTime === null
    ? { kind: 'reference-missing', activityType, offsetDays }
    : { kind: 'reference', activityType, offsetDays, lookup, baseDateTime };
}

/** A number that is none is 0 to the database; it rounds where PHP cuts. */
function storedWeight(order: string): number | null {
  if (order === '') return null;
  const number = leadingNumber(order) ?? 0;
  return Math.sign(number) * Math.round(Math.abs(number)) + 0;
}

/** What a step's assignee rule has for an id and is none, at which CiviCRM stops; null when nothing is. */
export function badAssigneeId(step: ActivityStep): string | null {
  const { defaultAssigneeType: type = '', defaultAssigneeRelationship: relationship } = step;
  const [contactId = ''] = step.defaultAssigneeContacts;
  const [typeId = ''] = relationship.split('_');
  const id =
    phpEquals(type, '3') && contactId !== ''
      ? contactId
      : phpEquals(type, '2') && namesRelationship(relationship)
        ? typeId
        : null;
  return id === null || phpNumber(id) !== undefined ? null : id;
}

/** Who a step's activity is for. */
export function assigneeRule(step: ActivityStep): AssigneeRule {
  const type = step.defaultAssigneeType ?? '';
  if (phpEquals(type, '2')) {
    const relationship = readAssigneeRelationship(step.defaultAssigneeRelationship);
    return relationship === null ? { kind: 'nobody' } : { kind: 'relationship', ...relationship };
  }
  if (phpEquals(type, '3')) {
    const [contactId = '', ...furtherContactIds] = step.defaultAssigneeContacts;
    const id = phpNumber(contactId);
    // There is no contact below 1, and half a one neither.
    if (contactId === '' || (id !== undefined && !(Number.isInteger(id) && id > 0)))
      return { kind: 'nobody' };
    const further = furtherContactIds.length === 0 ? {} : { furtherContactIds };
    return { kind: 'contact', contactId: id === undefined ? contactId : String(id), ...further };
  }
  return phpEquals(type, '4') ? { kind: 'creator' } : { kind: 'nobody' };
}

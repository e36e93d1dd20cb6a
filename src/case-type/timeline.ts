import { addDays, cutSeconds, toLocalDateTime, type LocalDateTime } from './local-date-time.ts';
import type { ActivitySet, ActivityStep, DeclaredActivityType } from './model.ts';
import { phpEquals, phpInt } from './php-values.ts';
import { readAssigneeRelationship, type AssigneeRelationship } from './roles.ts';

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
  /** That contact, if the site has it. */
  | { readonly kind: 'contact'; readonly contactId: string }
  /** The other side of the client's active relationship: one of the case first, then one of no case. */
  | ({ readonly kind: 'relationship' } & AssigneeRelationship);

/** An activity that a site would create, by names. */
export interface PlannedActivity {
  readonly activityType: string;
  /** The status name; null when the site does not know it and so stores its default, Completed. */
  readonly status: string | null;
  readonly dateTime: LocalDateTime;
  readonly isAuto: boolean;
  readonly subject: string | null;
  readonly weight: number | null;
  readonly assignee: AssigneeRule;
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
 * The activities that running a set creates, in order. Steps at their type's limit are left out, as CiviCRM
 * silently does; what an earlier step creates counts for the later ones. Whether the site has a step's
 * activity type is the caller's to check: CiviCRM fails at the first that it lacks and keeps what came before.
 *
 * Source: CRM/Case/XMLProcessor/Process.php, createActivity; CRM/Case/BAO/Case.php, getCaseActivityDates.
 * @throws AppError invalid-input when `start` is no date, or a step's offset leads out of the calendar.
 */
export function planActivitySet(input: ActivitySetInput): readonly PlannedActivity[] {
  const start = toLocalDateTime(input.start);
  const limits = limitsOf(input.activityTypes);
  const onCase = input.existing.toSorted((left, right) => left.id - right.id);
  const planned: PlannedActivity[] = [];
  for (const step of input.steps) {
    const live = onCase.filter((one) => one.activityType === step.activityType && !one.isDeleted).length;
    if (live >= (limits.get(step.activityType) ?? Infinity)) continue;
    const activity = planStep(step, { ...input, start }, onCase);
    planned.push(activity);
    onCase.push({
      id: (onCase.at(-1)?.id ?? 0) + 1,
      activityType: activity.activityType,
      dateTime: activity.dateTime,
      isDeleted: false,
    });
  }
  return planned;
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
): PlannedActivity {
  const isOpenCase = step.activityType === OPEN_CASE;
  const subject = step.defaultSubject === '' ? null : step.defaultSubject;
  // An empty or zero subject of the case is no subject to PHP.
  const caseSubject = input.subject === '' || input.subject === '0' ? undefined : input.subject;
  return {
    activityType: step.activityType,
    status: knownStatus(step.status ?? 'Scheduled', input.activityStatuses),
    dateTime: isOpenCase ? input.start : stepDate(step, input, onCase),
    isAuto: !isOpenCase,
    subject: isOpenCase ? (caseSubject ?? subject ?? OPEN_CASE) : subject,
    weight: step.order === '' ? null : phpInt(step.order),
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
): LocalDateTime {
  const skipsLookup = input.resetTimeline === true && step.referenceActivity === OPEN_CASE;
  const reference = skipsLookup ? null : referenceDate(step, onCase, input.referenceLookup ?? 'observed');
  return addDays(cutSeconds(toLocalDateTime(reference ?? input.start)), step.referenceOffsetDays);
}

/** Trashed activities count too. */
function referenceDate(
  step: ActivityStep,
  onCase: readonly ExistingActivity[],
  lookup: ReferenceLookup,
): LocalDateTime | null {
  const candidates = onCase.filter((one) => one.activityType === step.referenceActivity);
  if (lookup === 'observed') return candidates[0]?.dateTime ?? null;
  const dates = candidates.flatMap(({ dateTime }) => (dateTime === null ? [] : [dateTime])).toSorted();
  return dates.at(step.referenceSelect === 'newest' ? -1 : 0) ?? null;
}

function assigneeRule(step: ActivityStep): AssigneeRule {
  const type = step.defaultAssigneeType ?? '';
  if (phpEquals(type, '2')) {
    const relationship = readAssigneeRelationship(step.defaultAssigneeRelationship);
    return relationship === null ? { kind: 'nobody' } : { kind: 'relationship', ...relationship };
  }
  if (phpEquals(type, '3')) {
    const contactId = step.defaultAssigneeContacts[0];
    return contactId === undefined ? { kind: 'nobody' } : { kind: 'contact', contactId };
  }
  return phpEquals(type, '4') ? { kind: 'creator' } : { kind: 'nobody' };
}

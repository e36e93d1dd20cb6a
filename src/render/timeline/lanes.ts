import {
  OPEN_CASE,
  planActivitySet,
  SEED_ACTIVITY_STATUSES,
  standardTimeline,
  type ActivitySet,
  type ActivityStep,
  type AssigneeRule,
  type CaseTypeModel,
  type DateReason,
  type ExistingActivity,
  type PlannedActivity,
  type SimulatedActivity,
  type Simulation,
  type SiteKnowledge,
  type SkippedStep,
} from '../../case-type/index.ts';

/** From where a step's day is counted. */
export type DayBase =
  | { readonly kind: 'start' }
  /** The step of the picture that creates the reference, or null when another activity of the case is meant. */
  | { readonly kind: 'reference'; readonly activityType: string; readonly stepKey: string | null }
  /** No step before it creates the reference, so the start counts. */
  | { readonly kind: 'reference-missing'; readonly activityType: string }
  /** Made when that step of the sequence was completed; null: when the case opened. */
  | { readonly kind: 'sequence'; readonly after: string | null }
  /** On the case without a step that made it. */
  | { readonly kind: 'by-hand' };

export type StepOutcome =
  | { readonly kind: 'created' }
  /** The case has as many activities of the type as it may. */
  | { readonly kind: 'skipped'; readonly limit: number }
  /** CiviCRM stops with an error before or at this step. */
  | { readonly kind: 'not-reached' };

/** One step as it is drawn. */
export interface LaneStep {
  /** `set.step`, counted from 0: stable in one definition. */
  readonly key: string;
  readonly activityType: string;
  /** Days after the start of the lane; null in a sequence, which knows no dates. */
  readonly day: number | null;
  readonly base: DayBase;
  readonly offsetDays: number;
  /** What CiviCRM stores, as far as a fresh one knows. */
  readonly status: string;
  /** The status that the step names and a fresh CiviCRM does not have; null when it has it. */
  readonly unknownStatus: string | null;
  readonly subject: string | null;
  readonly who: AssigneeRule;
  readonly outcome: StepOutcome;
  /** The day on which its set was added to a case that goes on, from which it is counted; absent: day 0. */
  readonly addedDay?: number;
  /** The day on which it was completed in a case that goes on, counted like `day`. */
  readonly completedDay?: number;
}

export type LaneKind =
  /** Runs when a case opens: day 0 is the start of the case. */
  | 'opening'
  /** Added by hand: day 0 is the day of that. */
  | 'added'
  /** Neither timeline nor sequence: can be added by its name all the same. */
  | 'unmarked'
  | 'sequence'
  /** A sequence behind the first, or one without steps: CiviCRM never follows it. */
  | 'dead-sequence'
  /** One case with all its activities: day 0 is its start. */
  | 'case';

/** One activity set as it is drawn. */
export interface TimelineLane {
  readonly setIndex: number;
  readonly kind: LaneKind;
  readonly name: string;
  readonly label: string;
  readonly steps: readonly LaneStep[];
  /** When the case of this lane starts, if it is another day than that of the picture. */
  readonly startsOn?: string;
}

const MILLIS_PER_DAY = 86_400_000;
/** What CiviCRM stores for a status that it does not know. */
const UNKNOWN_STATUS_BECOMES = 'Completed';

/** Whole days from one date to another, on the wall clock. */
export function daysBetween(from: string, to: string): number {
  const dayOf = (text: string): number => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / MILLIS_PER_DAY;
  return dayOf(to) - dayOf(from);
}

/** An activity that is on the case when a set runs; key: the step of the picture that made it. */
export interface FiledActivity extends ExistingActivity {
  readonly key: string | null;
}

/** What becomes of a set's steps, each with its index. */
interface SetRun {
  readonly activities: readonly PlannedActivity[];
  readonly skipped: readonly SkippedStep[];
  /** What is on the case before. */
  readonly existing: readonly FiledActivity[];
  readonly start: string;
}

/**
 * Every activity set of a case type in the order of the file, the steps with their days. A set that is added
 * by hand is reckoned as if it were added on the day on which the case opens.
 */
export function timelineLanes(
  model: CaseTypeModel,
  simulation: Simulation,
  site: SiteKnowledge = {},
): readonly TimelineLane[] {
  const opening = standardTimeline(model.activitySets);
  const openingIndex = opening === undefined ? -1 : model.activitySets.indexOf(opening);
  const start = simulation.startDate;
  const openingRun: SetRun = {
    activities: simulation.activities.filter(({ hasTarget }) => hasTarget).map(withStepIndex),
    skipped: simulation.skipped.map((step) => ({ ...step, stepIndex: step.at.stepIndex })),
    existing: simulation.activities
      .filter(({ hasTarget }) => !hasTarget)
      .map((activity, index) => toFiled(activity, index, null)),
    start,
  };
  const existing = [
    ...openingRun.existing,
    ...openingRun.activities.map((activity, index) =>
      toFiled(activity, openingRun.existing.length + index, stepKey(openingIndex, activity.stepIndex)),
    ),
  ];
  const runByHand = ({ steps }: ActivitySet): SetRun => ({
    ...planActivitySet({
      steps,
      activityTypes: model.activityTypes,
      existing,
      start,
      activityStatuses: site.activityStatuses ?? SEED_ACTIVITY_STATUSES,
    }),
    existing,
    start,
  });

  const firstSequence = model.activitySets.find((set) => set.isSequence);
  return model.activitySets.flatMap((set, setIndex): readonly TimelineLane[] => {
    const lane = (kind: LaneKind, steps: readonly LaneStep[]): TimelineLane => ({
      setIndex,
      kind,
      name: set.name,
      label: set.label,
      steps,
    });
    const isFollowed = set === firstSequence && set.steps.length > 0;
    const sequence = set.isSequence
      ? [lane(isFollowed ? 'sequence' : 'dead-sequence', chainSteps(set, setIndex))]
      : [];
    if (set === opening) return [lane('opening', datedSteps(set, setIndex, openingRun)), ...sequence];
    if (set.isSequence && !set.isTimeline) return sequence;
    return [
      lane(set.isTimeline ? 'added' : 'unmarked', datedSteps(set, setIndex, runByHand(set))),
      ...sequence,
    ];
  });
}

function datedSteps(set: ActivitySet, setIndex: number, run: SetRun): readonly LaneStep[] {
  const filed = [...run.existing];
  return set.steps.map((step, stepIndex): LaneStep => {
    const key = stepKey(setIndex, stepIndex);
    const activity = run.activities.find((one) => one.stepIndex === stepIndex);
    if (activity === undefined)
      return {
        key,
        ...uncreated(
          step,
          run.skipped.find((one) => one.stepIndex === stepIndex),
          filed,
          run.start,
        ),
      };
    const laneStep: LaneStep = {
      key,
      activityType: step.activityType,
      day: daysBetween(run.start, activity.dateTime),
      ...toBase(activity.reason, filed),
      status: activity.status ?? UNKNOWN_STATUS_BECOMES,
      unknownStatus: activity.status === null ? (step.status ?? null) : null,
      subject: step.activityType === OPEN_CASE ? null : activity.subject,
      who: activity.assignee,
      outcome: { kind: 'created' },
    };
    filed.push(toFiled(activity, filed.length, key));
    return laneStep;
  });
}

/** A step without its activity stands where the activity would have been. */
function uncreated(
  step: ActivityStep,
  skip: SkippedStep | undefined,
  filed: readonly FiledActivity[],
  start: string,
): Omit<LaneStep, 'key'> {
  const { activityType, referenceActivity, referenceOffsetDays: offsetDays } = step;
  const reference = filed.find((one) => one.activityType === referenceActivity);
  const isMissing = referenceActivity !== '' && reference === undefined;
  return {
    activityType,
    day: daysBetween(start, reference?.dateTime ?? start) + offsetDays,
    base:
      reference !== undefined
        ? { kind: 'reference', activityType: referenceActivity, stepKey: reference.key }
        : isMissing
          ? { kind: 'reference-missing', activityType: referenceActivity }
          : { kind: 'start' },
    offsetDays,
    status: step.status ?? 'Scheduled',
    unknownStatus: null,
    subject: null,
    who: { kind: 'nobody' },
    outcome: skip === undefined ? { kind: 'not-reached' } : { kind: 'skipped', limit: skip.limit },
  };
}

export function toBase(
  reason: DateReason,
  filed: readonly FiledActivity[],
): { readonly base: DayBase; readonly offsetDays: number } {
  switch (reason.kind) {
    case 'case-start':
      return { base: { kind: 'start' }, offsetDays: reason.offsetDays };
    case 'reference': {
      const { activityType, baseDateTime, offsetDays } = reason;
      const reference = filed.find(
        (one) => one.activityType === activityType && one.dateTime === baseDateTime,
      );
      return { base: { kind: 'reference', activityType, stepKey: reference?.key ?? null }, offsetDays };
    }
    case 'reference-missing':
      return {
        base: { kind: 'reference-missing', activityType: reason.activityType },
        offsetDays: reason.offsetDays,
      };
    case 'sequence':
      return { base: { kind: 'sequence', after: reason.after }, offsetDays: 0 };
    default:
      return reason satisfies never;
  }
}

// The listener looks at nothing but the type.
const chainSteps = (set: ActivitySet, setIndex: number): readonly LaneStep[] =>
  set.steps.map(({ activityType }, stepIndex) => ({
    key: stepKey(setIndex, stepIndex),
    activityType,
    day: null,
    base: { kind: 'start' },
    offsetDays: 0,
    status: 'Scheduled',
    unknownStatus: null,
    subject: null,
    who: { kind: 'nobody' },
    outcome: { kind: 'created' },
  }));

const stepKey = (setIndex: number, stepIndex: number): string => `${String(setIndex)}.${String(stepIndex)}`;

const withStepIndex = (activity: SimulatedActivity): PlannedActivity => ({
  ...activity,
  status: activity.unknownStatus === null ? activity.status : null,
  stepIndex: activity.at.stepIndex,
});

const toFiled = (
  { activityType, dateTime }: Pick<PlannedActivity, 'activityType' | 'dateTime'>,
  index: number,
  key: string | null,
): FiledActivity => ({ id: index + 1, key, activityType, dateTime, isDeleted: false });

import { toLocalDateTime, type LocalDateTime } from '../local-date-time.ts';
import { SEED_ACTIVITY_STATUSES, SEED_COMPLETED_STATUSES } from '../seed-names.ts';
import type { CaseActivity, CaseEvent, CaseState, CaseWorld } from './case-state.ts';
import { nextSequenceStep, type SequenceStep } from './sequence.ts';
import { hasActivityType, missingActivityType, UNKNOWN_STATUS_BECOMES } from './simulation.ts';
import { OPEN_CASE, planActivitySet, type ActivitySetInput, type DateReason } from './timeline.ts';

const CLOSED = 'Closed';
/** The only set that the form for the start date runs. */
const RESET_SET = 'standard_timeline';

/** The case does not change, and says why. */
class Refused extends Error {}

/**
 * The case after an event, with all that CiviCRM does of its own accord: the next step of the sequence, the end of a
 * case whose every activity is completed, the timeline of a moved start date. An event that the site would refuse
 * changes nothing but `failure`.
 *
 * Source: Civi/CCase/SequenceListener.php; CRM/Case/XMLProcessor/Process.php;
 * CRM/Case/Form/Activity/ChangeCaseStartDate.php; CRM/Case/Form/Activity.php, postProcess.
 */
export function advanceCase(world: CaseWorld, state: CaseState, event: CaseEvent): CaseState {
  try {
    return apply(world, { ...state, failure: null }, event);
  } catch (thrown) {
    if (thrown instanceof Refused) return { ...state, failure: thrown.message };
    throw thrown;
  }
}

function apply(world: CaseWorld, state: CaseState, event: CaseEvent): CaseState {
  const on = toLocalDateTime(event.on);
  const follow = (changed: CaseState): CaseState => followSequence(world, changed, on);
  switch (event.kind) {
    case 'activity-status': {
      const status = knownStatus(world, event.status);
      const edited = event.inForm ? { status, isAuto: false } : { status };
      return follow(editActivity(state, event.activityId, edited));
    }
    case 'activity-added':
      return follow(
        withActivity(world, state, {
          ...BY_HAND,
          activityType: event.activityType,
          status: knownStatus(world, event.status),
          dateTime: toLocalDateTime(event.dateTime),
        }),
      );
    case 'activity-trashed':
      return follow(editActivity(state, event.activityId, { isDeleted: true }));
    case 'case-status':
      return follow(withStatus(state, event.status, on));
    case 'set-added':
      return runSet(world, state, { name: event.set, start: on, follow });
    case 'start-moved':
      // One transaction around it all, so the sequence is looked at once.
      return follow(moveStart(world, state, toLocalDateTime(event.to), on));
    default:
      return event satisfies never;
  }
}

const BY_HAND = {
  subject: null,
  isAuto: false,
  hasTarget: true,
  isDeleted: false,
  weight: null,
  assignee: { kind: 'nobody' },
  at: null,
  reason: null,
} as const satisfies Partial<CaseActivity>;

function moveStart(world: CaseWorld, state: CaseState, to: LocalDateTime, on: LocalDateTime): CaseState {
  // The subject names both dates in the site's own way of writing them.
  const recorded = withActivity(world, state, {
    ...BY_HAND,
    activityType: 'Change Case Start Date',
    status: 'Completed',
    dateTime: on,
  });
  const kept = recorded.activities.filter(({ isAuto, hasTarget }) => !(isAuto && hasTarget));
  const rerun = runSet(
    world,
    { ...recorded, activities: kept },
    { name: RESET_SET, start: to, isReset: true },
  );
  const openCase = rerun.activities.find(({ activityType }) => activityType === OPEN_CASE);
  const moved = openCase === undefined ? rerun : editActivity(rerun, openCase.id, { dateTime: to });
  return { ...moved, startDate: to.slice(0, 10) };
}

interface SetRun {
  readonly name: string;
  readonly start: LocalDateTime;
  readonly isReset?: boolean;
  /** What happens after each new activity. */
  readonly follow?: (state: CaseState) => CaseState;
}

/** An unknown name does nothing, as on a site. */
function runSet(world: CaseWorld, state: CaseState, run: SetRun): CaseState {
  const setIndex = world.model.activitySets.findIndex(({ name }) => name === run.name);
  const steps = world.model.activitySets[setIndex]?.steps ?? [];
  return steps.reduce((before, step, stepIndex): CaseState => {
    const at = { setIndex, stepIndex };
    const { activities, skipped } = planActivitySet({
      ...setInput(world, before, run),
      steps: [step],
    });
    const [planned] = activities;
    if (planned === undefined) {
      const passed = skipped.map(({ activityType, why, limit }) => ({ at, activityType, why, limit }));
      return { ...before, skipped: [...before.skipped, ...passed] };
    }
    const { stepIndex: _, status, ...rest } = planned;
    const reason = run.isReset === true ? rest.reason : fromAddition(rest.reason);
    const made = { ...BY_HAND, ...rest, reason, status: status ?? UNKNOWN_STATUS_BECOMES, at };
    const after = withActivity(world, before, made);
    return run.follow?.(after) ?? after;
  }, state);
}

const fromAddition = (reason: DateReason): DateReason =>
  reason.kind === 'case-start' || reason.kind === 'reference-missing'
    ? { ...reason, from: 'set-added' }
    : reason;

const setInput = (world: CaseWorld, state: CaseState, run: SetRun): Omit<ActivitySetInput, 'steps'> => ({
  activityTypes: world.model.activityTypes,
  existing: state.activities,
  start: run.start,
  activityStatuses: world.site?.activityStatuses ?? SEED_ACTIVITY_STATUSES,
  ...(run.isReset === true ? { resetTimeline: true } : {}),
  ...(world.referenceLookup === undefined ? {} : { referenceLookup: world.referenceLookup }),
  ...(world.settle === undefined ? {} : { settle: world.settle }),
});

function followSequence(world: CaseWorld, state: CaseState, on: LocalDateTime): CaseState {
  const next = sequencePosition(world, state);
  if (next.kind === 'close') return withStatus(state, CLOSED, on);
  if (next.kind !== 'create') return state;
  const { activitySets } = world.model;
  const setIndex = activitySets.findIndex((set) => set.isSequence);
  const steps = activitySets[setIndex]?.steps ?? [];
  const stepIndex = steps.indexOf(next.step);
  return withActivity(world, state, {
    ...BY_HAND,
    activityType: next.step.activityType,
    status: 'Scheduled',
    dateTime: on,
    at: { setIndex, stepIndex },
    reason: { kind: 'sequence', after: steps[stepIndex - 1]?.activityType ?? null },
  });
}

/**
 * What the case's sequence would do at the next change: where it stands.
 * @param state every activity of the case, trashed ones too, in the order of creation
 */
export function sequencePosition(
  world: CaseWorld,
  state: { readonly activities: readonly Pick<CaseActivity, 'activityType' | 'status'>[] },
): SequenceStep {
  const completed = world.site?.completedStatuses ?? SEED_COMPLETED_STATUSES;
  return nextSequenceStep(
    world.model.activitySets,
    state.activities.map(({ activityType, status }) => ({
      activityType,
      isCompleted: completed.has(status),
    })),
  );
}

// Only the status of that very name ends a case; other closed ones, and reopening, leave its end date.
const withStatus = (state: CaseState, status: string, on: LocalDateTime): CaseState =>
  status === CLOSED ? { ...state, status, endDate: on.slice(0, 10) } : { ...state, status };

function withActivity(world: CaseWorld, state: CaseState, made: Omit<CaseActivity, 'id'>): CaseState {
  if (!hasActivityType(made.activityType, world.site))
    throw new Refused(missingActivityType(made.activityType));
  const id = state.lastId + 1;
  return { ...state, lastId: id, activities: [...state.activities, { id, ...made }] };
}

function editActivity(state: CaseState, id: number, change: Partial<CaseActivity>): CaseState {
  if (!state.activities.some((activity) => activity.id === id))
    throw new Refused(`The case has no activity ${String(id)}.`);
  return {
    ...state,
    activities: state.activities.map((one) => (one.id === id ? { ...one, ...change } : one)),
  };
}

const knownStatus = (world: CaseWorld, name: string): string =>
  (world.site?.activityStatuses ?? SEED_ACTIVITY_STATUSES).has(name) ? name : UNKNOWN_STATUS_BECOMES;

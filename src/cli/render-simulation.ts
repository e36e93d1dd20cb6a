import type { JsonObject } from '../base/json.ts';
import type { DayOff, DaysOff } from '../calendar/days-off.ts';
import {
  describeAssignee,
  describeDateReason,
  presentSimulation,
  sequencePosition,
  type CaseActivity,
  type CaseState,
  type CaseWorld,
  type Simulation,
  type SkippedActivity,
} from '../case-type/index.ts';

/** One start date, lived through to the end of what was asked. */
export interface SimulatedCase {
  readonly simulation: Simulation;
  readonly state: CaseState;
}

export interface SimulationSurroundings {
  readonly world: CaseWorld;
  readonly daysOff: DaysOff;
}

const liveActivities = ({ state }: SimulatedCase): readonly CaseActivity[] =>
  state.activities.filter(({ isDeleted }) => !isDeleted);

/** As CiviCRM's APIv4 would show it, with what only the simulation knows beside it. */
export function simulationJson(shown: SimulatedCase, { world, daysOff }: SimulationSurroundings): JsonObject {
  const presented = presentSimulation(shown.simulation, shown.state);
  const known = liveActivities(shown);
  return {
    ...presented,
    activities: (presented['activities'] as readonly JsonObject[]).map((activity, index): JsonObject => {
      const one = known[index];
      if (one === undefined) return activity;
      return {
        ...activity,
        assignee: describeAssignee(one.assignee, world.site?.relationshipTypes),
        reason: one.reason === null ? null : { ...one.reason, text: describeDateReason(one.reason) },
        day_off: dayOffJson(daysOff(one.dateTime.slice(0, 10))),
      };
    }),
    skipped: shown.state.skipped.map(({ at, activityType, why, limit }) => ({
      'activity_type_id:name': activityType,
      set: world.model.activitySets[at.setIndex]?.name ?? null,
      step: at.stepIndex + 1,
      why,
      limit,
    })),
  };
}

const dayOffJson = (dayOff: DayOff | null): JsonObject | null => (dayOff === null ? null : { ...dayOff });

/** A table for people: when, what, in which state, for whom, and why then. */
export function renderSimulation(shown: SimulatedCase, { world, daysOff }: SimulationSurroundings): string {
  const { simulation, state } = shown;
  const activities = liveActivities(shown);
  const hasTimes = activities.some(({ dateTime }) => !dateTime.endsWith('00:00:00'));
  const table = [
    ['date', 'activity', 'status', 'for', 'why then', ''],
    ...activities.map((activity) => [
      `${weekday(activity.dateTime)} ${activity.dateTime.slice(0, hasTimes ? 16 : 10)}`,
      activity.activityType,
      activity.status,
      describeAssignee(activity.assignee, world.site?.relationshipTypes),
      activity.reason === null ? 'added by hand' : describeDateReason(activity.reason),
      markOf(daysOff(activity.dateTime.slice(0, 10))),
    ]),
  ];
  return [
    `A case opened on ${weekday(simulation.startDate)} ${simulation.startDate}`,
    ...(activities.length === 0 ? ['  gets no activity.'] : columns(table).map((line) => `  ${line}`)),
    ...simulation.roles.map(
      ({ relationshipType, role }) =>
        `Whoever opens the case becomes ${role.clientSide === 'a' ? relationshipType.nameBA : relationshipType.nameAB}.`,
    ),
    ...state.skipped.map((step) => skippedSentence(step, world)),
    ...unknownStatuses(simulation),
    ...(state.status === 'Open' ? [] : [`The case is ${state.status}${ended(state)}.`]),
    ...sequenceSentence(world, state),
    ...(state.failure === null ? [] : [`Then CiviCRM stops: ${state.failure}`]),
  ].join('\n');
}

const ended = ({ endDate }: CaseState): string => (endDate === null ? '' : `, ended on ${endDate}`);
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const weekday = (dateTime: string): string =>
  WEEKDAYS[new Date(`${dateTime.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? '';

const markOf = (dayOff: DayOff | null): string => (dayOff === null ? '' : `* ${dayOff.name ?? dayOff.kind}`);

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function skippedSentence({ at, activityType, limit }: SkippedActivity, { model }: CaseWorld): string {
  const set = model.activitySets[at.setIndex];
  const where = `step ${String(at.stepIndex + 1)} of ${set === undefined ? 'its set' : set.label || set.name}`;
  return `Skipped: ${activityType} (${where}), as a case may have only ${String(limit)}.`;
}

function unknownStatuses({ activities }: Simulation): readonly string[] {
  const names = new Set(activities.flatMap(({ unknownStatus }) => unknownStatus ?? []));
  return [...names].map((name) =>
    name === ''
      ? 'A step has an empty status: CiviCRM stores Completed. Leave the element out for Scheduled.'
      : `The status "${name}" is none of a fresh CiviCRM, which stores Completed instead. If the site has it: --activity-status "${name}".`,
  );
}

function sequenceSentence(world: CaseWorld, state: CaseState): readonly string[] {
  const position = sequencePosition(world, state);
  switch (position.kind) {
    case 'nothing':
      return [];
    case 'wait':
      return position.for === null
        ? ['The sequence is done; the case closes once every activity is completed.']
        : [`The sequence waits for ${position.for.activityType}.`];
    case 'create':
      return [`The sequence makes ${position.step.activityType} at the next change of the case.`];
    case 'close':
      return ['The sequence is done and the case complete.'];
    default:
      return position satisfies never;
  }
}

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
} from '../case-type/index.ts';
import { formatDate, type Language } from '../render/index.ts';
import type { SimulatedCase } from './simulated-case.ts';
import { simulationTexts, type SimulationTexts } from './simulation-texts.ts';

export interface SimulationSurroundings {
  readonly world: CaseWorld;
  readonly daysOff: DaysOff;
  /** Of the words for people; names stay as they are. */
  readonly language: Language;
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
        ...(shown.completed.has(one.id) ? { completed_on: shown.completed.get(one.id) ?? null } : {}),
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
export function renderSimulation(shown: SimulatedCase, surroundings: SimulationSurroundings): string {
  const { world, language } = surroundings;
  const { simulation, state } = shown;
  const texts = simulationTexts(language);
  const rows = activityRows(shown, surroundings);
  return [
    texts.opened(withWeekday(simulation.startDate, language)),
    ...(rows.length === 0
      ? [`  ${texts.nothing}`]
      : columns([[...texts.columns, ''], ...rows]).map((line) => `  ${line}`)),
    ...simulation.roles.map(({ relationshipType, role }) =>
      texts.role(role.clientSide === 'a' ? relationshipType.nameBA : relationshipType.nameAB),
    ),
    ...state.skipped.map(({ at, activityType, limit }) => {
      const set = world.model.activitySets[at.setIndex];
      return texts.skipped(
        activityType,
        at.stepIndex + 1,
        set === undefined ? null : set.label || set.name,
        limit,
      );
    }),
    ...unknownStatuses(simulation, texts),
    ...(state.status === 'Open' ? [] : [texts.caseStatus(state.status, state.endDate)]),
    ...sequenceSentence(world, state, texts),
    ...(state.failure === null ? [] : [texts.failure(state.failure)]),
  ].join('\n');
}

function activityRows(
  shown: SimulatedCase,
  { world, daysOff, language }: SimulationSurroundings,
): readonly (readonly string[])[] {
  const texts = simulationTexts(language);
  const activities = liveActivities(shown);
  const hasTimes = activities.some(({ dateTime }) => !dateTime.endsWith('00:00:00'));
  return activities.map(({ id, dateTime, activityType, status, assignee, reason }) => {
    const completed = shown.completed.get(id);
    const dayOff = daysOff(dateTime.slice(0, 10));
    return [
      withWeekday(dateTime.slice(0, hasTimes ? 16 : 10), language),
      activityType,
      completed === undefined ? status : texts.completedOn(status, completed.slice(0, 10)),
      describeAssignee(assignee, world.site?.relationshipTypes, language),
      reason === null ? texts.byHand : describeDateReason(reason, language),
      dayOff === null ? '' : `* ${dayOff.name ?? texts.weekend}`,
    ];
  });
}

/** `Mon 2026-03-02`, or `lun. 2026-03-02`. */
export const withWeekday = (dateTime: string, language: Language): string =>
  `${formatDate(language, dateTime, { weekday: 'short' })} ${dateTime}`;

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

function unknownStatuses({ activities }: Simulation, texts: SimulationTexts): readonly string[] {
  const names = new Set(activities.flatMap(({ unknownStatus }) => unknownStatus ?? []));
  return [...names].map((name) => (name === '' ? texts.emptyStatus : texts.unknownStatus(name)));
}

function sequenceSentence(world: CaseWorld, state: CaseState, texts: SimulationTexts): readonly string[] {
  const position = sequencePosition(world, state);
  switch (position.kind) {
    case 'nothing':
      return [];
    case 'wait':
      return [position.for === null ? texts.sequenceDone : texts.sequenceWaits(position.for.activityType)];
    case 'create':
      return [texts.sequenceMakes(position.step.activityType)];
    case 'close':
      return [texts.complete];
    default:
      return position satisfies never;
  }
}

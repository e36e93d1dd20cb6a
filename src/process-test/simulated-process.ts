import {
  advanceCase,
  earliestOpenActivity,
  findActivitySet,
  openedCase,
  resolveRole,
  SEED_ACTIVITY_STATUSES,
  SEED_RELATIONSHIP_TYPES,
  sequencePosition,
  simulateOpening,
  type AssigneeRule,
  type CaseActivity,
  type CaseEvent,
  type CaseState,
  type CaseTypeModel,
  type CaseWorld,
  type Simulation,
} from '../case-type/index.ts';
import { AppError } from '../base/errors.ts';
import { NOBODY, type CaseView } from './case-view.ts';
import { dateOf } from './days.ts';
import type { ProcessTest, Specification, TestEvent } from './specification.ts';

/** Events are entered at noon of their day; a case opens at midnight, as over the API. */
const NOON = '12:00:00';
export const OPENER = 'whoever opens the case';

/** The people of one test. */
export interface Cast {
  readonly opener: string;
  /** Beside those that the opener gets: role → person. */
  readonly roles: ReadonlyMap<string, string>;
}

export interface SimulatedProcess {
  readonly world: CaseWorld;
  readonly cast: Cast;
  readonly opened: string;
  readonly state: CaseState;
  /** Activities up to this id were made by the opening, when only the opener had roles. */
  readonly lastOfOpening: number;
  readonly openingRoles: Simulation['roles'];
}

/** @throws AppError `invalid-input` when the case type knows no such role, or CiviCRM could not open the case. */
export function openProcess(
  model: CaseTypeModel,
  specification: Specification,
  test: ProcessTest,
): SimulatedProcess {
  const extra = specification.site?.activityStatuses ?? [];
  const world: CaseWorld = {
    model,
    site: { activityStatuses: new Set([...SEED_ACTIVITY_STATUSES, ...extra]) },
  };
  const cast = castOf(model, test);
  const simulation = simulateOpening({
    definition: model,
    startDate: test.given.opened,
    ...(world.site === undefined ? {} : { site: world.site }),
  });
  const state = openedCase(simulation);
  if (simulation.failure !== null)
    throw new AppError('invalid-input', `The case cannot be opened: ${simulation.failure}`);
  const openingRoles = simulation.roles;
  return { world, cast, opened: test.given.opened, state, lastOfOpening: state.lastId, openingRoles };
}

function castOf({ caseRoles }: CaseTypeModel, { given }: ProcessTest): Cast {
  const roles = new Map(Object.entries(given.roles ?? {}));
  let opener = given.by;
  for (const [name, person] of roles) {
    const role = caseRoles.find((one) => one.name === name);
    if (role === undefined) {
      throw new AppError(
        'invalid-input',
        `The case type has no role "${name}". It has: ${caseRoles.map((one) => one.name).join(', ')}.`,
      );
    }
    if (!role.isCreator) continue;
    opener ??= person;
    if (opener !== person) {
      throw new AppError(
        'invalid-input',
        `The role "${name}" goes to whoever opens the case, which is ${opener}, not ${person}. Change "by" or the role.`,
      );
    }
    roles.delete(name);
  }
  return { opener: opener ?? OPENER, roles };
}

/** The case event that a test's event stands for. @throws AppError `invalid-input` when it concerns nothing. */
export function caseEventOf(process: SimulatedProcess, event: TestEvent): CaseEvent {
  const { state, world, opened } = process;
  const date = dateOf(event.on, opened);
  const on = `${date} ${NOON}`;
  const mark = (name: string, status: string): CaseEvent => ({
    kind: 'activity-status',
    activityId: earliestOpenActivity(state, name).id,
    status,
    on,
    inForm: true,
  });
  if (event.completed !== undefined) return mark(event.completed, 'Completed');
  if (event.marked !== undefined) return mark(event.marked, event.as ?? '');
  if (event.added !== undefined) {
    const dateTime = event.due === undefined ? on : `${dateOf(event.due, opened)} ${NOON}`;
    return { kind: 'activity-added', activityType: event.added, status: 'Scheduled', dateTime, on };
  }
  if (event.trashed !== undefined)
    return { kind: 'activity-trashed', activityId: earliestOpenActivity(state, event.trashed).id, on };
  if (event.status !== undefined) return { kind: 'case-status', status: event.status, on };
  if (event.timelineAdded !== undefined)
    return {
      kind: 'set-added',
      set: findActivitySet(world.model, event.timelineAdded).name,
      on: `${date} 00:00:00`,
    };
  return { kind: 'start-moved', to: `${dateOf(event.startMovesTo ?? event.on, opened)} 00:00:00`, on };
}

/** @throws AppError `invalid-input` when CiviCRM would refuse the event. */
export function advanceProcess(process: SimulatedProcess, event: CaseEvent): SimulatedProcess {
  const state = advanceCase(process.world, process.state, event);
  if (state.failure !== null) throw new AppError('invalid-input', `CiviCRM refuses this: ${state.failure}`);
  return { ...process, state };
}

export function viewProcess(process: SimulatedProcess): CaseView {
  const { state } = process;
  return {
    status: state.status,
    startDate: state.startDate,
    endDate: state.endDate,
    sequence: sequenceStand(process.world, state),
    activities: state.activities
      .filter(({ isDeleted }) => !isDeleted)
      .map((activity) => ({
        activityType: activity.activityType,
        status: activity.status,
        date: activity.dateTime.slice(0, 10),
        subject: activity.subject,
        person: personOf(process, activity),
        at: activity.at,
      })),
  };
}

/** The step for which the sequence waits, `finished`, or null without one. */
export function sequenceStand(
  world: CaseWorld,
  state: Parameters<typeof sequencePosition>[1],
): string | null {
  const position = sequencePosition(world, state);
  switch (position.kind) {
    case 'nothing':
      return null;
    case 'wait':
      return position.for?.activityType ?? 'finished';
    case 'create':
      return position.step.activityType;
    case 'close':
      return 'finished';
    default:
      return position satisfies never;
  }
}

function personOf(process: SimulatedProcess, { id, assignee }: CaseActivity): string {
  const { cast, lastOfOpening } = process;
  switch (assignee.kind) {
    case 'nobody':
      return NOBODY;
    case 'creator':
      return cast.opener;
    case 'contact':
      return [assignee.contactId, ...(assignee.furtherContactIds ?? [])]
        .map((id) => `contact ${id}`)
        .join(', ');
    case 'relationship':
      return holderOf(process, assignee, id > lastOfOpening ? cast.roles : new Map());
    default:
      return assignee satisfies never;
  }
}

function holderOf(
  { cast, openingRoles }: SimulatedProcess,
  rule: Extract<AssigneeRule, { kind: 'relationship' }>,
  roles: ReadonlyMap<string, string>,
): string {
  const isMeant = (role: { relationshipTypeId: number; clientSide: string }): boolean =>
    role.relationshipTypeId === rule.relationshipTypeId && role.clientSide === rule.clientSide;
  if (openingRoles.some(({ role }) => isMeant(role))) return cast.opener;
  const held = [...roles].find(([name]) => {
    const role = resolveRole(name, SEED_RELATIONSHIP_TYPES);
    return role !== null && isMeant(role);
  });
  return held?.[1] ?? NOBODY;
}

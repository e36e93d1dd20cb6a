import { AppError } from '../base/errors.ts';
import {
  advanceCase,
  earliestOpenActivity,
  findActivitySet,
  openedCase,
  toLocalDateTime,
  type CaseEvent,
  type CaseState,
  type CaseWorld,
  type Simulation,
} from '../case-type/index.ts';

/** What the command line says happens to a case, in its order. */
export interface NamedEvent {
  readonly kind: 'completed' | 'status-change' | 'add-set' | 'move-start';
  /** The activity type, case status, set or new start date. */
  readonly name: string;
  readonly on: string;
}

/**
 * `Phone Call=2026-03-05`, collected over several options in the order in which they were given.
 * @throws AppError `invalid-input` when it is none of that form
 */
export function namedEvent(kind: NamedEvent['kind']) {
  return (text: string, before: readonly NamedEvent[] = []): readonly NamedEvent[] => {
    const [, name, on] = /^\s*(.+?)\s*=\s*([^=]+?)\s*$/.exec(text) ?? [];
    if (name === undefined || on === undefined) {
      throw new AppError(
        'invalid-input',
        `Expected --${kind} "NAME=YYYY-MM-DD", what it concerns and on which day, got "${text}".`,
        { details: { text } },
      );
    }
    return [...before, { kind, name, on: toLocalDateTime(on) }];
  };
}

/**
 * The case after its opening and all events; an event that the site would refuse ends it.
 * @throws AppError `invalid-input` for an event that concerns nothing on the case, or goes back in time
 */
export function liveThrough(
  world: CaseWorld,
  simulation: Simulation,
  events: readonly NamedEvent[],
): CaseState {
  let state = openedCase(simulation);
  let last = toLocalDateTime(simulation.startDate);
  for (const event of events) {
    if (state.failure !== null) return state;
    if (event.on < last) {
      throw new AppError(
        'invalid-input',
        `"${event.name}" on ${event.on.slice(0, 10)} comes after something of ${last.slice(0, 10)}. Give what happens in the order of time.`,
      );
    }
    state = advanceCase(world, state, caseEvent(world, state, event));
    last = event.on;
  }
  return state;
}

function caseEvent(world: CaseWorld, state: CaseState, { kind, name, on }: NamedEvent): CaseEvent {
  switch (kind) {
    case 'completed':
      return {
        kind: 'activity-status',
        activityId: earliestOpenActivity(state, name).id,
        status: 'Completed',
        on,
        inForm: true,
      };
    case 'status-change':
      return { kind: 'case-status', status: name, on };
    case 'move-start':
      return { kind: 'start-moved', to: toLocalDateTime(name), on };
    case 'add-set':
      return { kind: 'set-added', set: findActivitySet(world.model, name).name, on };
    default:
      return kind satisfies never;
  }
}

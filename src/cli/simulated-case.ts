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
  type LocalDateTime,
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

/** One start date, lived through to the end of what was asked. */
export interface SimulatedCase {
  readonly simulation: Simulation;
  readonly state: CaseState;
  /** When activities were completed, by their ids. */
  readonly completed: ReadonlyMap<number, LocalDateTime>;
  /** Whatever happened since the opening, in its order. */
  readonly events: readonly NamedEvent[];
}

export const opened = (simulation: Simulation): SimulatedCase => ({
  simulation,
  state: openedCase(simulation),
  completed: new Map(),
  events: [],
});

/** When something happened last. */
export const lastMoment = ({ simulation, events }: SimulatedCase): LocalDateTime =>
  events.at(-1)?.on ?? toLocalDateTime(simulation.startDate);

/**
 * The case after something more; nothing happens any more to a case after an event that the site refused.
 * @throws AppError `invalid-input` for an event that concerns nothing on the case, or goes back in time
 */
export function live(world: CaseWorld, before: SimulatedCase, named: NamedEvent): SimulatedCase {
  const { simulation, state, completed, events } = before;
  if (state.failure !== null) return before;
  const last = lastMoment(before);
  if (named.on < last) {
    throw new AppError(
      'invalid-input',
      `"${named.name}" on ${named.on.slice(0, 10)} comes after something of ${last.slice(0, 10)}. Give what happens in the order of time.`,
    );
  }
  const event = caseEvent(world, state, named);
  const after = advanceCase(world, state, event);
  const isCompletion = event.kind === 'activity-status' && after.failure === null;
  return {
    simulation,
    state: after,
    completed: isCompletion ? new Map([...completed, [event.activityId, named.on]]) : completed,
    events: [...events, named],
  };
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

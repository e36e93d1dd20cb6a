import type { CaseTypeModel } from '../model.ts';
import type { LocalDateTime } from '../local-date-time.ts';
import type { SimulatedActivity, Simulation, SiteKnowledge, SkippedActivity } from './simulation.ts';
import type { AssigneeRule, DateReason, ReferenceLookup, StepPosition } from './timeline.ts';

/** What a simulated case lives by. */
export interface CaseWorld {
  readonly model: CaseTypeModel;
  readonly site?: SiteKnowledge;
  readonly referenceLookup?: ReferenceLookup;
  /** What the site's clock makes of a time that its zone may skip. */
  readonly settle?: (dateTime: LocalDateTime) => LocalDateTime;
}

/** One activity of a simulated case. */
export interface CaseActivity {
  /** In the order of creation; ids of deleted activities are not used again. */
  readonly id: number;
  readonly activityType: string;
  readonly status: string;
  readonly dateTime: LocalDateTime;
  readonly subject: string | null;
  /** Made by a timeline and not yet saved in a form by a person: what a moved start date deletes. */
  readonly isAuto: boolean;
  /** Only the step that a sequence makes at the opening lacks the client. */
  readonly hasTarget: boolean;
  readonly isDeleted: boolean;
  readonly weight: number | null;
  readonly assignee: AssigneeRule;
  /** Null for an activity that no step made. */
  readonly at: StepPosition | null;
  readonly reason: DateReason | null;
}

/** A simulated case at one moment. */
export interface CaseState {
  /** `YYYY-MM-DD`. */
  readonly startDate: string;
  readonly subject: string;
  /** Name of the case status. */
  readonly status: string;
  readonly endDate: string | null;
  /** The id that was given last. */
  readonly lastId: number;
  /** By id. */
  readonly activities: readonly CaseActivity[];
  /** Steps that were passed over, from the opening on. */
  readonly skipped: readonly SkippedActivity[];
  /** Why the site refused the last event, which then changed nothing; null when it did not. */
  readonly failure: string | null;
}

/** Something that happens to a case; `on` is the moment at which it is entered. */
export type CaseEvent =
  | {
      readonly kind: 'activity-status';
      readonly activityId: number;
      readonly status: string;
      readonly on: LocalDateTime;
      /** Saved in the activity's form, after which CiviCRM no longer holds it for automatic. */
      readonly inForm: boolean;
    }
  | {
      readonly kind: 'activity-added';
      readonly activityType: string;
      readonly status: string;
      readonly dateTime: LocalDateTime;
      readonly on: LocalDateTime;
    }
  | { readonly kind: 'activity-trashed'; readonly activityId: number; readonly on: LocalDateTime }
  | { readonly kind: 'case-status'; readonly status: string; readonly on: LocalDateTime }
  /** The form Change Case Start Date, which runs the set named standard_timeline anew. */
  | { readonly kind: 'start-moved'; readonly to: LocalDateTime; readonly on: LocalDateTime }
  /** "Add timeline" on the case, or APIv3 `Case.addtimeline`. */
  | { readonly kind: 'set-added'; readonly set: string; readonly on: LocalDateTime };

/** The case as its opening leaves it. */
export function openedCase(simulation: Simulation): CaseState {
  return {
    startDate: simulation.startDate,
    subject: simulation.subject,
    status: 'Open',
    endDate: null,
    lastId: simulation.activities.length,
    activities: simulation.activities.map(toCaseActivity),
    skipped: simulation.skipped,
    failure: simulation.failure,
  };
}

const toCaseActivity = (activity: SimulatedActivity, index: number): CaseActivity => ({
  id: index + 1,
  activityType: activity.activityType,
  status: activity.status,
  dateTime: activity.dateTime,
  subject: activity.subject,
  isAuto: activity.isAuto,
  hasTarget: activity.hasTarget,
  isDeleted: false,
  weight: activity.weight,
  assignee: activity.assignee,
  at: activity.at,
  reason: activity.reason,
});

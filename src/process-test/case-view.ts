import { SEED_ENDED_STATUSES, type StepPosition } from '../case-type/index.ts';

/** One activity of a case as a test sees it, whether it was simulated or read from a site. */
export interface ViewedActivity {
  readonly activityType: string;
  readonly status: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly subject: string | null;
  /** Name of the person it is assigned to, or `nobody`. */
  readonly person: string;
  /** The step that made it; null for one added by hand. */
  readonly at: StepPosition | null;
}

/** A case at one moment of a test. */
export interface CaseView {
  /** By creation, without those in the trash. */
  readonly activities: readonly ViewedActivity[];
  readonly status: string;
  readonly startDate: string;
  readonly endDate: string | null;
  /** The step for which the sequence waits, `finished`, or null without a sequence. */
  readonly sequence: string | null;
}

export const NOBODY = 'nobody';

/** Whether something is left to do; a site's own statuses count as that. */
export const isOpen = ({ status }: ViewedActivity): boolean => !SEED_ENDED_STATUSES.has(status);

import type { EpochMillis } from '../base/clock.ts';

export type Channel = 'activity' | 'email';

/** What makes an occurrence itself: two schedulers that race leave one row with this key. */
export interface OccurrenceKey {
  readonly site: string;
  readonly rule: string;
  readonly caseId: number;
  /** The activity that triggered it. */
  readonly activityId: number;
  /** Contact who gets the mail; 0 for the activity channel. */
  readonly recipientId: number;
  readonly dueAt: EpochMillis;
  readonly channel: Channel;
}

/**
 * planned → claimed → (sending →) done | skipped | suppressed | failed | unknown; planned → cancelled.
 * `unknown`: the process died between handing the mail to SMTP and recording it; a person decides.
 */
export type OccurrenceState =
  'planned' | 'claimed' | 'sending' | 'done' | 'skipped' | 'suppressed' | 'failed' | 'unknown' | 'cancelled';

export interface Occurrence extends OccurrenceKey {
  readonly id: string;
  readonly state: OccurrenceState;
  /** Why it was cancelled, skipped, suppressed or failed; a fixed phrase, never personal data. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly plannedAt: EpochMillis;
  readonly claimedAt: EpochMillis | null;
  readonly finishedAt: EpochMillis | null;
  /** Id of the activity written to CiviCRM: the follow-up itself, or the record of the mail. */
  readonly resultActivityId: number | null;
}

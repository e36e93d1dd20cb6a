import { createHash } from 'node:crypto';
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
 * planned → claimed → (sending →) done | skipped | suppressed | failed | unknown; planned ↔ cancelled, since what
 * holds again (an activity reopened, a date moved back) is planned again.
 * `unknown`: the process died between handing the mail to SMTP and recording it; a person decides.
 */
export type OccurrenceState =
  'planned' | 'claimed' | 'sending' | 'done' | 'skipped' | 'suppressed' | 'failed' | 'unknown' | 'cancelled';

export interface Occurrence extends OccurrenceKey {
  readonly id: string;
  readonly state: OccurrenceState;
  /** Why it was cancelled, skipped, suppressed or failed; a fixed phrase, never personal data. */
  readonly reason: string | null;
  /** How often it was claimed. The number also tells the present holder of a claim from one whose lease ran out. */
  readonly attempts: number;
  readonly plannedAt: EpochMillis;
  /** Not to be claimed before: the due instant, later when an attempt was put off. */
  readonly wakeAt: EpochMillis;
  readonly claimedAt: EpochMillis | null;
  readonly finishedAt: EpochMillis | null;
  /** Id of the activity written to CiviCRM: the follow-up itself, or the record of the mail. */
  readonly resultActivityId: number | null;
}

/**
 * The id follows from the key: two planners agree on it, and so does one whose store was lost. It begins with the
 * channel, so that an activity's origin key `occurrence/<id>` tells a follow-up from the record of a mail.
 */
export function occurrenceId(key: OccurrenceKey): string {
  const parts = [key.site, key.rule, key.caseId, key.activityId, key.recipientId, key.dueAt, key.channel];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `${key.channel}-${digest.slice(0, 32)}`;
}

/** The channel of the occurrence that wrote an activity, by the activity's origin key; null when none did. */
export function writtenThrough(originKey: string | null): Channel | null {
  const match = /^occurrence\/(activity|email)-/.exec(originKey ?? '');
  return match === null ? null : (match[1] as Channel);
}

import type { Clock, EpochMillis } from '../base/clock.ts';
import { AppError, ERROR_TREATMENT, toAppError, type ErrorKind } from '../base/errors.ts';
import { silentLogger, type Logger } from '../base/logger.ts';
import type { Occurrence } from '../case/occurrence.ts';
import type { OccurrenceStore } from '../case/occurrence-store.ts';
import { isTooLate } from '../case/late-policy.ts';
import { occurrenceKey } from '../case/origin-key.ts';
import { choosePeople } from '../case/people.ts';
import { explainOccurrence, type Verdict, type WallClock } from '../case/plan-occurrences.ts';
import type { Rule } from '../case/rule.ts';
import type { FollowUp, FollowUpSite } from './ports.ts';

export interface FollowUpParts {
  readonly occurrences: Pick<OccurrenceStore, 'claim' | 'finish' | 'putOff'>;
  readonly rules: readonly Rule[];
  /** The site of that name and its wall clock; throws `not-found` for one that left the configuration. */
  readonly site: (name: string) => { readonly cases: FollowUpSite; readonly zone: WallClock };
  readonly clock: Pick<Clock, 'now'>;
  /** How long a claim is held; longer than any write takes. Default: five minutes. */
  readonly leaseMillis?: number;
  /** Told of what failed or was put off. */
  readonly logger?: Logger;
}

export type FollowUpOutcome =
  | { readonly kind: 'done'; readonly activityId: number }
  /** Not claimed: early, cancelled, finished, or held by another worker. */
  | { readonly kind: 'not-mine' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly error: AppError }
  /** The site did not answer: to be woken again at `at`. */
  | { readonly kind: 'put-off'; readonly at: EpochMillis };

const NOT_MINE: FollowUpOutcome = { kind: 'not-mine' };
const TOO_LATE = 'its moment is too long past';

const ONE_MINUTE = 60_000;
const LEASE = 5 * ONE_MINUTE;
const LONGEST_PAUSE = 60 * ONE_MINUTE;

/** Stored and shown, so fixed: a site's own words may hold personal data. */
const FAILURE_REASONS: Readonly<Record<ErrorKind, string>> = {
  'invalid-input': 'the site lacks a name that the rule uses',
  'not-found': 'the site is no longer configured',
  forbidden: 'the site does not permit it',
  conflict: 'the site is not prepared for it',
  'stale-plan': 'an internal error',
  'remote-rejected': 'the site refused the activity or stored something else',
  'remote-unavailable': 'the site did not answer',
  internal: 'an internal error',
};

/**
 * Writes the follow-up of one occurrence, once however often it is called: claims it, reads the case again, asks
 * again whether it still holds and is not too late, writes the activity under its origin key, records the result.
 * A process that dies in between is relieved after the lease; the next one finds the activity by its key.
 *
 * @returns what became of it; a refusal by the site is an outcome, not a throw.
 */
export async function runFollowUp(id: string, parts: FollowUpParts): Promise<FollowUpOutcome> {
  const { occurrences, clock } = parts;
  const claimedAt = clock.now();
  const until = claimedAt + (parts.leaseMillis ?? LEASE);
  const occurrence = await occurrences.claim(id, { now: claimedAt, until });
  if (occurrence === null) return { kind: 'not-mine' };

  try {
    const { cases, zone } = parts.site(occurrence.site);
    const [caseFile = null] = await cases.readCases([occurrence.caseId]);
    const now = clock.now();
    const verdict = explainOccurrence(occurrence, caseFile, {
      rules: parts.rules,
      site: occurrence.site,
      zone,
      now,
    });
    const isLate = verdict.kind === 'holds' && isTooLate(verdict.rule.late, occurrence.dueAt, now);
    if (verdict.kind === 'gone' || isLate) {
      // An earlier attempt may have died between the activity and its filing.
      if (occurrence.attempts > 1) await cases.discardFollowUp(occurrenceKey(occurrence.id));
      return await skip(occurrence, verdict.kind === 'gone' ? verdict.reason : TOO_LATE, parts);
    }
    const activityId = await cases.writeFollowUp(composeFollowUp(occurrence, verdict, zone, now));
    const result = { state: 'done', reason: null, resultActivityId: activityId, now: clock.now() } as const;
    return (await occurrences.finish(occurrence, result)) ? { kind: 'done', activityId } : NOT_MINE;
  } catch (thrown) {
    return await recordFailure(occurrence, toAppError(thrown), parts);
  }
}

async function skip(occurrence: Occurrence, reason: string, parts: FollowUpParts): Promise<FollowUpOutcome> {
  const result = { state: 'skipped', reason, resultActivityId: null, now: parts.clock.now() } as const;
  return (await parts.occurrences.finish(occurrence, result)) ? { kind: 'skipped', reason } : NOT_MINE;
}

async function recordFailure(
  occurrence: Occurrence,
  error: AppError,
  { occurrences, clock, logger = silentLogger }: FollowUpParts,
): Promise<FollowUpOutcome> {
  const reason = FAILURE_REASONS[error.kind];
  const { id: occurrenceId, site, rule, caseId } = occurrence;
  logger.warn(
    { occurrenceId, site, rule, caseId, kind: error.kind },
    `A follow-up was not written: ${reason}`,
  );
  if (ERROR_TREATMENT[error.kind].retry) {
    const at = clock.now() + pauseAfter(occurrence.attempts);
    return (await occurrences.putOff(occurrence, at, reason)) ? { kind: 'put-off', at } : NOT_MINE;
  }
  const result = { state: 'failed', reason, resultActivityId: null, now: clock.now() } as const;
  return (await occurrences.finish(occurrence, result)) ? { kind: 'failed', reason, error } : NOT_MINE;
}

/**
 * One minute, two, four … up to an hour. Never less than a minute: a call that timed out may still be at work on
 * the site, and the next attempt must find what it made.
 */
function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE, ONE_MINUTE * 2 ** Math.min(attempts - 1, 10));
}

function composeFollowUp(
  occurrence: Occurrence,
  { rule, caseFile, activity }: Extract<Verdict, { kind: 'holds' }>,
  zone: WallClock,
  now: EpochMillis,
): FollowUp {
  if (rule.action.kind !== 'create-activity')
    throw new AppError('internal', `Occurrence ${occurrence.id} is a mail, not a follow-up.`);
  const { action } = rule;
  const today = zone.toLocal(now).slice(0, 10);
  return {
    originKey: occurrenceKey(occurrence.id),
    caseId: caseFile.id,
    activityType: action.activityType,
    status: action.status,
    subject: action.subject,
    details: action.details,
    dateTime: zone.toLocal(zone.shift(zone.toLocal(occurrence.dueAt), action.dueIn, null)),
    targetContactIds: caseFile.clientIds,
    assigneeContactIds:
      action.assignee === null ? [] : choosePeople(action.assignee, caseFile, activity, today),
  };
}

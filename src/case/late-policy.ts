import type { EpochMillis } from '../base/clock.ts';
import type { LatePolicy } from './rule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A worker is never there at the very instant: until then an occurrence counts as on time. */
const ON_TIME_FOR = 15 * MINUTE;

/** How long after its due instant an occurrence still happens. */
export function graceOf(late: LatePolicy): number {
  return late.send ? Math.max(ON_TIME_FOR, late.untilDays * DAY) : ON_TIME_FOR;
}

/** Whether an occurrence that comes up now is too late by its rule. */
export function isTooLate(late: LatePolicy, dueAt: EpochMillis, now: EpochMillis): boolean {
  return now - dueAt > graceOf(late);
}

import type { EpochMillis } from '../base/clock.ts';
import type { OccurrenceStore } from '../case/occurrence-store.ts';
import type { WakeUps } from './ports.ts';

export interface SweepParts {
  readonly occurrences: Pick<OccurrenceStore, 'returnExpired' | 'listDue'>;
  readonly wakeUps: WakeUps;
  readonly now: EpochMillis;
  /** At most so many are woken; the next sweep goes on. Default: 1,000. */
  readonly limit?: number;
}

export interface SweepReport {
  /** Claims of vanished workers that are planned again. */
  readonly returned: number;
  /** Mails of which nobody knows whether they went out. */
  readonly unknown: number;
  /** Due occurrences of both channels that were woken. */
  readonly woken: number;
}

/**
 * Repairs what the queue lost (a wiped Redis, a dead worker): takes expired claims back and wakes everything that
 * is due. Waking what is awake already does no harm, since a claim has one winner.
 */
export async function sweepOccurrences({
  occurrences,
  wakeUps,
  now,
  limit = 1000,
}: SweepParts): Promise<SweepReport> {
  const expired = await occurrences.returnExpired(now);
  const due = await occurrences.listDue({ now, limit });
  await wakeUps.wake(due.map(({ id, wakeAt }) => ({ occurrenceId: id, at: wakeAt })));
  return { returned: expired.planned, unknown: expired.unknown, woken: due.length };
}

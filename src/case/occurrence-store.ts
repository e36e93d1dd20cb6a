import type { EpochMillis } from '../base/clock.ts';
import type { Channel, Occurrence, OccurrenceKey, OccurrenceState } from './occurrence.ts';

/** A claim as its holder knows it. Once the lease ran out and another claimed it, `attempts` no longer fits. */
export type Hold = Pick<Occurrence, 'id' | 'attempts'>;

export type FinalState = Extract<OccurrenceState, 'done' | 'skipped' | 'suppressed' | 'failed' | 'unknown'>;

interface DueQuery {
  readonly now: EpochMillis;
  readonly limit: number;
  /** Absent: both. */
  readonly channel?: Channel;
  /** Absent: every site. */
  readonly site?: string;
}

interface UpcomingQuery {
  readonly until: EpochMillis;
  readonly limit: number;
  readonly channel?: Channel;
  readonly site?: string;
}

interface PlannedQuery {
  readonly site: string;
  readonly channel?: Channel;
}

interface Finish {
  readonly state: FinalState;
  /** A fixed phrase, never personal data. */
  readonly reason: string | null;
  readonly resultActivityId: number | null;
  readonly now: EpochMillis;
}

export interface Cancellation {
  readonly id: string;
  readonly reason: string;
}

export interface StateCount {
  readonly site: string;
  readonly channel: Channel;
  readonly state: OccurrenceState;
  readonly count: number;
}

/** How the mail of an occurrence fared. */
export interface DeliveryDetails {
  readonly occurrenceId: string;
  readonly messageId: string;
  readonly attempts: number;
  /** Code and fixed phrase of the last failure, e.g. `ECONNREFUSED`; never an address. */
  readonly lastError: string | null;
  readonly updatedAt: EpochMillis;
}

/**
 * The rows that say what must happen. Every change of state is a compare-and-set: of several who try, one wins.
 */
export interface OccurrenceStore {
  /**
   * Stores what is planned; what exists already is left alone, but cancelled ones that hold again return to
   * `planned`. Answers the ids that are new or returned.
   */
  insertPlanned(keys: readonly OccurrenceKey[], now: EpochMillis): Promise<readonly string[]>;
  find(id: string): Promise<Occurrence | null>;
  /** Planned ones whose moment has come, the earliest first. */
  listDue(query: DueQuery): Promise<readonly Occurrence[]>;
  /** Planned ones up to an instant, overdue ones included, the earliest first. */
  listUpcoming(query: UpcomingQuery): Promise<readonly Occurrence[]>;
  /** Everything planned at a site. */
  listPlanned(query: PlannedQuery): Promise<readonly Occurrence[]>;
  /** planned → claimed, if its moment has come and nobody was faster; null otherwise. */
  claim(
    id: string,
    lease: { readonly now: EpochMillis; readonly until: EpochMillis },
  ): Promise<Occurrence | null>;
  /** claimed → sending, with a lease of its own. False when the claim was lost. */
  beginSending(hold: Hold, leaseUntil: EpochMillis): Promise<boolean>;
  /** claimed or sending → planned, to be tried again from `wakeAt` on. False when the claim was lost. */
  putOff(hold: Hold, wakeAt: EpochMillis, reason: string): Promise<boolean>;
  /** claimed or sending → a final state. False when the claim was lost. */
  finish(hold: Hold, finish: Finish): Promise<boolean>;
  /** planned → cancelled. Answers how many were still planned. */
  cancel(cancellations: readonly Cancellation[], now: EpochMillis): Promise<number>;
  /**
   * Takes back what dead workers held: expired `claimed` → planned; expired `sending` → unknown, for nobody can
   * tell whether the mail went out.
   */
  returnExpired(now: EpochMillis): Promise<{ readonly planned: number; readonly unknown: number }>;
  countByState(): Promise<readonly StateCount[]>;
  saveDelivery(delivery: DeliveryDetails): Promise<void>;
  findDelivery(occurrenceId: string): Promise<DeliveryDetails | null>;
}

/** Reason of a `sending` whose worker vanished. */
export const REASON_LOST_WHILE_SENDING = 'the process ended while the mail was being handed over';

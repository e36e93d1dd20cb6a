import type { EpochMillis } from '../base/clock.ts';
import type { Occurrence } from '../case/occurrence.ts';
import type { SiteState } from './site-probe.ts';

/** What the status page shows, before any language or layout. Ids and names from the configuration; no person. */
export interface Status {
  readonly at: EpochMillis;
  readonly sites: readonly SiteState[];
  readonly mirrors: readonly MirrorState[];
  readonly hasRules: boolean;
  /** The first ones, soonest first. */
  readonly upcoming: readonly Occurrence[];
  readonly upcomingCount: number;
  /** The latest ones, latest first. */
  readonly troubles: readonly Occurrence[];
  readonly failedCount: number;
  readonly unknownCount: number;
  readonly runs: readonly MigrationRun[];
  /** IANA zone of each site's wall clock. */
  readonly timeZones: Readonly<Record<string, string>>;
}

export interface MirrorState {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly caseTypes: readonly string[];
  readonly lastRunAt: EpochMillis | null;
  /** Time since the source was last read to its end; null before that. */
  readonly lagMillis: number | null;
  /** Whether that is longer than two rounds of the schedule. */
  readonly isLate: boolean;
  readonly cases: number;
  readonly rejects: number;
}

interface MigrationRun {
  readonly id: string;
  readonly site: string;
  readonly caseType: string;
  readonly state: 'running' | 'done' | 'rolled-back';
}

export const UPCOMING_SHOWN = 25;
export const TROUBLES_SHOWN = 25;
export const RUNS_SHOWN = 10;

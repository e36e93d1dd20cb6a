import type { EpochMillis } from '../base/clock.ts';
import type { Drift } from './drift.ts';
import type { EntityKey } from './entity.ts';

/** A finding that people were told of. */
export interface ReportedDrift {
  readonly key: EntityKey;
  readonly fingerprint: string;
  readonly at: EpochMillis;
}

/** What people were told of, per site. */
export interface DriftReports {
  reported(site: string): Promise<readonly ReportedDrift[]>;
  /** In place of what is known of these keys. */
  record(site: string, findings: readonly Drift[], at: EpochMillis): Promise<void>;
  forget(site: string, keys: readonly EntityKey[]): Promise<void>;
}

const DAY_MILLIS = 86_400_000;

/**
 * Which findings people are to be told of now, and which keys are to be forgotten. The same drift is told once; another
 * one of the same thing, or one that came back, not before a day has passed.
 */
export function driftToReport(
  drift: readonly Drift[],
  reported: readonly ReportedDrift[],
  now: EpochMillis,
): { readonly due: readonly Drift[]; readonly forgotten: readonly EntityKey[] } {
  const byKey = new Map(reported.map((one) => [one.key, one]));
  const isOld = ({ at }: ReportedDrift): boolean => now - at >= DAY_MILLIS;
  const keys = new Set(drift.map(({ key }) => key));
  return {
    due: drift.filter(({ key, fingerprint }) => {
      const known = byKey.get(key);
      return known === undefined || (known.fingerprint !== fingerprint && isOld(known));
    }),
    forgotten: reported.filter((one) => !keys.has(one.key) && isOld(one)).map(({ key }) => key),
  };
}

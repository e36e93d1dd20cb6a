import type { Occurrence } from '../case/occurrence.ts';
import type { Status } from './status.ts';

/** The status page's JSON twin: times as ISO, names and ids only. */
export function presentStatus(status: Status): object {
  return {
    at: iso(status.at),
    sites: status.sites.map(({ name, url, kind, version, findings, checkedAt }) => ({
      name,
      url,
      state: kind,
      version,
      findings,
      checkedAt: iso(checkedAt),
    })),
    mirrors: status.mirrors.map(({ lastRunAt, ...mirror }) => ({ ...mirror, lastRunAt: iso(lastRunAt) })),
    upcoming: { count: status.upcomingCount, first: status.upcoming.map(presentOccurrence) },
    troubles: {
      failed: status.failedCount,
      unknown: status.unknownCount,
      latest: status.troubles.map(presentOccurrence),
    },
    runs: status.runs,
  };
}

function presentOccurrence(occurrence: Occurrence): object {
  const { id, site, rule, caseId, activityId, channel, state, reason, attempts, dueAt, finishedAt } =
    occurrence;
  return {
    id,
    site,
    rule,
    caseId,
    activityId,
    channel,
    state,
    reason,
    attempts,
    dueAt: iso(dueAt),
    finishedAt: iso(finishedAt),
  };
}

const iso = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant).toISOString();

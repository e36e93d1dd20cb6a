import { openOccurrences, openRunJournal, readMirrors, type App } from '../app/index.ts';
import type { MirrorStatus } from '../mirror/index.ts';
import { listTroubles } from '../store/occurrence-troubles.ts';
import { createSiteProbe } from './site-probe.ts';
import { RUNS_SHOWN, TROUBLES_SHOWN, UPCOMING_SHOWN, type MirrorState, type Status } from './status.ts';

const DAY_MILLIS = 86_400_000;
const COUNTED_AT_MOST = 10_000;

/** Reads everything that the status page shows; the sites themselves are asked at most once a minute. */
export function createStatusReader(app: App): () => Promise<Status> {
  const probe = createSiteProbe(app);
  return async () => {
    const { sites, rules, schedule } = app.config;
    const now = app.clock.now();
    const occurrences = await openOccurrences(app);
    const { db } = await app.store();
    const until = now + schedule.horizonDays * DAY_MILLIS;
    const [siteStates, mirrors, upcoming, troubles, counts, runs] = await Promise.all([
      probe.read(),
      readMirrors(app).then((mirrors) => mirrors.map((mirror) => mirrorState(app, mirror))),
      occurrences.listUpcoming({ until, limit: COUNTED_AT_MOST }),
      listTroubles(db, TROUBLES_SHOWN),
      occurrences.countByState(),
      openRunJournal(app).then((journal) => journal.runs()),
    ]);
    const countOf = (state: string) =>
      counts.filter((count) => count.state === state).reduce((sum, { count }) => sum + count, 0);
    return {
      at: now,
      sites: siteStates,
      mirrors,
      hasRules: rules.length > 0,
      upcoming: upcoming.slice(0, UPCOMING_SHOWN),
      upcomingCount: upcoming.length,
      troubles,
      failedCount: countOf('failed'),
      unknownCount: countOf('unknown'),
      runs: runs.slice(0, RUNS_SHOWN),
      timeZones: Object.fromEntries(
        Object.keys(sites).map((name) => [name, app.siteSettings(name).timeZone]),
      ),
    };
  };
}

function mirrorState(app: App, { pair, lastRun, lagMillis, cases, rejects }: MirrorStatus): MirrorState {
  const { from, to, caseTypes } = app.pair(pair);
  return {
    name: pair,
    from,
    to,
    caseTypes,
    lastRunAt: lastRun?.startedAt ?? null,
    lagMillis,
    isLate: lagMillis !== null && lagMillis > 2 * app.config.schedule.mirrorMinutes * 60_000,
    cases: cases.mirrored,
    rejects: new Set(rejects.map(({ caseId }) => caseId)).size,
  };
}

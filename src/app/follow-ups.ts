import { createZoneClock } from '../calendar/wall-clock.ts';
import type { OccurrenceStore } from '../case/occurrence-store.ts';
import { createFollowUpSite } from '../civicrm/follow-up-site.ts';
import type { PlanningParts } from '../follow-up/plan-follow-ups.ts';
import type { FollowUpParts } from '../follow-up/run-follow-up.ts';
import { createOccurrenceRepository } from '../store/occurrence-repository.ts';
import type { App } from './app.ts';
import { rememberByName } from './remember.ts';

const DAY_MILLIS = 86_400_000;

/** The rows that say what must happen, in the app's store. */
export async function openOccurrences(app: App): Promise<OccurrenceStore> {
  const { db } = await app.store();
  return createOccurrenceRepository(db);
}

/** What planning the rules of one site needs. `horizonDays` overrides the configuration's. */
export async function planningParts(app: App, site: string, horizonDays?: number): Promise<PlanningParts> {
  return {
    site,
    rules: app.config.rules,
    cases: createFollowUpSite(app.site(site), app.logger),
    occurrences: await openOccurrences(app),
    zone: createZoneClock(app.siteSettings(site).timeZone),
    clock: app.clock,
    horizon: (horizonDays ?? app.config.schedule.horizonDays) * DAY_MILLIS,
    signal: app.signal,
  };
}

/** What carrying out a due follow-up needs. */
export async function followUpParts(app: App): Promise<FollowUpParts> {
  return {
    occurrences: await openOccurrences(app),
    rules: app.config.rules,
    site: rememberByName((name) => ({
      cases: createFollowUpSite(app.site(name), app.logger),
      zone: createZoneClock(app.siteSettings(name).timeZone),
    })),
    clock: app.clock,
  };
}

import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import type { OccurrenceStore } from '../../../src/case/occurrence-store.ts';
import type { Rule } from '../../../src/case/rule.ts';
import {
  createMemoryFollowUpSite,
  type MemoryFollowUpSite,
} from '../../../src/follow-up/memory-follow-up-site.ts';
import { planFollowUps, previewFollowUps } from '../../../src/follow-up/plan-follow-ups.ts';
import { runFollowUp } from '../../../src/follow-up/run-follow-up.ts';
import { sweepOccurrences } from '../../../src/follow-up/sweep-occurrences.ts';
import { createMemoryOccurrenceRepository } from '../../../src/store/memory-occurrence-repository.ts';
import { madeCase, madeRule } from '../../support/made-case.ts';

export const zone = createZoneClock('Europe/Paris');
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** When the follow-up of the made case comes due. */
export const DUE = zone.toInstant('2026-03-09 09:00:00');

/** A desk with one site, one case and one rule, on Monday noon a week before the follow-up is due. */
export interface Desk {
  now: number;
  rules: readonly Rule[];
  site: MemoryFollowUpSite;
  occurrences: OccurrenceStore;
  woken: { readonly occurrenceId: string; readonly at: number }[];
}

export function openDesk() {
  const desk: Desk = {
    now: zone.toInstant('2026-03-02 12:00:00'),
    rules: [madeRule()],
    site: createMemoryFollowUpSite([madeCase()]),
    occurrences: createMemoryOccurrenceRepository(),
    woken: [],
  };
  const clock = { now: () => desk.now };
  const wakeUps = {
    wake: (wakes: Desk['woken']) => {
      desk.woken.push(...wakes);
      return Promise.resolve();
    },
  };
  const planning = () => ({
    ...{ site: 'riverside', rules: desk.rules, cases: desk.site, occurrences: desk.occurrences },
    ...{ zone, clock, wakeUps, horizon: 14 * DAY },
  });
  const running = () => ({
    ...{ occurrences: desk.occurrences, rules: desk.rules, clock },
    site: () => ({ cases: desk.site, zone }),
  });
  const planned = () => desk.occurrences.listPlanned({ site: 'riverside' });
  const actions = {
    planning,
    running,
    planned,
    plan: () => planFollowUps(planning()),
    preview: () => previewFollowUps(planning()),
    run: (id: string) => runFollowUp(id, running()),
    sweep: (limit?: number) =>
      sweepOccurrences({
        ...{ occurrences: desk.occurrences, wakeUps, now: desk.now },
        ...(limit === undefined ? {} : { limit }),
      }),
    /** Plans, and answers the id of the first occurrence. */
    planOne: async (): Promise<string> => {
      await planFollowUps(planning());
      const [row] = await planned();
      return row!.id;
    },
    /** What rules wrote on the made case. */
    followUps: () =>
      (desk.site.find(7)?.activities ?? []).filter(({ originKey }) => originKey?.startsWith('occurrence/')),
  };
  return Object.assign(desk, actions);
}

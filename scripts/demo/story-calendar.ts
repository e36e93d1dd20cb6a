import type { EpochMillis } from '../../src/base/clock.ts';
import { createZoneClock } from '../../src/calendar/wall-clock.ts';

/** Both sites keep London time. */
export const TIME_ZONE = 'Europe/London';
const zone = createZoneClock(TIME_ZONE);

/** The days of the story, counted from the Monday on which it starts. */
export interface StoryCalendar {
  /** `YYYY-MM-DD`; day 0 is the first. */
  date(day: number): string;
  /** When the sites' clocks show `HH:MM` on that day. */
  instant(day: number, time: string): EpochMillis;
}

export function createStoryCalendar(firstDay: string): StoryCalendar {
  const date = (day: number): string => {
    const [year, month, start] = firstDay.split('-').map(Number) as [number, number, number];
    return new Date(Date.UTC(year, month - 1, start + day)).toISOString().slice(0, 10);
  };
  return { date, instant: (day, time) => zone.toInstant(`${date(day)} ${time}:00`) };
}

/** The first Monday that has not begun yet. */
export function comingMonday(now: EpochMillis): string {
  const today = zone.toLocal(now).slice(0, 10);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return createStoryCalendar(today).date(weekday === 0 ? 1 : 8 - weekday);
}

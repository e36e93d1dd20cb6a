import { addDays, toLocalDateTime } from '../case-type/index.ts';

/** A day of a test, `day 4` or a date, as a date; day 0 is the day on which the case was opened. */
export function dateOf(day: string, opened: string): string {
  const offset = /^day (-?\d+)$/.exec(day)?.[1];
  const date = offset === undefined ? toLocalDateTime(day) : addDays(toLocalDateTime(opened), Number(offset));
  return date.slice(0, 10);
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const wallMillis = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`);

/** `day 4, Fri 2026-03-06`. */
export function describeDay(date: string, opened: string): string {
  const offset = Math.round((wallMillis(date) - wallMillis(opened)) / 86_400_000);
  const weekday = WEEKDAYS[new Date(wallMillis(date)).getUTCDay()] ?? '';
  return `day ${String(offset)}, ${weekday} ${date.slice(0, 10)}`;
}

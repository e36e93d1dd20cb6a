import type { EpochMillis } from '../base/clock.ts';
import type { Language } from '../config/index.ts';

/** One instant, in every wording that the pages use. */
export interface TimeText {
  readonly iso: string;
  /** Date and time of day. */
  readonly text: string;
  /** Weekday and date, with "today" and its neighbours named. */
  readonly day: string;
  /** Time of day. */
  readonly clock: string;
  /** "5 minutes ago". */
  readonly ago: string;
}

export interface TimeTexts {
  /** On the wall clock of the zone; null: this machine's. */
  at(instant: EpochMillis, timeZone: string | null): TimeText;
  duration(millis: number): string;
  number(value: number): string;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export function createTimeTexts(language: Language, now: EpochMillis): TimeTexts {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR';
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const format = (instant: EpochMillis, zone: string | null, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, ...(zone === null ? {} : { timeZone: zone }) }).format(
      instant,
    );
  const daysFromNow = (instant: EpochMillis, zone: string | null) => {
    const dayNumber = (moment: EpochMillis) => {
      const parts = new Intl.DateTimeFormat('en-CA', zone === null ? {} : { timeZone: zone }).format(moment);
      return Date.parse(parts) / 86_400_000;
    };
    return dayNumber(instant) - dayNumber(now);
  };

  return {
    at(instant, zone) {
      const distance = daysFromNow(instant, zone);
      const date = format(instant, zone, { weekday: 'long', day: 'numeric', month: 'long' });
      return {
        iso: new Date(instant).toISOString(),
        text: format(instant, zone, { dateStyle: 'medium', timeStyle: 'short' }),
        day: Math.abs(distance) <= 1 ? `${relative.format(distance, 'day')}, ${date}` : date,
        clock: format(instant, zone, { timeStyle: 'short' }),
        ago: ago(instant - now),
      };
    },
    duration(millis) {
      const [unit, size] = UNITS.find(([, length]) => millis >= length) ?? (['second', 1000] as const);
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
        Math.round(millis / size),
      );
    },
    number: (value) => new Intl.NumberFormat(locale).format(value),
  };

  function ago(difference: number): string {
    const [unit, size] =
      UNITS.find(([, length]) => Math.abs(difference) >= length) ?? (['second', 1000] as const);
    return relative.format(Math.round(difference / size), unit);
  }
}

import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../base/clock.ts';

/** The wall clock of a site: floating local time in the site's zone, as CiviCRM reads and writes it. */
export interface SiteClock {
  /** `YYYY-MM-DD HH:MM:SS` now. */
  now(): string;
  /** The wall clock at a moment given as ISO text with an offset. */
  fromInstant(text: string): string;
  /** The text of a wall-clock moment; one that summer time skips is an hour later, as PHP reads it. */
  show(moment: Temporal.PlainDateTime): string;
  /** The wall clock at the Unix epoch, which CiviCRM stores for a date that it cannot read. */
  readonly epoch: string;
}

const textOf = (moment: Temporal.PlainDateTime): string =>
  moment.toString({ smallestUnit: 'second' }).replace('T', ' ');

export function createSiteClock(clock: Clock, timeZone: string): SiteClock {
  const at = (millis: number): string =>
    textOf(Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(timeZone).toPlainDateTime());
  let second = -1;
  let shown = '';
  return {
    now: () => {
      const current = Math.floor(clock.now() / 1000);
      if (current !== second) {
        second = current;
        shown = at(current * 1000);
      }
      return shown;
    },
    fromInstant: (text) => textOf(Temporal.Instant.from(text).toZonedDateTimeISO(timeZone).toPlainDateTime()),
    show: (moment) =>
      textOf(timeZone === 'UTC' ? moment : moment.toZonedDateTime(timeZone).toPlainDateTime()),
    epoch: at(0),
  };
}

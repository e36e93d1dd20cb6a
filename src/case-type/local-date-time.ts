import { AppError } from '../base/errors.ts';

/** A moment on the wall clock of a site, `YYYY-MM-DD HH:MM:SS`, without a zone. */
export type LocalDateTime = string;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/;
const MILLIS_PER_DAY = 86_400_000;
// A calendar without daylight saving: offsets are calendar days on the wall clock.
const toWallMillis = (text: LocalDateTime): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const fromWallMillis = (millis: number): LocalDateTime =>
  new Date(millis).toISOString().slice(0, 19).replace('T', ' ');

/**
 * A date or date-time text in its full form; a bare date means midnight.
 * @throws AppError invalid-input when it is not a real calendar moment.
 */
export function toLocalDateTime(text: string): LocalDateTime {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = PATTERN.exec(text.trim()) ?? [];
  const full = `${year ?? ''}-${month ?? ''}-${day ?? ''} ${hour}:${minute}:${second}`;
  const millis = year === undefined ? Number.NaN : toWallMillis(full);
  if (Number.isNaN(millis) || fromWallMillis(millis) !== full) {
    throw new AppError(
      'invalid-input',
      `Expected a date like 2026-03-01 or 2026-03-01 09:30:00, got "${text}". Write the year, month and day with dashes.`,
      { details: { text } },
    );
  }
  return full;
}

/** The same minute with its seconds cut to `:00`. */
export function cutSeconds(dateTime: LocalDateTime): LocalDateTime {
  return `${dateTime.slice(0, 16)}:00`;
}

/**
 * The same time of day that many calendar days later (earlier when negative). A spring gap is the site's
 * affair: it needs the site's zone, and the sum here has none.
 * @throws AppError invalid-input when the result leaves the years 0001 to 9999.
 */
export function addDays(dateTime: LocalDateTime, days: number): LocalDateTime {
  const millis = toWallMillis(dateTime) + days * MILLIS_PER_DAY;
  if (!(millis >= Date.UTC(1, 0, 1) && millis < Date.UTC(10000, 0, 1))) {
    throw new AppError(
      'invalid-input',
      `${String(days)} days from ${dateTime} lies outside the years 0001 to 9999. Correct the step's reference_offset.`,
      { details: { dateTime, days } },
    );
  }
  return fromWallMillis(millis);
}

import { Temporal } from 'temporal-polyfill';
import { AppError } from '../base/errors.ts';
import type { EpochMillis } from '../base/clock.ts';

/** A wall-clock moment without a zone, `YYYY-MM-DD HH:MM:SS`, as CiviCRM stores activity dates. */
type LocalText = string;

interface WallClockOffset {
  readonly amount: number;
  readonly unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'months';
}

/** The wall clock of one time zone. */
export interface ZoneClock {
  /**
   * The instant at which the wall clock shows the given time (`YYYY-MM-DD HH:MM:SS` or a date alone, meaning
   * midnight). A time skipped in spring becomes the first moment after the gap; a time shown twice in autumn, the
   * first of the two.
   *
   * @throws AppError `invalid-input` for text that is no date and time.
   */
  toInstant(local: LocalText): EpochMillis;
  /** The time itself, or what PHP makes of one that is skipped in spring: as much later as the clock jumps. */
  settle(local: LocalText): LocalText;
  /** What the wall clock shows at an instant, whole seconds. */
  toLocal(instant: EpochMillis): LocalText;
  /**
   * The instant that lies `offset` away from a wall-clock moment. Minutes and hours run on the time line; days,
   * weeks and months on the calendar, the time of day kept (31 January and a month is the last of February).
   *
   * @param at `HH:MM`: replaces the time of day of the result; null keeps it.
   */
  shift(local: LocalText, offset: WallClockOffset, at: string | null): EpochMillis;
}

/**
 * @param zone an IANA name such as `Europe/Paris`.
 * @throws AppError `invalid-input` for a zone that does not exist.
 */
export function createZoneClock(zone: string): ZoneClock {
  assertZone(zone);

  const instantOf = (moment: Temporal.PlainDateTime): EpochMillis => {
    const before = moment.toZonedDateTime(zone, { disambiguation: 'earlier' });
    if (before.toPlainDateTime().equals(moment)) return before.epochMilliseconds;
    // A skipped time: "earlier" reads it on the near side of the gap, so the next transition is the gap itself.
    return before.getTimeZoneTransition('next')?.epochMilliseconds ?? before.epochMilliseconds;
  };
  const plainOf = (instant: EpochMillis): Temporal.PlainDateTime =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();

  return {
    toInstant: (local) => instantOf(parseLocal(local)),
    settle: (local) =>
      formatLocal(
        parseLocal(local).toZonedDateTime(zone, { disambiguation: 'compatible' }).toPlainDateTime(),
      ),
    toLocal: (instant) => formatLocal(plainOf(instant)),
    shift(local, offset, at) {
      const start = parseLocal(local);
      const moved = onTimeLine(offset)
        ? plainOf(instantOf(start) + millis(offset))
        : start.add({ [offset.unit]: offset.amount });
      if (at !== null) return instantOf(moved.withPlainTime(parseTime(at)));
      // On the time line the instant is known already: the wall clock would lose it in a repeated hour.
      return onTimeLine(offset) ? instantOf(start) + millis(offset) : instantOf(moved);
    },
  };
}

function onTimeLine(offset: WallClockOffset): boolean {
  return offset.unit === 'minutes' || offset.unit === 'hours';
}

function millis({ amount, unit }: WallClockOffset): number {
  return amount * (unit === 'hours' ? 3_600_000 : 60_000);
}

function formatLocal(moment: Temporal.PlainDateTime): LocalText {
  return moment.toString({ smallestUnit: 'second', roundingMode: 'floor' }).replace('T', ' ');
}

function parseLocal(local: LocalText): Temporal.PlainDateTime {
  if (!/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?$/.test(local)) throw notADate(local);
  try {
    return Temporal.PlainDateTime.from(local.replace(' ', 'T'), { overflow: 'reject' });
  } catch {
    throw notADate(local);
  }
}

function notADate(local: string): AppError {
  return new AppError(
    'invalid-input',
    `Expected a date and time such as "2026-03-02 09:30:00", got "${local}".`,
    { details: { got: local } },
  );
}

function parseTime(at: string): Temporal.PlainTime {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(at)) return Temporal.PlainTime.from(at);
  throw new AppError('invalid-input', `Expected a time of day such as "09:00", got "${at}".`, {
    details: { got: at },
  });
}

function assertZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new AppError(
      'invalid-input',
      `There is no time zone "${zone}". Use an IANA name such as "Europe/Paris" or "UTC".`,
      { details: { got: zone } },
    );
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2025, 0, 1);
const END = Date.UTC(2027, 0, 1);

/** With daylight saving by one hour, half an hour (Lord Howe), two hours (Troll), around Ramadan, and without. */
const ZONES = [
  'UTC',
  'Europe/Paris',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Europe/Chisinau',
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Antarctica/Troll',
  'Asia/Tokyo',
];

/** What the wall clock of a zone shows, told by Intl and not by the code under test. */
function intlClock(zone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (instant) => format.format(instant);
}

function asIfUtc(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`);
}

function fromUtc(millis: number): string {
  return new Date(millis).toISOString().slice(0, 19).replace('T', ' ');
}

/** The first instants of a new offset, found by looking at every half day and halving. */
function transitionsOf(show: (instant: number) => string): readonly number[] {
  const offset = (instant: number) => asIfUtc(show(instant)) - instant;
  const found: number[] = [];
  for (let from = START; from < END; from += DAY / 2) {
    let [before, after] = [from, from + DAY / 2];
    if (offset(before) === offset(after)) continue;
    while (after - before > 1000) {
      const middle = Math.floor((before + after) / 2000) * 1000;
      if (offset(middle) === offset(before)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

describe.each(ZONES)('the wall clock of %s', (zone) => {
  const clock = createZoneClock(zone);
  const show = intlClock(zone);
  const transitions = transitionsOf(show);

  it('shows what the zone shows, and finds the instant again unless the hour is repeated', () => {
    fc.assert(
      fc.property(fc.integer({ min: START / 1000, max: END / 1000 }), (second) => {
        const instant = second * 1000;
        const local = clock.toLocal(instant);
        expect(local).toBe(show(instant));
        const found = clock.toInstant(local);
        expect(found).toBeLessThanOrEqual(instant);
        expect(show(found)).toBe(local);
      }),
      { numRuns: 50 },
    );
  });

  it('turns a skipped time into the first moment after the gap, and a repeated one into the first of the two', () => {
    for (const transition of transitions) {
      const before = asIfUtc(show(transition - 1000)) + 1000;
      const after = asIfUtc(show(transition));
      for (
        let local = Math.min(before, after) - HOUR;
        local <= Math.max(before, after) + HOUR;
        local += 5 * MINUTE
      ) {
        const text = fromUtc(local);
        const earlier = transition - 1000 + (local - (before - 1000));
        const later = transition + (local - after);
        const skipped = local >= before && local < after;
        const expected = skipped ? transition : earlier < transition ? earlier : later;
        expect(clock.toInstant(text), `${text} at ${zone}`).toBe(expected);
        expect(show(expected)).toBe(skipped ? fromUtc(after) : text);
      }
    }
  });

  it('keeps the time of day over days, and the distance over hours', () => {
    for (const transition of transitions) {
      for (let start = transition - DAY; start < transition + DAY; start += 3 * HOUR) {
        const local = show(start);
        const instant = clock.toInstant(local);
        expect(clock.shift(local, { amount: 5, unit: 'hours' }, null) - instant).toBe(5 * HOUR);
        expect(clock.shift(local, { amount: -90, unit: 'minutes' }, null) - instant).toBe(-90 * MINUTE);
        const nextWeek = fromUtc(asIfUtc(local) + 7 * DAY);
        expect(clock.shift(local, { amount: 1, unit: 'weeks' }, null)).toBe(clock.toInstant(nextWeek));
        expect(clock.shift(local, { amount: 7, unit: 'days' }, '09:00')).toBe(
          clock.toInstant(`${nextWeek.slice(0, 10)} 09:00:00`),
        );
      }
    }
  });
});

describe('the zones of this test', () => {
  it('have transitions to stand at', () => {
    expect(ZONES.flatMap((zone) => transitionsOf(intlClock(zone))).length).toBeGreaterThan(60);
  });
});

describe('a wall clock', () => {
  const paris = createZoneClock('Europe/Paris');

  it('knows the spring gap and the autumn hour of Paris', () => {
    expect(paris.toInstant('2026-03-29 02:30:00')).toBe(Date.UTC(2026, 2, 29, 1));
    expect(paris.toInstant('2026-10-25 02:30:00')).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(paris.toLocal(Date.UTC(2026, 9, 25, 1, 30))).toBe('2026-10-25 02:30:00');
  });

  it('reads a date alone as its midnight', () => {
    expect(paris.toInstant('2026-03-02')).toBe(Date.UTC(2026, 2, 1, 23));
  });

  it('stays within the month when it adds months', () => {
    const later = paris.shift('2026-01-31 10:00:00', { amount: 1, unit: 'months' }, null);
    expect(paris.toLocal(later)).toBe('2026-02-28 10:00:00');
  });

  it('moves to a time of day on the date that hours lead to', () => {
    const later = paris.shift('2026-03-02 22:00:00', { amount: 3, unit: 'hours' }, '08:30');
    expect(paris.toLocal(later)).toBe('2026-03-03 08:30:00');
  });

  it.each(['', 'tomorrow', '2026-02-30 10:00:00', '2026-13-01', '02/03/2026', '2026-03-02 25:00:00'])(
    'refuses %j as a date',
    (text) => {
      expect(() => paris.toInstant(text)).toThrow(/Expected a date and time/);
    },
  );

  it('refuses a time of day that is none', () => {
    expect(() => paris.shift('2026-03-02', { amount: 0, unit: 'days' }, '24:00')).toThrow(/time of day/);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => createZoneClock('Europe/Riverside')).toThrow(/no time zone "Europe\/Riverside"/);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLike, sortKey } from '../../../src/sandbox/collation.ts';
import { readPhpDate } from '../../../src/sandbox/php-date.ts';
import { relativeRange } from '../../../src/sandbox/relative-date.ts';
import { createSiteClock } from '../../../src/sandbox/site-clock.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const clock = createSiteClock(createStandingClock(Date.UTC(2026, 10, 22, 18, 0, 0)), 'Europe/Paris');

describe('text compares as utf8mb4_unicode_ci', () => {
  test('case, accents and trailing blanks do not count, and ß is ss', () => {
    expect(sortKey('Éva ')).toBe(sortKey('eva'));
    expect(sortKey('STRASSE')).toBe(sortKey('straße'));
    expect(sortKey('a')).not.toBe(sortKey('æ'));
  });

  test('punctuation sorts before digits before letters', () => {
    const sorted = ['b', 'A', '1', '-', '_'].toSorted((left, right) =>
      sortKey(left) < sortKey(right) ? -1 : 1,
    );
    expect(sorted).toEqual(['_', '-', '1', 'A', 'b']);
  });

  test('a text is like itself with its wildcards escaped, whatever it holds', () => {
    fc.assert(fc.property(fc.string(), (text) => isLike(text, text.replace(/[\\%_]/g, '\\$&'))));
  });
});

describe('dates read as PHP reads them', () => {
  test.each([
    ['2026-02-30', '2026-03-02 00:00:00'],
    ['2024-08-14T10:30:00Z', '2024-08-14 12:30:00'],
    ['20260402093000', '2026-04-02 09:30:00'],
    ['03/04/2026', '2026-03-04 00:00:00'],
    ['tomorrow', '2026-11-23 00:00:00'],
    ['now - 1 week', '2026-11-15 19:00:00'],
    ['not a date', '1970-01-01 01:00:00'],
    ['2024-08-%', '1970-01-01 01:00:00'],
  ])('%s is %s', (text, moment) => {
    expect(readPhpDate(text, clock)).toBe(moment);
  });

  test('words that PHP knows and the sandbox does not are refused, not taken for 1970', () => {
    expect(() => readPhpDate('first monday of next month', clock)).toThrow(/does not know the date/);
  });

  test('a relative filter is a range of whole days', () => {
    expect(relativeRange('previous.quarter', '2026-11-22 19:00:00')).toEqual({
      from: '2026-07-01 00:00:00',
      to: '2026-09-30 23:59:59',
    });
    expect(relativeRange('ending_2.year', '2026-11-22 19:00:00')).toEqual({
      from: '2024-11-23 00:00:00',
      to: '2026-11-22 23:59:59',
    });
    expect(relativeRange('greater.day', '2026-11-22 19:00:00')).toEqual({
      from: '2026-11-22 00:00:00',
      to: null,
    });
  });
});

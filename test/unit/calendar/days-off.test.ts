import { describe, expect, it } from 'vitest';
import { createDaysOff } from '../../../src/calendar/days-off.ts';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';

describe('days off', () => {
  it('are Saturday and Sunday without a country', () => {
    const daysOff = createDaysOff({ country: null });
    expect(['2026-03-06', '2026-03-07', '2026-03-08', '2026-12-25'].map(daysOff)).toEqual([
      null,
      { kind: 'weekend', name: null },
      { kind: 'weekend', name: null },
      null,
    ]);
  });

  it("are a country's public holidays, by name, and its own weekend", () => {
    const france = createDaysOff({ country: 'fr' });
    expect(france('2026-07-14')).toEqual({ kind: 'holiday', name: 'Fête Nationale de la France' });
    // An observance is no day off; this one is a Sunday.
    expect(france('2026-05-31')).toEqual({ kind: 'weekend', name: null });
    const egypt = createDaysOff({ country: 'EG' });
    expect([egypt('2026-03-06')?.kind, egypt('2026-03-08')]).toEqual(['weekend', null]);
    expect(createDaysOff({ country: 'FR', language: 'en' })('2026-01-01')?.name).toBe("New Year's Day");
  });

  it('differ by region', () => {
    expect(createDaysOff({ country: 'FR' })('2026-12-26')?.kind).toBe('weekend');
    expect(createDaysOff({ country: 'FR', region: '57' })('2026-12-26')?.kind).toBe('holiday');
  });

  it('may be several days for one holiday', () => {
    const china = createDaysOff({ country: 'CN' });
    expect(['2026-02-17', '2026-02-18'].map((day) => china(day)?.kind)).toEqual(['holiday', 'holiday']);
  });
});

describe('a time that a zone skips', () => {
  // As PHP's mktime answers.
  it.each([
    ['Europe/Paris', '2026-03-29 02:30:00', '2026-03-29 03:30:00'],
    ['Africa/Cairo', '2026-04-24 00:00:00', '2026-04-24 01:00:00'],
    ['Australia/Lord_Howe', '2026-10-04 02:10:00', '2026-10-04 02:40:00'],
    ['Europe/Paris', '2026-10-25 02:30:00', '2026-10-25 02:30:00'],
    ['Europe/Paris', '2026-03-02 02:30:00', '2026-03-02 02:30:00'],
  ])('in %s: %s becomes %s', (zone, local, settled) => {
    expect(createZoneClock(zone).settle(local)).toBe(settled);
  });
});

import { describe, expect, it } from 'vitest';
import { createDaysOff } from '../../../src/calendar/days-off.ts';
import { readHolidayList } from '../../../src/calendar/holiday-list.ts';

const ICS = `BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20260319\r
SUMMARY;LANGUAGE=en:Feast of the\r
  town\\, closed\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20261230\r
DTEND;VALUE=DATE:20270102\r
SUMMARY:Bridge\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;TZID="Europe/Paris":20260401T100000\r
SUMMARY:A meeting\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20200815\r
RRULE:FREQ=YEARLY\r
END:VEVENT\r
END:VCALENDAR\r
`;

describe('a list of days off', () => {
  it('is YAML: days, stretches, days of every year', () => {
    const list = readHolidayList('2026-03-19: Feast\n2026-12-30/2027-01-01: Bridge\n12-24:\n', 'a');
    expect(Object.fromEntries(list)).toEqual({
      '2026-03-19': 'Feast',
      '2026-12-30': 'Bridge',
      '2026-12-31': 'Bridge',
      '2027-01-01': 'Bridge',
      '12-24': '12-24',
    });
    expect([...readHolidayList('- 2026-03-19\n- 2026-03-20\n', 'a').keys()]).toHaveLength(2);
  });

  it('is iCalendar: events of whole days', () => {
    expect(Object.fromEntries(readHolidayList(ICS, 'a'))).toEqual({
      '2026-03-19': 'Feast of the town, closed',
      '2026-12-30': 'Bridge',
      '2026-12-31': 'Bridge',
      '2027-01-01': 'Bridge',
      '08-15': '2020-08-15',
    });
  });

  it('goes before the holidays of the country', () => {
    const own = readHolidayList('2026-07-14: Ours\n12-24: Eve\n', 'a');
    const daysOff = createDaysOff({ country: 'FR', own });
    expect(['2026-07-14', '2031-12-24', '2026-05-01'].map((day) => daysOff(day)?.name)).toEqual([
      'Ours',
      'Eve',
      'Fête du travail',
    ]);
  });

  it.each([
    ['', 'list:1: Expected days, as in'],
    ['- 2026-03-19\n- 2026-02-30\n', 'list:2: Expected a day such as'],
    ['a:\n  b: c\n', 'list:2: Expected the name of "a".'],
    ['2026-03-19: [\n', 'list:'],
    ['2026-03-19/2026-03-01: a\n', 'list:1: Expected a stretch that ends after it begins'],
    ['2026-01-01/2026-12-31: a\n', 'list:1: Expected at most 92 days off at a stretch, got 365'],
    ['2026-03-19: a\n2026-03-19: b\n', 'list:2: not YAML: Map keys must be unique'],
    [ICS.replace('FREQ=YEARLY', 'FREQ=WEEKLY'), 'list:18: "2020-08-15" is repeated by "FREQ=WEEKLY"'],
    [ICS.replace('20260319', '20261319'), 'list:3: Expected a day such as 20260319'],
    ['BEGIN:VCALENDAR\nEND:VCALENDAR\n', 'list:1: Expected an all-day event at least'],
  ])('refuses %j', (text, message) => {
    expect(() => readHolidayList(text, 'list')).toThrow(message);
  });
});

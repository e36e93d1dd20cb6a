import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complaintAboutDates, isCiviDate } from '../../../src/civicrm/date-check.ts';

const two = (value: number): string => String(value).padStart(2, '0');

describe('a date for CiviCRM', () => {
  it('law: is real exactly when the calendar has it', () => {
    const part = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2400 }), part(13), part(32), (year, month, day) => {
        const text = `${year}-${two(month)}-${two(day)}`;
        const date = new Date(Date.UTC(year, month - 1, day));
        const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        expect(isCiviDate(text)).toBe(real);
        expect(isCiviDate(`${text} 23:59:59`)).toBe(real);
      }),
    );
  });

  it.each([
    '2026-3-1',
    '2026-03-01T10:00:00',
    '2026-03-01 10:00',
    '2026-03-01 24:00:00',
    '2026-03-01 10:60:00',
    '2026-03-01 10:00:00+01:00',
    '0000-00-00',
    '01/03/2026',
    'now',
    '',
    ' 2026-03-01',
  ])('is not "%s"', (text) => {
    expect(isCiviDate(text)).toBe(false);
  });

  it('is asked of date fields alone, custom ones too, and null clears', () => {
    expect(complaintAboutDates({ subject: 'now', 'status_id:name': 'x', start_date: null })).toBeNull();
    expect(complaintAboutDates({ end_date: 'activity_date_time' }, 'ActionSchedule')).toBeNull();
    expect(complaintAboutDates({ end_date: 'activity_date_time' }, 'Relationship')).not.toBeNull();
    expect(complaintAboutDates({ date: 'now' })).toContain('date must be');
    expect(complaintAboutDates({ 'Bridge.review_date': 'soon' })).toContain('Bridge.review_date must be');
    expect(complaintAboutDates({ activity_date_time: '2026-03-01 10:00:00' })).toBeNull();
  });
});

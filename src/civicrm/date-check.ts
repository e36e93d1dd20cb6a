import type { JsonObject } from '../base/json.ts';

const dateOrDateTime = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Whether a text is a real date as CiviCRM stores one: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, wall clock of the site.
 */
export function isCiviDate(text: string): boolean {
  const parts = dateOrDateTime.exec(text);
  if (parts === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    // A date alone leaves the parts of the time unset.
    .map((part: string | undefined) => Number(part ?? 0));
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0);
  return year >= 1000 && day >= 1 && day <= length && hour < 24 && minute < 60 && second < 60;
}

/**
 * Why a date field (`…_date`, `…_date_time`, `date`) of a record cannot be written, or null when all can.
 * CiviCRM does not complain: it turns nonsense into 1970-01-01 and `2026-02-30` into March, and shifts a text with a zone.
 */
export function complaintAboutDates(record: JsonObject, entity = ''): string | null {
  for (const [field, value] of Object.entries(record)) {
    if (!isDateField(entity, field) || typeof value !== 'string' || isCiviDate(value)) continue;
    return `${field} must be a real date, YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, not "${value.slice(0, 40)}": CiviCRM would store another day without an error`;
  }
  return null;
}

/** Of a reminder, `start_action_date` and `end_date` hold the name of a date field. */
const isDateField = (entity: string, field: string): boolean =>
  /(^|[_.])date(_time)?$/.test(field) &&
  field !== 'start_action_date' &&
  !(entity === 'ActionSchedule' && field === 'end_date');

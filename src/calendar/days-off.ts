import Holidays from 'date-holidays';
import { AppError } from '../base/errors.ts';
import type { HolidayList } from './holiday-list.ts';

/** A day on which an office is closed. */
export interface DayOff {
  readonly kind: 'weekend' | 'holiday';
  /** Null for a weekend. */
  readonly name: string | null;
}

export interface DaysOffOptions {
  /** Two letters, as in `FR`; null knows no holidays and takes Saturday and Sunday for the weekend. */
  readonly country: string | null;
  /** State or region, as in `57` of FR or `BY` of DE. */
  readonly region?: string;
  /** Language of the holidays' names; default: the country's own. */
  readonly language?: string;
  /** Days off of one's own, which go before those of the country. */
  readonly own?: HolidayList;
}

/** Why a day, `YYYY-MM-DD`, is no business day, or null when it is one. */
export type DaysOff = (date: string) => DayOff | null;

/**
 * Weekends and public holidays. A holiday on a weekend is told as the holiday.
 * @throws AppError `invalid-input` for a country or region that is not known; the message lists those that are.
 */
export function createDaysOff({ country, region, language, own }: DaysOffOptions): DaysOff {
  const weekend = weekendOf(country);
  const holidays = country === null ? null : holidaysOf(country, region);
  const years = new Map<string, ReadonlyMap<string, string>>();
  const inYear = (year: string): ReadonlyMap<string, string> => {
    const known = years.get(year) ?? publicHolidays(holidays, year, language);
    years.set(year, known);
    return known;
  };
  return (date) => {
    const name = own?.get(date) ?? own?.get(date.slice(5)) ?? inYear(date.slice(0, 4)).get(date);
    if (name !== undefined) return { kind: 'holiday', name };
    return weekend.has(weekday(date)) ? { kind: 'weekend', name: null } : null;
  };
}

function holidaysOf(country: string, region: string | undefined): Holidays {
  const known = new Holidays();
  const countries = Object.keys(known.getCountries());
  const code = country.toUpperCase();
  if (!countries.includes(code)) {
    throw new AppError(
      'invalid-input',
      `No holidays are known for the country "${country}". Give its two letters; known: ${countries.join(', ')}.`,
      { details: { country } },
    );
  }
  if (region === undefined) return new Holidays(code);
  // It answers undefined for a country without regions.
  const regions = Object.keys({ ...known.getStates(code) });
  const found = regions.find((one) => one.toLowerCase() === region.toLowerCase());
  if (found === undefined) {
    throw new AppError(
      'invalid-input',
      regions.length === 0
        ? `The holidays of ${code} are the same everywhere: leave the region "${region}" out.`
        : `${code} has no region "${region}". Known: ${regions.join(', ')}.`,
      { details: { country, region } },
    );
  }
  return new Holidays(code, found);
}

function publicHolidays(
  holidays: Holidays | null,
  year: string,
  language: string | undefined,
): ReadonlyMap<string, string> {
  const days = holidays?.getHolidays(year, language) ?? [];
  return new Map(
    days
      .filter(({ type }) => type === 'public')
      .flatMap((day) => datesOf(day).map((date) => [date, day.name])),
  );
}

/** Some holidays last for several days. */
function datesOf({ date, start, end }: { date: string; start: Date; end: Date }): readonly string[] {
  const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / MILLIS_PER_DAY));
  const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) =>
    new Date(first + index * MILLIS_PER_DAY).toISOString().slice(0, 10),
  );
}

const MILLIS_PER_DAY = 86_400_000;
/** 1 is Monday, 7 Sunday. */
const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

function weekendOf(country: string | null): ReadonlySet<number> {
  if (country === null) return new Set([6, 7]);
  const { weekInfo } = new Intl.Locale(`und-${country.toUpperCase()}`) as Intl.Locale & {
    readonly weekInfo?: { readonly weekend: readonly number[] };
  };
  return new Set(weekInfo?.weekend ?? [6, 7]);
}

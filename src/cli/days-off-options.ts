import { Option } from 'commander';
import { AppError } from '../base/errors.ts';
import { createDaysOff, type DaysOff } from '../calendar/days-off.ts';
import { readHolidayList } from '../calendar/holiday-list.ts';
import type { Language } from '../render/index.ts';
import { inputName, readInput, type CliIo } from './io.ts';

/** The options that mark days off. */
export interface DaysOffChoice {
  readonly country?: string;
  readonly region?: string;
  readonly holidays?: string;
}

/** To be added to a command, one by one. */
export const daysOffOptions = (): readonly [Option, Option, Option] => [
  new Option('--country <code>', 'mark public holidays of that country, as in FR'),
  new Option('--region <code>', 'a region of the country with holidays of its own, as in 57'),
  new Option('--holidays <file>', 'mark days off of your own: YAML, or an iCalendar file'),
];

/** How such a file is written, for the help of commands. */
export const HOLIDAYS_HELP = `A file of --holidays has a line for each day, or is an iCalendar (.ics) with all-day events:
  2026-03-19: Feast of the town
  2026-12-24/2027-01-02: Closed
  12-24: Christmas Eve, every year`;

/** @throws AppError `invalid-input` for a country or region that is not known, or with the line of a bad list */
export async function readDaysOff(
  io: CliIo,
  { country, region, holidays }: DaysOffChoice,
  language?: Language,
): Promise<DaysOff> {
  if (country === undefined && region !== undefined)
    throw new AppError('invalid-input', 'A region lies in a country: give --country, too.');
  return createDaysOff({
    country: country ?? null,
    ...(region === undefined ? {} : { region }),
    ...(language === undefined ? {} : { language }),
    ...(holidays === undefined
      ? {}
      : {
          own: readHolidayList((await readInput(io, holidays)).toString('utf8'), inputName(holidays)),
        }),
  });
}

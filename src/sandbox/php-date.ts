import { Temporal } from 'temporal-polyfill';
import { ApiFailure } from './failure.ts';
import type { SiteClock } from './site-clock.ts';

const UNITS: Readonly<
  Record<string, 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years'>
> = {
  sec: 'seconds',
  second: 'seconds',
  min: 'minutes',
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  fortnight: 'weeks',
  month: 'months',
  year: 'years',
};

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
// PHP gives these a meaning that the sandbox does not compute.
const WORDS_OF_PHP =
  /\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:next|last|previous|first|second|third|of|noon|midnight|weekdays?)\b/i;

/** A zone alone is a date to PHP: that zone's now. The letters of the military ones too. */
const ZONE_OF_PHP =
  /^(?:[a-z]|[ecmp][sd]t|gmt|utc|cest?|eest|bst|ist|jst|west?|msk|[+-]\d{1,2}(?::?\d{2})?)$/i;

/** 2026-02-30 rolls over to 2026-03-02, as PHP's calendar does; a month 13 is no date. */
function rolled(
  year: number,
  month: number,
  day: number,
  time: readonly number[],
): Temporal.PlainDateTime | undefined {
  const [hour = 0, minute = 0, second = 0] = time;
  if (month < 0 || month > 12 || day < 0 || day > 31 || hour > 24 || minute > 59 || second > 60)
    return undefined;
  return new Temporal.PlainDateTime(year, 1, 1)
    .add({ months: month - 1 })
    .add({ days: day - 1 })
    .add({ hours: hour, minutes: minute, seconds: second });
}

const numbers = (texts: readonly (string | undefined)[]): number[] =>
  texts.map((text) => Number(text ?? '0'));

function fixedDate(text: string, clock: SiteClock): Temporal.PlainDateTime | undefined {
  const time = '(?:[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:[.,]\\d+)?)?';
  const iso = new RegExp(
    `^(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})${time}( ?(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?$`,
    'i',
  ).exec(text);
  if (iso !== null) {
    const [year = 0, month = 0, day = 0, ...clockTime] = numbers(iso.slice(1, 7));
    const moment = rolled(year, month, day, clockTime);
    const zone = iso[7]?.trim();
    if (moment === undefined || zone === undefined) return moment;
    const offset = /^[+-]/.test(zone) ? zone.replace(/^(...):?(..)$/, '$1:$2') : 'Z';
    return Temporal.PlainDateTime.from(clock.fromInstant(`${moment.toString()}${offset}`).replace(' ', 'T'));
  }
  const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?$/.exec(text);
  if (compact !== null) {
    const [year = 0, month = 0, day = 0, ...clockTime] = numbers(compact.slice(1));
    return rolled(year, month, day, clockTime);
  }
  const american = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4})${time}$`).exec(text);
  if (american !== null) {
    const [month = 0, day = 0, year = 0, ...clockTime] = numbers(american.slice(1));
    return rolled(year, month, day, clockTime);
  }
  const dashed = new RegExp(`^(\\d{1,2})[-.](\\d{1,2})[-.](\\d{4})${time}$`).exec(text);
  if (dashed !== null) {
    const [day = 0, month = 0, year = 0, ...clockTime] = numbers(dashed.slice(1));
    return rolled(year, month, day, clockTime);
  }
  const named = new RegExp(
    `^(?:(\\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})|([a-z]{3,9}) (\\d{1,2})(?:st|nd|rd|th)?),?[ -](\\d{4})${time}$`,
    'i',
  ).exec(text);
  if (named !== null) {
    const month = MONTHS.indexOf((named[2] ?? named[3] ?? '').slice(0, 3).toLowerCase()) + 1;
    if (month === 0) return undefined;
    const [year = 0, ...clockTime] = numbers(named.slice(5));
    return rolled(year, month, Number(named[1] ?? named[4]), clockTime);
  }
  const epoch = /^@(\d+)$/.exec(text);
  return epoch === null
    ? undefined
    : Temporal.PlainDateTime.from(
        clock.fromInstant(new Date(Number(epoch[1]) * 1000).toISOString()).replace(' ', 'T'),
      );
}

function relativeDate(text: string, base: Temporal.PlainDateTime): Temporal.PlainDateTime | undefined {
  const words = text.toLowerCase().trim();
  let moment = base;
  let rest = words;
  const start = /^(now|today|yesterday|tomorrow)\b\s*/.exec(rest);
  if (start !== null) {
    rest = rest.slice(start[0].length);
    if (start[1] !== 'now') moment = moment.with({ hour: 0, minute: 0, second: 0 });
    if (start[1] === 'yesterday') moment = moment.subtract({ days: 1 });
    if (start[1] === 'tomorrow') moment = moment.add({ days: 1 });
  }
  while (rest !== '') {
    const step = /^([+-]?)\s*(\d+)\s*([a-z]+?)s?(\s+ago)?(?:\s+|$|(?=[+-]))/.exec(rest);
    const unit = UNITS[step?.[3] ?? ''];
    if (step === null || unit === undefined) return undefined;
    const sign = (step[1] === '-') !== (step[4] !== undefined) ? -1 : 1;
    const amount = Number(step[2]) * (step[3] === 'fortnight' ? 2 : 1) * sign;
    // PHP adds months without cutting the day: January 31 and a month is March 3.
    if (unit === 'months' || unit === 'years') {
      const first = moment.with({ day: 1 }).add({ [unit]: amount });
      moment = first.add({ days: moment.day - 1 });
    } else moment = moment.add({ [unit]: amount });
    rest = rest.slice(step[0].length);
  }
  return moment;
}

/**
 * The wall-clock moment that PHP's strtotime makes of a text, as `YYYY-MM-DD HH:MM:SS`. What PHP cannot read is
 * the Unix epoch: CiviCRM stores and compares 1970 without a word.
 * @throws ApiFailure 501 for words that PHP understands and the sandbox does not.
 */
export function readPhpDate(value: string | number | boolean | null, clock: SiteClock): string {
  const text = value === null || value === false ? '' : String(value).trim();
  const fixed = fixedDate(text, clock);
  if (fixed !== undefined && fixed.year < 1000)
    throw new ApiFailure(`The sandbox does not know the date "${text}". It never guesses.`, 501, 501);
  if (fixed !== undefined) return clock.show(fixed);
  const now = Temporal.PlainDateTime.from(clock.now().replace(' ', 'T'));
  const time = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text);
  if (time !== null) {
    const today = rolled(now.year, now.month, now.day, numbers(time.slice(1)));
    return today === undefined ? clock.epoch : clock.show(today);
  }
  if (text !== '' && /[a-z]/i.test(text)) {
    const [, dateText, words] = /^(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?)\s+(.+)$/.exec(text) ?? [];
    const base = dateText === undefined ? now : fixedDate(dateText, clock);
    const relative = base === undefined ? undefined : relativeDate(words ?? text, base);
    if (relative !== undefined) return clock.show(relative);
  }
  // A time may be followed by a zone, one letter of it too, or by a day.
  if (
    /^\d{1,2}[:.]\d{2}/.test(text) ||
    WORDS_OF_PHP.test(text) ||
    text.split(' ').every((word) => ZONE_OF_PHP.test(word))
  )
    throw new ApiFailure(`The sandbox does not know the date "${text}". It never guesses.`, 501, 501);
  return clock.epoch;
}

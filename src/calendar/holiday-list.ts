import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { AppError } from '../base/errors.ts';

/** Days off of one's own: names by `YYYY-MM-DD`, or by `MM-DD` for every year. */
export type HolidayList = ReadonlyMap<string, string>;

/** Longer than any office is closed at a stretch: rather a slip of the pen. */
const LONGEST_DAYS = 92;
const MILLIS_PER_DAY = 86_400_000;

/**
 * Reads a list of days off, told by its first characters: iCalendar, or YAML with a line for each day
 * (`2026-03-19: Feast of the town`), stretch (`2026-12-24/2027-01-02: Closed`) or day of every year (`12-24: …`).
 * @param input what the list is called in messages
 * @throws AppError `invalid-input` with the line that is not understood
 */
export function readHolidayList(text: string, input: string): HolidayList {
  const content = text.replace(/^\uFEFF/, '');
  return /^\s*BEGIN:VCALENDAR/i.test(content) ? fromCalendar(content, input) : fromYaml(content, input);
}

const textOf = (node: unknown): string | null =>
  isScalar(node) && (typeof node.value === 'string' || typeof node.value === 'number')
    ? String(node.value)
    : null;

const fault = (input: string, line: number, what: string): AppError =>
  new AppError('invalid-input', `${input}:${String(line)}: ${what}`, { details: { input, line } });

function fromYaml(text: string, input: string): HolidayList {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core' });
  const lineOf = (node: Node | null): number => lines.linePos(node?.range?.[0] ?? 0).line;
  const [error] = document.errors;
  if (error !== undefined)
    throw fault(input, lines.linePos(error.pos[0]).line, `not YAML: ${error.message.split('\n')[0] ?? ''}`);
  const { contents } = document;
  const entries = isMap<Node, Node | null>(contents)
    ? contents.items.map(({ key, value }) => ({ key, value }))
    : isSeq<Node>(contents)
      ? contents.items.map((key) => ({ key, value: null }))
      : null;
  if (entries === null) throw fault(input, 1, `Expected days, as in "2026-03-19: Feast of the town".`);
  return new Map(
    entries.flatMap(({ key, value }) => {
      const day = textOf(key) ?? '';
      const name = textOf(value) ?? day;
      if (value !== null && !isScalar(value))
        throw fault(input, lineOf(value), `Expected the name of "${day}".`);
      return daysOf(day, (what) => fault(input, lineOf(key), what)).map((one) => [one, name] as const);
    }),
  );
}

function daysOf(text: string, toFault: (what: string) => AppError): readonly string[] {
  const [first = '', last, more] = text.split('/');
  const yearly = /^\d\d-\d\d$/.test(first) && last === undefined;
  const from = toMillis(yearly ? `2000-${first}` : first);
  const to = last === undefined ? from : toMillis(last);
  if (from === null || to === null || more !== undefined) {
    throw toFault(
      `Expected a day such as 2026-03-19, a stretch such as 2026-12-24/2027-01-02, or 12-24 for every year, got "${text}".`,
    );
  }
  if (yearly) return [first];
  return stretch(from, to, text, toFault);
}

function stretch(
  from: number,
  to: number,
  text: string,
  toFault: (what: string) => AppError,
): readonly string[] {
  const days = (to - from) / MILLIS_PER_DAY + 1;
  if (days < 1) throw toFault(`Expected a stretch that ends after it begins, got "${text}".`);
  if (days > LONGEST_DAYS)
    throw toFault(
      `Expected at most ${String(LONGEST_DAYS)} days off at a stretch, got ${String(days)} in "${text}".`,
    );
  return Array.from({ length: days }, (_, index) =>
    new Date(from + index * MILLIS_PER_DAY).toISOString().slice(0, 10),
  );
}

/** Null unless the calendar has that day. */
function toMillis(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
  const millis = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== text ? null : millis;
}

interface CalendarLine {
  readonly line: number;
  /** The property's name, its parameters and its value. */
  readonly name: string;
  readonly value: string;
}

/** All-day events; one at an hour closes no office. */
function fromCalendar(text: string, input: string): HolidayList {
  const days = new Map<string, string>();
  let event: ReadonlyMap<string, CalendarLine> | null = null;
  for (const one of calendarLines(text)) {
    const mark = `${one.name}:${one.value}`.toUpperCase();
    if (mark === 'BEGIN:VEVENT') event = new Map();
    else if (mark === 'END:VEVENT' && event !== null) {
      for (const [day, name] of daysOfEvent(event, input)) days.set(day, name);
      event = null;
    } else if (event !== null) event = new Map([...event, [one.name, one]]);
  }
  if (days.size === 0) throw fault(input, 1, 'Expected an all-day event at least, found none.');
  return days;
}

function daysOfEvent(event: ReadonlyMap<string, CalendarLine>, input: string): HolidayList {
  const start = event.get('DTSTART');
  if (start === undefined || !/^\d{8}$/.test(start.value)) return new Map();
  const from = toMillis(dashed(start.value));
  const end = event.get('DTEND');
  const until = end === undefined ? from : toMillis(dashed(end.value));
  if (from === null || until === null) {
    const wrong = from === null ? start : (end ?? start);
    throw fault(input, wrong.line, `Expected a day such as 20260319, got "${wrong.value}".`);
  }
  const name = (event.get('SUMMARY')?.value ?? dashed(start.value))
    .replace(/\\n/gi, ' ')
    .replace(/\\(.)/g, '$1');
  const rule = event.get('RRULE');
  if (rule !== undefined && !/^FREQ=YEARLY(?:;INTERVAL=1)?$/i.test(rule.value)) {
    throw fault(
      input,
      rule.line,
      `"${name}" is repeated by "${rule.value}". Only FREQ=YEARLY is understood: list its days one by one.`,
    );
  }
  // The end is the first day that is no longer part of it.
  const last = Math.max(from, until - (end === undefined ? 0 : MILLIS_PER_DAY));
  const days = stretch(from, last, start.value, (what) => fault(input, start.line, what));
  return new Map(days.map((day) => [rule === undefined ? day : day.slice(5), name]));
}

const dashed = (day: string): string => day.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

/** A line that begins with a space goes on with the one before. */
function calendarLines(text: string): readonly CalendarLine[] {
  const whole: { line: number; text: string }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const before = whole.at(-1);
    if (/^[ \t]/.test(line) && before !== undefined) before.text += line.slice(1);
    else whole.push({ line: index + 1, text: line });
  }
  return whole.flatMap((one) => {
    const [, name = '', value = ''] = /^([A-Za-z-]+)(?:;(?:"[^"]*"|[^":])*)?:(.*)$/.exec(one.text) ?? [];
    return name === '' ? [] : [{ line: one.line, name: name.toUpperCase(), value: value.trim() }];
  });
}

import { callsIn, recordedBody, type Body, type Call, type Step } from './theme.ts';

/** What depends on the moment and on the random numbers of a site. */
const VOLATILE = new Set(['hash', 'created_date', 'modified_date', 'table_name', 'column_name']);
/** The 5.77 themes were recorded on the first day, those of 6.20 and our own on the second. */
const RECORDED_DAYS = ['2026-11-21', '2026-11-22'];
/** A date or a moment, with marks or without: its day is the first group or the second to fourth. */
const DATE = /^(?:(\d{4}-\d\d-\d\d)(?: \d\d:\d\d:\d\d)?|(\d{4})(\d\d)(\d\d)(?:\d{6})?)$/;

function dayOf(text: string): string | undefined {
  const [, day, year, month, date] = DATE.exec(text) ?? [];
  return day ?? (year === undefined ? undefined : `${year}-${month ?? ''}-${date ?? ''}`);
}

/** Addresses of a test site's own people carry its name. */
const SITE_ADDRESS = /@site[ab]\.example\.org/g;

/** Ids of what was made on a site with another history. */
const OWN_ID =
  /^(?:id|.*(?:contact|case|case_type|activity|creator|custom_group|custom_field)_id(?:_[ab])?)$/;

interface Reading {
  /** What was written "today" shows one of these days. */
  readonly days: readonly string[];
  readonly hidesIds: boolean;
}

function stable(value: unknown, reading: Reading): unknown {
  if (Array.isArray(value)) return value.map((item) => stable(item, reading));
  if (typeof value === 'string')
    return reading.days.includes(dayOf(value) ?? '')
      ? 'that day'
      : value.replaceAll(SITE_ADDRESS, '@site.example.org');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name, item]) => !VOLATILE.has(name) && !(reading.hidesIds && item !== null && OWN_ID.test(name)),
  );
  return Object.fromEntries(kept.map(([name, item]) => [name, stable(item, reading)]));
}

/** A filter such as `this.year`: what it finds depends on the day on which it is asked. */
const RELATIVE = /"(?:this|previous|ending_\d+)\.(?:day|week|month|quarter|year)"/;
/** What was made a moment ago is before "now" only when the second has passed. */
const MOMENTARY = /"now"/;

/** How a site is read on which a theme is played again. */
export interface PlayedOn {
  /** The days on which it answers, `YYYY-MM-DD` by its own clock. */
  readonly days: readonly string[];
  /** Whether time passes between two calls, as it hardly did in the recordings. */
  readonly clockRuns?: boolean;
  /** Whether its ids differ from the recorded ones, because more or less was made on it before. */
  readonly hasOwnIds?: boolean;
}

function isComparable(call: Call, { days, clockRuns }: PlayedOn): boolean {
  const where = JSON.stringify(call.params['where'] ?? []);
  if (clockRuns === true && MOMENTARY.test(where)) return false;
  return !RELATIVE.test(where) || RECORDED_DAYS.some((day) => days.includes(day));
}

const WRITES = new Set(['create', 'update', 'save', 'replace']);

/** Of the answer to a write only the id and the fields that were sent are promised. */
function promised({ action, params }: Call, row: unknown): unknown {
  if (!WRITES.has(action) || params['reload'] !== undefined || typeof row !== 'object' || row === null)
    return row;
  const { values, records, defaults } = params as {
    values?: object;
    records?: readonly object[];
    defaults?: object;
  };
  const sent = [values ?? {}, ...(records ?? []), defaults ?? {}].flatMap((record) => Object.keys(record));
  const names = new Set(['id', ...sent.map((name) => name.split(':')[0] ?? '')]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

const byText = (left: unknown, right: unknown): number =>
  JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;

/** Every failure that a site hides from people of few permissions has another number. */
const ERROR_ID = /\(Error ID: [^)]+\)/;

/** @param recorded what the recording holds: a status that it lacks is not asked for */
function comparable(call: Call, body: Body, reading: Reading, recorded: Body = body): unknown {
  if (body.answers !== undefined) {
    const calls = callsIn(call);
    return body.answers.map((one, index) =>
      comparable(calls[index] ?? call, one, reading, recorded.answers?.[index]),
    );
  }
  if (body.error_message !== undefined)
    return {
      error: body.error_message.replace(ERROR_ID, '(Error ID: …)'),
      status: recorded.status === undefined ? undefined : body.status,
    };
  const rows: readonly unknown[] = Array.isArray(body.values) ? body.values : [body.values];
  const shown = rows.map((row) => stable(promised(call, row), reading));
  return {
    rows: call.params['orderBy'] === undefined ? shown.toSorted(byText) : shown,
    matched: body.countMatched,
  };
}

/** Keys in one order: the order of keys in an answer means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, sorted(item)] as const)
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** What the recording wants and what came, where they differ in what must come again. */
export function differenceOf(
  step: Step,
  got: Body,
  site: PlayedOn,
): { readonly wanted: unknown; readonly got: unknown } | undefined {
  const hidesIds = site.hasOwnIds === true;
  const wanted = comparable(step, recordedBody(step), { days: RECORDED_DAYS, hidesIds });
  const shown = comparable(step, got, { days: site.days, hidesIds }, recordedBody(step));
  const isSame = JSON.stringify(sorted(wanted)) === JSON.stringify(sorted(shown));
  return isSame || !isComparable(step, site) ? undefined : { wanted, got: shown };
}

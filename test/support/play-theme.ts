import { readFileSync } from 'node:fs';

export interface Step {
  readonly note?: string;
  readonly entity: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly save?: Readonly<Record<string, string>>;
  readonly response: { readonly body?: Body } & Body;
}

interface Body {
  readonly values?: unknown;
  readonly error_message?: string;
  readonly countMatched?: number;
}

export interface Theme {
  readonly theme: string;
  readonly steps: readonly Step[];
}

type Saved = Map<string, unknown>;

export const readTheme = (path: string | URL): Theme => JSON.parse(readFileSync(path, 'utf8')) as Theme;

function fillIn(value: unknown, saved: Saved): unknown {
  if (Array.isArray(value)) return value.map((item) => fillIn(item, saved));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === '$ref') return saved.get(String(entries[0][1])) ?? null;
  return Object.fromEntries(entries.map(([name, item]) => [name, fillIn(item, saved)]));
}

const valueAt = (body: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return (value as Record<string, unknown>)[part];
  }, body);

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

function isComparable(step: Step, { days, clockRuns }: PlayedSite): boolean {
  const where = JSON.stringify(step.params['where'] ?? []);
  if (clockRuns === true && MOMENTARY.test(where)) return false;
  return !RELATIVE.test(where) || RECORDED_DAYS.some((day) => days.includes(day));
}

const WRITES = new Set(['create', 'update', 'save', 'replace']);

/** Of the answer to a write only the id and the fields that were sent are promised. */
function promised(step: Step, row: unknown): unknown {
  if (
    !WRITES.has(step.action) ||
    step.params['reload'] !== undefined ||
    typeof row !== 'object' ||
    row === null
  )
    return row;
  const { values, records, defaults } = step.params as {
    values?: object;
    records?: readonly object[];
    defaults?: object;
  };
  const sent = [values ?? {}, ...(records ?? []), defaults ?? {}].flatMap((record) => Object.keys(record));
  const names = new Set(['id', ...sent.map((name) => name.split(':')[0] ?? '')]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

function comparable(step: Step, body: Body, reading: Reading): unknown {
  if (body.error_message !== undefined) return { error: body.error_message };
  const rows: readonly unknown[] = Array.isArray(body.values) ? body.values : [body.values];
  const shown = rows.map((row) => stable(promised(step, row), reading));
  const byText = (left: unknown, right: unknown): number =>
    JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
  return {
    rows: step.params['orderBy'] === undefined ? shown.toSorted(byText) : shown,
    matched: body.countMatched,
  };
}

/** Where PHP itself fails, a site answers a page. */
const WITHOUT_JSON = 'no JSON';

/** A site that recorded calls are played on. */
export interface PlayedSite {
  readonly url: string;
  /** An administrator's. */
  readonly key: string;
  /** The days on which it answers, `YYYY-MM-DD` by its own clock. */
  readonly days: readonly string[];
  /** Whether time passes between two calls, as it hardly did in the recordings. */
  readonly clockRuns?: boolean;
  /** Whether its ids differ from the recorded ones, because more or less was made on it before. */
  readonly hasOwnIds?: boolean;
}

type Call = Pick<Step, 'entity' | 'action' | 'params'>;

async function send({ url, key }: PlayedSite, path: string, form: Record<string, string>): Promise<string> {
  const answer = await fetch(`${url}/civicrm/ajax/api4${path}`, {
    method: 'POST',
    headers: { 'x-civi-auth': `Bearer ${key}`, 'x-requested-with': 'XMLHttpRequest' },
    body: new URLSearchParams(form),
  });
  return answer.text();
}

/** One call over HTTP, as every client of the site makes it. */
async function post(site: PlayedSite, { entity, action, params }: Call): Promise<Body> {
  const text = await send(site, `/${entity}/${action}`, { params: JSON.stringify(params) });
  return text.startsWith('{') ? (JSON.parse(text) as Body) : { error_message: WITHOUT_JSON };
}

/** Several calls in one request. */
export async function postTogether(site: PlayedSite, calls: readonly Call[]): Promise<readonly Body[]> {
  const [only] = calls;
  if (calls.length === 1 && only !== undefined) return [await post(site, only)];
  const listed = calls.map(({ entity, action, params }) => [entity, action, params]);
  return JSON.parse(await send(site, '', { calls: JSON.stringify(listed) })) as readonly Body[];
}

export interface Played {
  readonly title: string;
  readonly wanted: unknown;
  readonly got: unknown;
}

const MOST_TOGETHER = 40;

/** A write that fails, and what PHP itself fails at, would take its neighbours along. */
function goesAlone(step: Step): boolean {
  const refusal = (step.response.body ?? step.response).error_message;
  return refusal === WITHOUT_JSON || (refusal !== undefined && step.action !== 'get');
}

const waitsFor = (step: Step, earlier: readonly Step[]): boolean => {
  const needed = JSON.stringify(step.params);
  const saved = earlier.flatMap((one) => Object.keys(one.save ?? {}));
  return saved.some((name) => needed.includes(JSON.stringify({ $ref: name })));
};

/** The steps in order, several in one request: a request costs a real site more than a call. */
function inRequests(steps: readonly Step[]): readonly (readonly Step[])[] {
  const requests: Step[][] = [];
  let isOpen = false;
  for (const step of steps) {
    const last = requests.at(-1) ?? [];
    const isAlone = goesAlone(step);
    if (!isOpen || isAlone || last.length === MOST_TOGETHER || waitsFor(step, last)) requests.push([step]);
    else last.push(step);
    isOpen = !isAlone;
  }
  return requests;
}

/** Plays the steps of a theme in order and answers those that came out otherwise than recorded. */
export async function playTheme(site: PlayedSite, theme: Theme, saved: Saved): Promise<readonly Played[]> {
  const differing: Played[] = [];
  const hidesIds = site.hasOwnIds === true;
  for (const recorded of inRequests(theme.steps)) {
    const steps = recorded.map((step) => ({ ...step, params: fillIn(step.params, saved) as Step['params'] }));
    const answers = await postTogether(site, steps);
    for (const [index, step] of steps.entries()) {
      const got = answers[index] ?? { error_message: WITHOUT_JSON };
      for (const [name, path] of Object.entries(step.save ?? {})) saved.set(name, valueAt(got, path));
      const recordedBody = step.response.body ?? step.response;
      const wanted = comparable(step, recordedBody, { days: RECORDED_DAYS, hidesIds });
      const shown = comparable(step, got, { days: site.days, hidesIds });
      if (!isComparable(step, site) || JSON.stringify(sorted(wanted)) === JSON.stringify(sorted(shown)))
        continue;
      const title = `${theme.theme} ${step.note ?? ''} ${step.entity}.${step.action} ${JSON.stringify(step.params)}`;
      differing.push({ title, wanted, got: shown });
    }
  }
  return differing;
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

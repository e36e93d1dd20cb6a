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
const RECORDED_DAY = /^(?:20261122\d{6}|2026-11-22 \d\d:\d\d:\d\d)$/;

function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable);
  if (typeof value === 'string') return RECORDED_DAY.test(value) ? 'the day of the recording' : value;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !VOLATILE.has(name));
  return Object.fromEntries(kept.map(([name, item]) => [name, stable(item)]));
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

function comparable(step: Step, body: Body): unknown {
  if (body.error_message !== undefined) return { error: body.error_message };
  const rows: readonly unknown[] = Array.isArray(body.values) ? body.values : [body.values];
  const shown = rows.map((row) => stable(promised(step, row)));
  const byText = (left: unknown, right: unknown): number =>
    JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
  return {
    rows: step.params['orderBy'] === undefined ? shown.toSorted(byText) : shown,
    matched: body.countMatched,
  };
}

/** Where PHP itself fails, a site answers a page. */
const WITHOUT_JSON = 'no JSON';

/** One call over HTTP, as every client of the site makes it. */
export async function post(
  url: string,
  key: string,
  step: Pick<Step, 'entity' | 'action' | 'params'>,
): Promise<Body> {
  const answer = await fetch(`${url}/civicrm/ajax/api4/${step.entity}/${step.action}`, {
    method: 'POST',
    headers: { 'x-civi-auth': `Bearer ${key}`, 'x-requested-with': 'XMLHttpRequest' },
    body: new URLSearchParams({ params: JSON.stringify(step.params) }),
  });
  const text = await answer.text();
  return text.startsWith('{') ? (JSON.parse(text) as Body) : { error_message: WITHOUT_JSON };
}

export interface Played {
  readonly title: string;
  readonly wanted: unknown;
  readonly got: unknown;
}

/** Plays the steps of a theme in order and answers those that came out otherwise than recorded. */
export async function playTheme(
  url: string,
  key: string,
  theme: Theme,
  saved: Saved,
): Promise<readonly Played[]> {
  const differing: Played[] = [];
  for (const [index, recorded] of theme.steps.entries()) {
    const step = { ...recorded, params: fillIn(recorded.params, saved) as Step['params'] };
    const got = await post(url, key, step);
    for (const [name, path] of Object.entries(step.save ?? {})) saved.set(name, valueAt(got, path));
    const want = comparable(step, step.response.body ?? step.response);
    const have = comparable(step, got);
    if (
      JSON.stringify(want) !== JSON.stringify(have) &&
      JSON.stringify(sorted(want)) !== JSON.stringify(sorted(have))
    ) {
      const title = `${theme.theme} ${String(index)} ${step.note ?? ''} ${step.entity}.${step.action} ${JSON.stringify(step.params)}`;
      differing.push({ title, wanted: want, got: have });
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

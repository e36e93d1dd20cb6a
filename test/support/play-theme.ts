import type { User } from './differential/step.ts';
import { differenceOf, type PlayedOn } from './theme-answers.ts';
import { callsIn, isBatch, recordedBody, type Body, type Call, type Step, type Theme } from './theme.ts';

type Saved = Map<string, unknown>;

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

/** A site that recorded calls are played on. */
export interface PlayedSite extends PlayedOn {
  readonly url: string;
  /** An administrator's. */
  readonly key: string;
  /** Of people who may less. */
  readonly otherKeys?: Readonly<Record<User, string>>;
}

/** Where PHP itself fails, a site answers a page. */
const WITHOUT_JSON = 'no JSON';

async function send(
  site: PlayedSite,
  path: string,
  form: Record<string, string>,
  as?: User,
): Promise<unknown> {
  const key = as === undefined ? site.key : (site.otherKeys?.[as] ?? '');
  const answer = await fetch(`${site.url}/civicrm/ajax/api4${path}`, {
    method: 'POST',
    headers: { 'x-civi-auth': `Bearer ${key}`, 'x-requested-with': 'XMLHttpRequest' },
    body: new URLSearchParams(form),
  });
  const text = await answer.text();
  return /^[{[]/.test(text) ? JSON.parse(text) : { error_message: WITHOUT_JSON };
}

/** One call over HTTP, as every client of the site makes it. */
const post = async (site: PlayedSite, { entity, action, params }: Call, as?: User): Promise<Body> =>
  (await send(site, `/${entity}/${action}`, { params: JSON.stringify(params) }, as)) as Body;

/** Several calls in one request. A site that refuses the whole request gives one answer for all. */
export async function postTogether(
  site: PlayedSite,
  calls: readonly Call[],
  as?: User,
): Promise<readonly Body[]> {
  const listed = calls.map(({ entity, action, params }) => [entity, action, params]);
  const body = await send(site, '', { calls: JSON.stringify(listed) }, as);
  return Array.isArray(body) ? (body as readonly Body[]) : calls.map(() => body as Body);
}

async function play(site: PlayedSite, steps: readonly Step[]): Promise<readonly Body[]> {
  const [only] = steps;
  if (steps.length !== 1 || only === undefined) return postTogether(site, steps);
  if (isBatch(only)) return [{ answers: await postTogether(site, callsIn(only), only.as) }];
  return [await post(site, only, only.as)];
}

export interface Played {
  readonly title: string;
  readonly wanted: unknown;
  readonly got: unknown;
}

const MOST_TOGETHER = 40;

/** A write that fails, and what PHP itself fails at, would take its neighbours along. */
function goesAlone(step: Step): boolean {
  const refusal = recordedBody(step).error_message;
  const isRefused = refusal === WITHOUT_JSON || (refusal !== undefined && step.action !== 'get');
  return isRefused || isBatch(step) || step.as !== undefined;
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
  for (const recorded of inRequests(theme.steps)) {
    const steps = recorded.map((step) => ({ ...step, params: fillIn(step.params, saved) as Step['params'] }));
    const answers = await play(site, steps);
    for (const [index, step] of steps.entries()) {
      const got = answers[index] ?? { error_message: WITHOUT_JSON };
      for (const [name, path] of Object.entries(step.save ?? {})) saved.set(name, valueAt(got, path));
      const difference = differenceOf(step, got, site);
      if (difference === undefined) continue;
      const title = `${theme.theme} ${step.note ?? ''} ${step.as ?? ''} ${step.entity}.${step.action} ${JSON.stringify(step.params)}`;
      differing.push({ title, ...difference });
    }
  }
  return differing;
}

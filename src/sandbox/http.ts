import type { JsonObject, JsonValue } from '../base/json.ts';
import type { RandomSource } from '../base/clock.ts';
import { callApi3 } from './api3.ts';
import { callIndexed } from './api4.ts';
import { ApiFailure } from './failure.ts';
import { PhpCrash } from './php-crash.ts';
import { may, type Caller, type Site } from './site.ts';

/** A request as far as CiviCRM looks at it. */
export interface SiteRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of a form-encoded body; a body of another type counts as none. */
  readonly form: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface SiteResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface Doorkeeper {
  /** Who has this API key; undefined for a key that nobody has. */
  callerOf(key: string): Caller | undefined;
  readonly anonymous: Caller;
}

const json = (status: number, body: JsonValue): SiteResponse => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(body),
});
const HTML = 'text/html; charset=UTF-8';
const page = (status: number, title: string): SiteResponse => ({
  status,
  contentType: HTML,
  body: `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><div id="crm-container"><h1>${title}</h1></div></body></html>\n`,
});

/** PHP's own error page, which comes with nothing that a client could read. */
const crashPage = page(500, 'Error');

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
function errorId(random: RandomSource): string {
  const four = (): string =>
    Array.from({ length: 4 }, () => ID_LETTERS[Math.floor(random() * ID_LETTERS.length)] ?? 'x').join('');
  return `${four()}-${four()}-${four()}`;
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** What the sandbox does not know it refuses, and nothing of that request is done. */
const REFUSED = 501;

const isRecord = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Outcome {
  readonly status: number;
  readonly body: JsonObject;
}

function execute(
  site: Site,
  caller: Caller,
  entity: string,
  action: string,
  params: JsonObject,
  index: JsonValue | undefined,
): Outcome {
  try {
    const { values, countMatched, total, shown } = callIndexed(site, caller, entity, action, params, index);
    const isOne = typeof index === 'number' || (typeof index === 'string' && /^-?\d+$/.test(index));
    const count = isOne
      ? values.length
      : Array.isArray(shown)
        ? shown.length
        : Object.keys(shown ?? {}).length;
    return {
      status: 200,
      body: {
        values: shown,
        entity,
        action,
        debug: null,
        version: 4,
        ...(site.facts.resultKeys ? { errors: [], max_error_level: null, is_blocking_error: false } : {}),
        count: total ?? (action === 'get' ? (countMatched ?? count) : count),
        countFetched: count,
        ...(countMatched === undefined ? {} : { countMatched }),
      },
    };
  } catch (thrown) {
    if (!(thrown instanceof ApiFailure)) throw thrown;
    const id = errorId(site.random);
    // Only who may see debug output learns what went wrong; a refusal of the sandbox is told to all.
    const isTold = may(caller, 'view debug output') || thrown.status === REFUSED;
    const words: JsonObject = isTold
      ? {
          ...(site.facts.errorId ? { error_id: id } : {}),
          error_code: typeof thrown.code === 'number' ? thrown.code : 0,
          error_message: thrown.message,
        }
      : {
          error_code: '1',
          error_message: `Sorry an error occurred and your request was not completed. (Error ID: ${id})`,
        };
    return { status: thrown.status, body: { ...words, status: thrown.status } };
  }
}

const SECURITY = {
  error_code: 400,
  error_message: 'SECURITY ALERT: Ajax requests can only be issued by javascript clients, eg. CRM.api4().',
};
const DESTRUCTIVE = {
  error_code: 405,
  error_message: 'SECURITY: All requests that modify the database must be http POST, not GET.',
};

const malformed = (name: string): SiteResponse =>
  json(400, { error_code: 400, error_message: `Malformed JSON in '${name}'.` });

const fieldOf = (request: SiteRequest, name: string): string | null =>
  request.form.get(name) ?? request.query.get(name);

/** Names in a query that are no parameters of the call. */
const OF_THE_REQUEST = new Set(['params', 'index', '_authx', 'civiwp', 'q']);

function single(
  site: Site,
  caller: Caller,
  request: SiteRequest,
  entity: string,
  action: string,
): SiteResponse {
  const text = fieldOf(request, 'params');
  const params = text === null || text === '' || text === '0' ? {} : parse(text);
  if (typeof params !== 'object' || params === null)
    return site.facts.malformedParams === 'answer' ? malformed('params') : crashPage;
  const all: Record<string, JsonValue> = isRecord(params) ? { ...params } : {};
  for (const [name, value] of request.query) {
    if (!OF_THE_REQUEST.has(name) && !(name in all)) all[name] = parse(value) ?? value;
  }
  const index = fieldOf(request, 'index');
  const { status, body } = execute(site, caller, entity, action, all, index ?? undefined);
  return json(status, body);
}

function batch(site: Site, caller: Caller, request: SiteRequest): SiteResponse {
  const calls = parse(request.form.get('calls') ?? '');
  if (typeof calls !== 'object' || calls === null)
    return site.facts.malformedParams === 'answer'
      ? malformed('calls')
      : request.form.has('calls')
        ? json(200, [])
        : page(200, 'Could not find valid value for calls');
  if (Object.keys(calls).length === 0) throw new PhpCrash('A batch without a call');
  const written = site.database.changes();
  const outcomes = Object.entries(calls).map(([key, call]) => {
    const [entity = '', action = '', params = {}, index] = call as readonly [
      string?,
      string?,
      JsonObject?,
      JsonValue?,
    ];
    return [key, execute(site, caller, entity, action, isRecord(params) ? params : {}, index)] as const;
  });
  // What has changed something is refused as a whole, so that nothing is half done.
  const refused = outcomes.find(([, one]) => one.status === REFUSED)?.[1];
  if (refused !== undefined && site.database.changes() !== written) {
    const same = Object.keys(calls).map((key) => [key, refused.body] as const);
    return json(REFUSED, Array.isArray(calls) ? same.map(([, body]) => body) : Object.fromEntries(same));
  }
  // One success makes the whole request a success.
  const status = outcomes.some(([, one]) => one.status === 200) ? 200 : (outcomes[0]?.[1].status ?? 200);
  const bodies = outcomes.map(([key, one]) => [key, one.body] as const);
  return json(status, Array.isArray(calls) ? bodies.map(([, body]) => body) : Object.fromEntries(bodies));
}

function legacy(site: Site, caller: Caller, request: SiteRequest): SiteResponse {
  const entity = fieldOf(request, 'entity') ?? '';
  const action = fieldOf(request, 'action') ?? '';
  const params = parse(fieldOf(request, 'json') ?? '{}');
  try {
    return json(200, callApi3(site, caller, entity, action, isRecord(params) ? params : {}));
  } catch (thrown) {
    if (!(thrown instanceof ApiFailure)) throw thrown;
    if (thrown.status === 403) return page(403, 'You do not have permission to access that.');
    return json(thrown.status, { is_error: 1, error_code: thrown.code, error_message: thrown.message });
  }
}

const BEARER = /^Bearer (.+)$/;

/** The entity and action of a request, for faults; a request of several calls is named by its first. */
export function callNamed(request: SiteRequest): readonly [entity: string, action: string] {
  const [, entity, action] = /^\/civicrm\/ajax\/api4\/([^/]+)\/([^/]+)\/?$/.exec(request.path) ?? [];
  if (entity !== undefined && action !== undefined) return [entity, action];
  const calls = parse(request.form.get('calls') ?? '');
  const first = typeof calls === 'object' && calls !== null ? Object.values(calls)[0] : undefined;
  return Array.isArray(first)
    ? [String(first[0]), String(first[1])]
    : [fieldOf(request, 'entity') ?? '', fieldOf(request, 'action') ?? ''];
}

const whoIs = ({ contactId, userId }: Caller): JsonObject => ({
  contact_id: contactId,
  user_id: userId,
  flow: contactId === null ? null : 'xheader',
  cred: contactId === null ? null : 'api_key',
});

/**
 * Answers one request as the web server of a CiviCRM site does: statuses, bodies, the CSRF rule, the GET rule, what
 * a credential may.
 */
export function answerRequest(site: Site, doors: Doorkeeper, request: SiteRequest): SiteResponse {
  site.request.forget();
  const response = site.database.attempt(
    () => answerUnmasked(site, doors, { ...request, path: routeOf(site, request) }),
    ({ status }) => status !== REFUSED,
  );
  if (response.status === REFUSED) {
    site.options.forget();
    site.custom.forget();
  }
  const isMasked = site.facts.errorStatus === 'masked' && MASKED.has(response.status);
  return isMasked && response.contentType === 'application/json' ? { ...response, status: 200 } : response;
}

function routeOf(site: Site, { path, query }: SiteRequest): string {
  const isByQuery = site.facts.queryRoutes && query.get('civiwp') === 'CiviCRM';
  return isByQuery ? `/${query.get('q') ?? ''}` : path;
}

/** The statuses that WordPress hides behind 200; 501 is the sandbox's own. */
const MASKED = new Set([400, 403, 405, 500]);

function answerUnmasked(site: Site, doors: Doorkeeper, request: SiteRequest): SiteResponse {
  const { headers, path } = request;
  if (!path.startsWith('/civicrm')) return { status: 404, contentType: HTML, body: 'Path not found' };
  const sent = headers['x-civi-auth'] ?? headers['authorization'] ?? fieldOf(request, '_authx') ?? undefined;
  const key = sent === undefined ? undefined : (BEARER.exec(sent)?.[1] ?? '');
  const caller = key === undefined ? doors.anonymous : doors.callerOf(key);
  if (caller === undefined) {
    return { status: 401, contentType: 'text/plain;charset=UTF-8', body: 'HTTP 401 Invalid credential' };
  }
  if (path === '/civicrm/authx/id') return json(200, whoIs(caller));
  const isApi4 = /^\/civicrm\/ajax\/api4(?:\/|$)/.test(path);
  if (!isApi4 && path !== '/civicrm/ajax/rest') {
    return may(caller, 'access CiviCRM')
      ? page(200, 'CiviCRM Home')
      : page(403, 'You do not have permission to access that.');
  }
  const isWebService =
    headers['x-requested-with'] === 'XMLHttpRequest' ||
    headers['x-civi-auth'] !== undefined ||
    fieldOf(request, '_authx') !== null;
  if (!isWebService) return isApi4 ? json(400, SECURITY) : page(500, 'Error');
  const [entity = '', action = ''] = path.split('/').slice(4);
  const isRead = action === 'autocomplete' || action.toLowerCase().startsWith('get');
  try {
    if (!isApi4) return legacy(site, caller, request);
    if (request.method === 'GET' && !isRead) return json(405, DESTRUCTIVE);
    return entity === '' ? batch(site, caller, request) : single(site, caller, request, entity, action);
  } catch (thrown) {
    if (thrown instanceof PhpCrash) return crashPage;
    throw thrown;
  }
}

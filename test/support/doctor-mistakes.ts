import { machineClock } from './standing-clock.ts';
import type { InFront, MadeAnswer, SeenRequest } from './site-behind.ts';

/** The keys of the sandbox on which the mistakes are made. */
export const KEY = 'canary-doctor-key-91';
export const OTHERS = {
  limited: 'canary-limited-92',
  nobody: 'canary-nobody-93',
  nouser: 'canary-nouser-94',
};

const tenDaysAgo = (): string =>
  new Date(machineClock.now() - 10 * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
export const html = (status: number, body: string): MadeAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body,
});
const json = (status: number, body: unknown): MadeAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
export const is = (request: SeenRequest, route: string) => request.path.startsWith(`/${route}`);
const AUTHX = 'civicrm/authx/id';

type OnAnswer = NonNullable<InFront['onAnswer']>;
/** Changes the outcomes of calls by their names, wherever a batch asks for them. */
export const outcomes =
  (made: Readonly<Record<string, object>>): OnAnswer =>
  (answer) => {
    const hit = Object.keys(made).filter((name) => answer.body.includes(`"${name}":`));
    if (hit.length === 0) return answer;
    const body = JSON.parse(answer.body) as object;
    return {
      ...answer,
      body: JSON.stringify({ ...body, ...Object.fromEntries(hit.map((name) => [name, made[name]])) }),
    };
  };
export const rows = (...values: readonly object[]) => ({ values });

/** One way to set a site up wrongly, in front of it or in civicase.yaml. `says` is what is wrong, and its cure. */
interface Mistake {
  readonly what: string;
  readonly code: string;
  readonly says: RegExp;
  readonly exit?: 1 | 2;
  readonly inFront?: InFront;
  readonly settings?: (url: string) => Readonly<Record<string, unknown>>;
  readonly also?: readonly string[];
}

const closedPage =
  '<html><head><title>Site under maintenance</title></head><body>Back at noon.</body></html>';
const loginPage =
  '<html><title>Members</title><form><input name="u"><input type="password" name="p"></form></html>';
export const stripped = ({ path, headers, body }: SeenRequest): SeenRequest => {
  const { 'x-civi-auth': _, ...rest } = headers;
  return { path, headers: rest, body };
};
const shortened =
  (bytes: number, made: MadeAnswer | null): NonNullable<InFront['onRequest']> =>
  (request) =>
    request.body.length <= bytes ? request : (made ?? { ...request, body: '' });
export const refusal = (words: string): MadeAnswer => ({
  status: 401,
  headers: { 'content-type': 'text/plain' },
  body: `HTTP 401 ${words}`,
});
const refused = (words: string): InFront => ({
  onRequest: (request) => (request.headers['x-civi-auth'] === undefined ? request : refusal(words)),
});
const redirected = (to: (path: string) => string): InFront => ({
  onRequest: ({ path }) => ({ status: 301, headers: { location: to(path) } }),
});

export const MISTAKES: readonly Mistake[] = [
  {
    what: 'an address that points into CiviCRM',
    code: 'address',
    says: /points into CiviCRM itself.*Set url to "http:\/\/[^"]+:\d+", the address/,
    settings: (url) => ({ url: `${url}/civicrm/dashboard` }),
  },
  {
    what: 'an address with a query',
    code: 'address',
    says: /has a query or a fragment.*Set url to "http:\/\/127\.0\.0\.1:\d+"/,
    settings: (url) => ({ url: `${url}/?civiwp=CiviCRM` }),
  },
  {
    what: 'a port on which nothing listens',
    code: 'connection',
    says: /ECONNREFUSED.*Check host and port/,
    settings: () => ({ url: 'http://127.0.0.1:9' }),
  },
  {
    what: 'https where the port speaks http',
    code: 'connection',
    says: /Nothing answers.*Set url to "http:\/\/127\.0\.0\.1:\d+", where CiviCRM answers/,
    settings: (url) => ({ url: url.replace('http:', 'https:') }),
  },
  {
    what: 'http where the port speaks https',
    code: 'connection',
    says: /speaks https, but the url says http\. Set url to "https:/,
    inFront: {
      onRequest: () => html(400, '<title>400</title>The plain HTTP request was sent to HTTPS port'),
    },
  },
  {
    what: 'a site that does not answer in time',
    code: 'connection',
    says: /TIMEOUT.*timeoutSeconds/,
    inFront: { delay: () => 1000 },
    settings: (url) => ({ url, timeoutSeconds: 0.2 }),
  },
  {
    what: 'basic auth of the web server',
    code: 'web-password',
    says: /user name and a password of its own \(Basic in the header Authorization\).*auth_basic off/,
    inFront: { onRequest: () => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="Staging"' } }) },
  },
  {
    what: 'basic auth on the way of the key alone',
    code: 'web-password',
    says: /Basic in the header Authorization/,
    inFront: {
      onRequest: (request) =>
        is(request, AUTHX) ? { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } } : request,
    },
  },
  {
    what: 'a login page in the place of every answer',
    code: 'login-page',
    says: /A login page \("Members"\) answers.*Let calls to \/civicrm\/ajax/,
    inFront: { onRequest: () => html(200, loginPage) },
  },
  {
    what: 'a redirect to single sign-on',
    code: 'login-page',
    says: /sent on to a login \(https:\/\/sso\.example\.org\/start\)\./,
    inFront: redirected(() => 'https://sso.example.org/start?token=abc'),
  },
  {
    what: 'a redirect to another host',
    code: 'redirect',
    says: /redirects every call to https:\/\/www\.example\.org\/.*Set url to "https:\/\/www\.example\.org"/,
    inFront: redirected((path) => `https://www.example.org${path}`),
  },
  {
    what: 'a redirect into a folder',
    code: 'redirect',
    says: /Set url to "http:\/\/127\.0\.0\.1:\d+\/crm"/,
    inFront: redirected((path) => `/crm${path}`),
  },
  {
    what: 'a maintenance page of the CMS',
    code: 'maintenance',
    says: /closed for maintenance \("Site under maintenance"\)\. Wait/,
    inFront: { onRequest: () => html(503, closedPage) },
  },
  {
    what: 'a maintenance page with status 200',
    code: 'maintenance',
    says: /closed for maintenance/,
    inFront: { onRequest: () => html(200, closedPage) },
  },
  {
    what: "CiviCRM's own maintenance mode",
    code: 'maintenance',
    says: /"Temporarily unavailable for maintenance\."\).*core_maintenance_mode/,
    inFront: {
      onRequest: () =>
        json(503, { status_code: 503, status_message: 'Temporarily unavailable for maintenance.' }),
    },
  },
  {
    what: 'maintenance mode that the key may pass',
    code: 'maintenance',
    says: /this key may pass\. Switch maintenance mode off/,
    exit: 2,
    inFront: { onAnswer: outcomes({ maintenance: rows({ name: 'core_maintenance_mode', value: '1' }) }) },
  },
  {
    what: 'a folder too far down, such as wp-json',
    code: 'paths',
    says: /No CiviCRM answers at .*wp-json\/\. Tried: clean \(status 404.*Set url to "http:\/\/127\.0\.0\.1:\d+", where CiviCRM answers/,
    settings: (url) => ({ url: `${url}/wp-json/` }),
  },
  {
    what: 'another path style than the site has',
    code: 'paths',
    says: /Tried: joomla \(.*Set path to clean, or to auto/,
    settings: (url) => ({ url, path: 'joomla' }),
  },
  {
    what: 'a site without CiviCRM',
    code: 'paths',
    says: /Tried: clean.*wordpress.*joomla.*front page/,
    inFront: { onRequest: () => html(404, '<title>Page not found</title>') },
  },
  {
    what: 'a site that fails',
    code: 'paths',
    says: /status 500.*the site itself fails/,
    inFront: { onRequest: () => html(500, '<title>Error</title>') },
  },
  {
    what: 'a key with a line break',
    code: 'key-text',
    says: /a blank, a line break.*Copy the key again/,
    settings: (url) => ({ url, apiKey: `${KEY}\n` }),
  },
  {
    what: 'a site key with a blank',
    code: 'key-text',
    says: /siteKey/,
    settings: (url) => ({ url, siteKey: 'with blank' }),
  },
  {
    what: 'authx switched off: its path shows a page',
    code: 'authx',
    says: /the extension authx is not enabled\. Enable the extension/,
    inFront: {
      onRequest: (request) =>
        is(request, AUTHX) ? html(200, '<title>CiviCRM Home</title>') : stripped(request),
    },
  },
  {
    what: 'a key of another site',
    code: 'key-known',
    says: /does not know this API key \("Invalid credential"\).*Check apiKey/,
    settings: (url) => ({ url, apiKey: 'canary-key-of-nobody' }),
  },
  {
    what: 'a contact without user where the site wants one',
    code: 'key-known',
    says: /contact without user account.*Link that contact/,
    inFront: refused('Cannot login. No matching user is available.'),
  },
  {
    what: 'a blocked user',
    code: 'key-known',
    says: /user is blocked.*Unblock/,
    inFront: refused('Cannot login. User is blocked.'),
  },
  {
    what: 'API keys not among the accepted credentials',
    code: 'key-known',
    says: /Acceptable credentials \(HTTP X-Header\)/,
    inFront: refused('Authentication type "api_key" with flow "xheader" is not allowed for this principal.'),
  },
  {
    what: 'a guard that wants a permission or the site key',
    code: 'guard',
    says: /its guard refuses it.*"authenticate with api key", or set siteKey/,
    inFront: refused('Login not permitted. Must satisfy guard (site_key, perm).'),
  },
  {
    what: 'a guard and a wrong site key',
    code: 'guard',
    says: /or correct siteKey/,
    inFront: refused('Login not permitted. Must satisfy guard (site_key, perm).'),
    settings: (url) => ({ url, siteKey: 'canary-site-key-95' }),
  },
  {
    what: 'a proxy that drops X-Civi-Auth',
    code: 'key-arrives',
    says: /the key does not arrive\. Let the header X-Civi-Auth pass/,
    inFront: { onRequest: stripped },
  },
  {
    what: 'a key of a contact without user account',
    code: 'user-account',
    says: /contact 5, who has no user account.*Link that contact/,
    settings: (url) => ({ url, apiKey: OTHERS.nouser }),
  },
  {
    what: 'a key without "view debug output"',
    code: 'errors-told',
    says: /hides the reasons.*"view debug output"/,
    exit: 2,
    settings: (url) => ({ url, apiKey: OTHERS.limited }),
    also: ['permissions'],
  },
  {
    what: 'an old CiviCRM',
    code: 'version',
    says: /CiviCRM 5\.60\.2 is older than 5\.77.*Upgrade/,
    exit: 2,
    inFront: { onAnswer: outcomes({ domain: rows({ version: '5.60.2' }) }) },
  },
  {
    what: 'a clock an hour from ours',
    code: 'clock',
    says: /clock is 60 min ahead of ours\. Set the clocks/,
    exit: 2,
    inFront: {
      onAnswer: (answer) => ({
        ...answer,
        headers: { ...answer.headers, date: new Date(machineClock.now() + 3_600_000).toUTCString() },
      }),
    },
    also: ['time-zone'],
  },
  {
    what: 'a database whose clock is days off',
    code: 'clock',
    says: /database is 10 days behind its web server's/,
    exit: 2,
    inFront: {
      onAnswer: outcomes({ now: rows({ now: tenDaysAgo() }) }),
    },
  },
  {
    what: 'another time zone than configured',
    code: 'time-zone',
    says: /rows are at UTC\+00:00, but Asia\/Kolkata is at UTC\+05:30 now\. Set timeZone/,
    exit: 2,
    settings: (url) => ({ url, timeZone: 'Asia/Kolkata' }),
  },
  {
    what: 'CiviCase switched off',
    code: 'civicase',
    says: /CiviCase is off\. Enable CiviCase/,
    exit: 2,
    inFront: { onAnswer: outcomes({ civicase: rows() }) },
  },
  {
    what: 'a case type whose definition does not parse',
    code: 'case-types',
    says: /"torn" does not parse \(.*every later write.*Delete "torn"/,
    exit: 2,
    inFront: {
      onAnswer: outcomes({ definitions: rows({ name: 'torn', text: 'torn|<CaseType><name>' }) }),
    },
  },
  {
    what: 'a definition that CiviCRM takes for the name of a file',
    code: 'case-types',
    says: /"odd" does not parse \(it holds no <CaseType>\)/,
    exit: 2,
    inFront: { onAnswer: outcomes({ definitions: rows({ name: 'odd', text: 'odd|<casetype/>' }) }) },
  },
  {
    what: 'a definition whose file is gone',
    code: 'case-types',
    says: /"gone" has no definition.*Enable the extension whose file/,
    exit: 2,
    inFront: {
      onAnswer: outcomes({
        definitions: rows({ name: 'gone', text: 'gone|gone' }),
        caseTypes: rows({ name: 'gone', definition: [] }),
      }),
    },
  },
  {
    what: 'a torn definition on a site that shows no texts',
    code: 'case-types',
    says: /"torn" does not parse \(it reads as empty\)/,
    exit: 2,
    inFront: {
      onAnswer: outcomes({
        definitions: { error_code: 0, error_message: 'Invalid function' },
        caseTypes: rows({ name: 'torn', definition: [] }),
      }),
    },
  },
  {
    what: 'a web server that takes no 1 MB',
    code: 'body-limit',
    says: /1 MB do not arrive whole \(status 413\); 500 kB do.*client_max_body_size/,
    exit: 2,
    inFront: { onRequest: shortened(600_000, html(413, 'Request Entity Too Large')) },
  },
  {
    what: 'a firewall that takes 64 kB',
    code: 'body-limit',
    says: /\(status 403\); 30 kB do.*ModSecurity/,
    exit: 2,
    inFront: { onRequest: shortened(65_536, html(403, 'Forbidden')) },
  },
  {
    what: 'a PHP that drops a long form',
    code: 'body-limit',
    says: /500 kB do.*post_max_size/,
    exit: 2,
    inFront: { onRequest: shortened(600_000, null) },
  },
  {
    what: 'a slow site',
    code: 'speed',
    says: /a small call takes 1\d{3} ms.*opcache/,
    exit: 2,
    inFront: { delay: ({ body }) => (body.length < 300 ? 1050 : 0) },
  },
];

import { z } from 'zod';
import type { AppError, ErrorKind } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { callFailure, excerpt, type CallContext, type FailureFacts } from './failure.ts';
import type { SiteResponse } from './transport.ts';

const text = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);
const number = z.coerce.number().int().optional().catch(undefined);
const errorBody = z.object({
  error_message: text,
  /** 0, "1", an HTTP status, or a word of APIv3. */
  error_code: text,
  error_id: text,
  status: number,
  status_code: number,
  status_message: text,
});

const masked = /^Sorry an error occurred/i;
const errorIdIn = /\(Error ID: ([^)]+)\)/;
/** A database that is overloaded or restarting: the same call may succeed a second later. */
const passing =
  /deadlock|lock wait timeout|database lock encountered|DB Error: connect failed|server has gone away/i;

const reasonHidden =
  'the site hides the reason from this key. Give the API user the permission "view debug output", or look the Error ID up in CiviCRM\'s log.';

/**
 * A refusal in CiviCRM's own words: `forbidden` for 401 and 403, else `remote-rejected`. The status inside the body
 * counts before the HTTP status, because WordPress answers 200 to everything.
 */
export function rejection(body: JsonObject, response: SiteResponse, context: CallContext): AppError {
  const error = errorBody.parse(body);
  const status = error.status ?? error.status_code ?? response.status;
  const said = error.error_message ?? error.status_message ?? 'no reason given';
  const errorId = error.error_id ?? errorIdIn.exec(said)?.[1];
  const isMasked = masked.test(said);
  const facts: FailureFacts = {
    status,
    ...(errorId === undefined ? {} : { errorId }),
    ...(isMasked ? { masked: true } : {}),
  };
  if ('status_message' in body || status === 503 || status === 429 || passing.test(said))
    return callFailure(
      context,
      'remote-unavailable',
      `"${context.site}" cannot answer ${context.call} now (${status}): ${excerpt(context, said)}`,
      { ...facts, transient: true, effect: 'unknown', ...retryAfter(response) },
    );
  const kind: ErrorKind =
    status === 401 ||
    status === 403 ||
    error.error_code === 'unauthorized' ||
    said.startsWith('Authorization failed')
      ? 'forbidden'
      : 'remote-rejected';
  const what = kind === 'forbidden' ? `does not allow this key ${context.call}` : `refused ${context.call}`;
  const why = isMasked
    ? `${reasonHidden} ${excerpt(context, said)}`
    : `${excerpt(context, said)}${hintFor(said)}`;
  return callFailure(context, kind, `"${context.site}" ${what}: ${why}`, facts);
}

/** A page of HTML where JSON was due: a wrong path, a maintenance page, a PHP failure, a firewall. */
export function htmlFailure(response: SiteResponse, context: CallContext): AppError {
  const shown = excerpt(context, plainText(pageMessage(response.text)));
  const page = shown === '' ? 'an HTML page' : `an HTML page ("${shown}")`;
  return nonJsonFailure(response, context, page);
}

/** Anything else that is not JSON, by its HTTP status. */
export function statusFailure(response: SiteResponse, context: CallContext): AppError {
  if (response.status >= 300 && response.status < 400) return redirectFailure(response, context);
  const shown = excerpt(context, response.text);
  return nonJsonFailure(response, context, shown === '' ? 'nothing' : `"${shown}"`);
}

function nonJsonFailure(response: SiteResponse, context: CallContext, shown: string): AppError {
  const { status } = response;
  const answered = `"${context.site}" answered ${context.call} with status ${status} and ${shown}`;
  switch (status) {
    case 401:
      return callFailure(context, 'forbidden', `${answered}. ${hintFor401(response.text)}`, { status });
    case 403:
      return callFailure(
        context,
        'forbidden',
        `${answered}. The key's user lacks a permission, or a firewall in front of the site refuses the call.`,
        { status },
      );
    case 404:
    case 410:
      return callFailure(
        context,
        'not-found',
        `${answered}: CiviCRM is not at this address. Check the site's url and path style.`,
        { status },
      );
    case 413:
      return callFailure(
        context,
        'remote-rejected',
        `${answered}: too much was sent at once. Use smaller batches.`,
        { status, effect: 'none' },
      );
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return callFailure(context, 'remote-unavailable', `${answered}.`, {
        status,
        transient: true,
        effect: 'unknown',
        ...retryAfter(response),
      });
    default:
      return callFailure(
        context,
        'remote-unavailable',
        `${answered} instead of JSON. Check the site's url and path style, and whether it is in maintenance.`,
        // While CiviCRM fills its table of routes again, after a custom field or a case type was made, it shows its home page
        // for every path that is not in the table yet (CRM_Core_Menu::rebuild).
        { status, transient: status === 200 && context.isAddressKnown === true, effect: 'unknown' },
      );
  }
}

// Only the place is quoted: a redirect to a login page likes to carry tokens in its query.
function redirectFailure(response: SiteResponse, context: CallContext): AppError {
  const { status, location } = response;
  const target = location === null ? 'nowhere' : excerpt(context, location.replace(/[?#].*$/, ''));
  return callFailure(
    context,
    'remote-rejected',
    `"${context.site}" redirects ${context.call} to ${target} (status ${status}). Redirects are not followed, the key would go along: put the final address into the site's url.`,
    { status, effect: 'none', redirectedTo: target },
  );
}

function retryAfter({ retryAfterMillis }: SiteResponse): FailureFacts {
  return retryAfterMillis === null ? {} : { retryAfterMillis };
}

function hintFor(said: string): string {
  if (said.startsWith('SECURITY ALERT'))
    return ' The header X-Requested-With did not arrive: does a proxy take it away?';
  if (said.startsWith('Failed to parse CaseType XML'))
    return ' A case type of that site has a broken definition; every write of a case type fails until it is repaired or deleted. This one may be stored all the same.';
  return '';
}

function hintFor401(said: string): string {
  if (said.includes('Must satisfy guard'))
    return 'Give the API user the permission "authenticate with api key", or configure the site\'s siteKey.';
  if (said.includes('Invalid credential'))
    return 'The site does not know this API key: check apiKey of this site, and the key on the contact there.';
  if (said.includes('Session already active')) return 'A cookie of another session came along.';
  return 'The site, or a password in front of it, does not accept the key.';
}

/** The part of an error page that says something: CiviCRM's own message, WordPress's, or the title. */
function pageMessage(html: string): string {
  const head = html.slice(0, 65_536);
  return (
    /class="[^"]*(?:crm-error-message|wp-die-message)[^"]*"[^>]*>([\s\S]*?)<\/(?:div|p)>/.exec(head)?.[1] ??
    /<title[^>]*>([\s\S]*?)<\/title>/i.exec(head)?.[1] ??
    ''
  );
}

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&rsaquo;|&#8250;/g, '›')
    .replace(/&#8211;|&ndash;/g, '–')
    .replace(/&quot;|&#0?39;/g, "'");
}

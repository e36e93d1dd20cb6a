import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CallOutcome } from './evidence.ts';
import type { Answer, Reply } from './ports.ts';

/** Who the site says the key belongs to. */
export interface Identity {
  readonly contactId: number | null;
  readonly hasUserAccount: boolean;
}

/** What an answer is, whoever gave it. */
export type Reading =
  /** CiviCRM's API: a success, or an error in its words. */
  | { readonly kind: 'api'; readonly outcome: CallOutcome }
  /** CiviCRM, down for maintenance. */
  | { readonly kind: 'closed'; readonly message: string }
  /** authx refuses what stands in the header. */
  | { readonly kind: 'refusal'; readonly message: string }
  | { readonly kind: 'identity'; readonly identity: Identity }
  /** The web server wants a user name and a password of its own. */
  | { readonly kind: 'challenge'; readonly scheme: string }
  | { readonly kind: 'redirect'; readonly to: string; readonly isToLogin: boolean }
  | { readonly kind: 'login page'; readonly title: string }
  | { readonly kind: 'maintenance page'; readonly title: string }
  | { readonly kind: 'other'; readonly status: number; readonly title: string }
  | { readonly kind: 'silence'; readonly code: string };

/** Tells the answers of CiviCRM, of a CMS, of a proxy and of nobody apart. */
export function readReply(reply: Reply): Reading {
  if (reply.kind === 'silence') return { kind: 'silence', code: reply.code };
  const body = parseJson(reply.text);
  if (isObject(body)) {
    const fromApi = readJson(body, reply.status);
    if (fromApi !== null) return fromApi;
  }
  return readPage(reply);
}

/** The outcomes of a batch that was sent as a map, by its keys; null when the answer is none. */
export function readOutcomes(reply: Reply): Readonly<Record<string, CallOutcome>> | null {
  const body = reply.kind === 'answer' ? parseJson(reply.text) : undefined;
  if (!isObject(body) || isError(body)) return null;
  return Object.fromEntries(
    Object.entries(body).map(([name, item]) => [name, isObject(item) ? outcomeOf(item, 200) : NO_OUTCOME]),
  );
}

const NO_OUTCOME: CallOutcome = { kind: 'refused', status: 0, message: 'no answer' };

function readJson(body: JsonObject, status: number): Reading | null {
  if (typeof body['status_message'] === 'string' && !('values' in body))
    return { kind: 'closed', message: body['status_message'] };
  if ('contact_id' in body && 'user_id' in body) {
    const { contact_id: contactId, user_id: userId } = body;
    return {
      kind: 'identity',
      identity: {
        contactId: contactId === null ? null : Number(contactId),
        hasUserAccount: userId != null && Number(userId) !== 0,
      },
    };
  }
  if ('values' in body || isError(body)) return { kind: 'api', outcome: outcomeOf(body, status) };
  return null;
}

function outcomeOf(body: JsonObject, status: number): CallOutcome {
  if (!isError(body) && 'values' in body) {
    const values = body['values'];
    const rows = Array.isArray(values) ? values : isObject(values) ? [values] : [];
    return { kind: 'rows', rows: rows.filter(isObject) };
  }
  return {
    kind: 'refused',
    status: Number(body['status'] ?? status),
    message: typeof body['error_message'] === 'string' ? body['error_message'] : 'no reason given',
  };
}

/** `error_code` may be 0: the key counts, not its truth. */
const isError = (body: JsonObject): boolean => 'error_code' in body || 'error_message' in body;

const LOGIN_PATH = /\b(?:log-?in|sign-?in|sso|saml2?|oauth2?|adfs|wp-login|cas|auth)\b/i;
const LOGIN_HOST = /^(?:login|signin|sso|auth|accounts?|idp|adfs)\./i;
const MAINTENANCE = /maintenance|be right back|temporarily unavailable|under construction/i;

function readPage({ status, text, location, challenge }: Answer): Reading {
  if (status >= 300 && status < 400) {
    const to = (location ?? '').replace(/[?#].*$/, '');
    const parsed = URL.canParse(to) ? new URL(to) : null;
    const isToLogin = LOGIN_PATH.test(parsed?.pathname ?? to) || LOGIN_HOST.test(parsed?.host ?? '');
    return { kind: 'redirect', to, isToLogin };
  }
  const refusal = /^HTTP 401 (.*)/.exec(text)?.[1];
  if (status === 401 && refusal !== undefined) return { kind: 'refusal', message: refusal.trim() };
  if (status === 401 && challenge !== null)
    return { kind: 'challenge', scheme: challenge.split(/[ ,]/)[0] ?? '' };
  const title = titleOf(text);
  if (/<input[^>]+type=["']?password/i.test(text)) return { kind: 'login page', title };
  // A page that merely speaks of maintenance somewhere below is none.
  if (MAINTENANCE.test(title) || (status === 503 && MAINTENANCE.test(text)))
    return { kind: 'maintenance page', title };
  return { kind: 'other', status, title };
}

function titleOf(html: string): string {
  const title = /<(title|h1)[^>]*>([\s\S]*?)<\/\1>/i.exec(html)?.[2] ?? (/<\w/.test(html) ? '' : html);
  const line = title
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

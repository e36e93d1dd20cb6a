import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError } from 'axios';
import type { Clock } from '../base/clock.ts';
import { callFailure, type CallContext } from './failure.ts';

export interface SiteRequest {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  /** Whether the site may receive it twice. */
  readonly repeatable: boolean;
}

/** An answer reduced to what the readers need; nothing of axios in it, nothing that was sent. */
export interface SiteResponse {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly location: string | null;
  /** `WWW-Authenticate`: what the web server itself wants. */
  readonly challenge: string | null;
  readonly retryAfterMillis: number | null;
  /** The web server's clock, from the `Date` header. */
  readonly sentAt: number | null;
}

/** Posts a form and answers whatever came back; throws `remote-unavailable` when nothing whole did. */
export type Transport = (request: SiteRequest, context: CallContext) => Promise<SiteResponse>;

export interface TransportOptions {
  /** Undefined: the calls are a stranger's. */
  readonly apiKey: string | undefined;
  readonly siteKey: string | undefined;
  readonly timeoutMillis: number;
  readonly maxAnswerBytes: number;
  readonly clock: Clock;
}

/** The failures in which no connection came about, so the site has not seen the call. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * HTTP as CiviCRM wants it: a form-encoded POST (a JSON body is ignored, and `get` then returns everything),
 * `X-Requested-With`, the key in `X-Civi-Auth`, no cookies, no redirects followed.
 */
export function createTransport(options: TransportOptions): Transport {
  // A server may close an idle connection just as the next request leaves on it, and then nobody knows whether the
  // request arrived. Reads are repeated; a write that may not be repeated always gets a connection of its own.
  const kept = {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  };
  const fresh = { httpAgent: new HttpAgent(), httpsAgent: new HttpsAgent() };
  const http = axios.create({
    headers: {
      Accept: 'application/json',
      'User-Agent': 'civicase-bridge',
      'X-Requested-With': 'XMLHttpRequest',
      ...(options.apiKey === undefined ? {} : { 'X-Civi-Auth': `Bearer ${options.apiKey}` }),
      ...(options.siteKey === undefined ? {} : { 'X-Civi-Key': options.siteKey }),
    },
    maxRedirects: 0,
    maxContentLength: options.maxAnswerBytes,
    maxBodyLength: Infinity,
    proxy: false,
    responseType: 'text',
    transformResponse: (body: unknown) => body,
    validateStatus: () => true,
  });

  return async (request, context) => {
    try {
      const answer = await http.post<unknown>(request.url, new URLSearchParams(request.form), {
        ...(request.repeatable ? kept : fresh),
        signal: AbortSignal.timeout(options.timeoutMillis),
      });
      const header = (name: string): string | null => {
        const value: unknown = answer.headers[name];
        return typeof value === 'string' ? value : null;
      };
      const sentAt = millisOf(header('date'));
      return {
        status: answer.status,
        contentType: header('content-type') ?? '',
        text: typeof answer.data === 'string' ? answer.data : '',
        location: header('location'),
        challenge: header('www-authenticate'),
        retryAfterMillis: retryAfterMillis(header('retry-after'), sentAt ?? options.clock.now()),
        sentAt,
      };
    } catch (thrown) {
      throw noAnswer(thrown, request, context, options);
    }
  };
}

// The axios error holds the request with its key, so it is not even kept as a cause.
function noAnswer(thrown: unknown, request: SiteRequest, context: CallContext, options: TransportOptions) {
  const host = new URL(request.url).host;
  const code = isAxiosError(thrown) ? (thrown.code ?? 'no code') : 'no code';
  const about = `"${context.site}" (${host}) gave no answer to ${context.call}`;
  if (code === 'ERR_CANCELED')
    return callFailure(
      context,
      'remote-unavailable',
      `${about} within ${options.timeoutMillis / 1000} s. Ask for less at once, or raise the site's time limit.`,
      { code: 'TIMEOUT', transient: true, effect: 'unknown' },
    );
  if (thrown instanceof Error && thrown.message.includes('maxContentLength'))
    return callFailure(
      context,
      'remote-unavailable',
      `The answer of "${context.site}" to ${context.call} is larger than ${options.maxAnswerBytes} bytes. Ask for fewer rows or fields at once.`,
      { code: 'TOO_LARGE', transient: false, effect: 'unknown' },
    );
  const reached = !neverConnected.has(code);
  return callFailure(
    context,
    'remote-unavailable',
    reached
      ? `${about}: the connection broke (${code}).`
      : `${about}: no connection (${code}). Is the site up, and is its url right?`,
    { code, transient: true, effect: reached ? 'unknown' : 'none' },
  );
}

function retryAfterMillis(header: string | null, serverNow: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const until = millisOf(header);
  return until === null ? null : Math.max(0, until - serverNow);
}

function millisOf(date: string | null): number | null {
  const millis = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(millis) ? null : millis;
}

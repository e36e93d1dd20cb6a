import { AppError, type ErrorDetails, type ErrorKind } from '../base/errors.ts';

/** Which call of which site a message is about, and how to take the credentials out of it. */
export interface CallContext {
  readonly site: string;
  /** `Entity.action`, or `N calls` for a batch. */
  readonly call: string;
  readonly redact: (text: string) => string;
  /** Whether CiviCRM is known to be at this address: a page in place of an answer is then no wrong path. */
  readonly isAddressKnown?: boolean;
}

export interface FailureFacts extends ErrorDetails {
  readonly status?: number;
  /** `none`: the site cannot have carried out the call. `unknown`: it may have. */
  readonly effect?: 'none' | 'unknown';
  /** Whether the same call may well succeed a little later. */
  readonly transient?: boolean;
  /** What the site asked for with Retry-After. */
  readonly retryAfterMillis?: number;
  /** Where the site wanted to send the call, without the query. */
  readonly redirectedTo?: string;
  /** CiviCRM's own id of the error, under which its log has the whole story. */
  readonly errorId?: string;
  /** Whether the site hid its reason. */
  readonly masked?: boolean;
}

const longestExcerpt = 500;

/** An `AppError` about one call. Everything that may quote the site passes through the redaction. */
export function callFailure(
  context: CallContext,
  kind: ErrorKind,
  message: string,
  facts: FailureFacts,
): AppError {
  return new AppError(kind, context.redact(message), {
    details: { site: context.site, call: context.call, ...facts },
  });
}

/** Text from a site in one line, without secrets, short enough for a message. */
export function excerpt(context: CallContext, text: string): string {
  // Redacted before it is cut, or half a key would be left at the end.
  const line = context.redact(text).replace(/\s+/g, ' ').trim();
  return line.length > longestExcerpt ? `${line.slice(0, longestExcerpt)}…` : line;
}

/** The facts of a failure of this room; empty for any other error. */
export function factsOf(error: unknown): FailureFacts {
  return error instanceof AppError ? error.details : {};
}

/**
 * A function that takes the secrets out of a text, as they are and as a URL, a form or a page carries them.
 * A secret of three characters or fewer protects nothing and would make messages unreadable; it is left.
 */
export function redactorOf(secrets: readonly (string | undefined)[]): (text: string) => string {
  const needles = secrets
    .filter((secret): secret is string => secret !== undefined && secret.length > 3)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
      secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    ])
    .sort((left, right) => right.length - left.length);
  return (text) => needles.reduce((rest, needle) => rest.replaceAll(needle, '[secret]'), text);
}

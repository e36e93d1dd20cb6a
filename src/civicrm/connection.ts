import { AppError } from '../base/errors.ts';
import { speaksApi, readAnswer } from './answer.ts';
import type { PathStyle, SiteClientDependencies, SiteClientOptions } from './client.ts';
import { factsOf, redactorOf, type CallContext } from './failure.ts';
import { PATH_STYLES, baseUrlOf, urlOf } from './path-style.ts';
import { createResilience } from './resilience.ts';
import { createTransport, type SiteResponse } from './transport.ts';

/** A request to one of CiviCRM's routes, whatever path the CMS gives it. */
export interface RouteRequest {
  /** Such as `civicrm/ajax/api4/Case/get`. */
  readonly route: string;
  readonly form: Readonly<Record<string, string>>;
  /** `Entity.action`, for messages and the log. */
  readonly call: string;
  readonly repeatable: boolean;
}

/** One site behind its transport, path style, retries, circuit and limits. */
export interface Connection {
  readonly site: string;
  context(call: string): CallContext;
  /** Found with the first request unless configured. */
  pathStyle(): Promise<PathStyle>;
  /** `read` turns an answer into a value or throws; what it throws decides whether the request is repeated. */
  send<Value>(
    request: RouteRequest,
    read: (response: SiteResponse, context: CallContext) => Value,
  ): Promise<Value>;
}

const defaults = { timeoutMillis: 60_000, concurrency: 4, maxRetries: 3, maxAnswerBytes: 64 * 1024 * 1024 };

export function openConnection(options: SiteClientOptions, dependencies: SiteClientDependencies): Connection {
  const { name: site, apiKey, siteKey } = options;
  const base = baseUrlOf(site, options.url);
  requireHeaderText(site, 'apiKey', apiKey);
  if (siteKey !== undefined) requireHeaderText(site, 'siteKey', siteKey);
  const { clock, random, logger } = dependencies;
  const redact = redactorOf([apiKey, siteKey]);
  const transport = createTransport({
    apiKey,
    siteKey,
    clock,
    timeoutMillis: options.timeoutMillis ?? defaults.timeoutMillis,
    maxAnswerBytes: options.maxAnswerBytes ?? defaults.maxAnswerBytes,
  });
  const resilience = createResilience(site, {
    random,
    logger,
    maxRetries: options.maxRetries ?? defaults.maxRetries,
    concurrency: options.concurrency ?? defaults.concurrency,
  });
  let isAddressKnown = options.pathStyle !== undefined;
  const context = (call: string): CallContext => ({ site, call, redact, isAddressKnown });

  const sendTo = <Value>(
    style: PathStyle,
    request: RouteRequest,
    read: (response: SiteResponse, context: CallContext) => Value,
  ): Promise<Value> => {
    const about = context(request.call);
    return resilience.run(about, request.repeatable, async () => {
      const began = clock.now();
      const response = await transport({ ...request, url: urlOf(base, style, request.route) }, about);
      const fields = { site, call: request.call, status: response.status, millis: clock.now() - began };
      logger.debug(fields, 'site answered');
      return read(response, about);
    });
  };

  const findStyle = async (): Promise<PathStyle> => {
    const findings: string[] = [];
    for (const style of PATH_STYLES) {
      const found = await sendTo(style, probe, (response, about) => {
        if (speaksApi(response)) return true;
        readAnswer(response, about);
        return false;
      }).catch((error: unknown) => {
        if (!isWrongPath(error)) throw error;
        findings.push(`${style} ${whatCame(error)}`);
        return false;
      });
      if (found) {
        logger.debug({ site, style }, 'path style found');
        isAddressKnown = true;
        return style;
      }
    }
    throw new AppError(
      'not-found',
      `No CiviCRM answers for "${site}" at ${base}, whichever way its paths are written. Check the site's url. Tried: ${findings.join(', ')}.`,
      { details: { site, url: base } },
    );
  };

  let style: Promise<PathStyle> | null =
    options.pathStyle === undefined ? null : Promise.resolve(options.pathStyle);
  const pathStyle = (): Promise<PathStyle> => {
    style ??= findStyle().catch((error: unknown) => {
      style = null;
      throw error;
    });
    return style;
  };

  return {
    site,
    context,
    pathStyle,
    send: async (request, read) => sendTo(await pathStyle(), request, read),
  };
}

/** Open to every key and small; that it may be refused does not matter, only that CiviCRM says so. */
const probe: RouteRequest = {
  route: 'civicrm/ajax/api4/Domain/get',
  form: { params: '{"select":["id"],"limit":1}' },
  call: 'Domain.get',
  repeatable: true,
};

/** Whether a failure means "not here", so that another path style is worth a try. */
function isWrongPath(error: unknown): error is AppError {
  if (!(error instanceof AppError) || factsOf(error).transient === true) return false;
  const { status } = factsOf(error);
  return status !== undefined && status !== 401;
}

function whatCame(error: AppError): string {
  const { status, redirectedTo } = factsOf(error);
  return redirectedTo === undefined ? `(status ${String(status)})` : `(redirected to ${redirectedTo})`;
}

function requireHeaderText(site: string, option: string, secret: string): void {
  if (/^[\x21-\x7e]+$/.test(secret)) return;
  const problem = secret === '' ? 'is empty' : 'has characters that no key has (a space or a line break?)';
  throw new AppError('invalid-input', `The ${option} of site "${site}" ${problem}.`, { details: { site } });
}

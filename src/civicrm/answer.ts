import { z } from 'zod';
import type { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { done, failed, type Result } from '../base/result.ts';
import type { ApiAnswer } from './client.ts';
import { callFailure, type CallContext } from './failure.ts';
import { htmlFailure, rejection, statusFailure } from './rejection.ts';
import type { SiteResponse } from './transport.ts';

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly JsonValue[] => Array.isArray(value);

const row = z.custom<JsonObject>(isObject, 'expected a row');

/** `values` is a list unless the call had an `index`, which this client never sends, and other things may. */
const values = z.union([
  z.array(row),
  z.record(z.string(), row).transform((rows) => Object.values(rows)),
  row.transform((single) => [single]),
  z.null().transform((): JsonObject[] => []),
]);
const success = z.object({
  values,
  count: z.number().int().optional(),
  countMatched: z.number().int().optional(),
});

/**
 * The answer of one APIv4 call. Success is JSON with `values`; `error_code` or `error_message` is a failure
 * whatever the HTTP status, which WordPress sets to 200.
 */
export function readAnswer(response: SiteResponse, context: CallContext): ApiAnswer {
  const body = readJson(response, context);
  const result = answerOf(body, response, context);
  if (result.kind === 'failed') throw result.error;
  return result.value;
}

/**
 * The answers of a batch, in the order of its calls. Throws when the batch as a whole failed: CiviCRM answers a
 * batch that it cannot read with `[]` or `{}` and status 200.
 */
export function readBatchAnswer(
  response: SiteResponse,
  context: CallContext,
  contexts: readonly CallContext[],
): readonly Result<ApiAnswer>[] {
  const body = readJson(response, context);
  if (isObject(body) && isErrorBody(body)) throw rejection(body, response, context);
  const items = isList(body) ? body : Object.values(body);
  if (items.length !== contexts.length)
    throw callFailure(
      context,
      'remote-rejected',
      `"${context.site}" answered ${items.length} results to a batch of ${contexts.length} calls: it could not read the batch. Is a proxy or firewall changing what is posted?`,
      { status: response.status, effect: items.length === 0 ? 'none' : 'unknown' },
    );
  return contexts.map((itemContext, index) => answerOf(items[index] ?? null, response, itemContext));
}

/**
 * What an APIv3 call answers: its `values`, the `result` of `getcount` and `getvalue`, or the row of `getsingle`.
 * It fails with `is_error` 1 and HTTP status 200.
 */
export function readApi3Answer(response: SiteResponse, context: CallContext): JsonValue {
  const body = readJson(response, context);
  if (isObject(body) && 'is_error' in body) {
    if (body['is_error'] !== 0 && body['is_error'] !== '0') throw rejection(body, response, context);
    const { is_error: _, ...single } = body;
    if ('values' in body) return body['values'] ?? null;
    return 'result' in body ? (body['result'] ?? null) : single;
  }
  if (isObject(body) && isErrorBody(body)) throw rejection(body, response, context);
  throw notAnAnswer(response, context);
}

/** Whether an answer comes from CiviCRM's API at all, be it a success or a refusal. */
export function speaksApi(response: SiteResponse): boolean {
  const body = parse(response.text);
  return isObject(body) && ('values' in body || isErrorBody(body));
}

function answerOf(body: JsonValue, response: SiteResponse, context: CallContext): Result<ApiAnswer> {
  if (isObject(body) && isErrorBody(body)) return failed(rejection(body, response, context));
  const read = success.safeParse(body);
  if (!read.success) return failed(notAnAnswer(response, context));
  const { count, countMatched } = read.data;
  return done({
    values: read.data.values,
    count: count ?? read.data.values.length,
    ...(countMatched === undefined ? {} : { countMatched }),
  });
}

/** `error_code` may be 0: the key counts, not its truth. */
function isErrorBody(body: JsonObject): boolean {
  return 'error_code' in body || 'error_message' in body || 'status_message' in body;
}

function readJson(response: SiteResponse, context: CallContext): JsonObject | readonly JsonValue[] {
  if (response.status >= 300 && response.status < 400) throw statusFailure(response, context);
  const body = parse(response.text);
  if (isObject(body) || isList(body)) return body;
  const looksLikeJson = /^\s*[[{]/.test(response.text) && response.status < 400;
  if (looksLikeJson)
    throw callFailure(
      context,
      'remote-unavailable',
      `The JSON answer of "${context.site}" to ${context.call} breaks off or is damaged after ${response.text.length} characters.`,
      { status: response.status, transient: true, effect: 'unknown' },
    );
  throw /html/i.test(response.contentType) || /^\s*</.test(response.text)
    ? htmlFailure(response, context)
    : statusFailure(response, context);
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function notAnAnswer(response: SiteResponse, context: CallContext): AppError {
  return callFailure(
    context,
    'remote-unavailable',
    `"${context.site}" answered ${context.call} with JSON that has neither values nor an error. Is something else than CiviCRM answering at this url?`,
    { status: response.status, transient: false, effect: 'unknown' },
  );
}

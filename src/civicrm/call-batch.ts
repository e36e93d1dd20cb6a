import { toAppError } from '../base/errors.ts';
import { failed, type Result } from '../base/result.ts';
import { readBatchAnswer } from './answer.ts';
import { isRead, nameOf, refusalOf } from './call-rules.ts';
import type { ApiAnswer, ApiCall, CallOptions } from './client.ts';
import type { Connection } from './connection.ts';
import { callFailure } from './failure.ts';

/** See `SiteClient.batch`. Calls that break a rule of the wire fail unsent, the others go out in chunks. */
export async function sendBatch(
  connection: Connection,
  calls: readonly ApiCall[],
  options: CallOptions,
  batchSize: number,
): Promise<readonly Result<ApiAnswer>[]> {
  const refusals = calls.map((call) => refusalOf(connection.site, call));
  const sendable = calls.filter((_, index) => refusals[index] === null);
  const answers = [...(await sendChunks(connection, sendable, options, batchSize))];
  return refusals.flatMap((refusal) => (refusal === null ? answers.splice(0, 1) : [failed(refusal)]));
}

/** Chunk by chunk, in order. After a chunk without an answer the rest is not sent: the site is down, or order may matter. */
async function sendChunks(
  connection: Connection,
  calls: readonly ApiCall[],
  options: CallOptions,
  batchSize: number,
): Promise<readonly Result<ApiAnswer>[]> {
  const results: Result<ApiAnswer>[] = [];
  for (const chunk of chunkCalls(calls, batchSize)) {
    const contexts = chunk.map((call) => connection.context(nameOf(call)));
    try {
      const answers = await connection.send(
        {
          route: 'civicrm/ajax/api4',
          form: {
            calls: JSON.stringify(chunk.map(({ entity, action, params }) => [entity, action, params])),
          },
          call: chunk.length === 1 ? chunk.map(nameOf).join('') : `${chunk.length} calls`,
          repeatable: options.repeatable ?? chunk.every(isRead),
        },
        (response, context) => readBatchAnswer(response, context, contexts),
      );
      results.push(...answers);
    } catch (thrown) {
      const error = toAppError(thrown);
      results.push(...chunk.map(() => failed(error)));
      const unsent = calls
        .slice(results.length)
        .map((call) =>
          failed(
            callFailure(
              connection.context(nameOf(call)),
              error.kind,
              `${nameOf(call)} was not sent to "${connection.site}", because the calls before it failed: ${error.message}`,
              { effect: 'none', transient: error.details['transient'] === true },
            ),
          ),
        );
      return [...results, ...unsent];
    }
  }
  return results;
}

/** Under the 1 MiB that nginx takes by default, with room for what form encoding adds to braces and quotes. */
const mostCharacters = 400_000;

/** Calls in groups of at most `batchSize`, smaller where they are long; a very long call stands alone. */
function chunkCalls(calls: readonly ApiCall[], batchSize: number): readonly (readonly ApiCall[])[] {
  const chunks: ApiCall[][] = [];
  let characters = 0;
  for (const call of calls) {
    const length = JSON.stringify(call.params).length;
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length >= batchSize || characters + length > mostCharacters) {
      chunks.push([call]);
      characters = length;
    } else {
      chunk.push(call);
      characters += length;
    }
  }
  return chunks;
}

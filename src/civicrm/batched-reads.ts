import type { z } from 'zod';
import type { ApiAnswer, ApiCall, ApiParams, SiteClient } from './client.ts';
import { gather } from './gather.ts';
import { checkRows } from './rows.ts';

/** Reads of which those of one moment go out as one request. */
export interface BatchedReads {
  call(call: ApiCall): Promise<ApiAnswer>;
  get<Row>(entity: string, params: ApiParams, schema: z.ZodType<Row>): Promise<readonly Row[]>;
}

export function createBatchedReads(client: SiteClient): BatchedReads {
  const call = gather((calls: readonly ApiCall[]) => client.batch(calls, { repeatable: true }), {
    most: 50,
    lanes: 1,
  });
  return {
    call,
    async get(entity, params, schema) {
      const { values } = await call({ entity, action: 'get', params });
      return checkRows(client.siteName, `${entity}.get`, values, schema);
    },
  };
}

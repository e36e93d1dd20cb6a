import type { SiteClient } from './client.ts';

/** The same client, and how many requests went through it so far (a batch is one, each page is one). */
export function countRequests(client: SiteClient): {
  readonly client: SiteClient;
  readonly requests: () => number;
} {
  let count = 0;
  const counted: SiteClient = {
    ...client,
    call: (call, options) => {
      count += 1;
      return client.call(call, options);
    },
    batch: (calls, options) => {
      count += 1;
      return client.batch(calls, options);
    },
    get: (entity, params, schema) => {
      count += 1;
      return client.get(entity, params, schema);
    },
    callApi3: (entity, action, params, options) => {
      count += 1;
      return client.callApi3(entity, action, params, options);
    },
    pages: async function* (entity, params, schema, pageSize) {
      count += 1;
      let first = true;
      for await (const page of client.pages(entity, params, schema, pageSize)) {
        if (!first) count += 1;
        first = false;
        yield page;
      }
    },
  };
  return { client: counted, requests: () => count };
}

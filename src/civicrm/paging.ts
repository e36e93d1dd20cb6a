import type { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { ApiParams, SiteClient } from './client.ts';
import { checkRows } from './rows.ts';

const defaultPageSize = 1000;

/**
 * All rows of a `get`, page by page, by key: `id` greater than the last one seen, ordered by `id`. A row that is there from the
 * first page to the last comes exactly once, whatever is inserted or deleted meanwhile; with an offset it would not.
 *
 * CiviCRM hides trashed, test and template rows unless `where` names those fields; it is the same on every page.
 * Throws `internal` when ids do not rise: a join multiplies rows, or the site ignores the parameters.
 */
export async function* readPages<Row extends { readonly id: number }>(
  client: Pick<SiteClient, 'siteName' | 'call'>,
  entity: string,
  params: Omit<ApiParams, 'orderBy' | 'limit' | 'offset'>,
  schema: z.ZodType<Row>,
  pageSize = defaultPageSize,
): AsyncGenerator<readonly Row[], void, undefined> {
  const { select } = params;
  const withId = select === undefined || select.includes('id') ? select : ['id', ...select];
  for (let last = 0; ;) {
    const { values } = await client.call({
      entity,
      action: 'get',
      params: {
        ...params,
        ...(withId === undefined ? {} : { select: withId }),
        where: [...(params.where ?? []), ['id', '>', last]],
        orderBy: { id: 'ASC' },
        limit: pageSize,
      },
    });
    if (values.length === 0) return;
    last = lastId(client.siteName, entity, values, last);
    yield checkRows(client.siteName, `${entity}.get`, values, schema);
    if (values.length < pageSize) return;
  }
}

function lastId(site: string, entity: string, values: readonly JsonObject[], after: number): number {
  return values.reduce((last, { id }) => {
    if (typeof id === 'number' && id > last) return id;
    throw new AppError(
      'internal',
      `"${site}" answered pages of ${entity}.get with id ${JSON.stringify(id)} after ${last}: rows must come once and in order. Does a join multiply them, or does something drop the posted parameters?`,
      { details: { site, call: `${entity}.get` } },
    );
  }, after);
}

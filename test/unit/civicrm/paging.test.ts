import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ApiCall } from '../../../src/civicrm/client.ts';
import { readPages } from '../../../src/civicrm/paging.ts';
import { thrownBy } from '../../support/test-site-client.ts';

const schema = z.object({ id: z.number().int() });

/** A site with these ids; `between` may change them before each page but the first. */
function siteWith(ids: Set<number>, between: (page: number) => void = () => undefined) {
  const calls: ApiCall[] = [];
  const call = (apiCall: ApiCall) => {
    if (calls.length > 0) between(calls.length);
    calls.push(apiCall);
    const last = apiCall.params.where?.at(-1)?.[2] as number;
    const values = [...ids]
      .filter((id) => id > last)
      .sort((left, right) => left - right)
      .slice(0, apiCall.params.limit)
      .map((id) => ({ id }));
    return Promise.resolve({ values, count: values.length });
  };
  return { calls, client: { siteName: 'riverside', call } };
}

async function idsOf(pages: AsyncIterable<readonly { readonly id: number }[]>): Promise<number[]> {
  const ids: number[] = [];
  for await (const page of pages) ids.push(...page.map(({ id }) => id));
  return ids;
}

describe('reading in pages', () => {
  it('asks by key, with a limit and in order, and keeps the own clauses', async () => {
    const { calls, client } = siteWith(new Set([3, 5, 9]));
    const params = { select: ['subject'], where: [['is_deleted', '=', false]] as const };
    expect(await idsOf(readPages(client, 'Case', params, schema, 2))).toEqual([3, 5, 9]);
    expect(calls.map(({ params: sent }) => sent)).toEqual(
      [0, 5].map((last) => ({
        select: ['id', 'subject'],
        where: [
          ['is_deleted', '=', false],
          ['id', '>', last],
        ],
        orderBy: { id: 'ASC' },
        limit: 2,
      })),
    );
  });

  it('law: every row that stays comes exactly once, whatever comes and goes between the pages', async () => {
    const id = fc.integer({ min: 1, max: 60 });
    const changes = fc.array(fc.record({ insert: fc.array(id), remove: fc.array(id) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(id),
        changes,
        fc.integer({ min: 1, max: 7 }),
        async (start, steps, size) => {
          const ids = new Set(start);
          const touched = new Set(steps.flatMap(({ insert, remove }) => [...insert, ...remove]));
          const { client } = siteWith(ids, (page) => {
            for (const gone of steps[page - 1]?.remove ?? []) ids.delete(gone);
            for (const come of steps[page - 1]?.insert ?? []) ids.add(come);
          });
          const seen = await idsOf(readPages(client, 'Case', {}, schema, size));
          expect(new Set(seen).size).toBe(seen.length);
          expect(seen.filter((one) => !touched.has(one))).toEqual(
            start.filter((one) => !touched.has(one)).sort((left, right) => left - right),
          );
        },
      ),
    );
  });

  it('stops with an error when a join multiplies rows', async () => {
    const call = () => Promise.resolve({ values: [{ id: 1 }, { id: 1 }], count: 2 });
    const error = await thrownBy(idsOf(readPages({ siteName: 'riverside', call }, 'Case', {}, schema, 2)));
    expect(error).toMatchObject({ kind: 'internal', message: expect.stringContaining('join') as unknown });
  });

  it('stops with an error when the site answers the same page for ever', async () => {
    const call = () => Promise.resolve({ values: [{ id: 1 }, { id: 2 }], count: 2 });
    const error = await thrownBy(idsOf(readPages({ siteName: 'riverside', call }, 'Case', {}, schema, 2)));
    expect(error).toMatchObject({ kind: 'internal' });
  });
});

import type { RealSite } from '../../real-sites.ts';

export type RawCall = readonly [entity: string, action: string, params: object];
export type RawRow = Readonly<Record<string, unknown>>;

/** A site as a script of twenty lines would call it: plain fetch, nothing checked but that it worked. */
export interface RawSite {
  /** APIv4 calls in one request; the rows of each. */
  calls(calls: readonly RawCall[]): Promise<readonly (readonly RawRow[])[]>;
  api3(entity: string, action: string, params: object): Promise<RawRow>;
}

export function openRawSite({ url, keys }: RealSite): RawSite {
  const post = async (path: string, form: Readonly<Record<string, string>>): Promise<unknown> => {
    const response = await fetch(`${url}/${path}`, {
      method: 'POST',
      headers: { 'X-Civi-Auth': `Bearer ${keys.admin}`, 'X-Requested-With': 'XMLHttpRequest' },
      body: new URLSearchParams(form),
    });
    return response.json();
  };
  return {
    calls: async (calls) => {
      const answers = (await post('civicrm/ajax/api4', { calls: JSON.stringify(calls) })) as readonly {
        readonly values?: readonly RawRow[];
        readonly error_message?: string;
      }[];
      return calls.map(([entity, action], index) => {
        const { values, error_message: said } = answers[index] ?? {};
        if (values === undefined) throw new Error(`${entity}.${action}: ${said ?? 'no answer'}`);
        return values;
      });
    },
    api3: async (entity, action, params) => {
      const answer = (await post('civicrm/ajax/rest', {
        entity,
        action,
        json: JSON.stringify(params),
      })) as RawRow;
      if (answer['is_error'] !== 0)
        throw new Error(`${entity}.${action}: ${String(answer['error_message'])}`);
      return answer;
    },
  };
}

export const chunksOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

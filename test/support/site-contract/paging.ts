import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject } from '../../../src/base/json.ts';
import { type Desk, textOf } from './contract-site.ts';

const optionRow = z.object({ id: z.number(), name: z.string() });

/** An option group with so many values: rows that cost a site little. */
async function groupOf(desk: Desk, size: number): Promise<string> {
  const name = desk.name('Paging').replaceAll(' ', '_');
  await desk.create('OptionGroup', { name, title: name });
  const records = Array.from({ length: size }, (_, index): JsonObject => ({
    'option_group_id.name': name,
    name: `n${textOf(index)}`,
    label: `n${textOf(index)}`,
    value: textOf(index),
  }));
  await desk.client().call({ entity: 'OptionValue', action: 'save', params: { records } });
  return name;
}

export function describePaging(desk: Desk): void {
  describe('paging', () => {
    const pages = async (group: string, size?: number, between?: (page: number) => Promise<void>) => {
      const sizes: number[] = [];
      const names: string[] = [];
      const params = { select: ['name'], where: [['option_group_id:name', '=', group] as const] };
      for await (const page of desk.client().pages('OptionValue', params, optionRow, size)) {
        sizes.push(page.length);
        names.push(...page.map((row) => row.name));
        await between?.(sizes.length);
      }
      return { sizes, names };
    };

    it('by one, by two, by more than there are: each row once, in order', async () => {
      const group = await groupOf(desk, 5);
      const expected = ['n0', 'n1', 'n2', 'n3', 'n4'];
      expect(await pages(group, 1)).toEqual({ sizes: [1, 1, 1, 1, 1], names: expected });
      expect(await pages(group, 2)).toEqual({ sizes: [2, 2, 1], names: expected });
      expect(await pages(group, 5)).toEqual({ sizes: [5], names: expected });
      expect(await pages(group)).toEqual({ sizes: [5], names: expected });
    });

    it('1,000 rows to a page, over more rows than a page', async () => {
      // A new site has some 900 options.
      await groupOf(desk, 150);
      const sizes: number[] = [];
      const seen = new Set<number>();
      for await (const page of desk
        .client()
        .pages('OptionValue', { select: ['id'] }, z.object({ id: z.number() }), 1000)) {
        sizes.push(page.length);
        for (const { id } of page) seen.add(id);
      }
      const { countMatched } = await desk
        .client()
        .call({ entity: 'OptionValue', action: 'get', params: { select: ['row_count'] } });
      expect([sizes[0], sizes.length, seen.size]).toEqual([1000, 2, countMatched]);
    });

    it('rows that come and go between two pages move none of the others', async () => {
      const group = await groupOf(desk, 5);
      const { names } = await pages(group, 2, async (page) => {
        if (page !== 1) return;
        const where = [
          ['option_group_id:name', '=', group],
          ['name', 'IN', ['n0', 'n3']],
        ] as const;
        await desk.client().call({ entity: 'OptionValue', action: 'delete', params: { where } });
        await desk.create('OptionValue', {
          'option_group_id.name': group,
          name: 'late',
          label: 'late',
          value: '99',
        });
      });
      expect(names).toEqual(['n0', 'n1', 'n2', 'n4', 'late']);
    });

    it('there is nothing to page through where nothing is found', async () => {
      expect(await pages('no_such_group')).toEqual({ sizes: [], names: [] });
    });
  });
}

import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { done } from '../base/result.ts';
import type { OptionValue, SiteClient } from './client.ts';
import { gather } from './gather.ts';
import { nearestNames } from '../base/nearest-name.ts';

export type OptionValues = Pick<SiteClient, 'options' | 'optionValue' | 'forgetOptions'>;

const optionRow = z
  .object({
    id: z.number().int(),
    'option_group_id:name': z.string(),
    name: z.string(),
    label: z.string(),
    value: z.coerce.string(),
    filter: z.coerce.number().int(),
    grouping: z.string().nullable(),
    is_active: z.boolean(),
    is_default: z.boolean().nullable(),
  })
  .transform(({ is_active, is_default, 'option_group_id:name': group, ...row }) => ({
    group,
    option: { ...row, isActive: is_active, isDefault: is_default === true } satisfies OptionValue,
  }));
const MOST_GROUPS = 25;

/**
 * Names and values of a site's option groups. They are resolved here because CiviCRM writes 0 or NULL, without an
 * error, for an option name that it does not know. Groups that are asked for in one moment are read by one request.
 */
export function createOptionValues(client: Pick<SiteClient, 'siteName' | 'get'>): OptionValues {
  const site = client.siteName;
  const cache = new Map<string, Promise<readonly OptionValue[]>>();

  const read = gather(
    async (groups: readonly string[]) => {
      const rows = await client.get(
        'OptionValue',
        {
          select: [
            'id',
            'option_group_id:name',
            'name',
            'label',
            'value',
            'filter',
            'grouping',
            'is_active',
            'is_default',
          ],
          where: [['option_group_id:name', 'IN', groups]],
          orderBy: { weight: 'ASC', id: 'ASC' },
          limit: 0,
        },
        optionRow,
      );
      return groups.map((group) =>
        done(rows.filter((row) => row.group === group).map(({ option }): OptionValue => option)),
      );
    },
    { most: MOST_GROUPS, lanes: 1 },
  );

  const load = async (group: string): Promise<readonly OptionValue[]> => {
    const found = await read(group);
    // A group that does not exist looks like an empty one.
    if (found.length === 0) await requireGroup(client, group);
    return found;
  };

  const options = (group: string): Promise<readonly OptionValue[]> => {
    const known = cache.get(group);
    if (known !== undefined) return known;
    const loading = load(group);
    cache.set(group, loading);
    loading.catch(() => cache.delete(group));
    return loading;
  };

  const optionValue = async (group: string, name: string): Promise<string> => {
    const wasCached = cache.has(group);
    const found = choose(site, group, name, await options(group));
    if (found !== null) return found;
    if (wasCached) {
      // Somebody may have added it since.
      cache.delete(group);
      const fresh = choose(site, group, name, await options(group));
      if (fresh !== null) return fresh;
    }
    throw unknownName(site, `option "${name}" in ${group}`, name, await names(options(group)));
  };

  return {
    options,
    optionValue,
    forgetOptions: (group) => {
      if (group === undefined) cache.clear();
      else cache.delete(group);
    },
  };
}

/** An active option before a disabled one; CiviCRM does not keep names unique, so two active ones are a conflict. */
function choose(site: string, group: string, name: string, known: readonly OptionValue[]): string | null {
  const named = known.filter((option) => option.name === name);
  const active = named.filter((option) => option.isActive);
  const values = new Set((active.length === 0 ? named : active).map((option) => option.value));
  if (values.size > 1)
    throw new AppError(
      'conflict',
      `"${site}" has ${values.size} options named "${name}" in ${group} (values ${[...values].join(', ')}). Rename or disable all but one.`,
      { details: { site, group, name } },
    );
  const [value] = values;
  return value ?? null;
}

async function requireGroup(client: Pick<SiteClient, 'siteName' | 'get'>, group: string): Promise<void> {
  const groups = await client.get(
    'OptionGroup',
    { select: ['name'], orderBy: { name: 'ASC' }, limit: 0 },
    z.object({ name: z.string() }),
  );
  const known = groups.map((row) => row.name);
  if (!known.includes(group)) throw unknownName(client.siteName, `option group "${group}"`, group, known);
}

async function names(options: Promise<readonly OptionValue[]>): Promise<readonly string[]> {
  return (await options).map((option) => option.name);
}

function unknownName(site: string, what: string, wanted: string, known: readonly string[]): AppError {
  const near = nearestNames(wanted, known);
  const offer =
    known.length === 0
      ? 'It has none at all; may the key read them?'
      : near.length > 0
        ? `Did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
        : `It knows ${listed(known)}.`;
  return new AppError('invalid-input', `"${site}" has no ${what}. ${offer}`, {
    details: { site, wanted, near, known: known.length },
  });
}

const mostListed = 12;

function listed(known: readonly string[]): string {
  const shown = known.slice(0, mostListed).map((name) => `"${name}"`);
  return known.length > mostListed
    ? `${shown.join(', ')} and ${known.length - mostListed} more`
    : shown.join(', ');
}

import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { ORIGIN_ENTITIES, ORIGIN_FIELD, ORIGIN_GROUPS, originField } from '../case/origin-key.ts';
import type { OriginEntity } from '../case/origin-key.ts';
import type { ApiCall, SiteClient } from './client.ts';

const groupRow = z.object({
  id: z.number(),
  name: z.string(),
  extends: z.string(),
  is_active: z.boolean(),
  is_multiple: z.boolean(),
});
const fieldRow = z.object({
  id: z.number(),
  name: z.string(),
  'custom_group_id.name': z.string(),
  is_active: z.boolean(),
});

interface Found {
  readonly groups: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
}

/**
 * Makes sure that cases, activities and contacts of the site can carry an origin key. Looks, creates what is
 * missing and looks again. Two processes that race make one: the site keeps both names unique, so the loser's
 * create is refused and the second look finds the winner's.
 *
 * @returns the API paths of the fields that were missing before; the caller tells the user.
 * @throws AppError `conflict` when a field or group of that name is disabled or of another shape;
 *   `remote-rejected` in the site's words when it cannot be made ("administer CiviCRM data" is needed).
 */
export async function ensureOriginFields(client: SiteClient): Promise<{ created: readonly string[] }> {
  const before = await look(client);
  const missing = ORIGIN_ENTITIES.filter((entity) => !before.fields.has(ORIGIN_GROUPS[entity]));
  if (missing.length === 0) return { created: [] };

  const withoutGroup = missing.filter((entity) => !before.groups.has(ORIGIN_GROUPS[entity]));
  const refusals = [
    ...(await attempt(client, withoutGroup.map(createGroup))),
    ...(await attempt(client, missing.map(createField))),
  ];

  const after = await look(client);
  const absent = missing.filter((entity) => !after.fields.has(ORIGIN_GROUPS[entity]));
  if (absent.length > 0) {
    throw (
      refusals[0] ??
      new AppError(
        'remote-rejected',
        `${client.siteName} accepted the custom fields ${absent.map(originField).join(', ')} but does not show them. Check the API user's permission on custom data.`,
      )
    );
  }
  return { created: missing.map(originField) };
}

async function look(client: SiteClient): Promise<Found> {
  const names = Object.values(ORIGIN_GROUPS);
  const groups = await client.get(
    'CustomGroup',
    {
      select: ['id', 'name', 'extends', 'is_active', 'is_multiple'],
      where: [['name', 'IN', names]],
      limit: 10,
    },
    groupRow,
  );
  const fields = await client.get(
    'CustomField',
    {
      select: ['id', 'name', 'custom_group_id.name', 'is_active'],
      where: [
        ['custom_group_id.name', 'IN', names],
        ['name', '=', ORIGIN_FIELD],
      ],
      limit: 10,
    },
    fieldRow,
  );
  for (const group of groups) {
    const entity = ORIGIN_ENTITIES.find((candidate) => ORIGIN_GROUPS[candidate] === group.name);
    if (!group.is_active || group.is_multiple || group.extends !== entity) {
      throw unusable(client, `custom group ${group.name}`, `enabled, single-valued, for ${entity ?? '?'}`);
    }
  }
  for (const field of fields) {
    if (!field.is_active)
      throw unusable(client, `custom field ${field['custom_group_id.name']}.${field.name}`, 'enabled');
  }
  return {
    groups: new Set(groups.map((group) => group.name)),
    fields: new Set(fields.map((field) => field['custom_group_id.name'])),
  };
}

function unusable(client: SiteClient, what: string, expected: string): AppError {
  return new AppError(
    'conflict',
    `The ${what} on ${client.siteName} must be ${expected}, and is not. Enable it there or rename it, then run again.`,
    { details: { site: client.siteName, what } },
  );
}

async function attempt(client: SiteClient, calls: readonly ApiCall[]): Promise<readonly AppError[]> {
  if (calls.length === 0) return [];
  const results = await client.batch(calls);
  return results.flatMap((result) => (result.kind === 'failed' ? [result.error] : []));
}

function createGroup(entity: OriginEntity): ApiCall {
  const name = ORIGIN_GROUPS[entity];
  return {
    entity: 'CustomGroup',
    action: 'create',
    params: {
      values: {
        name,
        title: name.replaceAll('_', ' '),
        extends: entity,
        style: 'Inline',
        collapse_display: true,
        is_public: false,
      },
    },
  };
}

function createField(entity: OriginEntity): ApiCall {
  return {
    entity: 'CustomField',
    action: 'create',
    params: {
      values: {
        'custom_group_id.name': ORIGIN_GROUPS[entity],
        name: ORIGIN_FIELD,
        label: 'Origin key',
        data_type: 'String',
        html_type: 'Text',
        text_length: 255,
        // Searchable fields get an index, which every lookup by key needs; a view-only one cannot be typed into.
        is_searchable: true,
        is_view: true,
      },
    },
  };
}

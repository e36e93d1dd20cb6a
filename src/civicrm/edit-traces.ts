import { z } from 'zod';
import type { EditTrace, ReadEditTraces } from '../migrate/drift.ts';
import { entityKey, kindOf, type DependencyKind } from '../migrate/ports.ts';
import type { ApiCall, SiteClient } from './client.ts';
import { createMigrationReads } from './migration-reads.ts';

/** What a table says of its last edit, besides what is noted of everything that an extension looks after. */
const SOURCES: Readonly<Partial<Record<DependencyKind, { readonly at?: string; readonly by?: string }>>> = {
  group: { by: 'modified_id.display_name' },
  reminder: { at: 'modified_date' },
};

/** What a table says of who made a row, and when. */
const MAKERS: typeof SOURCES = {
  custom_group: { at: 'created_date', by: 'created_id.display_name' },
  tag: { at: 'created_date', by: 'created_id.display_name' },
  group: { by: 'created_id.display_name' },
};

const NOTHING: EditTrace = { at: null, by: null };
const managedRow = z.object({
  entity_type: z.string(),
  entity_id: z.number(),
  entity_modified_date: z.string(),
});

/**
 * Who edited an entity last, and when, as far as the site tells: few tables keep it. CiviCRM notes it of every entity
 * that an extension looks after, and so of the activity types and roles that it made for a definition
 * (CRM/Core/BAO/Managed.php).
 */
export function createEditTraces(client: SiteClient): ReadEditTraces {
  const { reads, idOf } = createMigrationReads(client);

  const rowsOf = async (keys: readonly string[]) => {
    const kinds = [...new Set(keys.map((key) => key.split(':', 1)[0] ?? ''))];
    const dependencies = kinds.filter((kind): kind is DependencyKind => kind !== 'case_type');
    const { rows } = await reads.rows(dependencies);
    const held = rows
      .map(({ entity, id }) => ({
        key: entityKey(entity),
        kind: entity.kind,
        api: kindOf(entity.kind).api,
        id,
      }))
      .filter(({ key }) => keys.includes(key));
    const caseTypes = await Promise.all(
      keys
        .filter((key) => key.startsWith('case_type:'))
        .map(async (key) => ({
          ...{ key, kind: null, api: 'CaseType' },
          id: await idOf({ kind: 'case_type', name: key.slice('case_type:'.length) }),
        })),
    );
    return [...held, ...caseTypes];
  };

  /** A field that this CiviCRM does not know, or that the key may not see, tells nothing. */
  const ask = async (call: ApiCall) => {
    const [answer] = await client.batch([call]);
    if (answer?.kind === 'done') return answer.value.values;
    if (answer?.error.kind === 'remote-unavailable') throw answer.error;
    return [];
  };

  return async (keys, added = []) => {
    if (keys.length === 0) return new Map();
    const rows = await rowsOf(keys);
    const traces = new Map<string, EditTrace>();
    const managed = await ask({
      entity: 'Managed',
      action: 'get',
      params: {
        select: ['entity_type', 'entity_id', 'entity_modified_date'],
        where: [['entity_modified_date', 'IS NOT NULL']],
        orderBy: { id: 'ASC' },
        limit: 0,
      },
    });
    for (const row of managed) {
      const { data } = managedRow.safeParse(row);
      const held = rows.find(({ api, id }) => api === data?.entity_type && id === data.entity_id);
      if (held !== undefined && data !== undefined)
        traces.set(held.key, { ...NOTHING, at: data.entity_modified_date });
    }
    const sources = [
      ...Object.entries(SOURCES).map(([kind, source]) => ({ kind, ...source, isMaking: false })),
      ...Object.entries(MAKERS).map(([kind, source]) => ({ kind, ...source, isMaking: true })),
    ];
    for (const { kind, at, by, isMaking } of sources) {
      const held = rows.filter((row) => row.kind === kind && added.includes(row.key) === isMaking);
      if (held.length === 0) continue;
      const found = await ask({
        entity: kindOf(kind as DependencyKind).api,
        action: 'get',
        params: {
          select: ['id', at, by].filter((path) => path !== undefined),
          where: [['id', 'IN', held.map(({ id }) => id ?? 0)]],
          limit: 0,
        },
      });
      for (const { key, id } of held) {
        const row = found.find((candidate) => candidate['id'] === id);
        const told = (path: string | undefined) => {
          const value = path === undefined ? null : row?.[path];
          return typeof value === 'string' && value !== '' ? value : null;
        };
        const known = traces.get(key) ?? NOTHING;
        const trace = {
          at: told(at) ?? known.at,
          by: told(by) ?? known.by,
          ...(isMaking ? { isMaking } : {}),
        };
        if (trace.at !== null || trace.by !== null) traces.set(key, trace);
      }
    }
    return traces;
  };
}

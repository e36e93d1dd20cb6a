import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { factAt } from '../edition/index.ts';
import type { EntityRef } from '../migrate/entity.ts';
import {
  fieldsOf,
  kindOf,
  nameOf,
  type ContactKey,
  type Deed,
  type MigrationSite,
  type SiteCaseType,
  type SiteContact,
} from '../migrate/ports.ts';
import { createBatchedReads, type BatchedReads } from './batched-reads.ts';
import type { SiteClient, WhereClause } from './client.ts';
import { keptActivityTypes } from './kept-activity-types.ts';
import { readImpact } from './migration-impact.ts';
import { createMigrationEntities, type MigrationEntities } from './migration-entities.ts';
import {
  caseCountRow,
  caseTypeApi3Rows,
  caseTypeName,
  caseTypeRow,
  contactFields,
  contactRow,
  toContact,
} from './migration-rows.ts';

type ReadName =
  | 'caseTypes'
  | 'rows'
  | 'features'
  | 'contactsById'
  | 'contactsByKey'
  | 'openCases'
  | 'keptActivityTypes'
  | 'uses'
  | 'impactOf'
  | 'mayDo';

export interface MigrationReads extends Pick<MigrationEntities, 'valuesFor'> {
  readonly reads: Pick<MigrationSite, ReadName>;
  /** The id of the row of exactly that name, or undefined. */
  readonly idOf: (ref: EntityRef) => Promise<number | undefined>;
}

/** The APIv4 entity that holds it. */
export const apiEntity = (ref: EntityRef): string =>
  ref.kind === 'case_type' ? 'CaseType' : kindOf(ref.kind).api;

const all = { orderBy: { id: 'ASC' }, limit: 0 } as const;

/**
 * What a migration reads of a site. Lists come whole: a site has tens or hundreds of each. Questions of one moment
 * share a request.
 */
export function createMigrationReads(client: SiteClient): MigrationReads {
  const batched = createBatchedReads(client);
  const { rows, valuesFor } = createMigrationEntities(client.siteName, batched);

  const contacts = async (clause: WhereClause): Promise<readonly SiteContact[]> => {
    const where: readonly WhereClause[] = [clause, ['is_deleted', '=', false]];
    const found = await batched.get('Contact', { ...all, select: contactFields, where }, contactRow);
    return found.map(toContact);
  };

  const contactsByKey = async (keys: readonly ContactKey[]): Promise<readonly SiteContact[]> => {
    const fields = { external_identifier: 'external_identifier', email: 'email_primary.email' } as const;
    const found = await Promise.all(
      (['external_identifier', 'email'] as const).map((by) => {
        const texts = keys.filter((key) => key.by === by).map((key) => key.text);
        return texts.length === 0 ? Promise.resolve([]) : contacts([fields[by], 'IN', texts]);
      }),
    );
    const flat = found.flat();
    return flat.filter((contact, index) => flat.findIndex(({ id }) => id === contact.id) === index);
  };

  const caseTypes = async (): Promise<readonly SiteCaseType[]> => {
    const [found, beside] = await Promise.all([
      batched.get('CaseType', all, caseTypeRow),
      caseTypesOfApi3(client),
    ]);
    const api3 = api3Rows(beside, client.siteName);
    return found.map((row): SiteCaseType => {
      const known = api3.get(row.name);
      return {
        kind: 'case_type',
        name: row.name,
        title: row.title,
        description: row.description,
        isActive: row.is_active,
        weight: row.weight,
        // Before 6.3 APIv4 gives null for a case type that a file defines; APIv3 reads the file.
        definition: row.definition ?? known?.definition ?? {},
        acceptsDefinition: known === undefined || known.is_forkable || known.is_forked,
      };
    });
  };

  const idOf = async (ref: EntityRef): Promise<number | undefined> => {
    if (ref.kind !== 'case_type') {
      const { rows: held } = await rows([ref.kind]);
      return held.find(({ entity }) => nameOf(entity) === ref.name)?.id;
    }
    const where: WhereClause[] = [['name', '=', ref.name]];
    const found = await batched.get('CaseType', { select: ['id', 'name'], where, limit: 0 }, caseTypeName);
    // The database's collation also finds a name that differs by case.
    return found.find((row) => row.name === ref.name)?.id;
  };

  return {
    idOf,
    valuesFor,
    reads: {
      rows,
      caseTypes,
      openCases: () => openCases(batched),
      keptActivityTypes: () => keptActivityTypes(batched),
      contactsByKey,
      contactsById: (ids) => (ids.length === 0 ? Promise.resolve([]) : contacts(['id', 'IN', [...ids]])),
      async features() {
        const [settings, fields, version] = await Promise.all([
          batched.call({
            entity: 'Setting',
            action: 'get',
            params: { select: ['enable_components', 'lcMessages'] },
          }),
          batched.call({
            entity: 'Contact',
            action: 'getFields',
            params: {
              select: ['name', 'options'],
              where: [['name', 'IN', ['contact_type', 'contact_sub_type']]],
              loadOptions: ['name'],
            },
          }),
          versionOf(batched),
        ]);
        const settingOf = (name: string) => settings.values.find((row) => row['name'] === name)?.['value'];
        const components = z.array(z.string()).safeParse(settingOf('enable_components'));
        const language = settingOf('lcMessages');
        const types = fields.values.flatMap((field) => optionNames.safeParse(field['options']).data ?? []);
        return {
          version,
          components: [...(components.data ?? [])].sort(),
          contactTypes: types.map(({ name }) => name).sort(),
          stepSubjects: (version === null ? undefined : factAt('stepSubjects', version)) ?? null,
          language: typeof language === 'string' ? language : null,
        };
      },
      uses: (ref) => countUses(ref, batched, rows),
      impactOf: (asked) => readImpact(batched, asked),
      mayDo: (deeds) => Promise.all(deeds.map((deed) => mayDo(deed, batched))),
    },
  };
}

/**
 * What APIv4 does not tell of case types. A stored definition without `<CaseType>` in it makes APIv3 refuse them all,
 * unless definitions are not asked for (api/v3/CaseType.php, _civicrm_api3_case_type_get_formatResult).
 */
async function caseTypesOfApi3(client: SiteClient): Promise<JsonValue> {
  const ask = (more: JsonObject) =>
    client.callApi3('CaseType', 'get', { sequential: 1, options: { limit: 0 }, ...more });
  try {
    return await ask({});
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.kind !== 'remote-rejected') throw thrown;
    return ask({ return: ['id', 'name'] });
  }
}

const caseStatusRow = z.object({ value: z.string(), grouping: z.string().nullish() });

async function openCases(batched: BatchedReads): Promise<Readonly<Record<string, number>>> {
  const counted = {
    select: ['case_type_id', 'status_id', 'COUNT(id) AS cases'],
    groupBy: ['case_type_id', 'status_id'],
    limit: 0,
  };
  const statuses = {
    select: ['value', 'grouping'],
    where: [['option_group_id:name', '=', 'case_status']] as const,
    limit: 0,
  };
  const [names, states, counts] = await Promise.all([
    batched.get('CaseType', { select: ['id', 'name'], limit: 0 }, caseTypeName),
    batched.get('OptionValue', statuses, caseStatusRow),
    batched.get('Case', counted, caseCountRow),
  ]);
  const nameById = new Map(names.map(({ id, name }) => [id, name]));
  const closed = new Set(states.filter(({ grouping }) => grouping === 'Closed').map(({ value }) => value));
  const open: Record<string, number> = {};
  for (const { case_type_id: type, status_id: status, cases } of counts) {
    const name = nameById.get(type ?? 0);
    if (name !== undefined && !closed.has(String(status))) open[name] = (open[name] ?? 0) + cases;
  }
  return open;
}

const domainRows = z.array(z.object({ version: z.string() })).min(1);

/** The version may be hidden from the key; then nobody knows. */
async function versionOf(batched: BatchedReads): Promise<string | null> {
  try {
    const answer = await batched.call({
      entity: 'Domain',
      action: 'get',
      params: { select: ['version'], limit: 1 },
    });
    return domainRows.safeParse(answer.values).data?.[0]?.version ?? null;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.kind !== 'remote-unavailable') return null;
    throw thrown;
  }
}

/** A field without options says so with `false`. */
const optionNames = z.array(z.object({ name: z.string() }));

const WITH_TRASH: ReadonlySet<string> = new Set(['Activity', 'Case', 'Contact']);
const TRASH_TOO: WhereClause = ['is_deleted', 'IN', [false, true]];

/** `getActions` lists only what the key may do. Source: CRM_Core_Permission::getEntityActionPermissions. */
async function mayDo({ kind, action }: Deed, batched: BatchedReads): Promise<boolean> {
  const needed: (readonly [string, string])[] = [
    [apiEntity({ kind, name: '' }), action === 'rename' ? 'update' : action],
  ];
  // What definitions made is known by its name there.
  if (action === 'rename' && ['activity_type', 'relationship_type'].includes(kind))
    needed.push(['Managed', 'update']);
  const allowed = await Promise.all(needed.map(([entity, name]) => isAllowed(entity, name, batched)));
  return allowed.every(Boolean);
}

async function isAllowed(entity: string, action: string, batched: BatchedReads): Promise<boolean> {
  try {
    const params = { select: ['name'] };
    const { values } = await batched.call({ entity, action: 'getActions', params });
    return values.some(({ name }) => name === action);
  } catch (thrown) {
    // Whoever may do nothing at all with it is refused.
    if (thrown instanceof AppError && thrown.kind === 'forbidden') return false;
    throw thrown;
  }
}

type RowsOf = MigrationEntities['rows'];

async function countUses(ref: EntityRef, batched: BatchedReads, rows: RowsOf): Promise<number> {
  if (ref.kind === 'case_type') return countWhere('Case', [['case_type_id.name', '=', ref.name]], batched);
  const { uses } = kindOf(ref.kind);
  if (uses === undefined) return 0;
  if (uses.kind === 'records' && uses.by === 'name')
    return countWhere(uses.api, [[uses.path, '=', ref.name]], batched);
  const held = (await rows([ref.kind])).rows.find(({ entity }) => nameOf(entity) === ref.name);
  if (held === undefined) return 0;
  if (uses.kind === 'records') return countWhere(uses.api, [[uses.path, '=', held.id]], batched);
  const { group } = fieldsOf(held.entity);
  const groups = (await rows(['custom_group'])).rows.map(({ entity }) => fieldsOf(entity));
  const api = groups.find((row) => row['name'] === group)?.['extends'];
  return typeof api === 'string' ? countWhere(api, [[nameOf(held.entity), 'IS NOT NULL']], batched) : 0;
}

async function countWhere(
  entity: string,
  clauses: readonly WhereClause[],
  batched: BatchedReads,
): Promise<number> {
  const where = WITH_TRASH.has(entity) ? [...clauses, TRASH_TOO] : clauses;
  const answer = await batched.call({
    entity,
    action: 'get',
    params: { select: ['row_count'], where, limit: 0 },
  });
  return answer.countMatched ?? answer.count;
}

function api3Rows(values: JsonValue, site: string) {
  const list = Array.isArray(values) ? values : Object.values((values ?? {}) as JsonObject);
  const read = caseTypeApi3Rows.safeParse(list);
  if (read.success) return new Map(read.data.map((row) => [row.name, row]));
  throw new AppError(
    'remote-rejected',
    `"${site}" answered CaseType.get (APIv3) with rows of another shape than expected.`,
    { details: { site, call: 'CaseType.get (APIv3)' } },
  );
}

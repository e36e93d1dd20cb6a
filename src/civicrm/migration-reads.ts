import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { factAt } from '../edition/index.ts';
import type { EntityRef, OptionGroup } from '../migrate/entity.ts';
import type { ContactKey, MigrationSite, SiteCaseType, SiteContact } from '../migrate/ports.ts';
import type { SiteClient, WhereClause } from './client.ts';
import { keptActivityTypes } from './kept-activity-types.ts';
import {
  caseTypeApi3Rows,
  caseTypeRow,
  contactFields,
  contactRow,
  groupFields,
  groupRow,
  optionValueFields,
  optionValueRow,
  relationshipTypeRow,
  toContact,
  toGroup,
  toOptionValue,
  toRelationshipType,
} from './migration-rows.ts';

type ReadName =
  | 'caseTypes'
  | 'optionValues'
  | 'relationshipTypes'
  | 'groups'
  | 'features'
  | 'contactsById'
  | 'contactsByKey'
  | 'openCases'
  | 'keptActivityTypes'
  | 'uses';

export interface MigrationReads {
  readonly reads: Pick<MigrationSite, ReadName>;
  /** The id of the row of exactly that name, or undefined. */
  readonly idOf: (ref: EntityRef) => Promise<number | undefined>;
}

const apiEntities = {
  'option-value': 'OptionValue',
  'relationship-type': 'RelationshipType',
  group: 'Group',
  'case-type': 'CaseType',
} as const;

/** The APIv4 entity that holds it. */
export const apiEntity = (ref: EntityRef): string => apiEntities[ref.kind];

/** What a migration reads of a site. Lists come whole: a site has tens or hundreds of each. */
export function createMigrationReads(client: SiteClient): MigrationReads {
  const all = { orderBy: { id: 'ASC' }, limit: 0 } as const;

  const count = async (entity: string, where: readonly WhereClause[]): Promise<number> => {
    const params = { select: ['row_count'], where, limit: 0 };
    const answer = await client.call({ entity, action: 'get', params });
    return answer.countMatched ?? answer.count;
  };

  const contacts = async (clause: WhereClause): Promise<readonly SiteContact[]> => {
    const where: readonly WhereClause[] = [clause, ['is_deleted', '=', false]];
    const rows = await client.get('Contact', { ...all, select: contactFields, where }, contactRow);
    return rows.map(toContact);
  };

  const contactsByKey = async (keys: readonly ContactKey[]): Promise<readonly SiteContact[]> => {
    const textsOf = (by: ContactKey['by']) => keys.filter((key) => key.by === by).map((key) => key.text);
    const found: SiteContact[] = [];
    for (const [by, field] of [
      ['external_identifier', 'external_identifier'],
      ['email', 'email_primary.email'],
    ] as const) {
      const texts = textsOf(by);
      if (texts.length > 0) found.push(...(await contacts([field, 'IN', texts])));
    }
    return found.filter((contact, index) => found.findIndex(({ id }) => id === contact.id) === index);
  };

  const caseTypes = async (): Promise<readonly SiteCaseType[]> => {
    const rows = await client.get('CaseType', all, caseTypeRow);
    const api3 = api3Rows(
      await client.callApi3('CaseType', 'get', { sequential: 1, options: { limit: 0 } }),
      client.siteName,
    );
    return rows.map((row): SiteCaseType => {
      const beside = api3.get(row.name);
      return {
        kind: 'case-type',
        name: row.name,
        title: row.title,
        description: row.description,
        isActive: row.is_active,
        weight: row.weight,
        // Before 6.3 APIv4 gives null for a case type that a file defines; APIv3 reads the file.
        definition: row.definition ?? beside?.definition ?? {},
        acceptsDefinition: beside === undefined || beside.is_forkable || beside.is_forked,
      };
    });
  };

  const openCases = async (caseType: string): Promise<number> => {
    const statuses = await client.options('case_status');
    const closed = statuses.filter((status) => status.grouping === 'Closed').map((status) => status.value);
    const where: WhereClause[] = [['case_type_id.name', '=', caseType]];
    if (closed.length > 0) where.push(['status_id', 'NOT IN', closed]);
    return count('Case', where);
  };

  const idOf = async (ref: EntityRef): Promise<number | undefined> => {
    const field = ref.kind === 'relationship-type' ? 'name_a_b' : 'name';
    const where: WhereClause[] = [[field, '=', ref.name]];
    if (ref.kind === 'option-value') where.push(['option_group_id:name', '=', ref.group]);
    const schema = z.object({ id: z.number(), [field]: z.json() });
    const rows = await client.get(apiEntity(ref), { select: ['id', field], where, limit: 0 }, schema);
    // The database's collation also finds a name that differs by case.
    return rows.find((row) => (row as JsonObject)[field] === ref.name)?.['id'] as number | undefined;
  };

  return {
    idOf,
    reads: {
      caseTypes,
      openCases,
      keptActivityTypes: () => keptActivityTypes(client),
      contactsByKey,
      contactsById: (ids) => (ids.length === 0 ? Promise.resolve([]) : contacts(['id', 'IN', [...ids]])),
      async optionValues(group) {
        const where: readonly WhereClause[] = [['option_group_id:name', '=', group]];
        const params = { ...all, select: optionValueFields, where };
        const rows = await client.get('OptionValue', params, optionValueRow);
        return rows.map((row) => toOptionValue(group, row));
      },
      async relationshipTypes() {
        return (await client.get('RelationshipType', all, relationshipTypeRow)).map(toRelationshipType);
      },
      async groups() {
        return (await client.get('Group', { ...all, select: groupFields }, groupRow)).map(toGroup);
      },
      async features() {
        const params = { select: ['enable_components'] };
        const settings = await client.call({ entity: 'Setting', action: 'get', params });
        const components = z.array(z.string()).safeParse(settings.values[0]?.['value']);
        const fields = await client.call({
          entity: 'Contact',
          action: 'getFields',
          params: {
            select: ['name', 'options'],
            where: [['name', 'IN', ['contact_type', 'contact_sub_type']]],
            loadOptions: ['name'],
          },
        });
        const types = fields.values.flatMap((field) => optionNames.safeParse(field['options']).data ?? []);
        return {
          components: [...(components.data ?? [])].sort(),
          contactTypes: types.map(({ name }) => name).sort(),
          stepSubjects: (await versionFact(client)) ?? null,
        };
      },
      uses: (ref) => countUses(ref, count),
    },
  };
}

const domainRows = z.array(z.object({ version: z.string() })).min(1);

/** The version may be hidden from the key; then nobody knows. */
async function versionFact(client: SiteClient): Promise<boolean | undefined> {
  const params = { select: ['version'], limit: 1 };
  const result = await client.batch([{ entity: 'Domain', action: 'get', params }], { repeatable: true });
  const [answer] = result;
  const rows = answer?.kind === 'done' ? domainRows.safeParse(answer.value.values) : undefined;
  const version = rows?.data?.[0]?.version;
  return version === undefined ? undefined : factAt('stepSubjects', version);
}

/** A field without options says so with `false`. */
const optionNames = z.array(z.object({ name: z.string() }));

type Count = (entity: string, where: readonly WhereClause[]) => Promise<number>;

const TRASH_TOO: WhereClause = ['is_deleted', 'IN', [false, true]];

function countUses(ref: EntityRef, count: Count): Promise<number> {
  switch (ref.kind) {
    case 'case-type':
      return count('Case', [['case_type_id.name', '=', ref.name], TRASH_TOO]);
    case 'relationship-type':
      return count('Relationship', [['relationship_type_id.name_a_b', '=', ref.name]]);
    case 'group':
      return count('GroupContact', [['group_id:name', '=', ref.name]]);
    case 'option-value':
      return countOptionUses(ref.group, ref.name, count);
  }
}

function countOptionUses(group: OptionGroup, name: string, count: Count): Promise<number> {
  switch (group) {
    case 'activity_type':
      return count('Activity', [['activity_type_id:name', '=', name], TRASH_TOO]);
    case 'activity_status':
      return count('Activity', [['status_id:name', '=', name], TRASH_TOO]);
    case 'case_status':
      return count('Case', [['status_id:name', '=', name], TRASH_TOO]);
    case 'activity_default_assignee':
      return Promise.resolve(0);
  }
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

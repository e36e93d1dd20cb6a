import type { JsonObject } from '../../src/base/json.ts';
import type { OriginEntity } from '../../src/case/origin-key.ts';
import { ORIGIN_FIELD, ORIGIN_GROUPS } from '../../src/case/origin-key.ts';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { SEQUENCED, STEPS } from './mirror-source-contract.ts';

export interface DeskActivity {
  readonly type?: string;
  readonly status?: string;
  readonly subject?: string | null;
  readonly details?: string;
  readonly dateTime?: string;
  readonly isDeleted?: boolean;
  readonly source?: number;
  readonly targets?: readonly number[];
  readonly assignees?: readonly number[];
}

/** What people do at a site, past the ports under test. Ids and names are the site's own. */
export interface SiteDesk {
  addPerson(fields: {
    readonly firstName: string;
    readonly lastName: string;
    readonly externalIdentifier?: string;
    readonly email?: string;
  }): Promise<number>;
  trashPerson(id: number): Promise<void>;
  openCase(caseType: string, clientIds: readonly number[], creatorId: number): Promise<number>;
  editCase(
    id: number,
    fields: { readonly subject?: string; readonly status?: string; readonly isDeleted?: boolean },
  ): Promise<void>;
  addActivity(caseId: number, fields: DeskActivity & { readonly source: number }): Promise<number>;
  editActivity(id: number, fields: DeskActivity): Promise<void>;
  deleteActivity(id: number): Promise<void>;
  addClient(caseId: number, contactId: number): Promise<void>;
  removeClient(caseId: number, contactId: number): Promise<void>;
  /** Makes `b` the Case Coordinator of `a`. */
  addRole(caseId: number, a: number, b: number): Promise<number>;
  endRole(id: number, endDate: string): Promise<void>;
  removeRole(id: number): Promise<void>;
  file(caseId: number, activityId: number): Promise<void>;
  unfile(caseId: number, activityId: number): Promise<void>;
  addActivityType(name: string): Promise<void>;
  /** Takes the field for origin keys away; `group`: the group that holds it too. */
  dropKeys(entity: OriginEntity, what: 'field' | 'group'): Promise<void>;
}

/** Makes the case type with a sequence; core makes its activity types. */
export async function addSequencedType(client: SiteClient): Promise<void> {
  const steps = (names: readonly string[], status: string) => names.map((name) => ({ name, status }));
  const definition = {
    activityTypes: ['Open Case', ...STEPS].map((name) => ({ name })),
    activitySets: [
      { name: 'open', label: 'Open', timeline: 1, activityTypes: steps(['Open Case'], 'Completed') },
      { name: 'steps', label: 'Steps', sequence: 1, activityTypes: steps(STEPS, 'Scheduled') },
    ],
    caseRoles: [{ name: 'Case Coordinator', creator: 1 }],
  };
  const values = { name: SEQUENCED, title: 'Contract steps', definition };
  await client.call({ entity: 'CaseType', action: 'create', params: { values } });
}

/** The desk of a site that answers APIv4, sandbox and real CiviCRM alike. */
export function createApiDesk(client: SiteClient): SiteDesk {
  const create = async (entity: string, values: JsonObject): Promise<number> => {
    const { values: rows } = await client.call({ entity, action: 'create', params: { values } });
    return Number(rows[0]?.['id']);
  };
  const update = async (entity: string, id: number, values: JsonObject): Promise<void> => {
    await client.call({ entity, action: 'update', params: { where: [['id', '=', id]], values } });
  };
  const remove = async (entity: string, values: JsonObject): Promise<void> => {
    const where = Object.entries(values).map(([field, value]) => [field, '=', value] as const);
    await client.call({ entity, action: 'delete', params: { where } });
  };

  return {
    async addPerson({ firstName, lastName, externalIdentifier, email }) {
      const id = await create('Contact', {
        contact_type: 'Individual',
        first_name: firstName,
        last_name: lastName,
        ...(externalIdentifier === undefined ? {} : { external_identifier: externalIdentifier }),
      });
      if (email !== undefined) await create('Email', { contact_id: id, email, is_primary: true });
      return id;
    },
    trashPerson: (id) => update('Contact', id, { is_deleted: true }),
    openCase: (caseType, clientIds, creatorId) =>
      create('Case', {
        'case_type_id:name': caseType,
        contact_id: clientIds,
        creator_id: creatorId,
        subject: 'As opened',
      }),
    editCase: (id, { subject, status, isDeleted }) =>
      update('Case', id, {
        ...(subject === undefined ? {} : { subject }),
        ...(status === undefined ? {} : { 'status_id:name': status }),
        ...(isDeleted === undefined ? {} : { is_deleted: isDeleted }),
      }),
    addActivity: (caseId, fields) =>
      create('Activity', { case_id: caseId, 'activity_type_id:name': 'Meeting', ...columnsOf(fields) }),
    editActivity: (id, fields) => update('Activity', id, columnsOf(fields)),
    deleteActivity: (id) => remove('Activity', { id }),
    addClient: async (caseId, contactId) => {
      await create('CaseContact', { case_id: caseId, contact_id: contactId });
    },
    removeClient: (caseId, contactId) => remove('CaseContact', { case_id: caseId, contact_id: contactId }),
    addRole: (caseId, a, b) =>
      create('Relationship', {
        case_id: caseId,
        'relationship_type_id:name': 'Case Coordinator is',
        contact_id_a: a,
        contact_id_b: b,
        start_date: '2026-01-05',
      }),
    endRole: (id, endDate) => update('Relationship', id, { is_active: false, end_date: endDate }),
    removeRole: (id) => remove('Relationship', { id }),
    file: async (caseId, activityId) => {
      await create('CaseActivity', { case_id: caseId, activity_id: activityId });
    },
    unfile: (caseId, activityId) => remove('CaseActivity', { case_id: caseId, activity_id: activityId }),
    addActivityType: async (name) => {
      await create('OptionValue', { 'option_group_id:name': 'activity_type', name, label: name });
    },
    async dropKeys(entity, what) {
      const group = ORIGIN_GROUPS[entity];
      await remove('CustomField', { 'custom_group_id.name': group, name: ORIGIN_FIELD });
      if (what === 'group') await remove('CustomGroup', { name: group });
    },
  };
}

function columnsOf(fields: DeskActivity): JsonObject {
  const { type, status, dateTime, isDeleted, source, targets, assignees, ...same } = fields;
  const columns = {
    'activity_type_id:name': type,
    'status_id:name': status,
    activity_date_time: dateTime,
    is_deleted: isDeleted,
    source_contact_id: source,
    target_contact_id: targets,
    assignee_contact_id: assignees,
    ...same,
  };
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, value]) => (value === undefined ? [] : [[column, value]])),
  );
}

import { z } from 'zod';
import { resolveRole } from '../case-type/index.ts';
import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Result } from '../base/result.ts';
import type { CaseOnSite, ProcessSite, SiteActivity } from '../process-test/ports.ts';
import type { ApiAnswer, ApiCall, SiteClient } from './client.ts';
import { missingPermissions, remainsOf } from './disposable-cases.ts';

const idRow = z.object({ id: z.number() });
const caseRow = z.object({
  'status_id:name': z.string().nullable(),
  start_date: z.string(),
  end_date: z.string().nullable(),
  modified_date: z.string(),
});
const activityRow = z.object({
  id: z.number(),
  'activity_type_id:name': z.string().nullable(),
  'status_id:name': z.string().nullable(),
  activity_date_time: z.string(),
  created_date: z.string(),
  subject: z.string().nullable(),
  is_deleted: z.boolean(),
  is_auto: z.boolean(),
  assignee_contact_id: z.array(z.coerce.number()).nullable(),
});
type ActivityRow = z.infer<typeof activityRow>;
const relationshipTypeRow = z.object({
  id: z.number(),
  name_a_b: z.string(),
  name_b_a: z.string(),
  label_a_b: z.string().nullable(),
  label_b_a: z.string().nullable(),
});

const caseCall = (caseId: number): ApiCall => ({
  entity: 'Case',
  action: 'get',
  params: {
    select: ['status_id:name', 'start_date', 'end_date', 'modified_date'],
    where: [['id', '=', caseId]],
    limit: 1,
  },
});

const activitiesCall = (caseId: number): ApiCall => ({
  entity: 'Activity',
  action: 'get',
  params: {
    select: Object.keys(activityRow.shape),
    where: [
      ['case_id', '=', caseId],
      ['is_deleted', 'IN', [true, false]],
    ],
    orderBy: { id: 'ASC' },
    limit: 0,
  },
});

function rowsOf(result: Result<ApiAnswer> | undefined): readonly JsonObject[] {
  if (result === undefined) return [];
  if (result.kind === 'failed') throw result.error;
  return result.value.values;
}

const toSiteActivity = (row: ActivityRow): SiteActivity => ({
  id: row.id,
  activityType: row['activity_type_id:name'] ?? '',
  status: row['status_id:name'] ?? '',
  dateTime: row.activity_date_time,
  createdAt: row.created_date,
  subject: row.subject,
  isDeleted: row.is_deleted,
  assignees: row.assignee_contact_id ?? [],
});

const RESET_SET = 'standard_timeline';

/** Disposable cases of process tests on a real site. */
export function createProcessSite(client: SiteClient): ProcessSite {
  const create = async (entity: string, values: JsonObject): Promise<number> => {
    const { values: rows } = await client.call({ entity, action: 'create', params: { values } });
    return idRow.parse(rows[0]).id;
  };
  const update = async (entity: string, id: number, values: JsonObject): Promise<void> => {
    await client.call({ entity, action: 'update', params: { where: [['id', '=', id]], values } });
  };
  const activitiesOf = async (caseId: number): Promise<readonly ActivityRow[]> => {
    const { values } = await client.call(activitiesCall(caseId));
    return values.map((row) => activityRow.parse(row));
  };
  const addActivity: ProcessSite['addActivity'] = async (onCase, { activityType, status, dateTime }) => {
    await create('Activity', {
      'activity_type_id:name': activityType,
      'status_id:name': status,
      activity_date_time: dateTime,
      source_contact_id: onCase.creator,
      target_contact_id: [onCase.client],
      case_id: onCase.caseId,
    });
  };
  const addSet: ProcessSite['addSet'] = async ({ caseId, creator }, set, dateTime) => {
    const params = { case_id: caseId, timeline: set, activity_date_time: dateTime, creator_id: creator };
    await client.callApi3('Case', 'addtimeline', params);
  };

  return {
    name: client.siteName,
    missingPermissions: () => missingPermissions(client),
    remains: (made) => remainsOf(client, made),
    async addPeople(names) {
      const records = names.map((name) => ({
        contact_type: 'Individual',
        first_name: name.slice(0, 64),
        last_name: '(process test)',
      }));
      const { values } = await client.call({ entity: 'Contact', action: 'save', params: { records } });
      return values.map((row) => idRow.parse(row).id);
    },
    async removePeople(contactIds) {
      await client.call({
        entity: 'Contact',
        action: 'delete',
        params: { where: [['id', 'IN', contactIds]], useTrash: false },
      });
    },
    async openCase({ caseType, subject, startDate, client: clientId, creator }) {
      const rows = await client.get(
        'CaseType',
        { select: ['id'], where: [['name', '=', caseType]], limit: 1 },
        idRow,
      );
      const [type] = rows;
      if (type === undefined) {
        throw new AppError(
          'not-found',
          `The site "${client.siteName}" has no case type "${caseType}". Bring it there first: civicase plan FILE ${client.siteName}.`,
        );
      }
      return create('Case', {
        case_type_id: type.id,
        subject,
        start_date: startDate,
        contact_id: [clientId],
        creator_id: creator,
        'status_id:name': 'Open',
      });
    },
    async readCase(caseId) {
      const [cases, activities] = await client.batch([caseCall(caseId), activitiesCall(caseId)]);
      const row = caseRow.optional().parse(rowsOf(cases)[0]);
      if (row === undefined)
        throw new AppError('not-found', `The site "${client.siteName}" no longer has the case of the test.`);
      return {
        status: row['status_id:name'] ?? '',
        startDate: row.start_date.slice(0, 10),
        endDate: row.end_date?.slice(0, 10) ?? null,
        modifiedAt: row.modified_date,
        activities: rowsOf(activities).map((values) => toSiteActivity(activityRow.parse(values))),
      };
    },
    async removeCases(subject) {
      const cases = await client.get(
        'Case',
        {
          select: ['id'],
          where: [
            ['subject', '=', subject],
            ['is_deleted', 'IN', [true, false]],
          ],
          limit: 0,
        },
        idRow,
      );
      for (const { id } of cases)
        await client.call({
          entity: 'Case',
          action: 'delete',
          params: { where: [['id', '=', id]], useTrash: false },
        });
    },
    async giveRole(onCase, role, holder) {
      const types = await client.get(
        'RelationshipType',
        { select: ['id', 'name_a_b', 'name_b_a', 'label_a_b', 'label_b_a'], limit: 0 },
        relationshipTypeRow,
      );
      const resolved = resolveRole(
        role,
        types.map((type) => ({
          id: type.id,
          nameAB: type.name_a_b,
          nameBA: type.name_b_a,
          labelAB: type.label_a_b,
          labelBA: type.label_b_a,
        })),
      );
      if (resolved === null)
        throw new AppError(
          'not-found',
          `The site "${client.siteName}" has no relationship type for the role "${role}".`,
        );
      await create('Relationship', {
        relationship_type_id: resolved.relationshipTypeId,
        case_id: onCase.caseId,
        [`contact_id_${resolved.clientSide}`]: onCase.client,
        [`contact_id_${resolved.holderSide}`]: holder,
        is_active: true,
      });
    },
    setActivityStatus: (activityId, status) =>
      update('Activity', activityId, { 'status_id:name': status, is_auto: false }),
    setActivityDate: (activityId, dateTime) =>
      update('Activity', activityId, { activity_date_time: dateTime }),
    addActivity,
    trashActivity: (activityId) => update('Activity', activityId, { is_deleted: true }),
    setCaseStatus: (caseId, status) => update('Case', caseId, { 'status_id:name': status }),
    addSet,
    moveStart: (onCase, to, on) =>
      moveStart({ client, onCase, to, on, update, addActivity, addSet, activitiesOf }),
  };
}

interface StartMove {
  readonly client: SiteClient;
  readonly onCase: CaseOnSite;
  readonly to: string;
  readonly on: string;
  readonly update: (entity: string, id: number, values: JsonObject) => Promise<void>;
  readonly addActivity: ProcessSite['addActivity'];
  readonly addSet: ProcessSite['addSet'];
  readonly activitiesOf: (caseId: number) => Promise<readonly ActivityRow[]>;
}

// Source: CRM/Case/Form/Activity/ChangeCaseStartDate.php. Open Case gets its date first: the form hands the new
// start to steps that refer to it, the API looks it up.
async function moveStart({ client, onCase, to, on, ...calls }: StartMove): Promise<void> {
  await calls.addActivity(onCase, {
    activityType: 'Change Case Start Date',
    status: 'Completed',
    dateTime: on,
  });
  const activities = await calls.activitiesOf(onCase.caseId);
  for (const { id } of activities.filter((activity) => activity.is_auto))
    await client.call({ entity: 'Activity', action: 'delete', params: { where: [['id', '=', id]] } });
  const openCase = activities.find((activity) => activity['activity_type_id:name'] === 'Open Case');
  if (openCase !== undefined) await calls.update('Activity', openCase.id, { activity_date_time: to });
  await calls.addSet(onCase, RESET_SET, to);
  await calls.update('Case', onCase.caseId, { start_date: to.slice(0, 10) });
}

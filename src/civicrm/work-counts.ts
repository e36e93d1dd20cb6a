import { z } from 'zod';
import type { WorkCounts } from '../migrate/work-counts.ts';
import type { ApiParams, SiteClient } from './client.ts';

// CiviCRM does not renew the list behind `case_type_id:name` when a case type is made.
const TYPE_OF_CASE = 'case_id.case_type_id';
const TYPE = 'activity_id.activity_type_id';
const STATUS = 'activity_id.status_id';

const live = (path: string) => [path, '=', false] as const;
const ASKED = {
  cases: {
    select: ['case_type_id.name', 'status_id:name', 'COUNT(id) AS count'],
    groupBy: ['case_type_id', 'status_id'],
    where: [live('is_deleted')],
    limit: 0,
  },
  activities: {
    select: [`${TYPE_OF_CASE}.name`, `${TYPE}:name`, `${STATUS}:name`, 'COUNT(id) AS count'],
    groupBy: [TYPE_OF_CASE, TYPE, STATUS],
    where: [live('case_id.is_deleted'), live('activity_id.is_deleted')],
    limit: 0,
  },
  roles: {
    select: [`${TYPE_OF_CASE}.name`, 'relationship_type_id.name_a_b', 'COUNT(id) AS count'],
    groupBy: [TYPE_OF_CASE, 'relationship_type_id'],
    where: [['case_id', 'IS NOT NULL'], ['is_active', '=', true], live('case_id.is_deleted')],
    limit: 0,
  },
} as const satisfies Record<string, ApiParams>;

const name = z.string().nullable();
const caseRow = z.object({ 'case_type_id.name': name, 'status_id:name': name, count: z.number() });
const activityRow = z.object({
  [`${TYPE_OF_CASE}.name` as const]: name,
  [`${TYPE}:name` as const]: name,
  [`${STATUS}:name` as const]: name,
  count: z.number(),
});

const roleRow = z.object({
  [`${TYPE_OF_CASE}.name` as const]: name,
  'relationship_type_id.name_a_b': name,
  count: z.number(),
});

/** Counts the work of people on a site, which sends nothing but counts. What has lost its type or status is left out. */
export async function readWorkCounts(client: SiteClient): Promise<WorkCounts> {
  const [cases, activities, roles] = await Promise.all([
    client.get('Case', ASKED.cases, caseRow),
    client.get('CaseActivity', ASKED.activities, activityRow),
    client.get('Relationship', ASKED.roles, roleRow),
  ]);
  return {
    cases: cases.flatMap(({ 'case_type_id.name': caseType, 'status_id:name': status, count }) =>
      caseType === null || status === null ? [] : [{ caseType, status, cases: count }],
    ),
    activities: activities.flatMap((row) => {
      const [caseType, activityType, status] = [
        row[`${TYPE_OF_CASE}.name`],
        row[`${TYPE}:name`],
        row[`${STATUS}:name`],
      ];
      return caseType === null || activityType === null || status === null
        ? []
        : [{ caseType, activityType, status, activities: row.count }];
    }),
    roles: roles.flatMap((row) => {
      const [caseType, nameAB] = [row[`${TYPE_OF_CASE}.name`], row['relationship_type_id.name_a_b']];
      return caseType === null || nameAB === null ? [] : [{ caseType, nameAB, roles: row.count }];
    }),
  };
}

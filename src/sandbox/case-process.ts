import { resolveRole } from '../case-type/roles.ts';
import {
  assigneeRule,
  planActivitySet,
  standardTimeline,
  type PlannedActivity,
} from '../case-type/simulation/timeline.ts';
import type { ActivitySet } from '../case-type/model.ts';
import { activityTypes, defaultPriority, statusValue } from './activity-options.ts';
import { assigneeOf } from './assignee.ts';
import { modelOf, relationshipTypes, SET_UP_LINK } from './case-types.ts';
import type { Row } from './database.ts';
import { ApiFailure } from './failure.ts';
import { readPhpDate } from './php-date.ts';
import { advanceSequence } from './sequence.ts';
import type { Caller, Site } from './site.ts';
import { refreshCache } from './write/relationship-rules.ts';
import { toStored } from './write/record.ts';
import { entityNamed, insertRow, readRow } from './write/store-row.ts';

export interface Opening {
  readonly caseId: number;
  readonly clients: readonly number[];
  /** 0 for what is no contact. */
  readonly creator: number;
  /** Whether anybody was named as the creator. */
  readonly hasCreator: boolean;
  /** `YYYY-MM-DD HH:MM:SS`. */
  readonly start: string;
  /** Whether the case has a date of its own. */
  readonly isDated: boolean;
  readonly subject: string | null;
  /** What Open Case takes over from the case: details, medium, location, duration. */
  readonly details: Row;
}

const missingIn = (kind: 'Activity' | 'Relationship', name: string): ApiFailure =>
  new ApiFailure(
    `${kind} type ${name}, found in case configuration file, is not present in the database ${SET_UP_LINK}`,
  );

function createActivity(site: Site, opening: Opening, typeId: number, planned: PlannedActivity): void {
  const assignee = assigneeOf(site, planned.assignee, opening);
  if (!opening.hasCreator) throw new ApiFailure('Not enough data to create activity object');
  const subject = entityNamed('Activity').fields.get('subject');
  const id = insertRow(site, 'Activity', {
    activity_type_id: typeId,
    subject: subject === undefined ? null : toStored(site, subject, planned.subject),
    activity_date_time: readPhpDate(planned.dateTime, site.clock),
    // Open Case has the date of the case; without a date it is to be done.
    status_id: statusValue(
      site,
      planned.status,
      planned.isAuto || opening.isDated ? 'Completed' : 'Scheduled',
    ),
    priority_id: defaultPriority(site),
    is_auto: Number(planned.isAuto),
    weight: planned.weight,
    ...(planned.isAuto ? {} : opening.details),
  });
  const contacts: readonly (readonly [number, number])[] = [
    [opening.creator, 2],
    ...(assignee === undefined ? [] : [[assignee, 1] as const]),
    ...opening.clients.map((client) => [client, 3] as const),
  ];
  for (const [contactId, recordType] of contacts) {
    insertRow(site, 'ActivityContact', {
      activity_id: id,
      contact_id: contactId,
      record_type_id: recordType,
    });
  }
  insertRow(site, 'CaseActivity', { case_id: opening.caseId, activity_id: id });
}

/**
 * Runs one activity set on a case: creates its activities one after another and files them. Fails at the first
 * step whose activity type the site lacks or has disabled, and keeps what came before.
 *
 * Source: CRM/Case/XMLProcessor/Process.php.
 */
export function runActivitySet(
  site: Site,
  caller: Caller,
  opening: Opening,
  set: ActivitySet,
  caseType: Row,
): void {
  const model = modelOf(caseType);
  const types = activityTypes(site);
  const statuses = new Set(site.options.group('activity_status').map((option) => String(option.name)));
  const nameOf = new Map([...types].map(([name, value]) => [value, name]));
  const existing = site.database
    .all(
      `SELECT a.id, a.activity_type_id, a.activity_date_time, a.is_deleted FROM civicrm_activity a
       JOIN civicrm_case_activity c ON c.activity_id = a.id WHERE c.case_id = ? ORDER BY a.id`,
      [opening.caseId],
    )
    .map((row) => ({
      id: Number(row['id']),
      activityType: nameOf.get(Number(row['activity_type_id'])) ?? '',
      dateTime: row['activity_date_time'] as string | null,
      isDeleted: row['is_deleted'] === 1,
    }));
  const planned = planActivitySet({
    steps: site.facts.stepSubjects ? set.steps : set.steps.map((step) => ({ ...step, defaultSubject: '' })),
    activityTypes: model.activityTypes,
    existing,
    start: opening.start,
    activityStatuses: statuses,
    ...(opening.subject === null ? {} : { subject: opening.subject }),
  });
  for (const [stepIndex, step] of set.steps.entries()) {
    const activity = planned.activities.find((one) => one.stepIndex === stepIndex);
    if (activity === undefined) {
      // Whom a step would be given to is looked up before its limit is looked at.
      assigneeOf(site, assigneeRule(step), opening);
      continue;
    }
    const typeId = types.get(activity.activityType);
    if (typeId === undefined) {
      throw missingIn('Activity', activity.activityType);
    }
    createActivity(site, opening, typeId, activity);
  }
  site.database.run('UPDATE civicrm_case SET modified_date = ? WHERE id = ?', [
    site.clock.now(),
    opening.caseId,
  ]);
  if (planned.activities.length > 0) advanceSequence(site, caller, opening.caseId);
}

function createRoles(site: Site, opening: Opening, caseType: Row, endDate: string | null): void {
  const types = relationshipTypes(site);
  for (const role of modelOf(caseType).caseRoles.filter((one) => one.isCreator)) {
    const resolved = resolveRole(role.name, types);
    if (resolved === null) throw missingIn('Relationship', role.name);
    for (const client of opening.clients) {
      const [a, b] = resolved.clientSide === 'a' ? [client, opening.creator] : [opening.creator, client];
      // Two names of one role make it once, for whoever is both client and creator.
      const known = site.database.get(
        'SELECT id FROM civicrm_relationship WHERE relationship_type_id = ? AND contact_id_a = ? AND contact_id_b = ? AND case_id = ?',
        [resolved.relationshipTypeId, a, b, opening.caseId],
      );
      if (known !== undefined) continue;
      const id = insertRow(site, 'Relationship', {
        relationship_type_id: resolved.relationshipTypeId,
        contact_id_a: a,
        contact_id_b: b,
        case_id: opening.caseId,
        start_date: site.clock.now().slice(0, 10),
        end_date: endDate,
        description: '',
      });
      refreshCache(site, id);
    }
  }
}

/** What happens to a new case once its row is there: clients, roles, standard timeline. Not atomic, as in CiviCRM. */
export function openCase(site: Site, caller: Caller, opening: Opening): void {
  const row = readRow(site, 'Case', opening.caseId);
  const caseType = readRow(site, 'CaseType', Number(row?.['case_type_id'] ?? 0));
  for (const client of opening.clients)
    insertRow(site, 'CaseContact', { case_id: opening.caseId, contact_id: client });
  if (caseType === undefined || caseType['is_active'] !== 1)
    throw new ApiFailure('Case does not have a recognized case-type!');
  const model = modelOf(caseType);
  createRoles(site, opening, caseType, (row?.['end_date'] ?? null) as string | null);
  const timeline = standardTimeline(model.activitySets);
  if (timeline !== undefined) runActivitySet(site, caller, opening, timeline, caseType);
}

import { nextSequenceStep } from '../case-type/simulation/sequence.ts';
import { activityTypes, defaultPriority, statusValue } from './activity-options.ts';
import { hasDefinition, modelOf } from './case-types.ts';
import type { Row } from './database.ts';
import { ApiFailure } from './failure.ts';
import type { Caller, Site } from './site.ts';
import { insertRow, readRow, updateRow } from './write/store-row.ts';

/** Sets `end_date` to today when the status becomes the one named Closed. */
export function closingColumns(site: Site, statusId: unknown): Row {
  const closed = site.options.group('case_status').find(({ name }) => name === 'Closed');
  return closed !== undefined && closed.is_active !== 0 && String(statusId) === String(closed.id)
    ? { end_date: site.clock.now().slice(0, 10) }
    : {};
}

/**
 * One step of the case type's sequence after a change of the case or of an activity on it. Changes that the step
 * itself makes set nothing off.
 *
 * Source: Civi/CCase/SequenceListener.php.
 */
export function advanceSequence(site: Site, caller: Caller, caseId: number): void {
  const { advancing } = site.request;
  if (advancing.has(caseId)) return;
  const row = readRow(site, 'Case', caseId);
  const caseType = row === undefined ? undefined : readRow(site, 'CaseType', Number(row['case_type_id']));
  if (caseType === undefined) return;
  advancing.add(caseId);
  advance(site, caller, caseId, caseType);
  advancing.delete(caseId);
}

function advance(site: Site, caller: Caller, caseId: number, caseType: Row): void {
  if (caseType['is_active'] !== 1) throw new ApiFailure('Case does not have a recognized case-type!');
  site.request.definitions.set(Number(caseType['id']), caseType['definition'] ?? null);
  // Only the opening of a case fails without one.
  if (!hasDefinition(caseType)) return;
  const { activitySets } = modelOf(caseType);
  if (!activitySets.some((set) => set.isSequence)) return;
  const completed = new Set(
    site.database
      .all(
        `SELECT v.value FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
           WHERE g.name = 'activity_status' AND v.filter = 1`,
      )
      .map((one) => Number(one['value'])),
  );
  const types = activityTypes(site, true);
  const nameOf = new Map([...types].map(([name, value]) => [value, name]));
  const activities = site.database
    .all(
      `SELECT a.activity_type_id, a.status_id FROM civicrm_activity a JOIN civicrm_case_activity c ON c.activity_id = a.id
         WHERE c.case_id = ? ORDER BY a.id`,
      [caseId],
    )
    .map((one) => ({
      activityType: nameOf.get(Number(one['activity_type_id'])) ?? '',
      isCompleted: completed.has(Number(one['status_id'])),
    }));
  const step = nextSequenceStep(activitySets, activities);
  if (step.kind === 'create') {
    const typeId = types.get(step.step.activityType);
    if (typeId === undefined)
      throw new ApiFailure(`'${step.step.activityType}' is not a valid option for field activity_type_id`);
    const client = site.database.get(
      'SELECT contact_id FROM civicrm_case_contact WHERE case_id = ? ORDER BY id LIMIT 1',
      [caseId],
    );
    const id = insertRow(site, 'Activity', {
      activity_type_id: typeId,
      activity_date_time: site.clock.now(),
      status_id: statusValue(site, 'Scheduled'),
      priority_id: defaultPriority(site),
    });
    const contacts: readonly (readonly [number | null, number])[] = [
      [caller.contactId, 2],
      ...(client === undefined ? [] : [[Number(client['contact_id']), 3] as const]),
    ];
    for (const [contactId, recordType] of contacts) {
      insertRow(site, 'ActivityContact', {
        activity_id: id,
        contact_id: contactId,
        record_type_id: recordType,
      });
    }
    insertRow(site, 'CaseActivity', { case_id: caseId, activity_id: id });
  } else if (step.kind === 'close') {
    const closed = site.options.valueOf('case_status', 'Closed');
    if (closed !== undefined)
      updateRow(site, 'Case', caseId, { status_id: Number(closed), ...closingColumns(site, closed) });
  }
}

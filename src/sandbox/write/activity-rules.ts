import type { Row } from '../database.ts';
import { advanceSequence, defaultPriority } from '../case-process.ts';
import type { Site } from '../site.ts';
import { idsIn, given, type EntityRules } from './rules.ts';
import { insertRow, readRow, useUpId } from './store-row.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import type { Values } from './record.ts';

/** Record types of ActivityContact, in the order in which core writes them. */
const CONTACT_LISTS: readonly (readonly [string, number])[] = [
  ['source_contact_id', 2],
  ['assignee_contact_id', 1],
  ['target_contact_id', 3],
];

export const casesOf = (site: Site, activityId: number): readonly number[] =>
  site.database
    .all('SELECT case_id FROM civicrm_case_activity WHERE activity_id = ? ORDER BY id', [activityId])
    .map((row) => Number(row['case_id']));

/** A case's modified_date moves with each write of an activity that is filed on it, whatever was written. */
export function touchCases(site: Site, caseIds: readonly number[]): void {
  for (const id of caseIds)
    site.database.run('UPDATE civicrm_case SET modified_date = ? WHERE id = ?', [site.clock.now(), id]);
}

function writeContacts(site: Site, activityId: number, values: Values): void {
  for (const [name, recordType] of CONTACT_LISTS) {
    if (!(name in values)) continue;
    const wanted = idsIn(values[name]);
    site.database.run('DELETE FROM civicrm_activity_contact WHERE activity_id = ? AND record_type_id = ?', [
      activityId,
      recordType,
    ]);
    for (const contactId of new Set(wanted)) {
      insertRow(site, 'ActivityContact', {
        activity_id: activityId,
        contact_id: contactId,
        record_type_id: recordType,
      });
    }
  }
}

/** Files the activity on these cases and on no others. */
function fileOnCases(site: Site, activityId: number, value: unknown): void {
  const wanted = idsIn(value);
  const present = casesOf(site, activityId);
  if (wanted.length === present.length && wanted.every((id) => present.includes(id))) return;
  if (wanted.some((caseId) => readRow(site, 'Case', caseId) === undefined)) {
    useUpId(site, 'CaseActivity');
    throw new ApiFailure('DB Error: constraint violation');
  }
  site.database.run('DELETE FROM civicrm_case_activity WHERE activity_id = ?', [activityId]);
  for (const caseId of wanted) insertRow(site, 'CaseActivity', { case_id: caseId, activity_id: activityId });
  touchCases(site, wanted);
}

/**
 * Source: CRM/Activity/BAO/Activity.php, create. A new activity without a status is Completed, whatever its date.
 */
export const activityRules: EntityRules = {
  beforeCreate: ({ site }, values) => {
    // PHP fails half-way here and leaves a row behind of which too little is known.
    if (['source_contact_id', 'subject'].some((name) => Array.isArray(values[name])))
      throw unknownToSandbox('Activity', 'create', 'a list as source_contact_id or subject');
    const completed = Number(site.options.valueOf('activity_status', 'Completed') ?? 2);
    const columns: Row = {};
    if (!given(values, 'activity_date_time')) columns['activity_date_time'] = site.clock.now();
    if (!given(values, 'status_id')) columns['status_id'] = completed;
    if (!given(values, 'priority_id')) columns['priority_id'] = defaultPriority(site);
    return columns;
  },
  afterWrite: ({ site, caller }, id, values, isNew) => {
    writeContacts(site, id, values);
    if (isNew || 'case_id' in values) fileOnCases(site, id, values['case_id']);
    const cases = casesOf(site, id);
    if (!isNew) touchCases(site, cases);
    const changed = 'case_id' in values ? cases : cases.slice(0, 1);
    for (const caseId of changed) advanceSequence(site, caller, caseId);
  },
  beforeDelete: ({ site }, id) => {
    touchCases(site, casesOf(site, id));
  },
};

/** Source: CRM/Activity/BAO/ActivityContact.php. A pair that is there already is answered again. */
export const activityContactRules: EntityRules = {
  existing: ({ site }, values) => {
    const found = site.database.get(
      'SELECT id FROM civicrm_activity_contact WHERE activity_id = ? AND contact_id = ? AND record_type_id IS ?',
      [
        Number(values['activity_id']),
        Number(values['contact_id']),
        (values['record_type_id'] ?? null) as number | null,
      ],
    );
    return found === undefined || !given(values, 'record_type_id') ? undefined : Number(found['id']);
  },
};

/** Filing by hand moves the case too. */
export const caseActivityRules: EntityRules = {
  afterWrite: ({ site }, id) => {
    const row = readRow(site, 'CaseActivity', id);
    if (row !== undefined) touchCases(site, [Number(row['case_id'])]);
  },
};

import type { JsonValue } from '../../base/json.ts';
import type { Row } from '../database.ts';
import { defaultPriority } from '../activity-options.ts';
import { advanceSequence } from '../sequence.ts';
import type { Site } from '../site.ts';
import { given, isEmpty, phpIds, type EntityRules } from './rules.ts';
import { casesOf, touchCases } from './filing.ts';
import { entityNamed, insertRow, readRow } from './store-row.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import type { Values } from './record.ts';

/** Record types of ActivityContact, in the order in which core writes them. */
const CONTACT_LISTS: readonly (readonly [string, number])[] = [
  ['source_contact_id', 2],
  ['assignee_contact_id', 1],
  ['target_contact_id', 3],
];

/**
 * Pairs that are there already stay as they are; what is empty to PHP clears the list. All that goes is gone before
 * the first new one comes, which may fail.
 */
function writeContacts(site: Site, activityId: number, values: Values): void {
  const lists = CONTACT_LISTS.filter(([name]) => name in values).map(([name, recordType]) => {
    const wanted = new Set(isEmpty(values[name]) ? [] : phpIds(values[name]));
    const present = site.database.all(
      'SELECT id, contact_id FROM civicrm_activity_contact WHERE activity_id = ? AND record_type_id = ?',
      [activityId, recordType],
    );
    for (const row of present) {
      if (!wanted.delete(Number(row['contact_id'])))
        site.database.run('DELETE FROM civicrm_activity_contact WHERE id = ?', [row['id'] ?? null]);
    }
    return { wanted, recordType };
  });
  for (const { wanted, recordType } of lists) {
    for (const contactId of wanted) {
      insertRow(site, 'ActivityContact', {
        activity_id: activityId,
        contact_id: contactId,
        record_type_id: recordType,
      });
    }
  }
}

/** PHP fails half-way over these and leaves rows behind of which too little is known. */
function refuseLists(values: Values, action: string): void {
  const isOddDate = [0, false, true].includes(values['activity_date_time'] as number | boolean);
  const isListed = (name: string): boolean => Array.isArray(values[name]) && !isEmpty(values[name]);
  if (isOddDate || ['source_contact_id', 'subject', 'details', 'location'].some(isListed))
    throw unknownToSandbox('Activity', action, 'a list, or a date that is no text');
}

/** The first case of a list is looked up as soon as the activity is stored, before it is filed anywhere. */
export function checkFirstCase(value: JsonValue | undefined): void {
  if (Array.isArray(value) && value.length > 0 && isEmpty(value[0] as JsonValue))
    throw new ApiFailure('getFieldValue failed');
}

/** A list with nothing in it behind the first is refused as a whole. */
export function checkOtherCases(value: JsonValue | undefined): void {
  if (Array.isArray(value) && value.some((one) => one === null || one === ''))
    throw new ApiFailure('Mandatory values missing from Api4 CaseActivity::save: case_id');
}

/** Files the activity on these cases and on no others: always by new rows. */
function fileOnCases(site: Site, activityId: number, value: JsonValue | undefined): void {
  checkOtherCases(value);
  const wanted = isEmpty(value) ? [] : phpIds(value);
  if (wanted.some((id) => id <= 0 || !Number.isInteger(id)))
    throw unknownToSandbox('Activity', 'save', 'an odd case_id');
  const before = site.database.all('SELECT id FROM civicrm_case_activity WHERE activity_id = ?', [
    activityId,
  ]);
  for (const caseId of wanted) {
    insertRow(site, 'CaseActivity', { case_id: caseId, activity_id: activityId });
    touchCases(site, [caseId]);
  }
  for (const row of before)
    site.database.run('DELETE FROM civicrm_case_activity WHERE id = ?', [row['id'] ?? null]);
}

/**
 * Source: CRM/Activity/BAO/Activity.php, create. A new activity without a status is
 * Completed, whatever its date; without a date it is Scheduled.
 */
export const activityRules: EntityRules = {
  beforeCreate: ({ site }, values) => {
    refuseLists(values, 'create');
    if (isEmpty(values['source_contact_id']))
      throw new ApiFailure('Not enough data to create activity object');
    const isUndated = 'activity_date_time' in values && !given(values, 'activity_date_time');
    const status = isUndated ? 'Scheduled' : 'Completed';
    const columns: Row = {};
    if (!('activity_date_time' in values)) columns['activity_date_time'] = site.clock.now();
    if (isEmpty(values['status_id']))
      columns['status_id'] = Number(site.options.valueOf('activity_status', status) ?? 2);
    if (!('priority_id' in values)) columns['priority_id'] = defaultPriority(site);
    return columns;
  },
  beforeUpdate: (_context, _id, values) => {
    refuseLists(values, 'update');
    return {};
  },
  beforeCustom: ({ site }, id, values) => {
    const isColumn = (name: string): boolean => entityNamed('Activity').fields.get(name)?.type === 'Field';
    if (Object.keys(values).some((name) => name !== 'id' && isColumn(name)))
      touchCases(site, casesOf(site, id));
    writeContacts(site, id, values);
  },
  afterWrite: ({ site, caller }, id, values, isNew) => {
    checkFirstCase(values['case_id']);
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

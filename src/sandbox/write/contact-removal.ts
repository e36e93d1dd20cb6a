import type { Site } from '../site.ts';
import { casesOf, touchCases } from './filing.ts';
import { deleteRow } from './store-row.ts';

/** Activities that the contact had added and that are about nobody else go, too. */
export function deleteActivitiesBy(site: Site, contactId: number): void {
  const added = site.database.all(
    'SELECT id, activity_id FROM civicrm_activity_contact WHERE contact_id = ? AND record_type_id = 2 ORDER BY id',
    [contactId],
  );
  for (const { id = null, activity_id: activityId = null } of added) {
    site.database.run('DELETE FROM civicrm_activity_contact WHERE id = ?', [id]);
    const other = site.database.get('SELECT id FROM civicrm_activity_contact WHERE activity_id = ? LIMIT 1', [
      activityId,
    ]);
    if (other !== undefined) continue;
    const cases = casesOf(site, Number(activityId));
    deleteRow(site, 'Activity', Number(activityId));
    touchCases(site, cases);
  }
}

/** Cases without another client go with the contact, and their activities too. */
export function deleteCasesOf(site: Site, contactId: number): void {
  const cases = site.database.all(
    `SELECT case_id FROM civicrm_case_contact JOIN civicrm_case c ON c.id = case_id WHERE contact_id = ? AND c.is_deleted = 0
     AND case_id NOT IN (SELECT case_id FROM civicrm_case_contact WHERE contact_id <> ?)`,
    [contactId, contactId],
  );
  for (const { case_id: caseId = null } of cases) {
    const activities = site.database.all('SELECT activity_id FROM civicrm_case_activity WHERE case_id = ?', [
      caseId,
    ]);
    for (const row of activities) deleteRow(site, 'Activity', Number(row['activity_id']));
    deleteRow(site, 'Case', Number(caseId));
  }
}

import type { Site } from '../site.ts';

/** The cases that an activity is filed on. */
export const casesOf = (site: Site, activityId: number): readonly number[] =>
  site.database
    .all('SELECT case_id FROM civicrm_case_activity WHERE activity_id = ? ORDER BY id', [activityId])
    .map((row) => Number(row['case_id']));

/** A case's modified_date moves with each write of an activity that is filed on it, whatever was written. */
export function touchCases(site: Site, caseIds: readonly number[]): void {
  for (const id of caseIds)
    site.database.run('UPDATE civicrm_case SET modified_date = ? WHERE id = ?', [site.clock.now(), id]);
}

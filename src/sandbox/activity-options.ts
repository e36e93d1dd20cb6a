import type { Site } from './site.ts';

/** Activity types by name; a timeline makes only enabled ones, a sequence also those that are disabled. */
export const activityTypes = (site: Site, withDisabled = false): ReadonlyMap<string, number> =>
  new Map(
    site.database
      .all(
        `SELECT v.name, v.value FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
         WHERE g.name = 'activity_type' AND v.is_active >= ? ORDER BY v.weight`,
        [withDisabled ? 0 : 1],
      )
      .map((row) => [String(row['name']), Number(row['value'])]),
  );

/** The stored status for a name, or for the other one where the site lacks it. */
export const statusValue = (site: Site, name: string | null, otherwise = 'Completed'): number => {
  const value = name === null ? undefined : site.options.valueOf('activity_status', name);
  return Number(value ?? site.options.valueOf('activity_status', otherwise) ?? 2);
};

/** The priority that an activity gets when none is given. */
export const defaultPriority = (site: Site): number =>
  Number(
    site.database.get(
      `SELECT v.value FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
       WHERE g.name = 'priority' AND v.is_default = 1`,
    )?.['value'] ?? 2,
  );

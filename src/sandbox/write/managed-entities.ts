import { resolveRole } from '../../case-type/roles.ts';
import { hasDefinition, modelOf, relationshipTypes } from '../case-types.ts';
import type { Row } from '../database.ts';
import type { Site } from '../site.ts';
import { casesOf, touchCases } from './filing.ts';
import { deleteRow, insertRow, nextNumber, updateRow } from './store-row.ts';

/** Deletes every activity of the type that an option of `activity_type` stands for, as deleting the option does. */
export function deleteActivitiesOfType(site: Site, optionId: number): void {
  const option = site.database.get(
    `SELECT v.value FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
     WHERE v.id = ? AND g.name = 'activity_type'`,
    [optionId],
  );
  if (option === undefined) return;
  const activities = site.database.all(
    'SELECT id FROM civicrm_activity WHERE activity_type_id = CAST(? AS INTEGER) ORDER BY id',
    [option['value'] ?? null],
  );
  for (const activity of activities) {
    const id = Number(activity['id']);
    const cases = casesOf(site, id);
    deleteRow(site, 'Activity', id);
    touchCases(site, cases);
  }
}

/** What somebody deletes is not made again: the row stays, and stands for nothing. */
export function forgetManaged(site: Site, entity: 'OptionValue' | 'RelationshipType', id: number): void {
  site.database.run('UPDATE civicrm_managed SET entity_id = NULL WHERE entity_type = ? AND entity_id = ?', [
    entity,
    id,
  ]);
}

const managedRow = (site: Site, name: string): Row | undefined =>
  site.database.get('SELECT entity_id FROM civicrm_managed WHERE name = ?', [name]);

const manage = (site: Site, name: string, entity: string, id: number): void => {
  const row = { module: 'civicrm', name, entity_type: entity, entity_id: id, cleanup: 'unused' };
  insertRow(site, 'Managed', row);
};

const COMPONENT = 7;

function ensureActivityType(site: Site, name: string): void {
  const group =
    site.database.get("SELECT id FROM civicrm_option_group WHERE name = 'activity_type'")?.['id'] ?? null;
  const known = site.database.get(
    'SELECT id FROM civicrm_option_value WHERE option_group_id = ? AND collate_key(name) = collate_key(?)',
    [group, name],
  );
  const columns = { name, label: name, description: name, component_id: COMPONENT };
  if (known !== undefined) {
    // A type of another spelling, or a disabled one, is taken over.
    updateRow(site, 'OptionValue', Number(known['id']), columns);
    manage(site, `civicase:act:${name}`, 'OptionValue', Number(known['id']));
    return;
  }
  const id = insertRow(site, 'OptionValue', {
    ...columns,
    option_group_id: group,
    value: String(nextNumber(site, 'OptionValue', 'value', { option_group_id: group })),
    weight: nextNumber(site, 'OptionValue', 'weight', { option_group_id: group }),
  });
  manage(site, `civicase:act:${name}`, 'OptionValue', id);
}

/** New roles always read "NAME is" from the client, who is contact A. */
function ensureRole(site: Site, name: string): void {
  const id = insertRow(site, 'RelationshipType', {
    name_a_b: `${name} is`,
    label_a_b: `${name} is`,
    name_b_a: name,
    label_b_a: name,
    description: name,
    weight: nextNumber(site, 'RelationshipType', 'weight', {}),
  });
  manage(site, `civicase:rel:${name}`, 'RelationshipType', id);
}

/** Each name once, in the order of PHP's sort. */
const inOrder = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].filter((name) => name !== '').sort((left, right) => (left < right ? -1 : 1));

/**
 * What a definition made goes when no active case type names it any more: an activity type with all its activities,
 * a role unless somebody has it. @returns whether anything went
 */
function dropStale(site: Site, declared: ReadonlySet<string>): boolean {
  let isAnyGone = false;
  for (const row of site.database.all('SELECT * FROM civicrm_managed ORDER BY id DESC')) {
    if (declared.has(String(row['name']))) continue;
    const id = Number(row['entity_id']);
    if (row['entity_type'] === 'OptionValue') {
      deleteActivitiesOfType(site, id);
      deleteRow(site, 'OptionValue', id);
    } else {
      const used = site.database.get(
        'SELECT id FROM civicrm_relationship WHERE relationship_type_id = ? LIMIT 1',
        [id],
      );
      if (used !== undefined) continue;
      deleteRow(site, 'RelationshipType', id);
    }
    deleteRow(site, 'Managed', Number(row['id']));
    isAnyGone = true;
  }
  return isAnyGone;
}

/**
 * Creates the activity types and roles that active case types name and the site lacks, and deletes those made so
 * that none names any more. One stored text that is no XML makes it fail for every type.
 * @param changed a case type whose definition is read as a sequence read it earlier in the request
 *
 * Source: CRM/Case/ManagedEntities.php.
 */
export function reconcile(site: Site, changed?: number): void {
  const early = changed === undefined ? undefined : site.request.definitions.get(changed);
  const models = site.database
    .all('SELECT * FROM civicrm_case_type WHERE is_active = 1')
    .filter(hasDefinition)
    .map((row) =>
      modelOf(early !== undefined && row['id'] === changed ? { ...row, definition: early } : row),
    );
  const types = inOrder(
    models.flatMap((model) => [
      ...model.activityTypes.map((type) => type.name),
      ...model.activitySets.flatMap((set) => set.steps.map((step) => step.activityType)),
    ]),
  );
  const roles = inOrder(models.flatMap((model) => model.caseRoles.map((role) => role.name)));
  const present = new Set(
    site.database
      .all(
        `SELECT v.name FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
         WHERE g.name = 'activity_type' AND v.is_active = 1`,
      )
      .map((row) => row['name']),
  );
  const known = relationshipTypes(site);
  // One that is there already is looked after only where a definition had made it.
  const isDeclared = (key: string, isThere: boolean): boolean =>
    !isThere || (managedRow(site, key)?.['entity_id'] ?? null) !== null;
  const declaredTypes = types.filter((name) => isDeclared(`civicase:act:${name}`, present.has(name)));
  const declaredRoles = roles.filter((name) =>
    isDeclared(`civicase:rel:${name}`, resolveRole(name, known) !== null),
  );
  const keys = [
    ...declaredTypes.map((name) => `civicase:act:${name}`),
    ...declaredRoles.map((name) => `civicase:rel:${name}`),
  ];
  const isAnyGone = dropStale(site, new Set(keys));
  const newTypes = declaredTypes.filter((name) => managedRow(site, `civicase:act:${name}`) === undefined);
  for (const name of newTypes) ensureActivityType(site, name);
  const newRoles = declaredRoles.filter((name) => managedRow(site, `civicase:rel:${name}`) === undefined);
  for (const name of newRoles) ensureRole(site, name);
  if (isAnyGone || newTypes.length + newRoles.length > 0) site.options.forget();
}

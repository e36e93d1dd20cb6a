import type { CaseTypeDefinition } from '../../case-type/definition.ts';
import { writeDefinitionXml } from '../../xml/index.ts';
import { isUnforkable, modelOf, relationshipTypes } from '../case-types.ts';
import { resolveRole } from '../../case-type/roles.ts';
import type { Row } from '../database.ts';
import { ApiFailure } from '../failure.ts';
import type { Site } from '../site.ts';
import { plainText } from '../query/literal.ts';
import { PhpCrash } from '../php-crash.ts';
import { insertRow, nextNumber, readRow, updateRow, useUpId } from './store-row.ts';
import { given, textIn, type EntityRules, type WriteContext } from './rules.ts';
import type { Values } from './record.ts';

function toXml(definition: CaseTypeDefinition, name: string): string {
  try {
    return writeDefinitionXml(definition, name);
  } catch {
    throw new PhpCrash('CaseType.definition cannot be written as XML');
  }
}

/** An array becomes XML, a text stays as it is, nothing means the file. */
function definitionColumn(values: Values, name: string): Row {
  if (!('definition' in values)) return {};
  const definition = values['definition'] ?? null;
  if (typeof definition === 'object' && definition !== null) {
    return { definition: toXml(definition as CaseTypeDefinition, name) };
  }
  const text = plainText(definition);
  return { definition: text === '' || text === 'null' ? null : text };
}

const isArray = (values: Values): boolean =>
  typeof values['definition'] === 'object' && values['definition'] !== null;

const activityTypeNames = (site: Site): ReadonlySet<unknown> =>
  new Set(site.options.group('activity_type').map((option) => option.name));

function ensureActivityType(site: Site, name: string): void {
  const group =
    site.database.get("SELECT id FROM civicrm_option_group WHERE name = 'activity_type'")?.['id'] ?? null;
  const known = site.database.get(
    'SELECT id, name FROM civicrm_option_value WHERE option_group_id = ? AND collate_key(name) = collate_key(?)',
    [group, name],
  );
  const { changes } = site.database.run('INSERT OR IGNORE INTO managed_activity_type (name) VALUES (?)', [
    name,
  ]);
  const component = 7;
  if (known !== undefined) {
    // The first time another spelling of a known type is met, it takes the type over; never again later.
    const spelling = { name, label: name, description: name, component_id: component };
    if (changes > 0) updateRow(site, 'OptionValue', Number(known['id']), spelling);
    return;
  }
  insertRow(site, 'OptionValue', {
    option_group_id: group,
    name,
    label: name,
    description: name,
    value: String(nextNumber(site, 'OptionValue', 'value', { option_group_id: group })),
    weight: nextNumber(site, 'OptionValue', 'weight', { option_group_id: group }),
    component_id: component,
  });
}

/** New roles always read "NAME is" from the client, who is contact A. */
function ensureRole(site: Site, name: string): void {
  if (resolveRole(name, relationshipTypes(site)) !== null) return;
  insertRow(site, 'RelationshipType', {
    name_a_b: `${name} is`,
    label_a_b: `${name} is`,
    name_b_a: name,
    label_b_a: name,
    description: name,
    weight: nextNumber(site, 'RelationshipType', 'weight', {}),
  });
}

/** Each name once, in the order of PHP's sort. */
const inOrder = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].filter((name) => name !== '').sort((left, right) => (left < right ? -1 : 1));

/**
 * Creates the activity types and roles that active case types name and the site lacks. One stored text that is no
 * XML makes it fail for every type.
 *
 * Source: CRM/Case/ManagedEntities.php.
 */
function reconcile(site: Site): void {
  const models = site.database
    .all(
      "SELECT * FROM civicrm_case_type WHERE is_active = 1 AND definition IS NOT NULL AND definition <> ''",
    )
    .map(modelOf);
  const types = models.flatMap((model) => [
    ...model.activityTypes.map((type) => type.name),
    ...model.activitySets.flatMap((set) => set.steps.map((step) => step.activityType)),
  ]);
  const roles = models.flatMap((model) => model.caseRoles.map((role) => role.name));
  site.options.forget();
  const present = activityTypeNames(site);
  for (const name of inOrder(types)) if (!present.has(name)) ensureActivityType(site, name);
  for (const name of inOrder(roles)) ensureRole(site, name);
  site.options.forget();
}

const nameOf = ({ site }: WriteContext, id: number): string =>
  String(readRow(site, 'CaseType', id)?.['name'] ?? '');

/** Source: CRM/Case/BAO/CaseType.php, add. */
export const caseTypeRules: EntityRules = {
  beforeCreate: ({ site }, values) => {
    const name = textIn(values, 'name');
    if (!/^[a-zA-Z0-9_]+$/.test(name))
      throw new ApiFailure(`Cannot create new case-type with malformed name [${name}]`);
    const columns = definitionColumn(values, name);
    // The reconciliation runs after the rollback too, and its failure is the one that is told.
    const isTaken =
      site.database.get('SELECT id FROM civicrm_case_type WHERE collate_key(name) = collate_key(?)', [
        name,
      ]) !== undefined;
    if (isTaken && isArray(values)) {
      useUpId(site, 'CaseType');
      reconcile(site);
      throw new ApiFailure('DB Error: already exists');
    }
    return { ...columns, ...(given(values, 'weight') ? {} : { weight: 1 }) };
  },
  beforeUpdate: (context, id, values) => {
    const name = given(values, 'name') ? textIn(values, 'name') : nameOf(context, id);
    const row = readRow(context.site, 'CaseType', id);
    const isForked = typeof row?.['definition'] === 'string' && row['definition'] !== '';
    // A file that says "not forkable" keeps its definition, without a word.
    if ('definition' in values && !isForked && isUnforkable(name))
      return { definition: row?.['definition'] ?? null };
    return definitionColumn(values, name);
  },
  afterWrite: ({ site }, _id, values) => {
    site.options.forget();
    if (isArray(values)) reconcile(site);
  },
  beforeDelete: ({ site }, id) => {
    const used = Number(
      site.database.get('SELECT count(*) AS n FROM civicrm_case WHERE case_type_id = ?', [id])?.['n'] ?? 0,
    );
    if (used > 0) {
      throw new ApiFailure(
        `You can not delete this case type -- it is assigned to ${String(used)} existing case record(s). If you do not want this case type to be used going forward, consider disabling it instead.`,
      );
    }
  },
  afterDelete: ({ site }) => {
    site.options.forget();
  },
};

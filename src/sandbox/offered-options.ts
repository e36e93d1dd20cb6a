import { statusesOf } from './case-types.ts';
import type { Option } from './options.ts';
import type { Field } from './schema/entity-schema.ts';
import type { Site } from './site.ts';

/** Other values of the same record, by field; a list of options may depend on them. */
export type Beside = Readonly<Record<string, unknown>>;

/** The fields that `offeredOptions` looks at. */
export const CONTROLS = ['entity_table', 'case_type_id'];

/**
 * The options of a field beside the other values of its record, or undefined when it has none: tags are for certain
 * tables, and a case type may offer some statuses only.
 *
 * Source: CRM/Case/BAO/Case.php, alterStatusOptions.
 */
export function offeredOptions(site: Site, field: Field, beside: Beside = {}): readonly Option[] | undefined {
  const options = site.options.of(field, beside['entity_table']);
  if (options === undefined || field.entity !== 'Case' || field.name !== 'status_id') return options;
  const statuses = statusesOf(site, beside['case_type_id']);
  return statuses.length === 0 ? options : options.filter(({ name }) => statuses.includes(String(name)));
}

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { entitySchema } from '../entity-schema.ts';
import { nameOf, type Dependency, type DependencyKind } from '../entity.ts';
import { OPTION_KINDS, KINDS, toEntity, type Kind, type KindField } from '../kinds/index.ts';

/** What CiviCRM stores where a declaration is silent (APIv4 getFields, action create, `default_value`). */
const DEFAULTS: Readonly<Partial<Record<DependencyKind, JsonObject>>> = {
  custom_group: { style: 'Inline', is_public: true },
  custom_field: { data_type: 'String', serialize: 0 },
  tag: { is_selectable: true, used_for: ['civicrm_contact'] },
  reminder: { mode: 'Email', start_action_offset: 0 },
};

/** What is shown for a name that has no label: what CiviCRM itself puts there. */
const LIKE: Readonly<Record<string, string>> = {
  label: 'name',
  title: 'name',
  label_a_b: 'name_a_b',
  name_b_a: 'name_a_b',
  label_b_a: 'name_b_a',
};

const EXTENDED: readonly JsonValue[] = ['Activity', 'Case', 'Relationship'];

/** The kind of a declared row, or null: it is nothing that case types lean on. */
export function kindOfManaged(api: string, values: JsonObject): Kind | null {
  if (api === 'OptionValue') {
    const group = named(values, 'option_group_id');
    const own = OPTION_KINDS.find((kind) => kind === group);
    return KINDS.find(({ name }) => name === (own ?? 'option_value')) ?? null;
  }
  if (api === 'CustomGroup' && !EXTENDED.includes(values['extends'] ?? null)) return null;
  if (api === 'ActionSchedule' && !/^(1|activity_type)$/.test(named(values, 'mapping_id'))) return null;
  if (api === 'ContactType' && named(values, 'parent_id') === '') return null;
  if (api === 'MessageTemplate' && named(values, 'workflow_name') !== '') return null;
  return (
    KINDS.find((kind) => kind.api === api && !OPTION_KINDS.some((option) => option === kind.name)) ?? null
  );
}

/**
 * A declared row as an entity, or the field in which it holds a number of its own site.
 *
 * @param values of APIv4 or APIv3, where a field may be named by `:name`, by `.name` or by the name itself.
 */
export function toDeclaredEntity(
  kind: Kind,
  values: JsonObject,
): { readonly entity: Dependency } | { readonly fault: string } {
  const filled = { is_active: true, ...DEFAULTS[kind.name], ...values };
  const row: Record<string, JsonValue> = {};
  let fault: string | null = null;
  for (const field of kind.fields) {
    const base = field.path.replace(/[.:].*$/, '');
    const value = valueOf(filled, base);
    if (isName(field) && textsIn(value).some((text) => /^\d+$/.test(text))) fault ??= base;
    row[field.path] = value;
  }
  if (fault !== null) return { fault };
  for (const [path, like] of Object.entries(LIKE))
    if (kind.fields.some((field) => field.path === path)) row[path] ??= row[like] ?? null;
  // Everything is named already.
  const entity = toEntity(kind, row, { nameOf: (_, name) => name, storedFor: (_, name) => name });
  const checked = entitySchema(kind.name).safeParse(entity);
  if (!checked.success) return { fault: checked.error.issues[0]?.path.join('.') ?? 'values' };
  return nameOf(checked.data) === '' ? { fault: kind.key.join(', ') } : { entity: checked.data };
}

/** Whether the field holds the name of another row here, and on a site that row's number. */
const isName = ({ path, refers }: KindField): boolean => refers !== undefined || path.includes(':');

/** As `x`, `x:name`, `x.name` or `x.msg_title`. */
function valueOf(values: JsonObject, base: string): JsonValue {
  const [, value] = Object.entries(values).find(([path]) => path.replace(/[.:].*$/, '') === base) ?? [];
  return value ?? null;
}

const named = (values: JsonObject, base: string): string => textsIn(valueOf(values, base))[0] ?? '';

const textsIn = (value: JsonValue): readonly string[] =>
  (Array.isArray(value) ? (value as readonly JsonValue[]) : [value])
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .map(String);

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { fieldsOf, type CaseTypeEntity, type Dependency } from '../entity.ts';
import { kindOf, referenceOf, type KindField } from '../kinds/index.ts';
import { translated } from './php-literal.ts';

/** How CiviCRM finds a row by what we name it: these paths know no `:name`. */
const NAMED_BY: Readonly<Record<string, string>> = {
  parent_id: 'parent_id.name',
  msg_template_id: 'msg_template_id.msg_title',
  sms_template_id: 'sms_template_id.msg_title',
};

/** `option_group_id.name` is what civix writes; it also resolves a group that the same extension makes. */
const writtenPath = (path: string): string =>
  path.replace(/^(option_group_id|custom_group_id):name$/, '$1.name');

/**
 * One entry of a `*.mgd.php` file. Nothing is ever cleaned up: removing the extension must not take from people what
 * their cases and activities use, and we do not lean on what CiviCRM counts as `unused`.
 */
export const managedEntity = (name: string, api: string, values: JsonObject, match: readonly string[]) => ({
  name,
  entity: api,
  cleanup: 'never',
  update: 'unmodified',
  params: { version: 4, values, match },
});

export function managedDependency(entity: Dependency, name: string): JsonObject {
  const kind = kindOf(entity.kind);
  const fields = fieldsOf(entity);
  const pathOf = (field: KindField): string => {
    const reference = referenceOf(field, fields);
    if (reference === null || reference.by === 'name' || field.path.includes(':'))
      return writtenPath(field.path);
    return NAMED_BY[field.path] ?? `${field.path}:name`;
  };
  const written = kind.fields.filter(({ isOwn, isFixed }) => isOwn !== true && isFixed !== true);
  const values = written.flatMap((field): [string, JsonValue][] => {
    const value = fields[field.name] ?? null;
    // NULL under a name that CiviCRM looks up would be looked up.
    return value === null || (Array.isArray(value) && value.length === 0)
      ? []
      : [[pathOf(field), kind.labels.includes(field.name) ? translated(value) : value]];
  });
  const fixed = Object.entries(kind.fixed ?? {}).map(([path, value]) => [writtenPath(path), value] as const);
  const matched = kind.fields.filter(({ name: ours }) => kind.key.includes(ours));
  // A match wants the field itself; CiviCRM has put the id there by then.
  const match = [...fixed.map(([path]) => path), ...matched.map(pathOf)]
    .filter((path) => path !== 'is_reserved' && path !== 'mapping_id')
    .map((path) => path.replace(/[.:].*$/, ''));
  return managedEntity(name, kind.api, Object.fromEntries([...fixed, ...values]), match);
}

export const managedCaseType = (
  caseType: CaseTypeEntity,
  definition: JsonObject,
  name: string,
): JsonObject => {
  const { title, description, isActive, weight } = caseType;
  const values = {
    name: caseType.name,
    title: translated(title),
    ...(description === null ? {} : { description }),
    is_active: isActive,
    weight,
    definition,
  };
  return managedEntity(name, 'CaseType', values, ['name']);
};

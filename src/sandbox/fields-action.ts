import { ENABLED_COMPONENTS } from './seed/site-facts.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { ApiFailure, unknownToSandbox } from './failure.ts';
import { isLike, sortKey } from './collation.ts';
import type { Clause } from './query/conditions.ts';
import { plainText } from './query/literal.ts';
import type { EntitySchema, Field } from './schema/entity-schema.ts';
import { mayRead, maySeeCustomData } from './access.ts';
import type { Caller, Site } from './site.ts';

export interface FieldsParams {
  readonly action?: string;
  readonly loadOptions?: boolean | readonly string[];
  readonly select?: readonly string[];
  readonly where?: readonly Clause[];
  readonly orderBy?: Readonly<Record<string, string>>;
  readonly limit?: number;
  readonly offset?: number;
}

/** What core says of a field and the sandbox does not hold. */
const BEYOND = new Set([
  'description',
  'usage',
  'input_attrs',
  'help_pre',
  'help_post',
  'dfk_entities',
  'options_callback',
  'options_callback_params',
]);

const OPTION_KEYS: readonly string[] = [
  'id',
  'name',
  'label',
  'abbr',
  'description',
  'color',
  'icon',
  'grouping',
];

/** What a read-only field is shown as while it is read; on a new record it is `DisplayOnly`. Those not here have none. */
const READ_INPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Contact: {
    contact_type: 'Select',
    display_name: 'Text',
    sort_name: 'Text',
    created_date: 'Date',
    modified_date: 'Date',
  },
  Email: { hold_date: 'Date' },
  Activity: { modified_date: 'Date' },
  RelationshipCache: {
    near_contact_id: 'EntityRef',
    near_relation: 'Select',
    far_contact_id: 'EntityRef',
    far_relation: 'Select',
    is_active: 'CheckBox',
    start_date: 'Date',
    end_date: 'Date',
    case_id: 'EntityRef',
  },
  CustomGroup: { created_date: 'Date' },
  CustomField: { column_name: 'Text' },
  Group: { children: 'EntityRef' },
  Tag: { created_date: 'Date' },
};

function inputType(field: Field, view: string): string | null {
  if (field.entity === 'Email' && field.name === 'email' && view === 'get') return 'Text';
  if (field.inputType !== 'DisplayOnly' || view === 'create' || view === 'save') return field.inputType;
  return field.name === 'id' ? 'Number' : (READ_INPUTS[field.entity]?.[field.name] ?? null);
}

function describe(
  site: Site,
  entity: EntitySchema,
  field: Field,
  view: string,
  loadOptions: FieldsParams['loadOptions'],
): JsonObject {
  const wanted = Array.isArray(loadOptions) ? (loadOptions as readonly string[]) : undefined;
  const beyond = wanted?.find((key) => !OPTION_KEYS.some((known) => known === key));
  if (beyond !== undefined)
    throw unknownToSandbox(entity.name, 'getFields', `the property ${beyond} of options`);
  const suffixes = site.options.suffixesOf(field) ?? null;
  const isNew = view === 'create' || view === 'save';
  const isWrite = isNew || view === 'update';
  const shownOptions = (): JsonValue => {
    if (field.options === undefined) return false;
    if (loadOptions === undefined || loadOptions === false) return true;
    const options = (site.options.of(field) ?? []).filter(
      (option) =>
        option.is_active !== 0 &&
        (option.component === undefined || ENABLED_COMPONENTS.includes(option.component)),
    );
    if (wanted === undefined)
      // PHP's lists from 0 on are lists in JSON too, and so is nothing at all.
      return options.every((option, index) => option.id === index)
        ? options.map((option) => option.label)
        : Object.fromEntries(options.map((option) => [String(option.id), option.label]));
    return options.map((option) =>
      Object.fromEntries(
        OPTION_KEYS.filter((key) => wanted.includes(key)).map((key) => [
          key,
          option[key as keyof typeof option] ?? null,
        ]),
      ),
    );
  };
  return {
    default_value:
      isNew || (view === 'get' && /^is_(deleted|test)$/.test(field.name))
        ? (field.defaultValue ?? null)
        : null,
    type: field.type,
    entity: entity.name,
    required: isWrite ? field.required : field.requiredOnGet,
    nullable: field.nullable,
    required_if: isWrite ? (field.requiredIf ?? null) : null,
    permission: null,
    readonly: field.readonly,
    deprecated: false,
    name: field.name,
    title: field.title,
    data_type: field.dataType,
    serialize: field.serialize ?? null,
    fk_entity: field.fkEntity ?? null,
    fk_column: field.fkEntity === undefined ? null : 'id',
    options: shownOptions(),
    suffixes,
    label: field.label,
    input_type: inputType(field, view),
    localizable: false,
    table_name: field.custom?.table ?? (field.type === 'Field' ? entity.table : null),
    column_name: field.custom?.column ?? (field.type === 'Field' ? field.name : 'id'),
    operators: field.operators ?? null,
    custom_field_id: field.custom?.id ?? null,
    ...(field.custom === undefined ? {} : { custom_group: field.custom.group }),
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : plainText(value);

/** Filters rows that are made in code, as core does for entities without a table. */
function matchesClause(row: JsonObject, clause: Clause): boolean {
  const [head, second, third] = clause;
  if (head === 'AND' || head === 'OR' || head === 'NOT') {
    const members = (Array.isArray(second) ? second : []) as readonly Clause[];
    if (head === 'OR') return members.some((member) => matchesClause(row, member));
    if (head === 'NOT') return !members.every((member) => matchesClause(row, member));
    return members.every((member) => matchesClause(row, member));
  }
  const value = row[String(head)] ?? null;
  const equal = (other: unknown): boolean =>
    other === null || value === null
      ? other === value
      : typeof other === 'boolean' || typeof value === 'boolean'
        ? Boolean(other) === value
        : sortKey(textOf(value)) === sortKey(textOf(other));
  const list: readonly unknown[] = Array.isArray(third) ? third : [third];
  switch (second) {
    case '=':
      return equal(third);
    case '!=':
    case '<>':
      return !equal(third);
    case 'IN':
      return list.some(equal);
    case 'NOT IN':
      return !list.some(equal);
    case 'IS NULL':
    case 'IS EMPTY':
      return value === null || (second === 'IS EMPTY' && (value === '' || value === false || value === 0));
    case 'IS NOT NULL':
    case 'IS NOT EMPTY':
      return (
        value !== null && !(second === 'IS NOT EMPTY' && (value === '' || value === false || value === 0))
      );
    case 'LIKE':
      return value !== null && isLike(textOf(value), textOf(third));
    case 'NOT LIKE':
      return value !== null && !isLike(textOf(value), textOf(third));
    case 'CONTAINS':
      return Array.isArray(value)
        ? value.some((one) => textOf(one) === textOf(third))
        : value !== null && textOf(value).includes(textOf(third));
    default:
      throw new ApiFailure(
        `The sandbox does not know the operator ${String(second)} on computed rows.`,
        501,
        501,
      );
  }
}

/** PHP's strnatcasecmp: numbers count as numbers, and an underscore comes after the letters. */
function naturally(left: string, right: string): number {
  const [ours, theirs] = [left, right].map((text) => text.toUpperCase().match(/\d+|\D/g) ?? []);
  for (const [index, part] of (ours ?? []).entries()) {
    const other = theirs?.[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (/\d/.test(part) && /\d/.test(other) && Number(part) !== Number(other))
      return Number(part) - Number(other);
    return part < other ? -1 : 1;
  }
  return (ours?.length ?? 0) - (theirs?.length ?? 0);
}

/** Some of the rows that match; `total` counts them all. */
export interface ComputedRows {
  readonly values: readonly JsonObject[];
  readonly total: number;
}

/** Applies `where`, `orderBy`, `limit`, `offset` and `select` to rows made in code. */
export function queryRows(rows: readonly JsonObject[], params: FieldsParams): ComputedRows {
  const found = rows.filter((row) => (params.where ?? []).every((clause) => matchesClause(row, clause)));
  const orders = Object.entries(params.orderBy ?? {});
  const sorted = found.toSorted((left, right) => {
    for (const [name, direction] of orders) {
      const order = naturally(textOf(left[name] ?? ''), textOf(right[name] ?? ''));
      if (order !== 0) return direction === 'DESC' ? -order : order;
    }
    return 0;
  });
  const offset = params.offset ?? 0;
  const limit = params.limit ?? 0;
  // As PHP's array_slice: what is below nothing is counted from the end.
  const page = sorted.slice(offset).slice(0, limit === 0 ? undefined : limit);
  const select = (params.select ?? []).filter((name) => name !== 'row_count');
  if (select.length === 0 || select.includes('*')) return { values: page, total: found.length };
  const values = page.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => select.includes(name))),
  );
  return { values, total: found.length };
}

/** The fields that `where` names, when it does: core loads the options of no others. */
function namesAskedFor({ where = [] }: FieldsParams): readonly unknown[] | undefined {
  const clause = where.find(
    ([field, operator, , isExpression]) =>
      field === 'name' && (operator === '=' || operator === 'IN') && !isExpression,
  );
  return clause === undefined ? undefined : [clause[2]].flat();
}

/** The action `getFields`, as far as the sandbox holds facts on fields. @throws ApiFailure 501 beyond them */
export function getFields(
  site: Site,
  caller: Caller,
  entity: EntitySchema,
  params: FieldsParams,
): ComputedRows {
  const beyond = (params.select ?? []).find((name) => BEYOND.has(name));
  if (beyond !== undefined)
    throw unknownToSandbox(entity.name, 'getFields', `the property ${beyond} of fields`);
  const view = params.action ?? 'get';
  const isWrite = view === 'create' || view === 'save' || view === 'update';
  const all = [
    ...entity.fields.values(),
    ...(maySeeCustomData(caller) ? site.custom.of(entity.name).values() : []),
  ];
  const shown = all
    .filter((field) => mayRead(caller, entity.name, field.name))
    .filter(
      (field) =>
        field.only === undefined || (field.only === (isWrite ? 'create' : 'get') && view !== 'update'),
    );
  const asked = namesAskedFor(params);
  return queryRows(
    shown.map((field) =>
      describe(
        site,
        entity,
        view === 'update' ? { ...field, required: field.requiredOnGet } : field,
        view,
        asked?.includes(field.name) === false ? false : params.loadOptions,
      ),
    ),
    params,
  );
}

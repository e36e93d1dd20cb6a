import { FIELD_TABLE } from './field-table.ts';
import { FIXED_LISTS } from './fixed-lists.ts';
import { LENGTHS } from './lengths.ts';

export type DataType =
  'Integer' | 'String' | 'Boolean' | 'Timestamp' | 'Date' | 'Text' | 'Blob' | 'Array' | 'Float';

/** Where the options of a field come from. */
export type OptionSource =
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'rows'; readonly entity: string }
  | { readonly kind: 'list'; readonly list: string };

export interface Field {
  readonly name: string;
  readonly entity: string;
  readonly type: 'Field' | 'Extra' | 'Filter' | 'Custom';
  readonly dataType: DataType;
  readonly nullable: boolean;
  /** Whether a new record must have it. */
  readonly required: boolean;
  /** What getFields says of it for `get`, which means nothing there. */
  readonly requiredOnGet: boolean;
  readonly readonly: boolean;
  /** Which view of getFields holds it, if not both. */
  readonly only?: 'get' | 'create';
  /** How a list is stored: 1 bookends, 5 commas. */
  readonly serialize?: number;
  readonly fkEntity?: string;
  readonly options?: OptionSource;
  readonly defaultValue?: string | number | boolean;
  readonly inputType: string | null;
  readonly title: string;
  readonly label: string;
  readonly operators?: readonly string[];
  readonly requiredIf?: string;
  readonly maxLength?: number;
  /** Of a custom field: its row, and the table and column that hold the values. */
  readonly custom?: {
    readonly id: number;
    readonly dataType: string;
    /** Characters that its column holds. */
    readonly length: number;
    readonly group: string;
    readonly table: string;
    readonly column: string;
  };
}

export interface EntitySchema {
  readonly name: string;
  readonly table: string;
  readonly fields: ReadonlyMap<string, Field>;
}

export interface ListOption {
  readonly id: string | number;
  readonly name: string | number;
  readonly label: string;
  readonly icon?: string;
  readonly grouping?: string;
}

const lengthOf = (entity: string, name: string): number | undefined => {
  const found = Object.entries(LENGTHS[entity] ?? {}).find(([, names]) => names.split(' ').includes(name));
  return found === undefined ? undefined : Number(found[0]);
};

const lines = (table: string): readonly string[] => table.split('\n').filter((line) => line !== '');

/** The one whose table is not named after it. */
const OTHER_TABLES: Readonly<Record<string, string>> = { MessageTemplate: 'civicrm_msg_template' };

/** `Activity` lives in `civicrm_activity`, `CaseContact` in `civicrm_case_contact`, as on a real site. */
export const tableOf = (entity: string): string =>
  OTHER_TABLES[entity] ??
  `civicrm_${entity.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase()}`;

function parseReference(text: string): Pick<Field, 'fkEntity' | 'options'> {
  const found = /^(?:>([A-Za-z]+))?(?:([#*%])(.+))?$/.exec(text);
  const [, fkEntity, mark, name] = found ?? [];
  const options: OptionSource | undefined =
    name === undefined
      ? undefined
      : mark === '#'
        ? { kind: 'group', group: name }
        : mark === '*'
          ? { kind: 'rows', entity: name }
          : { kind: 'list', list: name };
  return { ...(fkEntity === undefined ? {} : { fkEntity }), ...(options === undefined ? {} : { options }) };
}

function parseField(entity: string, line: string): Field {
  const [
    name = '',
    dataType = '',
    flags = '',
    reference = '',
    defaultText = '',
    input = '',
    title = '',
    label = '',
    ...rest
  ] = line.split('|');
  const extra = (rest.length === 0 ? {} : JSON.parse(rest.join('|'))) as {
    operators?: string[];
    required_if?: string;
  };
  const serialize = /[1-5]/.exec(flags)?.[0];
  const maxLength = lengthOf(entity, name);
  return {
    name,
    entity,
    type: flags.includes('x') ? 'Extra' : flags.includes('f') ? 'Filter' : 'Field',
    dataType: dataType as DataType,
    nullable: flags.includes('n'),
    required: flags.includes('r'),
    requiredOnGet: flags.includes('q'),
    readonly: flags.includes('o'),
    ...(flags.includes('g')
      ? { only: 'get' as const }
      : flags.includes('c')
        ? { only: 'create' as const }
        : {}),
    ...(serialize === undefined ? {} : { serialize: Number(serialize) }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...parseReference(reference),
    ...(defaultText === '' ? {} : { defaultValue: JSON.parse(defaultText) as string | number | boolean }),
    inputType: input === '' ? null : input,
    title,
    label: label === '' ? title : label,
    ...(extra.operators === undefined ? {} : { operators: extra.operators }),
    ...(extra.required_if === undefined ? {} : { requiredIf: extra.required_if }),
  };
}

function parseEntities(): ReadonlyMap<string, EntitySchema> {
  const entities = new Map<string, EntitySchema>();
  let fields = new Map<string, Field>();
  let entity = '';
  for (const line of lines(FIELD_TABLE)) {
    if (line.startsWith('@')) {
      entity = line.slice(1);
      fields = new Map();
      entities.set(entity, { name: entity, table: tableOf(entity), fields });
    } else {
      const field = parseField(entity, line);
      fields.set(field.name, field);
    }
  }
  return entities;
}

function parseLists(): ReadonlyMap<string, readonly ListOption[]> {
  const lists = new Map<string, ListOption[]>();
  let list: ListOption[] = [];
  for (const line of lines(FIXED_LISTS)) {
    if (line.startsWith('@')) lists.set(line.slice(1), (list = []));
    else {
      const [id = '', name = '', label = '', icon = '', grouping = ''] = line.split('|');
      list.push({
        id: /^\d+$/.test(id) ? Number(id) : id,
        // A name that is but the number is a number.
        name: name === id && /^\d+$/.test(id) ? Number(id) : name,
        label,
        ...(icon === '' ? {} : { icon }),
        ...(grouping === '' ? {} : { grouping }),
      });
    }
  }
  return lists;
}

/** Every entity that the sandbox stores, by name. Custom fields are not in here: they are rows of a site. */
export const ENTITIES = parseEntities();
export const LISTS = parseLists();

/** Columns of an entity's table: its fields of type Field, in the order of getFields. */
export const columnsOf = (entity: EntitySchema): readonly Field[] =>
  [...entity.fields.values()].filter((field) => field.type === 'Field' && field.only !== 'create');

import type { SiteDatabase } from './database.ts';
import { LISTS, tableOf, type Field, type OptionSource } from './schema/entity-schema.ts';

/** One choice of a field; `id` is what is stored. */
export interface Option {
  readonly id: string | number;
  readonly name: string | number;
  readonly label: string;
  readonly description?: string;
  readonly abbr?: string;
  readonly color?: string;
  readonly icon?: string;
  readonly grouping?: string;
  /** 0 when it is disabled: no longer offered, still understood. */
  readonly is_active?: number;
  /** Of an option value: the component that it needs. */
  readonly component?: number;
  /** Of a tag: the tables that it is used for. */
  readonly used_for?: string;
}

/** The option lists of a site, kept until a row that they are made of changes. */
export interface OptionCatalog {
  /**
   * All options of a field, disabled ones too, in their order; undefined when the field has none.
   * @param entityTable for tags: only those used for that table
   */
  of(field: Field, entityTable?: unknown): readonly Option[] | undefined;
  suffixesOf(field: Field): readonly string[] | undefined;
  /** Options of a group by its name, e.g. `activity_status`. */
  group(name: string): readonly Option[];
  /** The stored value for a name in a group, or undefined. */
  valueOf(group: string, name: string): string | undefined;
  forget(): void;
}

/** How the rows of an entity read as options. */
const ROW_OPTIONS: Readonly<Record<string, { readonly sql: string; readonly suffixes: readonly string[] }>> =
  {
    CaseType: {
      sql: 'SELECT id, name, title AS label, is_active FROM civicrm_case_type ORDER BY weight',
      suffixes: ['name', 'label'],
    },
    RelationshipType: {
      sql: 'SELECT id, name_a_b AS name, label_a_b AS label, is_active FROM civicrm_relationship_type ORDER BY id',
      suffixes: ['name', 'label'],
    },
    OptionGroup: {
      sql: 'SELECT id, name, title AS label, is_active FROM civicrm_option_group ORDER BY collate_key(title)',
      suffixes: ['name', 'label'],
    },
    CustomGroup: {
      sql: 'SELECT id, name, title AS label, is_active FROM civicrm_custom_group ORDER BY collate_key(title)',
      suffixes: ['name', 'label'],
    },
    Group: {
      sql: 'SELECT id, name, title AS label, is_active FROM civicrm_group ORDER BY collate_key(title)',
      suffixes: ['name', 'label'],
    },
    ContactType: {
      sql: 'SELECT id, name, label, is_active FROM civicrm_contact_type ORDER BY id',
      suffixes: ['name', 'label'],
    },
    LocationType: {
      sql: "SELECT id, name, display_name AS label, coalesce(description, '') AS description, coalesce(vcard_name, '') AS abbr FROM civicrm_location_type ORDER BY collate_key(display_name)",
      suffixes: ['name', 'label', 'description', 'abbr'],
    },
    Tag: {
      sql: "SELECT id, name, label, coalesce(description, '') AS description, coalesce(color, '') AS color, used_for FROM civicrm_tag ORDER BY collate_key(name)",
      suffixes: ['name', 'label', 'description', 'color'],
    },
    Relation: {
      sql: `SELECT name AS id, name, label FROM (
      SELECT name_a_b AS name, label_a_b AS label, id, 0 AS side FROM civicrm_relationship_type
      UNION ALL SELECT name_b_a, label_b_a, id, 1 FROM civicrm_relationship_type) GROUP BY name ORDER BY min(id * 2 + side)`,
      suffixes: ['name', 'label'],
    },
  };

// The column values of these are numbers in the answer, so are the ids of their options.
const asStored = (field: Field | undefined, value: string): string | number =>
  field?.dataType === 'Integer' && /^\d+$/.test(value) ? Number(value) : value;

const EMPTY: readonly Option[] = [];

/** The one group in reach whose names, not values, are stored: `fr_FR`. */
const LANGUAGES = 'languages';

export function createOptionCatalog(database: SiteDatabase): OptionCatalog {
  const kept = new Map<string, readonly Option[]>();
  const remember = (key: string, make: () => readonly Option[]): readonly Option[] => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make();
    kept.set(key, made);
    return made;
  };

  const ofGroup = (name: string): readonly Option[] =>
    remember(`#${name}`, () =>
      database
        .all(
          `SELECT v.value AS id, v.name, v.label, v.description, v.color, v.icon, v.grouping, v.component_id, v.is_active FROM civicrm_option_value v
           JOIN civicrm_option_group g ON g.id = v.option_group_id WHERE g.name = ? ORDER BY v.weight, v.id`,
          [name],
        )
        .map((row) => ({
          id: String(row['id']),
          name: (row['name'] ?? '') as string,
          label: row['label'] as string,
          description: (row['description'] ?? '') as string,
          color: (row['color'] ?? '') as string,
          icon: (row['icon'] ?? '') as string,
          grouping: (row['grouping'] ?? '') as string,
          // An empty text switches off, too, and is stored as NULL.
          ...(row['is_active'] === 0 || row['is_active'] === null ? { is_active: 0 } : {}),
          ...(typeof row['component_id'] === 'number' ? { component: row['component_id'] } : {}),
        })),
    );

  const rowsOf = (entity: string): readonly Option[] =>
    database.all(ROW_OPTIONS[entity]?.sql ?? '') as unknown as readonly Option[];

  const load = (source: OptionSource, field: Field): readonly Option[] => {
    switch (source.kind) {
      case 'group':
        if (source.group === LANGUAGES)
          return remember(`#${source.group}/name`, () =>
            ofGroup(source.group).map((option) => ({ ...option, id: option.name })),
          );
        // Tags and the like are stored as tables, `civicrm_case`; those values are texts.
        return remember(`#${source.group}/${field.dataType}`, () =>
          ofGroup(source.group).map((option) => ({ ...option, id: asStored(field, String(option.id)) })),
        );
      case 'rows':
        return remember(`*${source.entity}`, () => rowsOf(source.entity));
      case 'list':
        return LISTS.get(source.list) ?? EMPTY;
      default:
        return source satisfies never;
    }
  };

  return {
    of: (field, entityTable) => {
      if (field.options === undefined) return undefined;
      if (field.options.kind !== 'rows' || field.options.entity !== 'Tag') return load(field.options, field);
      const table = field.type === 'Filter' ? tableOf(field.entity) : entityTable;
      // Each table has a list of its own, which may be older or younger than those of the others.
      return remember(`*Tag/${typeof table === 'string' ? table : ''}`, () =>
        rowsOf('Tag').filter(
          (tag) => typeof table !== 'string' || tag.used_for?.split(',').includes(table) === true,
        ),
      );
    },
    group: ofGroup,
    valueOf: (group, name) => {
      const found = ofGroup(group).find((option) => option.name === name);
      return found === undefined ? undefined : String(found.id);
    },
    suffixesOf: ({ options }) => {
      if (options === undefined || (options.kind === 'list' && options.list === 'base_module'))
        return undefined;
      if (options.kind === 'rows') return ROW_OPTIONS[options.entity]?.suffixes;
      if (options.kind === 'group') {
        const group = database.get('SELECT option_value_fields FROM civicrm_option_group WHERE name = ?', [
          options.group,
        ]);
        return String(group?.['option_value_fields'] ?? 'name,label,description').split(',');
      }
      const list = LISTS.get(options.list) ?? [];
      return [
        'name',
        'label',
        ...(list.some((option) => option.grouping !== undefined) ? ['grouping'] : []),
        ...(list.some((option) => option.icon !== undefined) || options.list === 'contact_sub_type'
          ? ['icon']
          : []),
      ];
    },
    forget: () => {
      kept.clear();
    },
  };
}

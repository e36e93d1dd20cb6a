import type { JsonObject, JsonValue } from '../../base/json.ts';

/**
 * Kinds of what a case type leans on, in an order in which they can be made: a kind stands behind those it names.
 * A new kind is a name here and a row of the table in `kinds.ts`.
 */
export const KIND_NAMES = [
  'contact_type',
  'relationship_type',
  'activity_type',
  'case_status',
  'activity_status',
  'encounter_medium',
  'priority',
  'activity_default_assignee',
  'group',
  'tag',
  'message_template',
  'case_type',
  'option_group',
  'option_value',
  'custom_group',
  'custom_field',
  'reminder',
] as const;
export type EntityKind = (typeof KIND_NAMES)[number];
export type DependencyKind = Exclude<EntityKind, 'case_type'>;

/** How a field of a row names a row of another kind; an entity names it by its name. */
export interface Reference {
  readonly kind: EntityKind;
  /** What the site stores: the id of the row, its value (of an option), or its name. */
  readonly by: 'id' | 'value' | 'name';
}

/** Another kind for each value of another field, such as what a custom group extends. */
export interface ReferenceByField {
  readonly field: string;
  readonly of: Readonly<Record<string, Reference>>;
}

export interface KindField {
  /** Ours, in entities and files. */
  readonly name: string;
  /** Where APIv4 has it, such as `label_a_b` or `component_id:name`. */
  readonly path: string;
  /**
   * `name`: a text that is never null; `text`: nothing and an empty text are the same, null; `flag`, `number` as they
   * are; `count`: a number, nothing is 0; `texts`: a sorted list, nothing is empty; `named`: a sorted list of names,
   * null when the site names none, which means all; `present`: whether there is anything.
   */
  readonly type: 'name' | 'text' | 'flag' | 'number' | 'count' | 'texts' | 'named' | 'present';
  readonly refers?: Reference | ReferenceByField;
  /** Known and shown, but neither compared nor written: it belongs to the site. */
  readonly isOwn?: boolean;
  /** Compared, but not written. */
  readonly isFixed?: boolean;
}

export interface Kind {
  readonly name: DependencyKind;
  /** CiviCRM's entity in APIv4. */
  readonly api: string;
  /** In a sentence. */
  readonly words: { readonly en: string; readonly fr: string };
  /** Which rows of that entity are of this kind. */
  readonly where?: readonly (readonly [string, ...JsonValue[]])[];
  /** What makes a new row one of this kind. */
  readonly fixed?: JsonObject;
  /** Fields that name an entity on every site, joined by a dot. */
  readonly key: readonly string[];
  /** Further fields that no two of the site's rows share, and fields that people see instead of the name. */
  readonly unique?: readonly string[];
  readonly labels: readonly string[];
  readonly fields: readonly KindField[];
  /** Fields by which records mean something: where both sides have it, they stay as the target has them. */
  readonly meaning?: readonly string[];
  /** A row belongs to what this field names, and goes where that goes: fields of a group, reminders of a type. */
  readonly attached?: string;
  /** The field that says on what an entity of no case type in particular is offered, and the values that concern cases. */
  readonly offered?: { readonly field: string; readonly on: readonly string[] } | 'always';
  /** Whether migrations cannot do without; a site may refuse to show the others. */
  readonly isRequired?: boolean;
  /** Records that lose their meaning without it: the entity of APIv4, the path that holds `by`. */
  readonly uses?:
    | {
        readonly kind: 'records';
        readonly api: string;
        readonly path: string;
        readonly by: 'id' | 'name';
      }
    /** Values in this custom field. */
    | { readonly kind: 'values' };
  /** The file of a snapshot that lists them. */
  readonly file: string;
}

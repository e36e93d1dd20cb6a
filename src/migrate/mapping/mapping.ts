import type { JsonObject } from '../../base/json.ts';
import { KIND_NAMES, type DependencyKind } from '../kinds/kind.ts';

/** Kinds whose names may differ between sites that mean the same by them. */
export const MAPPED_KINDS = [
  'activity_type',
  'case_status',
  'activity_status',
  'encounter_medium',
  'priority',
  'relationship_type',
  'contact_type',
  'group',
  'tag',
  'message_template',
  'option_group',
  'custom_group',
  'reminder',
] as const satisfies readonly DependencyKind[];
export type MappedKind = (typeof MAPPED_KINDS)[number];

/** The kinds that a mapping's file may speak of. */
export const MAPPING_VOCABULARY = {
  mapped: MAPPED_KINDS,
  kinds: KIND_NAMES.filter((kind) => kind !== 'case_type'),
} as const;

/** From a name at the source to the name of the same thing on the target. */
export type NameMap = Readonly<Record<string, string>>;

/** What one site calls otherwise than another, what is not to be moved, and what fills gaps. */
export interface Mapping {
  /** Names of relationship types are either of their two; the pair's other name follows. */
  readonly names: Readonly<Partial<Record<MappedKind, NameMap>>>;
  /** Contacts whom steps assign, as `external_identifier:staff-7` or `email:desk@example.org`. */
  readonly contacts: NameMap;
  /** Keys such as `tag:Urgent`, or `reminder:*` for a whole kind. */
  readonly skip: readonly string[];
  readonly defaults: {
    /** Whom steps assign in the place of a contact that the target lacks. */
    readonly contact: string | null;
    /** Per kind, what a new entity gets in fields that the source leaves empty. */
    readonly fields: Readonly<Partial<Record<DependencyKind, JsonObject>>>;
  };
}

export const EMPTY_MAPPING: Mapping = {
  names: {},
  contacts: {},
  skip: [],
  defaults: { contact: null, fields: {} },
};

/** What is wrong with a mapping for two sites, at a place of its file. */
export interface MappingFault {
  readonly path: readonly string[];
  readonly message: string;
}

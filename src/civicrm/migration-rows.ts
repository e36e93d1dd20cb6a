import { z } from 'zod';
import type { JsonObject } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import type {
  GroupEntity,
  OptionGroup,
  OptionValueEntity,
  RelationshipTypeEntity,
} from '../migrate/entity.ts';
import type { SiteContact, SiteOptionValue, SiteRelationshipType } from '../migrate/ports.ts';

const text = z.string();
/** CiviCRM stores "nothing" as NULL or as an empty text, as the screen that wrote it pleased. */
const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

export const optionValueFields = [
  'id',
  'name',
  'label',
  'value',
  'description',
  'component_id:name',
  'icon',
  'color',
  'grouping',
  'filter',
  'is_active',
  'weight',
] as const;

export const optionValueRow = z.object({
  id: z.number(),
  name: optionalText,
  label: text,
  value: text,
  description: optionalText,
  'component_id:name': optionalText,
  icon: optionalText,
  color: optionalText,
  grouping: optionalText,
  filter: z
    .number()
    .nullish()
    .transform((value) => value ?? 0),
  is_active: z.boolean(),
  weight: z.number(),
});

export function toOptionValue(group: OptionGroup, row: z.output<typeof optionValueRow>): SiteOptionValue {
  return {
    kind: 'option-value',
    group,
    name: row.name ?? '',
    label: row.label,
    value: row.value,
    description: row.description,
    component: row['component_id:name'],
    icon: row.icon,
    color: row.color,
    grouping: row.grouping,
    filter: row.filter,
    isActive: row.is_active,
    weight: row.weight,
  };
}

/** Without the place in pickers: giving one moves the neighbours; core puts the new value last. */
export function fromOptionValue(entity: OptionValueEntity): JsonObject {
  return {
    'option_group_id:name': entity.group,
    name: entity.name,
    label: entity.label,
    description: entity.description,
    'component_id:name': entity.component,
    icon: entity.icon,
    color: entity.color,
    grouping: entity.grouping,
    filter: entity.filter,
    is_active: entity.isActive,
  };
}

export const relationshipTypeRow = z.object({
  id: z.number(),
  name_a_b: optionalText,
  name_b_a: optionalText,
  label_a_b: optionalText,
  label_b_a: optionalText,
  description: optionalText,
  contact_type_a: optionalText,
  contact_type_b: optionalText,
  contact_sub_type_a: optionalText,
  contact_sub_type_b: optionalText,
  is_active: z.boolean(),
});

export function toRelationshipType(row: z.output<typeof relationshipTypeRow>): SiteRelationshipType {
  return {
    kind: 'relationship-type',
    id: row.id,
    nameAB: row.name_a_b ?? '',
    nameBA: row.name_b_a ?? '',
    labelAB: row.label_a_b ?? '',
    labelBA: row.label_b_a ?? '',
    description: row.description,
    contactTypeA: row.contact_type_a,
    contactTypeB: row.contact_type_b,
    contactSubTypeA: row.contact_sub_type_a,
    contactSubTypeB: row.contact_sub_type_b,
    isActive: row.is_active,
  };
}

export function fromRelationshipType(entity: RelationshipTypeEntity): JsonObject {
  return {
    name_a_b: entity.nameAB,
    name_b_a: entity.nameBA,
    label_a_b: entity.labelAB,
    label_b_a: entity.labelBA,
    description: entity.description,
    contact_type_a: entity.contactTypeA,
    contact_type_b: entity.contactTypeB,
    contact_sub_type_a: entity.contactSubTypeA,
    contact_sub_type_b: entity.contactSubTypeB,
    is_active: entity.isActive,
  };
}

export const groupFields = [
  'id',
  'name',
  'title',
  'description',
  'group_type:name',
  'saved_search_id',
  'is_active',
] as const;

export const groupRow = z.object({
  id: z.number(),
  name: optionalText,
  title: optionalText,
  description: optionalText,
  'group_type:name': z.array(text).nullish(),
  saved_search_id: z.number().nullish(),
  is_active: z.boolean(),
});

export function toGroup(row: z.output<typeof groupRow>): GroupEntity {
  return {
    kind: 'group',
    name: row.name ?? '',
    title: row.title ?? '',
    description: row.description,
    types: [...(row['group_type:name'] ?? [])].sort(),
    isSmart: typeof row.saved_search_id === 'number',
    isActive: row.is_active,
  };
}

export function fromGroup(entity: GroupEntity): JsonObject {
  return {
    name: entity.name,
    title: entity.title,
    description: entity.description,
    // An empty list would be stored as an empty text, where a group without types has NULL.
    ...(entity.types.length === 0 ? {} : { 'group_type:name': entity.types }),
    is_active: entity.isActive,
  };
}

/** PHP's empty array is `[]` whether it was a list or a map. */
const definition = z
  .union([z.record(z.string(), z.json()), z.array(z.never())])
  .nullish()
  .transform((value): CaseTypeDefinition | null => {
    if (value === null || value === undefined) return null;
    return Array.isArray(value) ? {} : value;
  });

export const caseTypeRow = z.object({
  id: z.number(),
  name: text,
  title: text,
  description: optionalText,
  is_active: z.boolean(),
  weight: z.number(),
  definition,
});

/** APIv3 speaks in texts, and leaves out what it does not know. */
const flag = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => value === true || value === 1 || value === '1');

export const caseTypeApi3Rows = z.array(
  z.object({ name: text, is_forkable: flag, is_forked: flag, definition }),
);

export const contactFields = ['id', 'external_identifier', 'email_primary.email'] as const;

export const contactRow = z.object({
  id: z.number(),
  external_identifier: optionalText,
  'email_primary.email': optionalText,
});

export const toContact = (row: z.output<typeof contactRow>): SiteContact => ({
  id: row.id,
  externalIdentifier: row.external_identifier,
  email: row['email_primary.email'],
});

import type { EditionFacts } from '../../edition/index.ts';
import { ENTITIES, type EntitySchema, type Field } from './entity-schema.ts';

/** Fields of 6.20 that getFields of 5.77 does not list. */
const NEWER: Readonly<Record<string, string>> = {
  Activity: 'all_contact_id target_contact_count assignee_contact_count _depth _descendents',
  Case: 'case_manager_id my_case_role is_my_case is_my_managed_case',
  Contact: 'contact_names',
  CustomField: 'file_is_public control_field',
  Group: '_depth _descendents',
  OptionValue: 'payment_instrument_fields',
  RelationshipType: 'weight',
  Tag: '_depth _descendents',
};

/** `address_primary`, `email_billing` and the like are shown by 5.77 only for `get`. */
const WAY_TO_REACH = /^(?:address|email|phone|im)_(?:primary|billing)$/;

function olderField(field: Field): Field | undefined {
  if (NEWER[field.entity]?.split(' ').includes(field.name) === true) return undefined;
  if (field.entity === 'Case' && field.name === 'start_date') return { ...field, dataType: 'Date' };
  return field.entity === 'Contact' && WAY_TO_REACH.test(field.name) ? { ...field, only: 'get' } : field;
}

const older = (entity: EntitySchema): EntitySchema => ({
  ...entity,
  fields: new Map(
    [...entity.fields.values()].flatMap((field) => {
      const shown = olderField(field);
      return shown === undefined ? [] : [[shown.name, shown] as const];
    }),
  ),
});

/** The entities with the fields that an edition has. The tables hold the columns of all. */
export const entitiesOf = (facts: EditionFacts): ReadonlyMap<string, EntitySchema> =>
  facts.newerFields ? ENTITIES : new Map([...ENTITIES].map(([name, entity]) => [name, older(entity)]));

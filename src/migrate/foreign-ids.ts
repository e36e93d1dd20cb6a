import type { JsonObject, JsonValue } from '../base/json.ts';
import { fieldsOf, type Dependency } from './entity.ts';

/** A field that says something only on its own site, and why. */
interface OwnField {
  readonly field: string;
  readonly message: string;
}

const isText = (value: JsonValue | undefined): value is string => typeof value === 'string' && value !== '';

/** What of an entity names records by ids: on another site those would be somebody else's. */
export function ownFields(entity: Dependency): readonly OwnField[] {
  const fields = fieldsOf(entity);
  if (isToChosenPeople(entity))
    return ['recipient', 'limit', 'isActive'].map((field) => ({ field, message: CHOSEN_PEOPLE }));
  if (entity.kind !== 'custom_field') return [];
  const refers = ['ContactReference', 'EntityReference'].some((type) => type === fields['dataType']);
  const byHand = 'is not carried. Set it on the target by hand.';
  return [
    ...(refers && isText(fields['default'])
      ? [{ field: 'default', message: `Its default, a record of its own site, ${byHand}` }]
      : []),
    // Such as action=get&group=5.
    ...(isText(fields['filter']) && /\b(?:id|groups?|tags?)\b[^&]*\d/.test(fields['filter'])
      ? [{ field: 'filter', message: `Its filter, which names records of its own site, ${byHand}` }]
      : []),
  ];
}

const CHOSEN_PEOPLE =
  'It goes to people chosen one by one, who stay behind. Where it is new it is made switched off: choose them there, then switch it on.';

/** A reminder that goes to people whom only its own site knows. */
export const isToChosenPeople = (entity: Dependency): boolean =>
  entity.kind === 'reminder' && fieldsOf(entity)['recipient'] === 'manual';

/**
 * The entity without them, or with what the target has in their place. A reminder that lost its chosen people would go to
 * everybody of the activity, and CiviCRM makes none without them: a new one has no limit and is switched off.
 */
export function withoutForeignIds(entity: Dependency, held: Dependency | undefined): Dependency {
  const theirs: JsonObject = held === undefined ? {} : fieldsOf(held);
  const fields = ownFields(entity).map(
    ({ field }) => [field, theirs[field] ?? (field === 'isActive' ? false : null)] as const,
  );
  return fields.length === 0 ? entity : { ...entity, ...Object.fromEntries(fields) };
}

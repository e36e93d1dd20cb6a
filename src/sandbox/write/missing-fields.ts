import type { EntitySchema } from '../schema/entity-schema.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Values } from './record.ts';
import { isEmpty } from './rules.ts';

const isGiven = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== null && value !== '';

const EMPTINESS = /^(!?)empty\(\$values\.(\w+)\)$/;
const EQUALITY = /^\$values\.(\w+) (=|!)== "(\w*)"$/;

function holds(condition: string, values: Values): boolean {
  if (condition.startsWith('('))
    return condition
      .slice(1, -1)
      .split(' || ')
      .some((one) => holds(one, values));
  const [, not, name] = EMPTINESS.exec(condition) ?? [];
  if (name !== undefined) return isEmpty(values[name]) === (not === '');
  const [, other = '', sign, text] = EQUALITY.exec(condition) ?? [];
  return (values[other] === text) === (sign === '=');
}

/**
 * Required fields that a new record lacks: those that always are, and those of which a condition says so, such as
 * `!empty($values.is_active) && (empty($values.mode) || $values.mode !== "SMS")`.
 *
 * Source: Civi\Api4\Event\Subscriber\ValidateFieldsSubscriber.
 */
export function missingFields(entity: EntitySchema, values: Values): readonly string[] {
  return [...entity.fields.values()]
    .filter((field) => field.only !== 'get' && !isGiven(values[field.name]))
    .filter(({ required, requiredIf, defaultValue }) =>
      required
        ? defaultValue === undefined
        : requiredIf?.split(' && ').every((condition) => holds(condition, values)) === true,
    )
    .map((field) => field.name);
}

import { ApiFailure } from '../failure.ts';
import { offeredOptions, type Beside } from '../offered-options.ts';
import type { Option } from '../options.ts';
import { readPhpDate } from '../php-date.ts';
import { relativeRange } from '../relative-date.ts';
import type { Field } from '../schema/entity-schema.ts';
import type { Caller, Site } from '../site.ts';

export type Scalar = string | number | boolean | null;
export type InputValue = Scalar | readonly InputValue[];

const SUFFIXES_TO_WRITE = new Set(['name', 'label', 'abbr']);

/** PHP's loose equality of an option's text with what the caller sent: `1` is `'1'`, case counts. */
const sameText = (left: string | number | undefined, right: Scalar): boolean =>
  left !== undefined &&
  right !== null &&
  String(left) === (typeof right === 'boolean' ? (right ? '1' : '') : String(right));

interface OptionContext {
  readonly isWrite?: boolean;
  readonly beside?: Beside;
}

const stored = (options: readonly Option[], suffix: string, value: Scalar): string | number | undefined =>
  options.find((option) => sameText(option[suffix as keyof Option], value))?.id;

/**
 * The stored value for an option given by `:name` or `:label`. Unknown ones become null in silence, or go
 * missing from a list: CiviCRM 6.20 does so on filters and on writes.
 */
export function valueOfOption(
  site: Site,
  field: Field,
  suffix: string,
  value: InputValue,
  { isWrite = false, beside }: OptionContext = {},
): InputValue {
  if (isWrite && !SUFFIXES_TO_WRITE.has(suffix)) throw new ApiFailure('Illegal expression');
  const options = offeredOptions(site, field, beside);
  if (options === undefined) throw new ApiFailure(`No option list found for '${field.name}'`);
  if (Array.isArray(value)) {
    return (value as readonly Scalar[]).flatMap((one) => stored(options, suffix, one) ?? []);
  }
  return stored(options, suffix, value as Scalar) ?? null;
}

const EXACT = new Set(['=', '!=', '<>', 'IN', 'NOT IN', 'CONTAINS', 'NOT CONTAINS']);

export const isContactReference = (field: Field): boolean =>
  field.fkEntity === 'Contact' || (field.entity === 'Contact' && field.name === 'id');

/** Angle brackets are stored as entities: written either way they are the same. */
export const decodeMarkup = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** `user_contact_id` is whoever asks; so is `true`, which PHP takes for the same. */
export const contactOf = (caller: Caller, value: Scalar): Scalar =>
  value === 'user_contact_id' || value === true ? caller.contactId : value;

interface Formatted {
  readonly value: InputValue;
  readonly operator: string;
}

function formatDate(
  site: Site,
  field: Field,
  value: Scalar,
  operator: string,
  index: number | undefined,
): Formatted {
  const short = field.dataType === 'Date';
  // The column of a custom date holds a time too: a day is compared with it as its midnight.
  const midnight = field.custom === undefined ? '' : ' 00:00:00';
  const read = (text: Scalar): string => {
    const moment = readPhpDate(text, site.clock);
    return short ? `${moment.slice(0, 10)}${midnight}` : moment.slice(0, 19);
  };
  const isFilter =
    typeof value === 'string' &&
    site.options.group('relative_date_filters').some((option) => option.id === value);
  if (!isFilter) {
    if (
      !short &&
      typeof value === 'string' &&
      /^\d{4}-\d{2}-\d{2}$/.test(value) &&
      ['=', '!=', '<>'].includes(operator)
    ) {
      return {
        operator: operator === '=' ? 'BETWEEN' : 'NOT BETWEEN',
        value: [read(`${value} 00:00:00`), read(`${value} 23:59:59`)],
      };
    }
    return { operator, value: read(value) };
  }
  if (index !== undefined && !operator.includes('BETWEEN')) {
    throw new ApiFailure(`Relative dates cannot be in an array using the ${operator} operator.`);
  }
  const range = relativeRange(value, site.clock.now());
  if (range === undefined)
    throw new ApiFailure(`The sandbox does not know the relative date "${value}".`, 501, 501);
  const from = range.from === null ? null : read(range.from);
  const to = range.to === null ? null : read(range.to);
  switch (operator) {
    case '=':
    case '!=':
    case '<>':
    case 'LIKE':
    case 'NOT LIKE': {
      const inside = operator === '=' || operator === 'LIKE';
      if (from === null) return { operator: inside ? '<=' : '>=', value: to };
      if (to === null) return { operator: inside ? '>=' : '<=', value: from };
      return { operator: inside ? 'BETWEEN' : 'NOT BETWEEN', value: [from, to] };
    }
    case '<':
    case '>=':
      return { operator, value: from ?? site.clock.epoch };
    case '>':
    case '<=':
      return { operator, value: to ?? site.clock.epoch };
    case 'BETWEEN':
    case 'NOT BETWEEN':
      return { operator, value: (index === 0 ? from : to) ?? site.clock.epoch };
    default:
      throw new ApiFailure(`Relative dates cannot be used with the ${operator} operator.`);
  }
}

/**
 * A filter's value in the form in which the column stores it; dates may change the operator (a day on a
 * timestamp is a range).
 *
 * Source: Civi\Api4\Utils\FormattingUtil::formatInputValue.
 */
export function formatFilterValue(
  site: Site,
  caller: Caller,
  field: Field,
  suffix: string | undefined,
  operator: string,
  value: InputValue,
  index?: number,
  beside?: Beside,
): Formatted {
  if (suffix !== undefined)
    return {
      operator,
      value: valueOfOption(site, field, suffix, value, beside === undefined ? {} : { beside }),
    };
  if (Array.isArray(value)) {
    const items = (value as readonly InputValue[]).map(
      (item, at) => formatFilterValue(site, caller, field, undefined, operator, item, at).value,
    );
    return { operator, value: items };
  }
  const scalar = value as Scalar;
  if (field.dataType === 'Timestamp' || field.dataType === 'Date') {
    if (operator.startsWith('IS ')) return { operator, value };
    return formatDate(site, field, scalar, operator, index);
  }
  if (field.dataType === 'String' && typeof scalar === 'string' && !isContactReference(field))
    return { operator, value: decodeMarkup(scalar) };
  return {
    operator,
    value: isContactReference(field) && EXACT.has(operator) ? contactOf(caller, scalar) : scalar,
  };
}

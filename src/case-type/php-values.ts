import type { JsonValue } from '../base/json.ts';

const NUMERIC = /^[ \t\n\r\v\f]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\r\v\f]*$/;
const LEADING_NUMBER = /^[ \t\n\r\v\f]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/;
const INT_MAX = 2 ** 63;

/**
 * PHP's `(int)` of a string: the leading number, cut towards zero; 0 when there is none. What lies outside
 * PHP's integers stops at their edge, as near as a JavaScript number comes to it.
 */
export function phpInt(text: string): number {
  const value = Math.trunc(leadingNumber(text) ?? 0);
  if (!Number.isFinite(value)) return 0;
  return Math.min(Math.max(value, -INT_MAX), INT_MAX) + 0;
}

/** The number with which a text begins. */
export function leadingNumber(text: string): number | undefined {
  const number = LEADING_NUMBER.exec(text)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The number a PHP numeric string stands for, or undefined for text that PHP compares as text. */
export function phpNumber(text: string): number | undefined {
  return NUMERIC.test(text) ? Number(text.trim()) : undefined;
}

/** PHP's truth of a string: everything but `''` and `'0'`. */
export function isPhpTrue(text: string): boolean {
  return text !== '' && text !== '0';
}

/** PHP's `==` of two strings: by number when both are numeric, else by their characters. */
export function phpEquals(left: string, right: string): boolean {
  const [a, b] = [phpNumber(left), phpNumber(right)];
  return a !== undefined && b !== undefined ? a === b : left === right;
}

/**
 * The text that CiviCRM's XML writer makes of a definition's leaf and its processor reads back. A list stands
 * for repeated elements, of which the processor sees the first; an empty list is an empty element.
 */
export function leafText(value: JsonValue | undefined): string {
  if (value === undefined || value === null || value === false) return '';
  if (value === true) return '1';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return leafText(Object.values(value)[0]);
}

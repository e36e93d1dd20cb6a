import type { JsonValue } from '../../base/json.ts';

/** Stands for a text that people read: CiviCRM looks for its translation in the extension. */
export const translated = (text: JsonValue): JsonValue => ({ [TRANSLATED]: text });
const TRANSLATED = '$ts';

/**
 * A value as PHP source, in the style of Drupal and civix: two spaces, short arrays, a comma behind each item.
 *
 * @param domain of `ts`, for `translated` texts: the key of the extension.
 */
export function phpLiteral(value: JsonValue, domain: string, indent = ''): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return phpText(value);
  if (!Array.isArray(value) && TRANSLATED in value)
    return `ts(${phpLiteral(value[TRANSLATED] ?? null, domain)}, ['domain' => ${phpText(domain)}])`;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? (value as readonly JsonValue[]).map((item) => phpLiteral(item, domain, inner))
    : Object.entries(value).map(([key, item]) => `${phpText(key)} => ${phpLiteral(item, domain, inner)}`);
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}]`;
}

/** Single quotes: PHP then reads neither variables nor line ends out of the text. */
export const phpText = (text: string): string => `'${text.replace(/[\\']/g, (letter) => `\\${letter}`)}'`;

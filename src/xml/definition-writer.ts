import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { isPhpTrue, phpInt } from '../case-type/index.ts';
import { castTextOf } from './cast-text.ts';
import { isXmlName } from './chars.ts';
import { CASE_TYPE_FORMAT, COMMA_LIST_FIELD, SET_FORMAT, type FormatEntry } from './format.ts';

interface OutElement {
  readonly name: string;
  readonly content: string | readonly OutElement[];
}

/**
 * The XML that CiviCRM stores for a definition, byte for byte: fixed order, one space of indent, never
 * self-closed, cut at a NUL.
 *
 * Source: CRM/Case/BAO/CaseType.php, convertDefinitionToXML.
 * @throws AppError invalid-input where CiviCRM crashes: a list where it wants a text, a key that is no XML name
 */
export function writeDefinitionXml(definition: CaseTypeDefinition, name: string): string {
  const content = CASE_TYPE_FORMAT.flatMap((entry) => writeEntry(entry, definition, name));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render({ name: 'CaseType', content }, '')}`;
}

function writeEntry(entry: FormatEntry, definition: CaseTypeDefinition, name: string): readonly OutElement[] {
  if (entry.kind === 'name') return [{ name: entry.element, content: toText(name) }];
  const value = definition[entry.key];
  if (value === undefined) return [];
  switch (entry.kind) {
    case 'integer':
      return [leaf(entry.element, entry.isCast ? castInteger(value) : value, entry.key)];
    case 'records':
      return value === null
        ? []
        : [
            container(
              entry.element,
              itemsOf(value).map((item, index) =>
                writeRecord(entry.item, item, `${entry.key}.${String(index)}`),
              ),
            ),
          ];
    case 'texts': {
      if (!isTruthy(value)) return [];
      const items =
        typeof value === 'object'
          ? entriesOf(value)
          : entry.key === 'activityAsgmtGrps'
            ? [['0', value] as const]
            : [];
      return [
        container(
          entry.element,
          items.map(([key, item]) => writeListed(entry.item, item, `${entry.key}.${key}`)),
        ),
      ];
    }
    case 'sets':
      return value === null
        ? []
        : [
            container(
              entry.element,
              itemsOf(value).map((item, index) =>
                writeSet(entry.item, item, `${entry.key}.${String(index)}`),
              ),
            ),
          ];
    default:
      return entry satisfies never;
  }
}

function writeRecord(name: string, record: JsonValue, path: string): OutElement {
  const fields = entriesOf(record).map(([key, value]) =>
    name === 'RelationshipType' && key === COMMA_LIST_FIELD
      ? leaf(
          key,
          valuesOf(value)
            .map((item) => joined(item))
            .join(','),
          `${path}.${key}`,
        )
      : leaf(key, value, `${path}.${key}`),
  );
  return container(name, fields);
}

function writeListed(name: string, value: JsonValue, path: string): OutElement {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return leaf(name, (isObject ? castTextOf(value as JsonObject) : undefined) ?? value, path);
}

function writeSet(name: string, set: JsonValue, path: string): OutElement {
  const content = entriesOf(set).flatMap(([key, value]): readonly OutElement[] => {
    if (key === SET_FORMAT.steps.key) {
      if (!isTruthy(value)) return [];
      const steps = itemsOf(value).map((step, index) => writeStep(step, `${path}.${key}.${String(index)}`));
      return [container(SET_FORMAT.steps.element, steps)];
    }
    if (SET_FORMAT.flags.some((flag) => flag === key))
      return isTruthy(value) ? [leaf(key, 'true', path)] : [];
    return [leaf(key, value, `${path}.${key}`)];
  });
  return container(name, content);
}

function writeStep(step: JsonValue, path: string): OutElement {
  const fields = entriesOf(step).flatMap(([key, value]) => {
    const values = valuesOf(value);
    return (values.length === 0 ? [''] : values).map((item) => leaf(key, item, `${path}.${key}`));
  });
  return container(SET_FORMAT.steps.item, fields);
}

function leaf(key: string, value: JsonValue, path: string): OutElement {
  const [name = ''] = key.split('\0');
  // The writer of CiviCRM knows the letters of XML's fourth edition, none of them beyond U+FFFF.
  if (!isXmlName(name) || /[^\0-\uFFFF]/u.test(name)) {
    throw new AppError(
      'invalid-input',
      `"${name}" at ${path} cannot be the name of an XML element, so CiviCRM cannot store this definition. Rename or remove it.`,
      { details: { path } },
    );
  }
  if (typeof value === 'object' && value !== null) {
    throw new AppError(
      'invalid-input',
      `Expected a text at ${path}, got ${Array.isArray(value) ? 'a list' : 'an object'}; CiviCRM crashes on storing it. Remove the key or give it one text.`,
      { details: { path } },
    );
  }
  return { name, content: toText(value) };
}

const container = (name: string, content: readonly OutElement[]): OutElement => ({ name, content });

const entriesOf = (value: JsonValue): readonly (readonly [string, JsonValue])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];
const itemsOf = (value: JsonValue): readonly JsonValue[] => entriesOf(value).map(([, item]) => item);
/** PHP's `(array)`. */
const valuesOf = (value: JsonValue): readonly JsonValue[] =>
  value === null ? [] : typeof value === 'object' ? itemsOf(value) : [value];
const joined = (value: JsonValue): string =>
  typeof value === 'object' && value !== null ? 'Array' : castText(value);

function isTruthy(value: JsonValue): boolean {
  if (typeof value === 'string') return isPhpTrue(value);
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}

/** PHP's `(int)`, as text. */
function castInteger(value: JsonValue): string {
  if (typeof value === 'string') return integerText(phpInt(value));
  if (typeof value === 'number') return BigInt.asIntN(64, BigInt(Math.trunc(value))).toString();
  return isTruthy(value) ? '1' : '0';
}

/** The largest integer of PHP is none of JavaScript's. */
const integerText = (value: number): string =>
  value >= 2 ** 63 ? '9223372036854775807' : BigInt(value).toString();

/** What the writer takes of a text: it ends where C says. */
const toText = (value: string | number | boolean | null): string => castText(value).split('\0')[0] ?? '';

/** PHP's cast to string. */
function castText(value: string | number | boolean | null): string {
  if (value === null || value === false) return '';
  if (value === true) return '1';
  if (typeof value === 'string') return value;
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? integerText(value) : floatText(value);
}

/** Fourteen digits, as PHP's setting `precision` has it. */
function floatText(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential(13).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 14) return String(Number(value.toPrecision(14)));
  const mantissa = digits.replace(/\.?0+$/, '');
  return `${mantissa}${mantissa.includes('.') ? '' : '.0'}E${exponent}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  '\r': '&#13;',
};

function render(element: OutElement, indent: string): string {
  const { name, content } = element;
  if (typeof content === 'string') {
    const text = content.replace(/[<>&"\r]/g, (character) => ESCAPES[character] ?? character);
    return `${indent}<${name}>${text}</${name}>\n`;
  }
  if (content.length === 0) return `${indent}<${name}></${name}>\n`;
  return `${indent}<${name}>\n${content.map((child) => render(child, `${indent} `)).join('')}${indent}</${name}>\n`;
}

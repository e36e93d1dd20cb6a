import { AppError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { illegalCharacterAt, isXmlName } from '../chars.ts';
import { COMMA_LIST_FIELD, SET_FORMAT } from '../format.ts';
import type { Style } from './style.ts';

/** An element that the document does not have yet. */
export interface NewElement {
  readonly name: string;
  readonly attributes: JsonObject;
  readonly content: string | readonly (NewElement | CarriedElement)[];
}

/** An element that comes from elsewhere in the document, with its comments and the white space before it. */
export interface CarriedElement {
  readonly carried: string;
}

const NO_ATTRIBUTES: JsonObject = {};

export const newLeaf = (name: string, text: string): NewElement => ({
  name,
  attributes: NO_ATTRIBUTES,
  content: text,
});

/** What a key of an item reads from: an element, or several of the same name. */
export function newElements(name: string, value: JsonValue): readonly NewElement[] {
  if (isList(value) && value.length > 1) return value.flatMap((item) => newElements(name, item));
  return [newElement(name, value)];
}

/** An element that reads as this value; one of a list stands for itself. */
export function newElement(name: string, value: JsonValue): NewElement {
  if (isList(value)) return newElement(name, value[0] ?? '');
  if (!isMap(value)) return newLeaf(name, textOf(value));
  const { '@attributes': attributes = NO_ATTRIBUTES, ...fields } = value;
  const isRole = name === 'RelationshipType';
  const content = Object.entries(fields).flatMap(([key, field]) =>
    isRole && key === COMMA_LIST_FIELD && isList(field)
      ? [newLeaf(key, field.map(textOf).join(','))]
      : newElements(key, field),
  );
  return { name, attributes: isMap(attributes) ? attributes : NO_ATTRIBUTES, content };
}

/** A set, in the order of CiviCRM's editor: name, label, flags, steps. */
export function newSet(
  name: string,
  set: JsonObject,
  hasTimeline: boolean,
  carry: (step: JsonValue, index: number) => CarriedElement | null,
): NewElement {
  const { element, key, item } = SET_FORMAT.steps;
  const texts = SET_FORMAT.texts.flatMap((text) => {
    const value = textOf(set[text] ?? '');
    return value === '' ? [] : [newLeaf(text, value)];
  });
  const flags = SET_FORMAT.flags.flatMap((flag) => {
    if (set[flag] !== undefined) return [newLeaf(flag, 'true')];
    return flag === 'timeline' && hasTimeline ? [newLeaf(flag, 'false')] : [];
  });
  const steps = set[key];
  const block =
    steps === undefined
      ? []
      : [
          newContainer(
            element,
            isList(steps) ? steps.map((step, index) => carry(step, index) ?? newElement(item, step)) : [],
          ),
        ];
  return newContainer(name, [...texts, ...flags, ...block]);
}

export const newContainer = (name: string, content: Exclude<NewElement['content'], string>): NewElement => ({
  name,
  attributes: NO_ATTRIBUTES,
  content,
});

/** `lead` is the white space before the element, its line break included; without one all goes on one line. */
export function renderNew({ name, attributes, content }: NewElement, lead: string, style: Style): string {
  if (!isXmlName(name)) throw notExpressible(`"${name}" cannot be the name of an XML element`);
  const open = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${attributeText(key, textOf(value))}`)
    .join('')}`;
  if (content.length === 0) {
    return style.selfClosing === null ? `${open}></${name}>` : `${open}${style.selfClosing}`;
  }
  if (typeof content === 'string') return `${open}>${escapeText(content)}</${name}>`;
  const unit = /[\r\n]/.test(lead) ? style.unit : null;
  const outer = unit === null ? '' : lead.replace(/^[^]*(\r\n|[\r\n])/, '$1');
  const inner = outer + (unit ?? '');
  const children = content
    .map((child) => ('carried' in child ? child.carried : inner + renderNew(child, inner, style)))
    .join('');
  return `${open}>${children}${outer}</${name}>`;
}

export function attributeText(name: string, value: string): string {
  if (!isXmlName(name)) throw notExpressible(`"${name}" cannot be the name of an XML attribute`);
  const escaped = escapeText(value).replace(/["\t\n]/g, (one) => `&#${String(one.charCodeAt(0))};`);
  return `${name}="${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '\r': '&#13;' };

export function escapeText(text: string): string {
  checkCharacters(text);
  return text.replace(/[<>&\r]/g, (character) => ESCAPES[character] ?? character);
}

export function checkCharacters(text: string): void {
  const at = illegalCharacterAt(text);
  if (at < 0) return;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw notExpressible(`character U+${code} in ${JSON.stringify(text)} is not allowed in XML`);
}

export function notExpressible(reason: string): AppError {
  return new AppError('invalid-input', `The definition cannot be put into XML: ${reason}.`);
}

export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
export const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
export const textOf = (value: JsonValue): string =>
  typeof value === 'object' && value !== null ? '' : value === null ? '' : String(value);

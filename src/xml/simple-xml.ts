import type { JsonObject, JsonValue } from '../base/json.ts';
import { isPhpTrue } from '../case-type/index.ts';
import { rememberCastText } from './cast-text.ts';
import { isXmlSpace } from './chars.ts';
import {
  plainText,
  type XmlComment,
  type XmlElement,
  type XmlInstruction,
  type XmlNode,
  type XmlReference,
} from './node.ts';

/*
 * A document as PHP's SimpleXML shows it to CiviCRM, CDATA merged into text (LIBXML_NOCDATA). The rules are
 * those of ext/simplexml/simplexml.c, sxe_get_prop_hash and _get_base_node_value.
 */

interface MergedText {
  readonly kind: 'merged';
  readonly value: string;
}
type ViewNode = MergedText | XmlElement | XmlReference | XmlComment | XmlInstruction;

/** The first visible child element of that name. */
export function firstChild(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenNamed(parent, name)[0];
}

export function childrenNamed(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return childElements(parent).filter((child) => child.name === name);
}

/** The child elements that SimpleXML does not overlook. */
export function childElements(parent: XmlElement | undefined): readonly XmlElement[] {
  return (parent?.children ?? [])
    .filter((child) => child.kind === 'element')
    .filter((child) => !child.isForeign);
}

/** PHP's `(string)`: the text directly inside, that of entities too, that of elements not. */
export function ownText(element: XmlElement | undefined): string {
  return element === undefined ? '' : plainText(element.children);
}

/** PHP's `(bool)` of a root element: false when there is nothing in it that SimpleXML shows. */
export function isShown(root: XmlElement): boolean {
  const view = viewOf(root.children);
  const onlyText = view.length === 1 && view[0]?.kind === 'merged' && view[0].value !== '';
  return (
    onlyText ||
    root.attributes.some(isVisible) ||
    view.some((node) => node.kind !== 'merged' && isVisible(node))
  );
}

/** PHP's `!empty()` of an element: anything but no content, or one text that is `0`. */
export function isNotEmpty(element: XmlElement | undefined): boolean {
  if (element === undefined) return false;
  const [first, ...more] = viewOf(element.children);
  if (first === undefined) return false;
  return more.length > 0 || first.kind !== 'merged' || isPhpTrue(first.value);
}

/** PHP's `json_decode(json_encode($element), TRUE)`: what empties and lists become on the way is done here. */
export function toPhpArray(element: XmlElement): JsonValue {
  return decodeJson(propertiesOf(element.attributes.filter(isVisible), element.children));
}

/**
 * PHP's `(array)` of the children of one name: a list, but the first one's attributes are keys of it, and when
 * the first holds more than one thing its properties stand in place of all.
 */
export function toPhpList(parent: XmlElement | undefined, name: string): JsonValue {
  const all = childrenNamed(parent, name);
  const [first] = all;
  if (first === undefined) return [];
  const attributes = first.attributes.filter(isVisible);
  const [content, ...more] = viewOf(first.children);
  const isLast = viewOf(parent?.children ?? []).at(-1) === first;
  if (content === undefined || more.length > 0 || isLast || hasContent(content)) {
    return toPhpKeys(propertiesOf(attributes, first.children));
  }
  const entries = all.map((child, index): readonly [string, JsonValue] => [String(index), valueOf(child)]);
  return toPhpKeys(Object.fromEntries([...attributeEntry(attributes), ...entries]));
}

function hasContent(node: ViewNode): boolean {
  if (node.kind === 'element') return viewOf(node.children).length > 0;
  return node.kind === 'reference' && node.content !== null;
}

const isVisible = (node: ViewNode | { readonly isForeign: boolean }): boolean =>
  !('isForeign' in node) || !node.isForeign;

/** libxml's own children: neighbouring texts are one. An empty CDATA section is a text too. */
function viewOf(nodes: readonly XmlNode[]): readonly ViewNode[] {
  const view: ViewNode[] = [];
  for (const node of nodes) {
    if (node.kind === 'text' || node.kind === 'cdata') {
      const previous = view.at(-1);
      if (previous?.kind === 'merged')
        view[view.length - 1] = { kind: 'merged', value: previous.value + node.value };
      else view.push({ kind: 'merged', value: node.value });
    } else if (
      node.kind === 'element' ||
      node.kind === 'reference' ||
      node.kind === 'comment' ||
      node.kind === 'instruction'
    ) {
      view.push(node);
    }
  }
  return view;
}

function attributeEntry(attributes: XmlElement['attributes']): readonly (readonly [string, JsonObject])[] {
  if (attributes.length === 0) return [];
  return [['@attributes', Object.fromEntries(attributes.map(({ name, value }) => [name, value]))]];
}

function propertiesOf(attributes: XmlElement['attributes'], children: readonly XmlNode[]): JsonObject {
  const properties = new Map<string, JsonValue[]>();
  const view = viewOf(children);
  for (const node of view) {
    if (node.kind === 'merged') {
      // Text beside anything else is not shown at all.
      if (view.length === 1 && !isXmlSpace(node.value)) properties.set('0', [node.value]);
    } else if (isVisible(node)) {
      const key = nameOf(node);
      properties.set(key, [...(properties.get(key) ?? []), valueOf(node)]);
    }
  }
  const entries = Array.from(properties, ([key, values]): readonly [string, JsonValue] => [
    key,
    values.length === 1 ? (values[0] ?? null) : values,
  ]);
  return Object.fromEntries([...attributeEntry(attributes), ...entries]);
}

function nameOf(node: Exclude<ViewNode, MergedText>): string {
  switch (node.kind) {
    case 'element':
    case 'reference':
      return node.name;
    case 'comment':
      return 'comment';
    case 'instruction':
      return node.target;
    default:
      return node satisfies never;
  }
}

function valueOf(node: Exclude<ViewNode, MergedText>): JsonValue {
  if (node.kind === 'comment') return rememberCastText({}, node.raw.slice('<!--'.length, -'-->'.length));
  if (node.kind === 'instruction') return rememberCastText({}, instructionText(node));
  if (node.kind === 'element') return contentValue(node.attributes.filter(isVisible), node.children);
  // Between a reference and its text stands the entity's declaration, of the same name.
  const declaration = node.content === null ? {} : { [node.name]: contentValue([], node.content) };
  return rememberCastText(declaration, '');
}

const instructionText = ({ raw, target }: XmlInstruction): string =>
  raw.slice(`<?${target}`.length, -'?>'.length).replace(/^[ \t\r\n]+/, '');

function contentValue(attributes: XmlElement['attributes'], children: readonly XmlNode[]): JsonValue {
  const [first] = viewOf(children);
  const text = plainText(children);
  return first?.kind === 'merged' && !isXmlSpace(first.value)
    ? text
    : rememberCastText(propertiesOf(attributes, children), text);
}

/** JSON as PHP decodes it into arrays: an object whose keys are 0, 1, 2 … is a list, an empty one too. */
function decodeJson(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(decodeJson);
  return toPhpKeys(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeJson(item)])));
}

function toPhpKeys(object: JsonObject): JsonValue {
  const keys = Object.keys(object);
  return keys.every((key, index) => key === String(index)) ? Object.values(object) : object;
}

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
  if (parent === undefined) return undefined;
  for (const child of parent.children) {
    if (child.kind === 'element' && child.name === name && !child.isForeign) return child;
  }
  return undefined;
}

export function childrenNamed(parent: XmlElement | undefined, name: string): readonly XmlElement[] {
  return childElements(parent).filter((child) => child.name === name);
}

/** The child elements that SimpleXML does not overlook. */
export function childElements(parent: XmlElement | undefined): readonly XmlElement[] {
  const elements: XmlElement[] = [];
  for (const child of parent?.children ?? []) {
    if (child.kind === 'element' && !child.isForeign) elements.push(child);
  }
  return elements;
}

/** PHP's `(string)`: the text directly inside, that of entities too, that of elements not. */
export function ownText(element: XmlElement | undefined): string {
  return element === undefined ? '' : plainText(element.children);
}

/** PHP's `(bool)` of a root element: false when there is nothing in it that SimpleXML shows. */
export function isShown(root: XmlElement): boolean {
  if (root.children.some((node) => node.kind === 'element' && !node.isForeign)) return true;
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
  return (
    plainFields(element) ?? decodeJson(propertiesOf(element.attributes.filter(isVisible), element.children))
  );
}

/** The short way for an item that holds nothing but leaves, each once, with or without a text. */
function plainFields(element: XmlElement): JsonValue | undefined {
  if (element.attributes.length > 0) return undefined;
  const fields: Record<string, JsonValue> = {};
  let isEmpty = true;
  for (const child of element.children) {
    if (child.kind === 'text' && isXmlSpace(child.value)) continue;
    if (child.kind !== 'element' || child.isForeign || fields[child.name] !== undefined) return undefined;
    const value = plainLeaf(child);
    if (value === undefined) return undefined;
    fields[child.name] = value;
    isEmpty = false;
  }
  return isEmpty ? undefined : fields;
}

function plainLeaf({ attributes, children }: XmlElement): JsonValue | undefined {
  const [only] = children;
  if (only === undefined) return attributes.length === 0 ? [] : undefined;
  if (children.length > 1 || only.kind !== 'text' || isXmlSpace(only.value)) return undefined;
  return only.value;
}

/**
 * PHP's `(array)` of the children of one name: a list, but the first one's attributes are keys of it, and when
 * the first holds more than one thing its properties stand in place of all.
 */
export function toPhpList(parent: XmlElement | undefined, name: string): JsonValue {
  const all = childrenNamed(parent, name);
  const [first] = all;
  if (first === undefined) return [];
  const texts = all.map((one) => (one.attributes.length === 0 ? plainLeaf(one) : undefined));
  if (texts.every((text) => typeof text === 'string')) return texts;
  const attributes = first.attributes.filter(isVisible);
  const [content, ...more] = viewOf(first.children);
  const isLast = viewOf(parent?.children ?? []).at(-1) === first;
  if (content === undefined || more.length > 0 || isLast || hasContent(content)) {
    return toPhpKeys(propertiesOf(attributes, first.children, rememberCastText));
  }
  const entries = all.map((child, index): readonly [string, JsonValue] => [
    String(index),
    valueOf(child, rememberCastText),
  ]);
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

/** What stands inside an element under a key of its array, and the value it has there. */
export interface KeyedNode {
  readonly key: string;
  readonly node: Exclude<ViewNode, MergedText>;
  readonly value: JsonValue;
}

/** The nodes of an element that PHP shows as keys of it. */
export function keyedNodes(element: XmlElement): readonly KeyedNode[] {
  return viewOf(element.children).flatMap((node) =>
    node.kind === 'merged' || !isVisible(node)
      ? []
      : [{ key: nameOf(node), node, value: decodeJson(valueOf(node)) }],
  );
}

export const visibleAttributes = (element: XmlElement): XmlElement['attributes'] =>
  element.attributes.filter(isVisible);

function attributeEntry(attributes: XmlElement['attributes']): readonly (readonly [string, JsonObject])[] {
  if (attributes.length === 0) return [];
  return [['@attributes', Object.fromEntries(attributes.map(({ name, value }) => [name, value]))]];
}

/** What becomes of an object whose text PHP would still know: items of a list keep it, fields of a record do not. */
type Keep = (object: JsonObject, text: string) => JsonObject;
const forget: Keep = (object) => object;

function propertiesOf(
  attributes: XmlElement['attributes'],
  children: readonly XmlNode[],
  keep: Keep = forget,
): JsonObject {
  const properties = new Map<string, JsonValue[]>();
  const view = viewOf(children);
  for (const node of view) {
    if (node.kind === 'merged') {
      // Text beside anything else is not shown at all.
      if (view.length === 1 && !isXmlSpace(node.value)) properties.set('0', [node.value]);
    } else if (isVisible(node)) {
      const key = nameOf(node);
      const values = properties.get(key);
      if (values === undefined) properties.set(key, [valueOf(node, keep)]);
      else values.push(valueOf(node, keep));
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

function valueOf(node: Exclude<ViewNode, MergedText>, keep: Keep = forget): JsonValue {
  if (node.kind === 'comment') return keep({}, node.raw.slice('<!--'.length, -'-->'.length));
  if (node.kind === 'instruction') return keep({}, instructionText(node));
  if (node.kind === 'element') return contentValue(node.attributes.filter(isVisible), node.children, keep);
  // Between a reference and its text stands the entity's declaration, of the same name.
  const declaration = node.content === null ? {} : { [node.name]: contentValue([], node.content, keep) };
  return keep(declaration, '');
}

const instructionText = ({ raw, target }: XmlInstruction): string =>
  raw.slice(`<?${target}`.length, -'?>'.length).replace(/^[ \t\r\n]+/, '');

function contentValue(
  attributes: XmlElement['attributes'],
  children: readonly XmlNode[],
  keep: Keep,
): JsonValue {
  const [first] = viewOf(children);
  const text = plainText(children);
  return first?.kind === 'merged' && !isXmlSpace(first.value)
    ? text
    : keep(propertiesOf(attributes, children, keep), text);
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

import { canonicalJson, type JsonObject, type JsonValue } from '../../base/json.ts';
import { COMMA_LIST_FIELD } from '../format.ts';
import { nodeText, type XmlElement, type XmlNode } from '../node.ts';
import { keyedNodes, toPhpArray, visibleAttributes } from '../simple-xml.ts';
import { alignItems } from './alignment.ts';
import { layoutOf, layOut, type LeadOfNew, type Placed } from './layout.ts';
import { isText, withContent, withText } from './leaf-text.ts';
import {
  attributeText,
  isList,
  isMap,
  newElements,
  notExpressible,
  renderNew,
  textOf,
  type NewElement,
} from './new-element.ts';
import type { Style } from './style.ts';

/** What rewriting must know of the document around. */
export interface Surroundings {
  readonly style: Style;
  /** The white space in an element that gets its first child. */
  readonly insideOf: (element: XmlElement) => LeadOfNew;
}

/** The text of an item with other fields. What is not shown to CiviCRM, and every field that is the same, stays. */
export function rewriteItem(element: XmlElement, target: JsonValue, around: Surroundings): string {
  return rewriteValue(element, toPhpArray(element), toElementForm(element.name, target), around);
}

/** Groups of a role are one text in XML. */
function toElementForm(name: string, item: JsonValue): JsonValue {
  if (name !== 'RelationshipType' || !isMap(item)) return item;
  const groups = item[COMMA_LIST_FIELD];
  if (groups === undefined || !isList(groups) || groups.length === 0) return item;
  return { ...item, [COMMA_LIST_FIELD]: groups.map(textOf).join(',') };
}

export function rewriteValue(
  element: XmlElement,
  current: JsonValue,
  target: JsonValue,
  around: Surroundings,
): string {
  if (isSame(current, target)) return nodeText(element);
  const text = isList(target) && target.length === 1 ? (target[0] ?? '') : target;
  if (typeof text === 'string')
    return withText(element, text, (node) => isHidden(node, typeof current === 'string'));
  if (isMap(text)) return rewriteFields(element, current, text, around);
  if (isList(text) && text.length === 0) return rewriteFields(element, current, {}, around);
  throw notExpressible(`a list within a list (${JSON.stringify(target)}) has no form in XML`);
}

/** Whether a child of a text stays beside a new text: elements only where they were beside the old one, too. */
const isHidden = (node: XmlNode, wasText: boolean): boolean =>
  wasText || node.kind !== 'element' || node.isForeign;

const isSame = (one: JsonValue, other: JsonValue): boolean => canonicalJson(one) === canonicalJson(other);

interface Field {
  readonly key: string;
  readonly placed: Placed;
}

function rewriteFields(
  element: XmlElement,
  current: JsonValue,
  target: JsonObject,
  around: Surroundings,
): string {
  const { '@attributes': attributes = {}, ...values } = target;
  const openTag = withAttributes(element, isMap(attributes) ? attributes : {});
  const isTextNow = typeof current === 'string' || (isList(current) && current.length > 0);
  const children = isTextNow
    ? element.children.filter((child) => child.kind === 'element' && child.isForeign)
    : element.children;
  const layout = layoutOf(children, (node) => node.kind === 'reference' || !isText(node));
  const keyed = new Map(isTextNow ? [] : keyedNodes(element).map((one) => [one.node as XmlNode, one]));
  const kept = new Map<XmlNode, JsonValue>();
  const added = new Map<string, NewElement[]>();
  for (const [key, value] of Object.entries(values)) {
    const nodes = [...keyed.values()].filter((one) => one.key === key);
    const wanted = isList(value) && value.length > 1 ? value : [value];
    const sources = alignItems(
      nodes.map((one) => one.value),
      wanted,
    );
    wanted.forEach((item, index) => {
      const source = nodes[sources[index] ?? -1];
      if (source !== undefined && canBecome(source.node, source.value, item)) kept.set(source.node, item);
      else added.set(key, [...(added.get(key) ?? []), ...newElements(key, item)]);
    });
  }
  const fields = layout.parts.flatMap((part): readonly Field[] => {
    const { node } = part;
    const now = keyed.get(node);
    const wanted = kept.get(node);
    if (now === undefined) return [{ key: '', placed: { part, render: () => nodeText(node) } }];
    if (wanted === undefined) return [];
    const text = node.kind === 'element' ? rewriteValue(node, now.value, wanted, around) : nodeText(node);
    return [{ key: now.key, placed: { part, render: () => text } }];
  });
  const placed = withAdded(fields, Object.keys(values), added, around.style);
  return withContent(element, layOut(layout, placed, around.insideOf(element)), openTag);
}

function canBecome(node: XmlNode, value: JsonValue, target: JsonValue): boolean {
  if (isSame(value, target)) return true;
  if (node.kind === 'reference') {
    throw notExpressible(
      `${node.raw} stands where ${JSON.stringify(target)} should; the text of an entity is not edited: write the text itself in its place, by hand`,
    );
  }
  return node.kind === 'element';
}

/** New fields stand behind those of the same key, else behind the field that goes before them. */
function withAdded(
  fields: readonly Field[],
  keys: readonly string[],
  added: ReadonlyMap<string, readonly NewElement[]>,
  style: Style,
): readonly Placed[] {
  const result = [...fields];
  keys.forEach((key, index) => {
    const anchors = keys.slice(0, index + 1);
    const elements = added.get(key) ?? [];
    const anchor = anchors.findLast((one) => result.some((field) => field.key === one));
    const at = anchor === undefined ? 0 : result.findLastIndex((field) => field.key === anchor) + 1;
    const fresh = elements.map((one): Field => ({
      key,
      placed: { part: null, render: (lead) => renderNew(one, lead, style) },
    }));
    result.splice(at, 0, ...fresh);
  });
  return result.map(({ placed }) => placed);
}

const ATTRIBUTE = /\s+([^\s=/>]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;

function withAttributes(element: XmlElement, target: JsonObject): string {
  const current = new Map(visibleAttributes(element).map(({ name, value }) => [name, value]));
  const wanted = new Map(Object.entries(target).map(([name, value]) => [name, textOf(value)]));
  const changed = element.openTag.replace(ATTRIBUTE, (written: string, name: string) => {
    const value = wanted.get(name);
    if (!current.has(name) || value === current.get(name)) return written;
    return value === undefined ? '' : ` ${attributeText(name, value)}`;
  });
  const fresh = [...wanted].filter(([name]) => !current.has(name));
  const added = fresh.map(([name, value]) => ` ${attributeText(name, value)}`).join('');
  return changed.replace(/\s*\/?>$/, (end) => added + end);
}

import { canonicalJson, type JsonObject, type JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { rootOf, type CaseTypeDocument } from '../document.ts';
import { CASE_TYPE_FORMAT, SET_FORMAT, TIMELINE_STEPS_KEY, type FormatEntry } from '../format.ts';
import { nodeText, type XmlElement } from '../node.ts';
import { childrenNamed, firstChild, ownText } from '../simple-xml.ts';
import { sourceKey } from './alignment.ts';
import { layoutOf, type LayoutPart, type LeadOfNew } from './layout.ts';
import { withText } from './leaf-text.ts';
import {
  isList,
  isMap,
  newElement,
  newLeaf,
  newSet,
  notExpressible,
  textOf,
  type CarriedElement,
  type NewElement,
} from './new-element.ts';
import {
  isNamed,
  rewriteChildren,
  rewriteItems,
  type ChildGoal,
  type ListFormat,
  type RewriteGoal,
  type Work,
} from './rewrite-children.ts';
import { rewriteItem } from './rewrite-item.ts';
import { indentAt, styleOf } from './style.ts';

/** The document's text when it is to read as another definition, with the fewest changes. */
export function rewriteText(document: CaseTypeDocument, goal: RewriteGoal): string {
  const root = rootOf(document);
  const { text } = document.source;
  const style = styleOf(document);
  const insideOf = (element: XmlElement): LeadOfNew => {
    const indent = indentAt(text, element.start);
    if (style.unit === null || indent === null) return { lead: '', end: '' };
    return { lead: style.lineEnd + indent + style.unit, end: style.lineEnd + indent };
  };
  const items = itemsOf(root, goal.before);
  const used = new Set(
    [...goal.alignment.values()].flat().map((source) => source && items.get(sourceKey(source))?.node),
  );
  const work: Work = { ...goal, style, insideOf, items, isMovedElsewhere: (part) => used.has(part.node) };
  return document.nodes.map((node) => (node === root ? rewriteRoot(root, work) : nodeText(node))).join('');
}

function itemsOf(root: XmlElement, before: CaseTypeDefinition): ReadonlyMap<string, LayoutPart> {
  const items = new Map<string, LayoutPart>();
  const add = (
    container: XmlElement | undefined,
    item: string,
    list: string,
    values: JsonValue | undefined,
  ) => {
    const { parts } = layoutOf(container?.children ?? [], isNamed(item));
    // Texts may read as something else than one value for each element.
    if (!isList(values ?? null) || parts.length !== Object.keys(values ?? {}).length) return;
    parts.forEach((part, index) => items.set(sourceKey({ list, index }), part));
  };
  for (const entry of CASE_TYPE_FORMAT) {
    if (entry.kind === 'name' || entry.kind === 'integer') continue;
    const block = firstChild(root, entry.element);
    add(block, entry.item, entry.key, before[entry.key]);
    if (entry.kind !== 'sets') continue;
    childrenNamed(block, entry.item).forEach((set, index) => {
      const { element, key, item } = SET_FORMAT.steps;
      const values = listOf(before[entry.key])[index];
      add(firstChild(set, element), item, `${entry.key}.${String(index)}.${key}`, fieldOf(values, key));
    });
  }
  return items;
}

function rewriteRoot(root: XmlElement, work: Work): string {
  const goals = CASE_TYPE_FORMAT.map((entry) => ({
    name: entry.element,
    change: changeOfBlock(entry, root, work),
  }));
  const text = rewriteChildren(root, goals, work);
  // A root without any content is no case type for CiviCRM; with a line break in it, it is an empty one.
  const end = `</${root.name}>`;
  return text.endsWith(`>${end}`) && text.length === root.openTag.length + end.length
    ? root.openTag + work.style.lineEnd + end
    : text;
}

function changeOfBlock(entry: FormatEntry, root: XmlElement, work: Work): ChildGoal['change'] {
  if (entry.kind === 'name') {
    const { name } = work;
    const isSame = name === undefined || name === ownText(firstChild(root, entry.element));
    return isSame ? undefined : setText(entry.element, name);
  }
  const [before, after] = [work.before[entry.key], work.after[entry.key]];
  if (after === undefined) return before === undefined ? undefined : null;
  if (isSame(before, after) && entry.kind !== 'sets') return undefined;
  switch (entry.kind) {
    case 'integer':
      return setText(entry.element, textOf(after));
    case 'texts':
    case 'records':
      return (element) => rewriteList(element, entry, entry.key, after, work);
    case 'sets':
      return (element) => rewriteSets(element, entry, after, work);
    default:
      return entry satisfies never;
  }
}

const setText =
  (name: string, text: string) =>
  (element: XmlElement | undefined): string | NewElement =>
    element === undefined ? newLeaf(name, text) : withText(element, text, () => true);

function rewriteList(
  element: XmlElement | undefined,
  { element: name, item }: ListFormat,
  list: string,
  after: JsonValue,
  work: Work,
): string | NewElement {
  if (!isList(after)) {
    throw notExpressible(`${list} must be a list, got ${JSON.stringify(after)}`);
  }
  return rewriteItems(element, { element: name, item }, list, after, work, {
    rewrite: (node, value) => rewriteItem(node, value, work),
    // Without a space in it, an empty text that comes first would hide all others from CiviCRM.
    create: (value) =>
      isMap(value) && Object.keys(value).length === 0 ? newLeaf(item, ' ') : newElement(item, value),
  });
}

function rewriteSets(
  element: XmlElement | undefined,
  entry: ListFormat & { readonly key: string },
  after: JsonValue,
  work: Work,
): string | NewElement {
  const sets = listOf(after);
  return rewriteItems(element, entry, entry.key, sets, work, {
    rewrite: (node, value, index) => rewriteSet(node, value, index, work),
    create: (value, index) => {
      checkSet(value);
      return newSet(entry.item, value, work.hasTimeline[index] === true, (step, at) =>
        carriedStep(step, { list: stepsOfSet(index), index: at }, work),
      );
    },
  });
}

const stepsOfSet = (index: number): string => `activitySets.${String(index)}.${SET_FORMAT.steps.key}`;

/** A step that moves into a new set brings its comments along. */
function carriedStep(
  step: JsonValue,
  place: { readonly list: string; readonly index: number },
  work: Work,
): CarriedElement | null {
  const source = work.alignment.get(place.list)?.[place.index] ?? null;
  const part = source === null ? undefined : work.items.get(sourceKey(source));
  if (part?.node.kind !== 'element') return null;
  return { carried: part.comments + part.space + rewriteItem(part.node, step, work) + part.tail };
}

function rewriteSet(element: XmlElement, set: JsonValue, index: number, work: Work): string {
  checkSet(set);
  const { element: block, key, item } = SET_FORMAT.steps;
  const texts = SET_FORMAT.texts.map((name): ChildGoal => {
    const text = textOf(set[name] ?? '');
    return { name, change: ownText(firstChild(element, name)) === text ? undefined : setText(name, text) };
  });
  const flags = SET_FORMAT.flags.map((name): ChildGoal => {
    const wanted = name === 'timeline' ? work.hasTimeline[index] : undefined;
    return { name, change: changeOfFlag(name, firstChild(element, name), set[name] !== undefined, wanted) };
  });
  const list = stepsOfSet(index);
  const steps = set[key];
  const hasBlock = firstChild(element, block) !== undefined;
  const change: ChildGoal['change'] =
    steps === undefined
      ? hasBlock
        ? null
        : undefined
      : (node) => rewriteList(node, { element: block, item }, list, steps, work);
  return rewriteChildren(element, [...texts, ...flags, { name: block, change }], work);
}

/** `wanted`: whether there must be an element although the set is not marked. */
function changeOfFlag(
  name: string,
  element: XmlElement | undefined,
  isMarked: boolean,
  wanted: boolean | undefined,
): ChildGoal['change'] {
  const isMarkedNow = ownText(element) === 'true';
  if (isMarked) return isMarkedNow ? undefined : setText(name, 'true');
  if (wanted === true) return element === undefined || isMarkedNow ? setText(name, 'false') : undefined;
  if (element === undefined) return undefined;
  return isMarkedNow || wanted === false ? null : undefined;
}

const SET_KEYS: ReadonlySet<string> = new Set([
  ...SET_FORMAT.texts,
  ...SET_FORMAT.flags,
  SET_FORMAT.steps.key,
]);

function checkSet(set: JsonValue): asserts set is JsonObject {
  if (!isMap(set)) throw notExpressible(`an activity set must be an object, got ${JSON.stringify(set)}`);
  const unknown = Object.keys(set).find((key) => !SET_KEYS.has(key));
  if (unknown !== undefined) throw notExpressible(`CiviCRM does not read "${unknown}" of an activity set`);
}

const KEYS: ReadonlySet<string> = new Set([
  ...CASE_TYPE_FORMAT.flatMap((entry) => (entry.kind === 'name' ? [] : [entry.key])),
  TIMELINE_STEPS_KEY,
]);

/** Refuses what has no place in a case type's XML. */
export function checkKeys(definition: CaseTypeDefinition): void {
  const unknown = Object.keys(definition).find((key) => !KEYS.has(key));
  if (unknown !== undefined) throw notExpressible(`CiviCRM does not read "${unknown}" of a case type`);
}

const isSame = (one: JsonValue | undefined, other: JsonValue): boolean =>
  one !== undefined && canonicalJson(one) === canonicalJson(other);
const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  isList(value ?? null) ? (value as readonly JsonValue[]) : [];
const fieldOf = (value: JsonValue | undefined, key: string): JsonValue | undefined =>
  value !== undefined && isMap(value) ? value[key] : undefined;

import type { JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { nodeText, type XmlElement, type XmlNode } from '../node.ts';
import { sourceKey, type Alignment } from './alignment.ts';
import { layoutOf, layOut, type LayoutPart, type Placed } from './layout.ts';
import { withContent } from './leaf-text.ts';
import { newContainer, renderNew, type NewElement } from './new-element.ts';
import type { Surroundings } from './rewrite-item.ts';

/** What a document is to become. */
export interface RewriteGoal {
  readonly before: CaseTypeDefinition;
  readonly after: CaseTypeDefinition;
  /** For each set of `after` whether it has a `timeline` element; undefined leaves it as it is. */
  readonly hasTimeline: readonly (boolean | undefined)[];
  /** The text of `<name>`; undefined leaves it as it is. */
  readonly name: string | undefined;
  readonly alignment: Alignment;
}

export interface Work extends RewriteGoal, Surroundings {
  /** The items of `before` by their key in the alignment. */
  readonly items: ReadonlyMap<string, LayoutPart>;
  readonly isMovedElsewhere: (part: LayoutPart) => boolean;
}

const isElement = (node: XmlNode): boolean => node.kind === 'element' && !node.isForeign;
export const isNamed =
  (name: string) =>
  (node: XmlNode): boolean =>
    isElement(node) && (node as XmlElement).name === name;

/** A child element of a name, as it is to be: the text of the one there is, a new one, or none. */
export interface ChildGoal {
  readonly name: string;
  /** Undefined keeps what is there; null takes all of the name away. */
  readonly change: ((element: XmlElement | undefined) => string | NewElement) | null | undefined;
}

/** Children that stand once. A new one goes behind those that come before it in the list, else before the others. */
export function rewriteChildren(element: XmlElement, goals: readonly ChildGoal[], work: Work): string {
  const layout = layoutOf(element.children, isElement);
  const placed: (Placed & { readonly name: string })[] = layout.parts.map((part) => ({
    name: (part.node as XmlElement).name,
    part,
    render: () => nodeText(part.node),
  }));
  goals.forEach(({ name, change }, order) => {
    if (change === undefined) return;
    const at = placed.findIndex((child) => child.name === name);
    if (change === null) {
      placed.splice(0, placed.length, ...placed.filter((child) => child.name !== name));
      return;
    }
    const part = placed[at]?.part ?? null;
    const result = change(part?.node as XmlElement | undefined);
    const render = (lead: string): string =>
      typeof result === 'string' ? result : renderNew(result, lead, work.style);
    if (at >= 0) placed[at] = { name, part, render };
    else placed.splice(placeOf(order, goals, placed), 0, { name, part, render });
  });
  return withContent(element, layOut(layout, placed, work.insideOf(element)));
}

function placeOf(
  order: number,
  goals: readonly ChildGoal[],
  placed: readonly { readonly name: string }[],
): number {
  const names = (from: number, to?: number): ReadonlySet<string> =>
    new Set(goals.slice(from, to).map(({ name }) => name));
  const [earlier, later] = [names(0, order), names(order + 1)];
  const behind = placed.findLastIndex(({ name }) => earlier.has(name));
  if (behind >= 0) return behind + 1;
  const before = placed.findIndex(({ name }) => later.has(name));
  return before >= 0 ? before : placed.length;
}

export interface ListFormat {
  readonly element: string;
  readonly item: string;
}

interface ItemForms {
  readonly rewrite: (element: XmlElement, value: JsonValue, index: number) => string;
  readonly create: (value: JsonValue, index: number) => NewElement;
}

export function rewriteItems(
  element: XmlElement | undefined,
  { element: name, item }: ListFormat,
  list: string,
  after: readonly JsonValue[],
  work: Work,
  { rewrite, create }: ItemForms,
): string | NewElement {
  if (element === undefined) return newContainer(name, after.map(create));
  const layout = layoutOf(element.children, isNamed(item));
  const partOf = new Map(layout.parts.map((part) => [part.node, part]));
  const sources = work.alignment.get(list) ?? [];
  const sample = layout.parts[0]?.node;
  const isOneLine =
    sample?.kind === 'element' && sample.children.length > 0 && !/[\r\n]/.test(nodeText(sample));
  const style = isOneLine ? { ...work.style, unit: null } : work.style;
  const placed = after.map((value, index): Placed => {
    const source = sources[index] ?? null;
    const known = source === null ? undefined : work.items.get(sourceKey(source));
    if (known === undefined) {
      return { part: null, render: (lead) => renderNew(create(value, index), lead, style) };
    }
    const part = partOf.get(known.node) ?? known;
    return { part, render: () => rewrite(part.node as XmlElement, value, index) };
  });
  return withContent(element, layOut(layout, placed, work.insideOf(element), work.isMovedElsewhere));
}

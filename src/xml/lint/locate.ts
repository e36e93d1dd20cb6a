import { rootOf, type CaseTypeDocument } from '../document.ts';
import { CASE_TYPE_FORMAT, SET_FORMAT, type FormatEntry } from '../format.ts';
import type { XmlElement } from '../node.ts';
import { childElements, childrenNamed, firstChild, ownText } from '../simple-xml.ts';

/** The element of which a path of the definition speaks; for what is not there, what it would stand in. */
export type Locate = (path: string) => XmlElement;

/** Finds elements by path, counted as the processor counts: over all blocks of a name. */
export function locator(document: CaseTypeDocument): Locate {
  const root = rootOf(document);
  const lists = new Map<string, readonly XmlElement[]>();
  const listOf = (key: string, make: () => readonly XmlElement[]): readonly XmlElement[] => {
    const list = lists.get(key) ?? make();
    lists.set(key, list);
    return list;
  };
  return (path) => {
    const [key = '', index, ...deeper] = path.split('.');
    if (key === 'name') return firstChild(root, 'name') ?? root;
    const entry = CASE_TYPE_FORMAT.find((one) => 'key' in one && one.key === key);
    const blocks =
      entry === undefined ? [] : listOf(`${key} blocks`, () => childrenNamed(root, entry.element));
    const [block] = blocks;
    if (entry === undefined || block === undefined) return root;
    if (index === undefined) return block;
    const item = listOf(key, () => blocks.flatMap((one) => itemsIn(one, entry)))[Number(index)];
    if (item === undefined) return block;
    const [inner, at, leaf] = deeper;
    if (entry.kind !== 'sets' || inner !== SET_FORMAT.steps.key) return leafOf(item, inner);
    const steps = listOf(`${key} ${index}`, () =>
      childrenNamed(item, SET_FORMAT.steps.element).flatMap(childElements),
    );
    const step = steps[Number(at)];
    return step === undefined ? leafOf(item, SET_FORMAT.steps.element) : leafOf(step, leaf);
  };
}

function itemsIn(block: XmlElement, entry: FormatEntry): readonly XmlElement[] {
  switch (entry.kind) {
    case 'texts':
      return childrenNamed(block, entry.item).filter((item) => ownText(item) !== '');
    case 'records':
      return entry.element === 'ActivityTypes' ? childElements(block) : childrenNamed(block, entry.item);
    case 'sets':
      return childrenNamed(block, entry.item);
    case 'integer':
    case 'name':
      return [];
    default:
      return entry satisfies never;
  }
}

const leafOf = (item: XmlElement, leaf: string | undefined): XmlElement =>
  leaf === undefined ? item : (firstChild(item, leaf) ?? item);

/** The same for a single path. */
export const elementAt = (document: CaseTypeDocument, path: string): XmlElement => locator(document)(path);

import type { DefinitionPath } from '../../case-type/index.ts';
import { rootOf, type CaseTypeDocument } from '../document.ts';
import { CASE_TYPE_FORMAT, SET_FORMAT } from '../format.ts';
import type { XmlElement } from '../node.ts';
import { childrenNamed, firstChild } from '../simple-xml.ts';

/**
 * The element beside which a remark on a path of the definition may stand: an item or a block, never a field, since
 * CiviCRM reads a comment inside an item as one of its fields.
 */
export function elementForRemark(document: CaseTypeDocument, path: DefinitionPath): XmlElement {
  const root = rootOf(document);
  const [key, index, steps, stepIndex] = path;
  const entry = CASE_TYPE_FORMAT.find((one) => ('key' in one ? one.key : one.element) === key);
  const block = firstChild(root, entry?.element ?? String(key));
  if (entry === undefined || block === undefined || !('item' in entry)) return block ?? root;
  const item = childrenNamed(block, entry.item)[Number(index ?? -1)];
  if (item === undefined) return block;
  if (entry.kind !== 'sets' || steps !== SET_FORMAT.steps.key) return item;
  const list = firstChild(item, SET_FORMAT.steps.element);
  return childrenNamed(list, SET_FORMAT.steps.item)[Number(stepIndex ?? -1)] ?? list ?? item;
}

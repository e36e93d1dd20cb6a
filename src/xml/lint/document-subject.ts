import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { rootOf, type CaseTypeDocument } from '../document.ts';
import { CASE_TYPE_FORMAT, SET_FORMAT } from '../format.ts';
import type { XmlComment, XmlElement, XmlNode } from '../node.ts';
import { childElements, childrenNamed } from '../simple-xml.ts';

/** What an item is an entry of: the list of activity types, a set's steps, or the case roles. */
export type ItemKind = 'menu' | 'step' | 'role';

export interface ItemSpot {
  readonly kind: ItemKind;
  readonly element: XmlElement;
}

/** A comment, and what it stands before. */
export interface CommentSpot {
  readonly comment: XmlComment;
  /** What it stands in; null at the top level. */
  readonly parent: XmlElement | null;
  /** The next element beside it. */
  readonly next: XmlElement | null;
}

/** An element with attributes, and what it stands in. */
export interface AttributedSpot {
  readonly element: XmlElement;
  readonly parent: XmlElement | null;
}

/** A file as the rules on its XML see it: everything that more than one of them asks for, worked out once. */
export interface DocumentSubject {
  readonly document: CaseTypeDocument;
  readonly definition: CaseTypeDefinition;
  /** Text of `<name>`. */
  readonly name: string;
  readonly root: XmlElement;
  /** The blocks below the root that CiviCRM knows, all of each name. */
  readonly blocks: readonly XmlElement[];
  readonly sets: readonly XmlElement[];
  /** As the processor counts them: whatever stands in the place of an item. */
  readonly items: readonly ItemSpot[];
  readonly itemElements: ReadonlySet<XmlElement>;
  readonly comments: readonly CommentSpot[];
  /** Elements with attributes, those of namespaces left out. */
  readonly attributed: readonly AttributedSpot[];
  readonly foreign: readonly XmlElement[];
}

const BLOCKS: ReadonlySet<string> = new Set(CASE_TYPE_FORMAT.map(({ element }) => element));

export function toDocumentSubject(
  document: CaseTypeDocument,
  definition: CaseTypeDefinition,
  name: string,
): DocumentSubject {
  const root = rootOf(document);
  const blocks = childElements(root).filter((child) => BLOCKS.has(child.name));
  const named = (block: string): readonly XmlElement[] => blocks.filter((one) => one.name === block);
  const sets = named('ActivitySets').flatMap((block) => childrenNamed(block, 'ActivitySet'));
  const itemsIn = (kind: ItemKind, containers: readonly XmlElement[]): readonly ItemSpot[] =>
    containers.flatMap(childElements).map((element) => ({ kind, element }));
  const steps = sets.flatMap((set) => childrenNamed(set, SET_FORMAT.steps.element));
  const items = [
    ...itemsIn('menu', named('ActivityTypes')),
    ...itemsIn('step', steps),
    ...itemsIn('role', named('CaseRoles')).filter(({ element }) => element.name === 'RelationshipType'),
  ];
  const found: Found = { comments: [], attributed: [], foreign: [] };
  walk(document.nodes, null, found);
  return {
    document,
    definition,
    name,
    root,
    blocks,
    sets,
    items,
    itemElements: new Set(items.map(({ element }) => element)),
    ...found,
  };
}

interface Found {
  readonly comments: CommentSpot[];
  readonly attributed: AttributedSpot[];
  readonly foreign: XmlElement[];
}

function walk(nodes: readonly XmlNode[], parent: XmlElement | null, found: Found): void {
  const waiting: XmlComment[] = [];
  for (const node of nodes) {
    if (node.kind === 'comment') waiting.push(node);
    if (node.kind !== 'element') continue;
    for (const comment of waiting.splice(0)) found.comments.push({ comment, parent, next: node });
    if (node.isForeign) found.foreign.push(node);
    else {
      if (node.attributes.length > 0 && node.attributes.some(({ isForeign }) => !isForeign))
        found.attributed.push({ element: node, parent });
      walk(node.children, node, found);
    }
  }
  for (const comment of waiting) found.comments.push({ comment, parent, next: null });
}

import { nearestOf } from '../../case-type/lint/index.ts';
import {
  CASE_TYPE_FORMAT,
  MENU_FIELDS,
  ROLE_FIELDS,
  ROOT_ELEMENTS_BESIDE,
  SET_FORMAT,
  STEP_FIELDS,
  type ItemField,
} from '../format.ts';
import type { XmlElement, XmlNode } from '../node.ts';
import { childElements } from '../simple-xml.ts';
import { SOURCES, type DocumentRule } from './document-rule.ts';
import type { DocumentSubject, ItemKind } from './document-subject.ts';

const ROOT_CHILDREN: readonly string[] = [
  ...CASE_TYPE_FORMAT.map(({ element }) => element),
  ...ROOT_ELEMENTS_BESIDE,
];
const SET_CHILDREN: readonly string[] = [...SET_FORMAT.texts, ...SET_FORMAT.flags, SET_FORMAT.steps.element];
const namesOf = (fields: readonly ItemField[]): readonly string[] => fields.map(({ element }) => element);
const LEAF_NAMES: Readonly<Record<ItemKind, readonly string[]>> = {
  menu: namesOf(MENU_FIELDS),
  step: namesOf(STEP_FIELDS),
  role: namesOf(ROLE_FIELDS),
};
const LEAVES: Readonly<Record<ItemKind, ReadonlySet<string>>> = {
  menu: new Set(LEAF_NAMES.menu),
  step: new Set(LEAF_NAMES.step),
  role: new Set(LEAF_NAMES.role),
};

interface Stray {
  readonly element: XmlElement;
  readonly parent: XmlElement;
  /** The name that was probably meant. */
  readonly meant: string | null;
}

// The former word for a sequence is one letter from the word for a timeline.
const meantBy = (name: string, names: readonly string[]): string | null =>
  name === 'pipeline' ? null : nearestOf(name, names);

/** Elements in whose place CiviCRM looks for others. */
function strays(subject: DocumentSubject): readonly Stray[] {
  const known = (parent: XmlElement, names: readonly string[]): readonly Stray[] =>
    childElements(parent)
      .filter(({ name }) => !names.includes(name))
      .map((element) => ({ element, parent, meant: meantBy(element.name, names) }));
  const inBlocks = subject.blocks.flatMap((block) => {
    const entry = CASE_TYPE_FORMAT.find(({ element }) => element === block.name);
    // What stands among activity types is an item for the processor whatever its name: see misnamed-item.
    return entry === undefined || !('item' in entry) || entry.element === 'ActivityTypes'
      ? []
      : known(block, [entry.item]);
  });
  return [
    ...known(subject.root, ROOT_CHILDREN),
    ...inBlocks,
    ...subject.sets.flatMap((set) => known(set, SET_CHILDREN)),
  ];
}

/** The first leaf of each unknown name in each kind of item. */
function unknownLeaves({ items }: DocumentSubject): readonly Stray[] {
  const told = new Set<string>();
  const found: Stray[] = [];
  for (const { kind, element: parent } of items)
    for (const element of parent.children) {
      if (element.kind !== 'element' || LEAVES[kind].has(element.name) || element.isForeign) continue;
      const key = `${kind} ${element.name}`;
      if (told.has(key)) continue;
      told.add(key);
      found.push({ element, parent, meant: meantBy(element.name, LEAF_NAMES[kind]) });
    }
  return found;
}

const known = new WeakMap<
  DocumentSubject,
  { readonly blocks: readonly Stray[]; readonly leaves: readonly Stray[] }
>();

/** Both kinds, worked out once for the rules that tell them. */
function straysOf(subject: DocumentSubject): {
  readonly blocks: readonly Stray[];
  readonly leaves: readonly Stray[];
} {
  const found = known.get(subject) ?? { blocks: strays(subject), leaves: unknownLeaves(subject) };
  known.set(subject, found);
  return found;
}

const saidOf = ({ element, parent }: Stray): string => `<${element.name}> in <${parent.name}>`;

/** Rules on elements that are not where, or not what, CiviCRM looks for. */
export const STRUCTURE_RULES: readonly DocumentRule[] = [
  {
    code: 'unexpected-root',
    severity: 'warning',
    level: 'file',
    what: 'The root element is not <CaseType>.',
    why: 'CiviCRM does not look at its name and reads any file as a case type.',
    source: 'CRM/Case/XMLRepository.php, retrieve',
    fix: 'Name the root CaseType, if the file is one.',
    autofix: false,
    find: ({ root }, found) => {
      if (root.name !== 'CaseType') found(root.start, `The root is <${root.name}>, not <CaseType>.`);
    },
  },
  {
    code: 'misspelled-element',
    severity: 'error',
    level: 'file',
    what: 'An element is another spelling of one that CiviCRM reads.',
    why: 'Names of elements are compared letter by letter, capitals included: CiviCRM does not see this one.',
    source: SOURCES.read,
    fix: 'Correct the name of the element.',
    autofix: false,
    find: (subject, found) => {
      const { blocks, leaves } = straysOf(subject);
      for (const stray of [...blocks, ...leaves])
        if (stray.meant !== null)
          found(stray.element.start, `${saidOf(stray)}: <${stray.meant}> was probably meant.`);
    },
  },
  {
    code: 'dropped-element',
    severity: 'warning',
    level: 'file',
    what: 'An element stands where CiviCRM reads no such element.',
    why: 'It has no effect, and is lost when the case type is saved in the editor or by the API.',
    source: `${SOURCES.read} and convertDefinitionToXML`,
    fix: 'Remove it, or keep what it says in a file beside.',
    autofix: false,
    find: (subject, found) => {
      for (const stray of straysOf(subject).blocks)
        if (stray.meant === null) found(stray.element.start, `CiviCRM does not read ${saidOf(stray)}.`);
    },
  },
  {
    code: 'unknown-leaf',
    severity: 'notice',
    level: 'file',
    what: 'An item holds an element that CiviCRM keeps and never uses.',
    why: 'CiviCRM stores every child of an activity type or role and reads only those it knows; an extension may read more.',
    source: `${SOURCES.read}; CRM/Case/XMLProcessor/Process.php, createActivity`,
    fix: 'Remove it, unless an extension of yours reads it.',
    autofix: false,
    find: (subject, found) => {
      for (const stray of straysOf(subject).leaves)
        if (stray.meant === null) found(stray.element.start, `CiviCRM does not use ${saidOf(stray)}.`);
    },
  },
  {
    code: 'misnamed-item',
    severity: 'error',
    level: 'file',
    what: 'Among activity types stands an element that is none.',
    why: 'The processor runs every element there, whatever its name, while the editor and the API see only <ActivityType>: the two have different case types.',
    source: `CRM/Case/XMLProcessor/Process.php, processActivitySet and activityTypes; ${SOURCES.read}`,
    fix: 'Name it ActivityType, or remove it.',
    autofix: false,
    find: ({ items }, found) => {
      for (const { kind, element } of items)
        if (kind !== 'role' && element.name !== 'ActivityType')
          found(element.start, `<${element.name}> runs as a step, and is lost on saving.`);
    },
  },
  {
    code: 'repeated-block',
    severity: 'error',
    level: 'file',
    what: 'A block stands twice.',
    why: 'The editor and the API see only the first one, and the second is lost on saving; the processor runs both.',
    source: `${SOURCES.read}; ${SOURCES.process}`,
    fix: 'Join the two.',
    autofix: false,
    find: ({ blocks, sets }, found) => {
      const tell = (elements: readonly XmlElement[]): void => {
        const seen = new Set<string>();
        for (const { name, start } of elements) {
          if (seen.has(name)) found(start, `A second <${name}> stands in the same place.`);
          seen.add(name);
        }
      };
      tell(blocks);
      for (const set of sets) tell(childElements(set).filter(({ name }) => SET_CHILDREN.includes(name)));
    },
  },
  {
    code: 'foreign-element',
    severity: 'warning',
    level: 'file',
    what: 'An element is in a namespace.',
    why: 'SimpleXML overlooks elements of a bound prefix, so CiviCRM does not see it; XInclude works in files only, not in stored definitions.',
    source: SOURCES.parse,
    fix: 'Remove the prefix, or the element.',
    autofix: false,
    find: ({ foreign }, found) => {
      for (const { name, start } of foreign) found(start, `<${name}> is in a namespace.`);
    },
  },
  {
    code: 'stray-text',
    severity: 'warning',
    level: 'file',
    what: 'Text stands between elements.',
    why: 'CiviCRM reads the elements only: the text has no effect and is lost on saving.',
    source: SOURCES.read,
    fix: 'Remove the text, or make a comment of it.',
    autofix: false,
    find: ({ root, blocks, sets, items }, found) => {
      const tell = (element: XmlElement): void => {
        if (!element.children.some((node) => node.kind === 'element')) return;
        for (const node of element.children) {
          const text = textOf(node);
          if (text !== '')
            found(node.start + leadingSpace(node), `"${shorten(text)}" stands outside any element.`);
        }
      };
      tell(root);
      blocks.forEach(tell);
      sets.forEach(tell);
      for (const { element } of items) tell(element);
    },
  },
];

const textOf = (node: XmlNode): string =>
  (node.kind === 'text' || node.kind === 'cdata') && /\S/.test(node.value) ? node.value.trim() : '';
const leadingSpace = (node: XmlNode): number =>
  node.kind === 'text' ? node.raw.length - node.raw.trimStart().length : 0;
const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

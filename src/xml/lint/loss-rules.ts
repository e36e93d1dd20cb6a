import { AppError } from '../../base/errors.ts';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { writeDefinitionXml } from '../definition-writer.ts';
import type { XmlElement } from '../node.ts';
import { childElements, firstChild, ownText } from '../simple-xml.ts';
import { markedConflict } from '../merge/conflict-mark.ts';
import { SOURCES, type DocumentRule } from './document-rule.ts';
import type { AttributedSpot, DocumentSubject } from './document-subject.ts';
import { isIgnoreComment } from './ignore.ts';

/** What a column of the type blob holds. */
const STORED_BYTES = 65_535;

const isLeafless = (element: XmlElement): boolean =>
  childElements(element).length === 0 && ownText(element).trim() === '';

/** Attributes that CiviCRM turns into a key of the item, which it then cannot write. */
const isInItem = ({ itemElements }: DocumentSubject, { element, parent }: AttributedSpot): boolean =>
  itemElements.has(element) || (parent !== null && itemElements.has(parent) && isLeafless(element));

/** Rules on what CiviCRM loses when it saves, or cannot save at all. */
export const LOSS_RULES: readonly DocumentRule[] = [
  {
    code: 'lost-comment',
    severity: 'notice',
    level: 'file',
    what: 'The file has comments.',
    why: 'They are lost when the case type is saved in the editor or by the API.',
    source: `${SOURCES.read} and convertDefinitionToXML`,
    fix: 'Keep the file as the source, and deploy from it.',
    autofix: false,
    find: ({ comments, itemElements }, found) => {
      const lost = comments.filter(
        ({ comment, parent }) =>
          !isIgnoreComment(comment) &&
          markedConflict(comment) === null &&
          !(parent !== null && itemElements.has(parent)),
      );
      const [first, ...more] = lost;
      if (first === undefined) return;
      const count =
        more.length === 0 ? 'This comment is' : `This comment and ${String(more.length)} more are`;
      found(first.comment.start, `${count} lost when CiviCRM saves the case type.`);
    },
  },
  {
    code: 'merge-conflict-left',
    severity: 'error',
    level: 'file',
    what: 'A merge left a conflict that nobody has decided yet.',
    why: 'The value of one side counts meanwhile, and nothing on the site tells that there was another.',
    source: SOURCES.read,
    fix: 'Write the value that shall count, then remove the comment.',
    autofix: false,
    find: ({ comments }, found) => {
      for (const { comment } of comments) {
        const text = markedConflict(comment);
        if (text !== null) found(comment.start, text);
      }
    },
  },
  {
    code: 'comment-in-item',
    severity: 'error',
    level: 'file',
    what: 'A comment stands inside an activity type or role.',
    why: 'CiviCRM reads it as a key named "comment": it writes an element <comment> into a step, and crashes on saving one in the list of activity types or roles.',
    source: `${SOURCES.read} and convertDefinitionToXML`,
    fix: 'Put the comment before the item.',
    autofix: false,
    find: ({ comments, itemElements }, found) => {
      for (const { comment, parent } of comments)
        if (parent !== null && itemElements.has(parent))
          found(comment.start, `The comment stands inside <${parent.name}>.`);
    },
  },
  {
    code: 'lost-attribute',
    severity: 'notice',
    level: 'file',
    what: 'An element has attributes.',
    why: 'CiviCRM does not read them, and they are lost when the case type is saved.',
    source: `${SOURCES.read} and convertDefinitionToXML`,
    fix: 'Remove them, or keep what they say in a comment.',
    autofix: false,
    find: (subject, found) => {
      for (const spot of subject.attributed) {
        const { element } = spot;
        if (!isInItem(subject, spot))
          found(element.start, `${attributesOf(element)} of <${element.name}> is not read.`);
      }
    },
  },
  {
    code: 'attribute-in-item',
    severity: 'error',
    level: 'file',
    what: 'An activity type, a role or an empty element of one has attributes.',
    why: 'CiviCRM reads them as a key named "@attributes" and crashes when it saves the case type.',
    source: `${SOURCES.read} and convertDefinitionToXML`,
    fix: 'Remove the attributes, or make elements of them.',
    autofix: false,
    find: (subject, found) => {
      for (const spot of subject.attributed) {
        const { element } = spot;
        if (isInItem(subject, spot))
          found(element.start, `${attributesOf(element)} of <${element.name}> cannot be saved.`);
      }
    },
  },
  {
    code: 'empty-leaf',
    severity: 'error',
    level: 'file',
    what: 'An entry of the list of activity types, or a role, has an empty element.',
    why: 'CiviCRM reads it as an empty list and crashes when it saves the case type. Empty means the same as absent.',
    source: SOURCES.write,
    fix: 'Remove the empty element.',
    autofix: true,
    find: ({ items }, found) => {
      for (const { kind, element } of items)
        for (const leaf of kind === 'step' ? [] : element.children) {
          if (leaf.kind !== 'element' || leaf.isForeign || !isLeafless(leaf)) continue;
          if (leaf.attributes.length > 0 || leaf.name === 'name' || leaf.name === 'groups') continue;
          // A comment inside makes a role's <creator> a yes.
          if (leaf.children.some((child) => child.kind !== 'text')) continue;
          found(leaf.start, `The empty <${leaf.name}> cannot be saved.`, removalOf(element, leaf));
        }
    },
  },
  {
    code: 'repeated-leaf',
    severity: 'error',
    level: 'file',
    what: 'An element stands twice in an activity type or role.',
    why: 'CiviCRM uses the first one. In the list of activity types or roles it crashes on saving, and on reading when <groups> stands twice.',
    source: `${SOURCES.read} and convertDefinitionToXML`,
    fix: 'Remove one of the two.',
    autofix: false,
    find: ({ items }, found) => {
      for (const { kind, element } of items) {
        const seen = new Set<string>();
        for (const { name, start } of childElements(element)) {
          // The editor lets a step have several contacts; the first is assigned.
          const mayRepeat = kind === 'step' && name === 'default_assignee_contact';
          if (seen.has(name) && !mayRepeat)
            found(start, `A second <${name}> stands in the same <${element.name}>.`);
          seen.add(name);
        }
      }
    },
  },
  {
    code: 'lost-on-save',
    severity: 'notice',
    level: 'file',
    what: 'The file has a description, a weight or listeners.',
    why: 'CiviCRM reads them from a file only; they are lost when the case type is saved in the editor or by the API.',
    source: `CRM/Case/ManagedEntities.php, createManagedCaseTypes; ${SOURCES.write}`,
    fix: 'Keep the file as the source, and deploy from it.',
    autofix: false,
    find: ({ root }, found) => {
      for (const name of ['description', 'weight', 'Listeners']) {
        const element = firstChild(root, name);
        if (element !== undefined)
          found(element.start, `<${name}> is lost when CiviCRM saves the case type.`);
      }
    },
  },
  {
    code: 'not-writable',
    severity: 'error',
    level: 'file',
    what: 'CiviCRM can read the case type and cannot save it.',
    why: 'Its writer crashes on a list where it wants a text, and on keys that are no names of XML.',
    source: SOURCES.write,
    fix: 'Give every leaf one text.',
    autofix: false,
    // Told by the linter itself, for files and for JSON, when no other rule says why.
    find: () => undefined,
  },
  {
    code: 'definition-too-large',
    severity: 'error',
    level: 'file',
    what: 'The definition is larger than CiviCRM can store.',
    why: 'The column holds 65,535 bytes of XML; more answers "DB Error", or is cut off on a database that is not strict.',
    source: 'schema/Case/CaseType.entityType.php',
    fix: 'Split the case type, shorten labels, or ship it as a file of an extension.',
    autofix: false,
    find: ({ document, definition, name, root }, found) => {
      // Written out with indents and closing tags, a file grows threefold at most, unless it is all quotation marks.
      if (document.source.bytes.length * 3 <= STORED_BYTES) return;
      const written = tryWrite(definition, name);
      const bytes = typeof written === 'string' ? Buffer.byteLength(written) : 0;
      if (bytes > STORED_BYTES) found(root.start, `CiviCRM would have to store ${String(bytes)} bytes.`);
    },
  },
];

const attributesOf = ({ attributes }: XmlElement): string =>
  attributes
    .filter(({ isForeign }) => !isForeign)
    .map(({ name, value }) => `${name}="${value}"`)
    .join(' ');

/** Takes out a leaf with the white space before it. */
function removalOf(parent: XmlElement, leaf: XmlElement) {
  const index = parent.children.indexOf(leaf);
  const before = parent.children[index - 1];
  const isSpace = before?.kind === 'text' && before.value.trim() === '';
  const end =
    leaf.start + leaf.openTag.length + leaf.children.map(rawOf).join('').length + leaf.closeTag.length;
  return [{ start: isSpace ? before.start : leaf.start, end, text: '' }];
}

const rawOf = (node: XmlElement['children'][number]): string => (node.kind === 'element' ? '' : node.raw);

/** The XML that CiviCRM would store, or why it crashes. */
export function tryWrite(definition: CaseTypeDefinition, name: string): string | AppError {
  try {
    return writeDefinitionXml(definition, name);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
}

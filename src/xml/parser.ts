import { NO_DOCUMENT_TYPE, scanDocumentType, type DocumentType } from './doctype.ts';
import { readEntityContent, type EntityScope } from './entities.ts';
import { isStandalone, takeDeclaration } from './declaration.ts';
import { isLegal } from './chars.ts';
import { XmlFault } from './fault.ts';
import { XML_LIMITS } from './limits.ts';
import { takeComment, takeInstruction } from './misc.ts';
import { bindPrefixes, isForeignName, NO_PREFIXES, type Prefixes } from './namespaces.ts';
import { plainText, type XmlAttribute, type XmlCdata, type XmlElement, type XmlNode } from './node.ts';
import { takeReference } from './references.ts';
import {
  checkCharacters,
  endOfText,
  expect,
  fault,
  isAt,
  isAtEnd,
  shown,
  skip,
  startScan,
  takeName,
  takeQuoted,
  takeSpace,
  takeUntil,
  type Scanner,
} from './scanner.ts';

const [LESS, GREATER, AMPERSAND, SLASH, BANG, QUESTION] = [0x3c, 0x3e, 0x26, 0x2f, 0x21, 0x3f] as const;

/** The top level of a document, in order: exactly one is the root element. */
export interface XmlTree {
  readonly nodes: readonly XmlNode[];
  readonly root: XmlElement;
}

interface Place {
  readonly entities: EntityScope;
  readonly prefixes: Prefixes;
  readonly depth: number;
}

/**
 * Parses a whole document into its lossless tree. The verdict is that of libxml 2.9 as CiviCRM uses it:
 * namespace errors pass, everything that is not well-formed does not, nothing outside the text is read.
 * @throws XmlFault at the first fault
 */
export function parseXml(text: string): XmlTree {
  const isClean = text.length <= XML_LIMITS.textLength && isLegal(text);
  const scanner = startScan(text, 0, isClean);
  const nodes: XmlNode[] = [];
  let root: XmlElement | undefined;
  let documentType: DocumentType | undefined;
  if (/^<\?xml[ \t\r\n]/.test(text)) nodes.push(takeDeclaration(scanner));
  while (!isAtEnd(scanner)) {
    const start = scanner.offset;
    const rawFrom = (): string => text.slice(start, scanner.offset);
    if (takeSpace(scanner) !== '') {
      nodes.push({ kind: 'space', start, raw: rawFrom() });
    } else if (isAt(scanner, '<!--')) {
      nodes.push(takeComment(scanner));
    } else if (isAt(scanner, '<?')) {
      nodes.push(takeInstruction(scanner));
    } else if (root === undefined && documentType === undefined && skip(scanner, '<!DOCTYPE')) {
      documentType = scanDocumentType(scanner, nodes.some(isStandalone));
      nodes.push({ kind: 'doctype', start, raw: rawFrom() });
    } else if (root === undefined && isAt(scanner, '<')) {
      const entities: EntityScope = {
        documentType: documentType ?? NO_DOCUMENT_TYPE,
        open: [],
        spent: { characters: 0, nested: 0, nodes: 0 },
      };
      root = takeElement(scanner, { entities, prefixes: NO_PREFIXES, depth: 1 });
      nodes.push(root);
    } else if (root !== undefined && isAt(scanner, '\0')) {
      // libxml takes a NUL behind the root for the end.
      scanner.offset = text.length;
      nodes.push({ kind: 'tail', start, raw: rawFrom() });
    } else {
      const expected = root === undefined ? 'an element' : 'nothing more after the root element';
      throw fault(scanner, `expected ${expected}, got ${shown(scanner)}`);
    }
  }
  if (root === undefined) throw fault(scanner, 'expected an element, got the end of the document');
  return { nodes, root };
}

function takeElement(scanner: Scanner, place: Place): XmlElement {
  const { text, offset: start } = scanner;
  if (place.depth > XML_LIMITS.depth) {
    throw fault(scanner, `elements are nested deeper than ${String(XML_LIMITS.depth)}`);
  }
  scanner.offset += 1;
  const name = takeName(scanner, 'the name of an element after "<" (write "&lt;" for the sign itself)');
  let attributes = NO_ATTRIBUTES;
  let { prefixes } = place;
  if (text.charCodeAt(scanner.offset) !== GREATER) {
    const written = takeAttributes(scanner, name, place);
    prefixes = bindPrefixes(prefixes, written);
    attributes = written.map((attribute) => ({
      ...attribute,
      isForeign: isForeignName(attribute.name, prefixes, 'attribute'),
    }));
  }
  const isForeign = isForeignName(name, prefixes, 'element');
  const isClosed = skip(scanner, '/');
  expect(scanner, '>', 'at the end of the tag <', name);
  const openTag = text.slice(start, scanner.offset);
  let children = NO_NODES;
  let closeTag = '';
  if (!isClosed) {
    children = takeContent(scanner, insideOf(place, prefixes));
    closeTag = takeCloseTag(scanner, name);
  }
  return { kind: 'element', start, name, isForeign, attributes, openTag, children, closeTag };
}

const NO_ATTRIBUTES: readonly XmlAttribute[] = [];
const NO_NODES: readonly XmlNode[] = [];

function insideOf({ entities, depth }: Place, prefixes: Prefixes): Place {
  return { entities, prefixes, depth: depth + 1 };
}

function takeCloseTag(scanner: Scanner, name: string): string {
  const { text, offset: start } = scanner;
  const end = start + 2 + name.length;
  if (text.charCodeAt(end) === GREATER && text.startsWith(name, start + 2) && text.startsWith('</', start)) {
    scanner.offset = end + 1;
    return text.slice(start, scanner.offset);
  }
  if (!skip(scanner, '</')) throw fault(scanner, `<${name}> is never closed: "</${name}>" is missing`);
  const closed = takeName(scanner, `"${name}" after "</"`);
  if (closed !== name) throw fault(scanner, `expected "</${name}>", got "</${closed}>"`, start);
  takeSpace(scanner);
  expect(scanner, '>', 'at the end of </', name);
  return text.slice(start, scanner.offset);
}

function takeAttributes(scanner: Scanner, element: string, place: Place) {
  const attributes: { readonly name: string; readonly value: string }[] = [];
  const names = new Set<string>();
  for (;;) {
    const space = takeSpace(scanner);
    if (isAt(scanner, '>') || isAt(scanner, '/')) return attributes;
    if (space === '')
      throw fault(scanner, `expected white space in the tag <${element}>, got ${shown(scanner)}`);
    const start = scanner.offset;
    const name = takeName(scanner, `an attribute of <${element}>`);
    countNode(scanner, place);
    if (names.has(name)) {
      throw fault(scanner, `attribute "${name}" stands twice in <${element}>`, start);
    }
    takeSpace(scanner);
    expect(scanner, '=', `after attribute "${name}"`);
    takeSpace(scanner);
    const valueStart = scanner.offset + 1;
    const raw = takeQuoted(scanner, `the value of attribute "${name}"`);
    checkCharacters(scanner, raw, valueStart);
    names.add(name);
    attributes.push({ name, value: readAttributeValue(raw, valueStart, place) });
  }
}

function readAttributeValue(raw: string, start: number, place: Place): string {
  if (raw.includes('<')) {
    throw fault(startScan(raw), 'write "&lt;" for "<" in an attribute', start + raw.indexOf('<'));
  }
  const scanner = startScan(raw);
  let value = '';
  while (!isAtEnd(scanner)) {
    if (!isAt(scanner, '&')) {
      const end = raw.indexOf('&', scanner.offset);
      const plain = raw.slice(scanner.offset, end < 0 ? undefined : end);
      value += plain.replace(/\r\n|[\t\r\n]/g, ' ');
      scanner.offset += plain.length;
      continue;
    }
    const reference = takeReference(scanner);
    if (reference.kind === 'entity') countNode(scanner, place, start);
    value +=
      reference.kind === 'character' ? reference.value : readAttributeEntity(reference.name, start, place);
  }
  return value;
}

function readAttributeEntity(name: string, start: number, place: Place): string {
  const { entities } = place.entities.documentType;
  const content = readEntity(name, start, place);
  // CiviCRM makes an element of it, beside the one that has the attribute.
  if (content === null) throw new XmlFault(`entity "&${name};" in an attribute is not declared here`, start);
  const isText = (node: XmlNode): boolean =>
    node.kind === 'text' ||
    (node.kind === 'reference' && entities.get(node.name) !== null && (node.content ?? []).every(isText));
  if (entities.get(name) === null || !content.every(isText)) {
    throw new XmlFault(`entity "&${name};" may not stand in an attribute: it is more than text`, start);
  }
  return plainText(content).replace(/[\t\r\n]/g, ' ');
}

function readEntity(name: string, start: number, place: Place): readonly XmlNode[] | null {
  return readEntityContent(name, place.entities, start, (text, entities) => {
    const inner = startScan(text);
    const nodes = takeContent(inner, { ...place, entities, depth: place.depth + 1 });
    if (!isAtEnd(inner)) throw fault(inner, `entity "&${name};" closes an element that it does not open`);
    return nodes;
  });
}

/** The nodes up to a closing tag or the end of the text. */
function takeContent(scanner: Scanner, place: Place): readonly XmlNode[] {
  if (isAtContentEnd(scanner)) return NO_NODES;
  const first = takeNode(scanner, place);
  // Most elements hold one text; a list that is written out takes no room for more.
  if (isAtContentEnd(scanner)) return [first];
  const nodes = [first];
  do nodes.push(takeNode(scanner, place));
  while (!isAtContentEnd(scanner));
  return nodes;
}

function isAtContentEnd({ text, offset }: Scanner): boolean {
  return offset >= text.length || (text.charCodeAt(offset) === LESS && text.charCodeAt(offset + 1) === SLASH);
}

function takeNode(scanner: Scanner, place: Place): XmlNode {
  const { text, offset: start } = scanner;
  countNode(scanner, place);
  if (text.charCodeAt(start) !== LESS) return takeTextOrReference(scanner, place);
  const next = text.charCodeAt(start + 1);
  if (next === BANG && isAt(scanner, '<!--')) return takeComment(scanner);
  if (next === BANG && skip(scanner, '<![CDATA[')) return takeCdata(scanner, start);
  return next === QUESTION ? takeInstruction(scanner) : takeElement(scanner, place);
}

function countNode(scanner: Scanner, { entities: { spent } }: Place, offset = scanner.offset): void {
  spent.nodes += 1;
  if (spent.nodes > XML_LIMITS.nodes) {
    throw fault(
      scanner,
      `the document has more than ${String(XML_LIMITS.nodes)} elements, texts and attributes, the most that are read: take out what is no part of the case type`,
      offset,
    );
  }
}

function takeCdata(scanner: Scanner, start: number): XmlCdata {
  const value = withLineFeeds(takeUntil(scanner, ']]>', 'a CDATA section'));
  return { kind: 'cdata', start, raw: scanner.text.slice(start, scanner.offset), value };
}

const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

function takeTextOrReference(scanner: Scanner, place: Place): XmlNode {
  const { text, offset: start } = scanner;
  const end = endOfText(scanner);
  const stretch = text.slice(start, end);
  if (!stretch.includes('&')) {
    checkText(scanner, stretch);
    scanner.offset = end;
    return { kind: 'text', start, raw: stretch, value: withLineFeeds(stretch) };
  }
  let value = '';
  while (scanner.offset < end) {
    const at = scanner.offset;
    if (text.charCodeAt(at) === AMPERSAND) {
      const reference = takeReference(scanner);
      if (reference.kind === 'character') {
        value += reference.value;
        continue;
      }
      if (at > start) {
        scanner.offset = at;
        break;
      }
      const { name } = reference;
      const content = readEntity(name, start, place);
      return { kind: 'reference', start, raw: text.slice(start, scanner.offset), name, content };
    }
    const ampersand = text.indexOf('&', at);
    const plain = text.slice(at, ampersand < 0 || ampersand > end ? end : ampersand);
    checkText(scanner, plain);
    value += withLineFeeds(plain);
    scanner.offset += plain.length;
  }
  return { kind: 'text', start, raw: text.slice(start, scanner.offset), value };
}

function checkText(scanner: Scanner, stretch: string): void {
  checkCharacters(scanner, stretch);
  const at = stretch.indexOf(']]>');
  if (at >= 0) throw fault(scanner, 'write "]]&gt;" for "]]>" in text', scanner.offset + at);
}

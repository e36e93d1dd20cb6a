import { NO_DOCUMENT_TYPE, scanDocumentType, type DocumentType } from './doctype.ts';
import { readEntityContent, type EntityScope } from './entities.ts';
import { takeDeclaration } from './declaration.ts';
import { XmlFault } from './fault.ts';
import { XML_LIMITS } from './limits.ts';
import { takeComment, takeInstruction } from './misc.ts';
import { bindPrefixes, isForeignName, NO_PREFIXES, type Prefixes } from './namespaces.ts';
import { plainText, type XmlAttribute, type XmlElement, type XmlNode, type XmlText } from './node.ts';
import { takeReference } from './references.ts';
import {
  checkCharacters,
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

const PLAIN = /[^<&]*/y;

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
  const scanner = startScan(text);
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
      documentType = scanDocumentType(scanner);
      nodes.push({ kind: 'doctype', start, raw: rawFrom() });
    } else if (root === undefined && isAt(scanner, '<')) {
      const entities: EntityScope = {
        documentType: documentType ?? NO_DOCUMENT_TYPE,
        open: [],
        spent: { characters: 0, nested: 0 },
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
  const start = scanner.offset;
  if (place.depth > XML_LIMITS.depth) {
    throw fault(scanner, `elements are nested deeper than ${String(XML_LIMITS.depth)}`);
  }
  skip(scanner, '<');
  const name = takeName(scanner, 'the name of an element after "<" (write "&lt;" for the sign itself)');
  const written = takeAttributes(scanner, name, place);
  const prefixes = bindPrefixes(place.prefixes, written);
  const attributes: readonly XmlAttribute[] = written.map((attribute) => ({
    ...attribute,
    isForeign: isForeignName(attribute.name, prefixes, 'attribute'),
  }));
  const isForeign = isForeignName(name, prefixes, 'element');
  const isClosed = skip(scanner, '/');
  expect(scanner, '>', `at the end of the tag <${name}>`);
  const openTag = scanner.text.slice(start, scanner.offset);
  const element = { kind: 'element', start, name, isForeign, attributes, openTag } as const;
  if (isClosed) return { ...element, children: [], closeTag: '' };

  const children = takeContent(scanner, { ...place, prefixes, depth: place.depth + 1 });
  const closeStart = scanner.offset;
  if (!skip(scanner, '</')) throw fault(scanner, `<${name}> is never closed: "</${name}>" is missing`);
  const closed = takeName(scanner, `"${name}" after "</"`);
  if (closed !== name) throw fault(scanner, `expected "</${name}>", got "</${closed}>"`, closeStart);
  takeSpace(scanner);
  expect(scanner, '>', `at the end of </${name}>`);
  return { ...element, children, closeTag: scanner.text.slice(closeStart, scanner.offset) };
}

function takeAttributes(scanner: Scanner, element: string, place: Place) {
  const attributes: { readonly name: string; readonly value: string }[] = [];
  for (;;) {
    const space = takeSpace(scanner);
    if (isAt(scanner, '>') || isAt(scanner, '/')) return attributes;
    if (space === '')
      throw fault(scanner, `expected white space in the tag <${element}>, got ${shown(scanner)}`);
    const start = scanner.offset;
    const name = takeName(scanner, `an attribute of <${element}>`);
    if (attributes.some((attribute) => attribute.name === name)) {
      throw fault(scanner, `attribute "${name}" stands twice in <${element}>`, start);
    }
    takeSpace(scanner);
    expect(scanner, '=', `after attribute "${name}"`);
    takeSpace(scanner);
    const valueStart = scanner.offset + 1;
    const raw = takeQuoted(scanner, `the value of attribute "${name}"`);
    checkCharacters(startScan(scanner.text, valueStart), raw);
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
    value +=
      reference.kind === 'character' ? reference.value : readAttributeEntity(reference.name, start, place);
  }
  return value;
}

function readAttributeEntity(name: string, start: number, place: Place): string {
  const { entities } = place.entities.documentType;
  const content = readEntity(name, start, place) ?? [];
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
  const nodes: XmlNode[] = [];
  while (!isAtEnd(scanner) && !isAt(scanner, '</')) {
    const start = scanner.offset;
    if (isAt(scanner, '<!--')) {
      nodes.push(takeComment(scanner));
    } else if (skip(scanner, '<![CDATA[')) {
      const value = takeUntil(scanner, ']]>', 'a CDATA section').replace(/\r\n?/g, '\n');
      nodes.push({ kind: 'cdata', start, raw: scanner.text.slice(start, scanner.offset), value });
    } else if (isAt(scanner, '<?')) {
      nodes.push(takeInstruction(scanner));
    } else if (isAt(scanner, '<')) {
      nodes.push(takeElement(scanner, place));
    } else {
      nodes.push(takeTextOrReference(scanner, place));
    }
  }
  return nodes;
}

function takeTextOrReference(scanner: Scanner, place: Place): XmlNode {
  const start = scanner.offset;
  let value = '';
  while (!isAtEnd(scanner) && !isAt(scanner, '<')) {
    if (isAt(scanner, '&')) {
      const before = scanner.offset;
      const reference = takeReference(scanner);
      if (reference.kind === 'character') {
        value += reference.value;
        continue;
      }
      if (before > start) {
        scanner.offset = before;
        return textNode(scanner, start, value);
      }
      const { name } = reference;
      const content = readEntity(name, start, place);
      return { kind: 'reference', start, raw: scanner.text.slice(start, scanner.offset), name, content };
    }
    PLAIN.lastIndex = scanner.offset;
    const stretch = PLAIN.exec(scanner.text)?.[0] ?? '';
    checkCharacters(scanner, stretch);
    if (stretch.includes(']]>')) {
      throw fault(scanner, 'write "]]&gt;" for "]]>" in text', scanner.offset + stretch.indexOf(']]>'));
    }
    value += stretch.replace(/\r\n?/g, '\n');
    scanner.offset += stretch.length;
  }
  return textNode(scanner, start, value);
}

const textNode = (scanner: Scanner, start: number, value: string): XmlText => ({
  kind: 'text',
  start,
  raw: scanner.text.slice(start, scanner.offset),
  value,
});

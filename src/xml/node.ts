/**
 * The lossless tree of an XML document. Every node keeps its exact source in `raw` (an element: in its tags), so
 * joining them gives the text back; `start` is its offset in that text.
 */
export type XmlNode =
  XmlElement | XmlText | XmlCdata | XmlReference | XmlComment | XmlInstruction | XmlMarkup;

export interface XmlElement {
  readonly kind: 'element';
  readonly start: number;
  /** As written, with its prefix. */
  readonly name: string;
  /** Whether its prefix is bound to a namespace, which hides the element from CiviCRM. */
  readonly isForeign: boolean;
  readonly attributes: readonly XmlAttribute[];
  readonly openTag: string;
  readonly children: readonly XmlNode[];
  /** Empty for a self-closed element. */
  readonly closeTag: string;
}

export interface XmlAttribute {
  readonly name: string;
  /** Decoded and normalised. */
  readonly value: string;
  readonly isForeign: boolean;
}

/** Character data; its value has character references decoded and line ends made `\n`. */
export interface XmlText {
  readonly kind: 'text';
  readonly start: number;
  readonly raw: string;
  readonly value: string;
}

export interface XmlCdata {
  readonly kind: 'cdata';
  readonly start: number;
  readonly raw: string;
  readonly value: string;
}

/** A reference to an entity that the document declares itself. */
export interface XmlReference {
  readonly kind: 'reference';
  readonly start: number;
  readonly raw: string;
  readonly name: string;
  /** What the entity stands for: nothing when its text lives elsewhere, null when its declaration does. */
  readonly content: readonly XmlNode[] | null;
}

export interface XmlComment {
  readonly kind: 'comment';
  readonly start: number;
  readonly raw: string;
}

export interface XmlInstruction {
  readonly kind: 'instruction';
  readonly start: number;
  readonly raw: string;
  readonly target: string;
}

/** What stands only outside the root: the XML declaration, the document type, white space, a NUL and its tail. */
export interface XmlMarkup {
  readonly kind: 'declaration' | 'doctype' | 'space' | 'tail';
  readonly start: number;
  readonly raw: string;
}

/** A document's text, from its parts. */
export function nodeText(node: XmlNode): string {
  return node.kind === 'element'
    ? node.openTag + node.children.map(nodeText).join('') + node.closeTag
    : node.raw;
}

/** The text directly among nodes, that of entities too, that inside elements not. */
export function plainText(nodes: readonly XmlNode[]): string {
  let text = '';
  for (const node of nodes) {
    if (node.kind === 'text' || node.kind === 'cdata') text += node.value;
    else if (node.kind === 'reference') text += plainText(node.content ?? []);
  }
  return text;
}

import { AppError } from '../base/errors.ts';
import { decodeXml, encodeXml } from './encoding.ts';
import { positionAt, XmlFault, type XmlPosition } from './fault.ts';
import { tooManyBytes, XML_LIMITS } from './limits.ts';
import { nodeText, type XmlElement, type XmlNode } from './node.ts';
import { parseXml } from './parser.ts';

/** A case-type file with everything that is in it: written back unchanged it gives the same bytes. */
export interface CaseTypeDocument {
  /** For messages; `case type` when it did not come from a file. */
  readonly fileName: string;
  /** The top level in order: declaration, comments, white space, the root element. */
  readonly nodes: readonly XmlNode[];
  readonly encoding: string;
  readonly byteOrderMark: Uint8Array;
  /** What was read, to which the nodes' offsets belong. */
  readonly source: { readonly text: string; readonly bytes: Uint8Array };
}

/**
 * Reads any well-formed XML into its lossless document. A string counts as UTF-8, whatever it declares, as it
 * does for CiviCRM.
 * @throws AppError invalid-input with file, line and column when it is not XML by CiviCRM's verdict
 */
export function readCaseTypeDocument(input: Uint8Array | string, fileName = 'case type'): CaseTypeDocument {
  if (input.length > XML_LIMITS.bytes) throw toAppError(new XmlFault(tooManyBytes, 0), fileName, '');
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  let text: string | undefined;
  try {
    const decoded = decodeXml(bytes);
    text = decoded.text;
    const { nodes } = parseXml(text);
    const { encoding, byteOrderMark } = decoded;
    return { fileName, nodes, encoding, byteOrderMark, source: { text, bytes } };
  } catch (thrown) {
    throw toAppError(thrown, fileName, text ?? new TextDecoder().decode(bytes.subarray(0, XML_LIMITS.bytes)));
  }
}

/**
 * The document's bytes in its own encoding.
 * @throws AppError invalid-input when a changed document holds a character that its encoding lacks
 */
export function writeCaseTypeDocument(document: CaseTypeDocument): Uint8Array {
  const text = document.nodes.map(nodeText).join('');
  if (text === document.source.text) return document.source.bytes;
  const content = encodeXml(text, document.encoding);
  if (content === undefined) {
    throw new AppError(
      'invalid-input',
      `${document.fileName}: the text cannot be written in ${document.encoding}. Save the file as UTF-8 first.`,
      { details: { file: document.fileName, encoding: document.encoding } },
    );
  }
  return Buffer.concat([document.byteOrderMark, content]);
}

export function rootOf(document: CaseTypeDocument): XmlElement {
  const root = document.nodes.find((node) => node.kind === 'element');
  if (root === undefined)
    throw new AppError('internal', `${document.fileName}: the document has no root element.`);
  return root;
}

/** Where an offset of the document's nodes lies in its file. */
export function documentPosition(document: CaseTypeDocument, offset: number): XmlPosition {
  return positionAt(document.source.text, offset);
}

/** An XmlFault as the error that callers know, everything else as it is. */
export function toAppError(thrown: unknown, fileName: string, text: string): unknown {
  if (!(thrown instanceof XmlFault)) return thrown;
  const { line, column } = positionAt(text, thrown.offset);
  return new AppError('invalid-input', `${fileName}:${String(line)}:${String(column)}: ${thrown.message}.`, {
    details: { file: fileName, line, column },
  });
}

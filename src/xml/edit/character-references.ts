import { encodeXml } from '../encoding.ts';
import type { XmlNode } from '../node.ts';
import { parseXml } from '../parser.ts';

/**
 * A text of XML with references such as `&#8364;` for characters that the encoding lacks, as libxml2 writes them.
 * Names and comments know no references: a character there stays.
 */
export function withCharacterReferences(text: string, encoding: string): string {
  if (encodeXml(text, encoding) !== undefined) return text;
  const lacking = [...new Set(text)].filter((one) => encodeXml(one, encoding) === undefined);
  const refer = (raw: string, form: (reference: string) => string = (reference) => reference): string =>
    lacking.reduce(
      (written, one) => written.replaceAll(one, form(`&#${String(one.codePointAt(0) ?? 0)};`)),
      raw,
    );
  const write = (node: XmlNode): string => {
    if (node.kind === 'element') {
      const openTag = node.openTag.replace(/"[^"]*"|'[^']*'/g, (value) => refer(value));
      return openTag + node.children.map(write).join('') + node.closeTag;
    }
    if (node.kind === 'text') return refer(node.raw);
    return node.kind === 'cdata' ? refer(node.raw, (reference) => `]]>${reference}<![CDATA[`) : node.raw;
  };
  return parseXml(text).nodes.map(write).join('');
}

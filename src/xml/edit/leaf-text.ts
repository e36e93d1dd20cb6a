import { nodeText, type XmlElement, type XmlNode } from '../node.ts';
import { checkCharacters, escapeText } from './new-element.ts';

/** The element with another text, in the form it had: CDATA stays CDATA; comments and attributes stay. */
export function withText(element: XmlElement, text: string, keep: (node: XmlNode) => boolean): string {
  const kept = element.children.filter((child) => !isText(child) && keep(child));
  const form = element.children.find((child) => child.kind === 'cdata' || (isText(child) && !isBlank(child)));
  const isCdata = form?.kind === 'cdata' && !text.includes('\r');
  return withContent(element, (isCdata ? toCdata(text) : escapeText(text)) + kept.map(nodeText).join(''));
}

export const isText = (node: XmlNode): boolean =>
  node.kind === 'text' || node.kind === 'cdata' || node.kind === 'reference';

const isBlank = (node: XmlNode): boolean => node.kind === 'text' && node.value.trim() === '';

function toCdata(text: string): string {
  checkCharacters(text);
  return text === '' ? '' : `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** The element with other content; a self-closed one is opened. */
export function withContent(element: XmlElement, content: string, openTag = element.openTag): string {
  if (content === '' && element.closeTag === '') return openTag;
  const open = element.closeTag === '' ? openTag.replace(/\s*\/>$/, '>') : openTag;
  return `${open}${content}${element.closeTag === '' ? `</${element.name}>` : element.closeTag}`;
}

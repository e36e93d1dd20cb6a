import type { MergeConflict } from '../../case-type/index.ts';
import { rootOf, type CaseTypeDocument } from '../document.ts';
import { changeText } from '../edit/index.ts';
import { CASE_TYPE_FORMAT } from '../format.ts';
import { nodeText, type XmlElement } from '../node.ts';

export interface MergedBeside {
  readonly document: CaseTypeDocument;
  readonly conflicts: readonly MergeConflict[];
}

interface BesideSides {
  readonly base: CaseTypeDocument | null;
  readonly ours: CaseTypeDocument;
  readonly theirs: CaseTypeDocument;
}

/**
 * Merges the elements that stand beside the definition, as `<description>` and those that CiviCRM does not read, each
 * as a whole; `document` is OURS with the definition merged already.
 */
export function mergeBeside(document: CaseTypeDocument, { base, ours, theirs }: BesideSides): MergedBeside {
  const sides = {
    base: base === null ? new Map<string, string>() : besideOf(base),
    ours: besideOf(ours),
    theirs: besideOf(theirs),
  };
  const conflicts: MergeConflict[] = [];
  let merged = document;
  for (const name of new Set([...sides.theirs.keys(), ...sides.base.keys()])) {
    const [was, mine, their] = [sides.base.get(name), sides.ours.get(name), sides.theirs.get(name)];
    if (their === was || their === mine) continue;
    const isConflict = mine !== was;
    if (isConflict) {
      conflicts.push({
        kind: 'value',
        path: [name],
        subject: { what: 'case-type', name: '' },
        ...(was === undefined ? {} : { base: was }),
        ...(mine === undefined ? {} : { ours: mine }),
        ...(their === undefined ? {} : { theirs: their }),
      });
    }
    if (!isConflict || mine === undefined) merged = withElement(merged, name, their);
  }
  return { document: merged, conflicts };
}

/** The source of the elements of each name, the line ends made alike. */
function besideOf(document: CaseTypeDocument): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const element of besideElements(document)) {
    const text = nodeText(element).replace(/\r\n?/g, '\n');
    const former = texts.get(element.name);
    texts.set(element.name, former === undefined ? text : `${former}\n${text}`);
  }
  return texts;
}

const besideElements = (document: CaseTypeDocument): readonly XmlElement[] =>
  rootOf(document).children.filter(
    (node): node is XmlElement =>
      node.kind === 'element' &&
      (node.isForeign || CASE_TYPE_FORMAT.every(({ element }) => element !== node.name)),
  );

/** The document with this source in place of the elements of a name; undefined takes them out. */
function withElement(document: CaseTypeDocument, name: string, source: string | undefined): CaseTypeDocument {
  const { text } = document.source;
  const lineEnd = /\r\n|[\r\n]/.exec(text)?.[0] ?? '\n';
  const root = rootOf(document);
  const present = besideElements(document).filter((element) => element.name === name);
  const written = source?.replace(/\n/g, lineEnd);
  const removals = present.map((element) => {
    const end = element.start + nodeText(element).length;
    return { start: element.start - spaceBefore(text, element.start), end, text: '' };
  });
  const [first] = present;
  if (written !== undefined && first !== undefined) {
    const [, ...others] = removals;
    const replaced = { start: first.start, end: first.start + nodeText(first).length, text: written };
    return changeText(document, [replaced, ...others]).document;
  }
  if (written === undefined) return changeText(document, removals).document;
  // A new one stands behind the name, or first.
  const elements = root.children.filter((node): node is XmlElement => node.kind === 'element');
  const behind = elements.find((element) => element.name === 'name');
  const [lead] = elements;
  const at = behind === undefined ? root.start + root.openTag.length : behind.start + nodeText(behind).length;
  const space = lead === undefined ? '' : text.slice(lead.start - spaceBefore(text, lead.start), lead.start);
  return changeText(document, [{ start: at, end: at, text: space + written }]).document;
}

const spaceBefore = (text: string, offset: number): number =>
  /[ \t\r\n]*$/.exec(text.slice(0, offset))?.[0].length ?? 0;

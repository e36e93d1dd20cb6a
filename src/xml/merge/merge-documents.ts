import { mergeCaseTypes, type CaseTypeDefinition, type MergeConflict } from '../../case-type/index.ts';
import { readCaseTypeXml } from '../case-type-reader.ts';
import { documentPosition, type CaseTypeDocument } from '../document.ts';
import { rewriteDocument } from '../edit/index.ts';
import type { XmlPosition } from '../fault.ts';
import type { XmlComment, XmlNode } from '../node.ts';
import { withConflictComments } from './conflict-comments.ts';
import { mergeBeside } from './merge-beside.ts';

export interface DocumentSides {
  /** Null when both sides added the file. */
  readonly base: CaseTypeDocument | null;
  readonly ours: CaseTypeDocument;
  readonly theirs: CaseTypeDocument;
  /** The name that the result is to have; by default it is merged like the rest. */
  readonly name?: string;
}

export interface MergedDocuments {
  /** OURS with what THEIRS changed; conflicts stand in it as comments. */
  readonly document: CaseTypeDocument;
  readonly definition: CaseTypeDefinition;
  readonly conflicts: readonly MergeConflict[];
  /** Comments that only THEIRS has; they are not taken over. */
  readonly lostComments: readonly XmlPosition[];
}

/**
 * Merges files of one case type. The result is OURS to the byte but for what THEIRS changed: its comments, order and
 * unknown elements stay. Of a conflict it holds OURS, and a comment with both sides.
 * @throws AppError invalid-input when one of them is no case type, or OURS has no form for what THEIRS changed
 */
export function mergeDocuments({ base, ours, theirs, name }: DocumentSides): MergedDocuments {
  const read = (document: CaseTypeDocument) => readCaseTypeXml(document.source.bytes, document.fileName);
  const sides = { base: base === null ? null : read(base), ours: read(ours), theirs: read(theirs) };
  const merged = mergeCaseTypes(sides.base?.definition ?? {}, sides.ours.definition, sides.theirs.definition);
  const names = mergeNames(sides.base?.name ?? '', sides.ours.name, sides.theirs.name);
  const chosen = name ?? names.name;
  const rewritten = rewriteDocument(ours, merged.definition, chosen === sides.ours.name ? undefined : chosen);
  const beside = mergeBeside(rewritten, { base, ours, theirs });
  const conflicts = [
    ...(name === undefined ? names.conflicts : []),
    ...beside.conflicts,
    ...merged.conflicts,
  ];
  return {
    document: conflicts.length === 0 ? beside.document : withConflictComments(beside.document, conflicts),
    definition: merged.definition,
    conflicts,
    lostComments: lostComments({ base, ours, theirs }),
  };
}

/** The names as the sides have them; empty where one has none. */
export function mergeNames(
  base: string,
  ours: string,
  theirs: string,
): { readonly name: string; readonly conflicts: readonly MergeConflict[] } {
  if (ours === theirs || theirs === base) return { name: ours, conflicts: [] };
  if (ours === base) return { name: theirs, conflicts: [] };
  const subject = { what: 'case-type', name: '' } as const;
  return { name: ours, conflicts: [{ kind: 'value', path: ['name'], subject, base, ours, theirs }] };
}

function lostComments({ base, ours, theirs }: DocumentSides): readonly XmlPosition[] {
  const known = new Set(
    [...(base === null ? [] : commentsOf(base.nodes)), ...commentsOf(ours.nodes)].map(wordsOf),
  );
  return commentsOf(theirs.nodes)
    .filter((comment) => !known.has(wordsOf(comment)))
    .map(({ start }) => documentPosition(theirs, start));
}

const wordsOf = ({ raw }: XmlComment): string => raw.replace(/\s+/g, ' ');

const commentsOf = (nodes: readonly XmlNode[]): readonly XmlComment[] =>
  nodes.flatMap((node) =>
    node.kind === 'element' ? commentsOf(node.children) : node.kind === 'comment' ? [node] : [],
  );

import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import type { CaseTypeDefinition, CaseTypeEdit, DefinitionPath } from '../../case-type/index.ts';
import type { LintFinding } from '../../case-type/lint/index.ts';
import { FIX_ROUNDS, lastFirst } from './fix-document.ts';
import { lintDefinition, type DefinitionInput } from './lint-definition.ts';
import type { LintOptions, LintReport } from './lint-document.ts';

/** A definition in JSON after everything was mended that may be mended unasked. */
export interface FixedJson {
  /** Every character but the mended ones as it was. */
  readonly text: string;
  readonly report: LintReport;
  readonly fixed: readonly LintFinding[];
}

type JsonInput = DefinitionInput & { readonly text: string };

/** As `fixDocument`, for a definition in JSON. */
export function fixJson(input: JsonInput, report: LintReport, options: LintOptions = {}): FixedJson {
  const fixed: LintFinding[] = [];
  let current = { input, report };
  for (let round = 0; round < FIX_ROUNDS && current.report.fixes.size > 0; round += 1) {
    const { fixes, findings } = current.report;
    const edits = [...fixes.values()].flatMap((fix) => (fix.kind === 'edits' ? fix.edits : []));
    const { within = [] } = current.input;
    const text = lastFirst(edits).reduce(
      (mended, edit) => editJson(mended, within, edit),
      current.input.text,
    );
    fixed.push(...[...fixes.keys()].flatMap((index) => findings[index] ?? []));
    const root = JSON.parse(text.replace(/^\uFEFF/, '')) as Record<string, unknown>;
    const definition = within.reduce<unknown>(
      (value, key) => (value as Record<string, unknown>)[key],
      root,
    ) as CaseTypeDefinition;
    const next = { ...current.input, text, definition };
    current = { input: next, report: lintDefinition(next, options) };
  }
  return { text: current.input.text, report: current.report, fixed };
}

function editJson(text: string, within: readonly string[], edit: CaseTypeEdit): string {
  // The two kinds that the fixes of rules are made of.
  if (edit.kind !== 'set-leaf' && edit.kind !== 'remove') return text;
  const { contents } = parseDocument(text, { strict: false, uniqueKeys: false });
  const path = [...within, ...edit.path];
  const range = edit.kind === 'remove' ? rangeToRemove(contents, path) : rangeOf(nodeAt(contents, path));
  if (range === null) return text;
  const [start, end] = range;
  return text.slice(0, start) + (edit.kind === 'remove' ? '' : JSON.stringify(edit.value)) + text.slice(end);
}

type Range = readonly [start: number, end: number];

/** An item with the comma that parts it from the one before it, or else behind it. */
function rangeToRemove(root: Node | null, path: DefinitionPath): Range | null {
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  const spans = isSeq(parent)
    ? parent.items.map((item) => rangeOf(item as Node))
    : isMap(parent)
      ? parent.items.map(({ key: name, value }) => {
          const [from, to] = [rangeOf(name as Node), rangeOf(value as Node)];
          return from === null || to === null ? null : ([from[0], to[1]] as const);
        })
      : [];
  const index = isMap(parent)
    ? parent.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key)
    : Number(key);
  const [before, own, behind] = [spans[index - 1], spans[index], spans[index + 1]];
  if (own == null) return null;
  if (before != null) return [before[1], own[1]];
  return behind == null ? own : [own[0], behind[0]];
}

function nodeAt(root: Node | null, path: DefinitionPath): Node | null {
  let node = root;
  for (const key of path)
    node = isMap(node) || isSeq(node) ? ((node.get(key, true) as Node | undefined) ?? null) : null;
  return node;
}

function rangeOf(node: Node | null): Range | null {
  const range = node?.range;
  return range == null ? null : [range[0], range[1]];
}

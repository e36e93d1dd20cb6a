import { describeConflict, mergeCaseTypes, toReadForm, type MergeConflict } from '../../case-type/index.ts';
import { rewriteCaseTypeYaml, type NamedDefinition } from '../convert/index.ts';
import { toDefinitionJson } from '../case-type-reader.ts';
import { CONFLICT_MARK } from './conflict-mark.ts';
import { mergeNames } from './merge-documents.ts';

export interface DefinitionSides {
  /** Null when both sides added the file. */
  readonly base: NamedDefinition | null;
  readonly ours: NamedDefinition;
  readonly theirs: NamedDefinition;
  /** The name that the result is to have; by default it is merged like the rest. */
  readonly name?: string;
}

export interface MergedDefinitions extends NamedDefinition {
  readonly conflicts: readonly MergeConflict[];
}

/** Merges case types that came as JSON, YAML or XML, as CiviCRM reads them. Of a conflict the result holds OURS. */
export function mergeDefinitions({ base, ours, theirs, name }: DefinitionSides): MergedDefinitions {
  const merged = mergeCaseTypes(
    toReadForm(base?.definition ?? {}),
    toReadForm(ours.definition),
    toReadForm(theirs.definition),
  );
  const names = mergeNames(base?.name ?? '', ours.name ?? theirs.name ?? '', theirs.name ?? ours.name ?? '');
  const chosen = name ?? (names.name === '' ? null : names.name);
  const inOrder = [...Object.keys(ours.definition), ...Object.keys(merged.definition)].flatMap((key) => {
    const value = merged.definition[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    name: chosen,
    definition: Object.fromEntries(inOrder),
    conflicts: [...(name === undefined ? names.conflicts : []), ...merged.conflicts],
  };
}

/** As JSON in the form of OURS: a row of CaseType, or a bare definition; its conflicts stand under a key of their own. */
export function writeMergedJson({ name, definition, conflicts }: MergedDefinitions, isRow: boolean): string {
  const json = toDefinitionJson(definition);
  const left = conflicts.length === 0 ? {} : { [CONFLICT_MARK]: conflicts.map(describeConflict) };
  const root = isRow ? { ...left, name, definition: json } : { ...left, ...(json as object) };
  return `${JSON.stringify(root, null, 2)}\n`;
}

/** OURS as YAML with what was merged, and with a comment for each conflict; the comments of OURS stay. */
export function writeMergedYaml({ name, definition, conflicts }: MergedDefinitions, ours: string): string {
  const lineEnd = ours.includes('\r\n') ? '\r\n' : '\n';
  const comments = conflicts.map(
    (conflict) => `# ${CONFLICT_MARK}: ${describeConflict(conflict).replace(/\s+/g, ' ')}${lineEnd}`,
  );
  return comments.join('') + rewriteCaseTypeYaml(ours, definition, name ?? undefined);
}

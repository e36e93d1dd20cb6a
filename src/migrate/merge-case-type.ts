import { describeConflict, mergeCaseTypes } from '../case-type/index.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import type { JsonObject } from '../base/json.ts';
import type { Decisions } from './decisions.ts';
import { comparable, entityKey, sameJson, type CaseTypeEntity } from './entity.ts';
import type { Note, Problem } from './plan.ts';
import { relationshipTypesOf, type Snapshot } from './snapshot.ts';
import { inNormalForm } from './target-state.ts';
import { compareFields } from './three-way.ts';

export interface MergedCaseType {
  /** As the target is to hold it. */
  readonly wanted: CaseTypeEntity;
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/**
 * The case type as the source has it, with what the target alone has changed since the last apply. Definitions are
 * merged part by part.
 *
 * @param source in normal form
 */
export function mergeCaseType(
  source: CaseTypeEntity,
  held: CaseTypeEntity | null,
  target: Snapshot,
  { base, taken, kept }: Decisions,
): MergedCaseType {
  const key = entityKey(source);
  const before = base[key];
  if (held === null || (before === undefined && !kept.has(key)) || taken.has(key))
    return { wanted: source, notes: [], problems: [] };
  const there = inNormalForm(held, relationshipTypesOf(target));
  if (kept.has(key)) return { wanted: { ...there, weight: source.weight }, notes: [], problems: [] };
  const notes: Note[] = [];
  const conflicts: string[] = [];
  const fields: Record<string, unknown> = {};
  for (const [field, verdict] of compareFields(before ?? null, comparable(source), comparable(there))) {
    if (field === 'definition') {
      const merged = mergeCaseTypes(
        (before?.['definition'] ?? {}) as CaseTypeDefinition,
        source.definition,
        there.definition,
      );
      conflicts.push(...merged.conflicts.map(describeConflict));
      fields[field] = merged.definition;
      if (!sameJson(merged.definition as JsonObject, source.definition as JsonObject))
        notes.push(editedThere(key, 'Parts of the definition', target));
    } else if (verdict === 'stays') {
      fields[field] = comparable(there)[field];
      notes.push(editedThere(key, `"${field}"`, target));
    } else if (verdict === 'conflict')
      conflicts.push(
        `${field}: ours ${JSON.stringify(comparable(source)[field])}, theirs ${JSON.stringify(comparable(there)[field])}`,
      );
  }
  return {
    wanted: { ...source, ...(fields as Partial<CaseTypeEntity>) },
    notes,
    problems:
      conflicts.length === 0
        ? []
        : [
            {
              kind: 'conflict',
              key,
              message: `Both sides changed it since the last apply (ours: the source, theirs: "${target.site}"): ${conflicts.join('; ')}.`,
              remedy: `Decide: --take "${key}" for the source's, --keep "${key}" for the target's.`,
            },
          ],
  };
}

const editedThere = (key: string, what: string, target: Snapshot): Note => ({
  kind: 'edited-at-target',
  key,
  message: `${what} changed on "${target.site}" since the last apply, and stay so.`,
});

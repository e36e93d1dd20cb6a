import type { JsonObject } from '../base/json.ts';
import type { Decisions } from './decisions.ts';
import { closureOf } from './closure.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import { normalForm, type NormalForm } from './definition-form.ts';
import { collectNeeds, dependenciesOf, type Need } from './dependencies.ts';
import { comparable, keyOf, type CaseTypeEntity } from './entity.ts';
import { mergeCaseType } from './merge-case-type.ts';
import type { Note, Problem } from './plan.ts';
import { readSource, type PlanSource, type SourceSide } from './plan-source.ts';
import type { Snapshot } from './snapshot.ts';

/** One case type on its way to the target. */
export interface MovedCaseType {
  readonly source: SourceSide;
  /** As the target is to hold it. */
  readonly wanted: CaseTypeEntity;
  /** As the source holds it, as `comparable` shows it. */
  readonly given: JsonObject;
  /** What it leans on, of the source. */
  readonly needs: readonly Need[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** @throws AppError `not-found` when the source has no such case type. */
export function moveCaseType(
  from: PlanSource,
  name: string,
  target: Snapshot,
  decisions: Decisions,
): MovedCaseType {
  const held = target.caseTypes.find((caseType) => caseType.name === name) ?? null;
  const source = readSource(from, name, held);
  const form = normalForm(source.caseType.definition, source.relationshipTypes, coreRoundTrip(name));
  const normal = { ...source.caseType, definition: form.definition };
  const { wanted, notes, problems } = mergeCaseType(normal, held, target, decisions);
  const needs =
    source.snapshot === null
      ? dependenciesOf(wanted, source.relationshipTypes)
      : closureOf(wanted, source.snapshot);
  return {
    source,
    wanted,
    given: comparable(normal),
    needs,
    notes: [...formNotes(wanted, form), ...notes],
    problems,
  };
}

/** The needs of all, each once with all its reasons. */
export function needsOf(moved: readonly MovedCaseType[]): readonly Need[] {
  const [first, second] = moved;
  if (second === undefined) return first?.needs ?? [];
  const all = collectNeeds();
  for (const { wanted, needs } of moved)
    for (const need of needs) {
      const reasons = need.reasons.map((reason) =>
        OF_ANY_CASE_TYPE.has(reason.kind) ? reason : { ...reason, caseType: wanted.name },
      );
      all.add({ ...need, reasons });
    }
  return all.list();
}

/** Reasons that do not lie in a definition. */
const OF_ANY_CASE_TYPE: ReadonlySet<string> = new Set(['named-by', 'belongs-to', 'for-all', 'offered']);

function formNotes(caseType: CaseTypeEntity, form: NormalForm): readonly Note[] {
  const key = keyOf({ kind: 'case_type', name: caseType.name });
  return [
    ...form.rewritten.map((message): Note => ({ kind: 'rewritten', key, message })),
    ...form.dropped.map((message): Note => ({ kind: 'dropped', key, message })),
  ];
}

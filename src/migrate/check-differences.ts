import type { JsonValue } from '../base/json.ts';
import type { Decisions } from './decisions.ts';
import { byText, comparable, entityKey, fieldsOf, isActive, refOf, type Dependency } from './entity.ts';
import { kindOf } from './kinds/index.ts';
import type { Note, Problem, Work } from './plan.ts';
import type { Reason } from './reasons.ts';
import type { Snapshot } from './snapshot.ts';
import { compareFields } from './three-way.ts';

/** What one dependency adds to a plan. */
export interface Finding {
  readonly works: readonly Work[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** What becomes of what both sides have and hold otherwise. */
export function checkDifferences(
  wanted: Dependency,
  held: Dependency,
  target: Snapshot,
  reasons: readonly Reason[],
  { base, taken, kept, language }: Decisions,
): Finding {
  const key = entityKey(held);
  const [source, before] = [comparable(wanted), comparable(held)];
  const verdicts = compareFields(base[key] ?? null, source, before);
  const notes: Note[] = [];
  const conflicts: string[] = [];
  const moving: string[] = [];
  const widened: Record<string, JsonValue> = {};
  const { fields: known, meaning = [], labels, attached } = kindOf(held.kind);
  const isTranslated =
    language !== null && target.features.language !== null && language !== target.features.language;
  const whose = kept.has(key) ? 'by your choice' : staysBecause(held, target);
  for (const [field, verdict] of verdicts) {
    const isFixed = known.some(({ name, isFixed: fixed }) => name === field && fixed === true);
    if (isFixed) continue;
    const [here, there] = [source[field], before[field]].map((value) => JSON.stringify(value ?? null));
    const stays = (why: string): string =>
      `${field} is ${String(here)} at the source and stays ${String(there)} on "${target.site}"${why === '' ? '' : `: ${why}`}.`;
    if (field === 'isActive' && !kept.has(key)) {
      // Nothing that the target uses is switched off by a move.
      if (isActive(wanted)) moving.push(field);
      else notes.push({ kind: 'differs', key, message: stays('') });
    } else if (whose !== null) notes.push({ kind: 'differs', key, message: stays(whose) });
    else if (isTranslated && [...labels, 'description'].includes(field))
      notes.push({ kind: 'differs', key, message: stays('the two sites speak different languages') });
    else if (field === attached && meaning.includes(field)) {
      const wider = both(source[field], before[field]);
      if (wider === null) notes.push({ kind: 'differs', key, message: stays('') });
      else widened[field] = wider;
    } else if (meaning.includes(field)) notes.push({ kind: 'differs', key, message: stays('') });
    else if (verdict === 'moves' || taken.has(key)) moving.push(field);
    else if (verdict === 'stays')
      notes.push({
        kind: 'edited-at-target',
        key,
        message: stays('it was changed there since the last apply'),
      });
    else
      conflicts.push(
        `${field} was ${JSON.stringify(base[key]?.[field] ?? null)} when it was last applied, is ${String(here)} at the source and ${String(there)} on "${target.site}"`,
      );
  }
  if (conflicts.length > 0)
    return {
      works: [],
      notes,
      problems: [
        {
          kind: 'conflict',
          key,
          message: `Both sides changed it: ${conflicts.join('; ')}.`,
          remedy: `Decide: --take "${key}" for the source's, --keep "${key}" for the target's.`,
        },
      ],
    };
  if (!isActive(wanted) && !isActive(held))
    notes.push({
      kind: 'disabled-at-source',
      key,
      message: `It is disabled on both sides and stays so.`,
    });
  const becomes = {
    ...Object.fromEntries(moving.map((field) => [field, source[field] ?? null])),
    ...widened,
  };
  const fields = Object.keys(becomes).sort();
  if (fields.length === 0) return { works: [], notes, problems: [] };
  const after = { ...before, ...becomes };
  return {
    works: [{ kind: 'update', ref: refOf(held), fields, before, after, reasons }],
    notes,
    problems: [],
  };
}

/** A custom group of some case types comes to concern those of both; null: that says nothing new. */
function both(ours: JsonValue | undefined, theirs: JsonValue | undefined): JsonValue | null {
  if (!isTexts(ours) || !isTexts(theirs)) return null;
  const all = [...new Set([...theirs, ...ours])].sort(byText);
  return all.length === theirs.length ? null : all;
}

const isTexts = (value: JsonValue | undefined): value is readonly string[] =>
  Array.isArray(value) && (value as readonly JsonValue[]).every((item) => typeof item === 'string');

/** Why a move leaves the target's words and settings of it alone; null: it does not. */
function staysBecause(held: Dependency, target: Snapshot): string | null {
  if (fieldsOf(held)['isReserved'] === true) return 'CiviCRM needs it as it is';
  const extension = target.managed[entityKey(held)];
  return extension === undefined || extension === 'civicrm'
    ? null
    : `the extension ${extension} looks after it`;
}

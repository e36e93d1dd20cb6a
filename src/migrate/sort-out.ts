import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { differingFields, sameJson, type EntityKey } from './entity.ts';
import { ACTIVITIES_OF, changeKey, formerKey, stateAfter, type Change, type MigrationPlan } from './plan.ts';
import { nameChangesIn, renamedState } from './renames.ts';
import type { Snapshot } from './snapshot.ts';
import { stateOf } from './target-state.ts';

export interface Sorted {
  readonly pending: readonly Change[];
  readonly made: readonly Change[];
}

/** Which changes are still to be made; refuses when anything is neither as it was nor as it is to become. */
export function sortOut(plan: MigrationPlan, current: Snapshot): Sorted {
  const changeOf = new Map(plan.changes.map((change) => [changeKey(change), change]));
  const names = nameChangesIn(plan.changes);
  const renamed = new Map(plan.changes.map((change) => [formerKey(change), changeKey(change)]));
  const moved: string[] = [];
  const made = new Set<EntityKey>();
  const isMade = (key: EntityKey): boolean => {
    const change = changeOf.get(key);
    return change !== undefined && sameJson(stateOf(current, key), stateAfter(change));
  };
  for (const [key, before] of Object.entries(plan.basis)) {
    // What counts of those is whether anything would be lost now: see refuseLoss.
    if (key.startsWith(ACTIVITIES_OF)) continue;
    const now = stateOf(current, key);
    const change = changeOf.get(key);
    const after = change === undefined ? undefined : stateAfter(change);
    const there = renamed.get(key);
    // Until all that names it is saved, CiviCRM may make an activity type of the former name again.
    if (there !== undefined && isMade(there)) continue;
    if (after !== undefined && sameJson(now, after) && !sameJson(after, before)) made.add(key);
    else if (!sameJson(now, before) && !(before !== null && sameJson(now, renamedState(key, before, names))))
      moved.push(describeMove(key, before, now));
  }
  if (moved.length > 0)
    throw new AppError(
      'stale-plan',
      `Site "${plan.target}" has changed since the plan was made: ${moved.join('; ')}. Plan again and look at the difference.`,
      { details: { moved } },
    );
  return {
    pending: plan.changes.filter((change) => !made.has(changeKey(change))),
    made: plan.changes.filter((change) => made.has(changeKey(change))),
  };
}

export function describeMove(key: EntityKey, before: JsonObject | null, now: JsonObject | null): string {
  const what = key.startsWith('contact:') ? 'a contact whom a step assigns' : key;
  if (before === null) return `${what} has been created`;
  if (now === null) return `${what} is gone`;
  return `${what} has another ${differingFields(before, now).join(', ')}`;
}

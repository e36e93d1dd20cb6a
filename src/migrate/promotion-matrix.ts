import { byText, type EntityKey } from './entity.ts';
import { ACTIVITIES_OF, changeKey, type MigrationPlan } from './plan.ts';

/** What a plan does to one thing on its target; `same`: nothing. */
export type PromotionCell = 'new' | 'changed' | 'same' | 'problem';

/** One thing on every target; null: nothing was planned for it there. */
export interface PromotionRow {
  readonly key: EntityKey;
  readonly cells: readonly (PromotionCell | null)[];
}

/** Several targets beside each other: case types first, then what they need, by key. */
export function promotionMatrix(plans: readonly (MigrationPlan | null)[]): readonly PromotionRow[] {
  const columns = plans.map(columnOf);
  const keys = new Set(columns.flatMap((column) => [...column.keys()]));
  const rank = (key: EntityKey): string => `${key.startsWith('case_type:') ? '0' : '1'}${key}`;
  return [...keys]
    .sort((left, right) => byText(rank(left), rank(right)))
    .map((key) => ({ key, cells: columns.map((column) => column.get(key) ?? null) }));
}

function columnOf(plan: MigrationPlan | null): ReadonlyMap<EntityKey, PromotionCell> {
  const column = new Map<EntityKey, PromotionCell>();
  if (plan === null) return column;
  for (const key of Object.keys(plan.basis))
    if (!key.startsWith(ACTIVITIES_OF) && !key.startsWith('contact:')) column.set(key, 'same');
  for (const change of plan.changes)
    column.set(changeKey(change), change.kind.startsWith('create') ? 'new' : 'changed');
  for (const { key } of plan.problems) if (!key.startsWith('contact:')) column.set(key, 'problem');
  return column;
}

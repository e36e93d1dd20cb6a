import type { JsonObject } from '../base/json.ts';
import {
  keyOf,
  nameOf,
  refOf,
  type CaseTypeEntity,
  type Dependency,
  type DependencyKind,
  type EntityKey,
  type EntityRef,
} from './entity.ts';

/** What an entry of a journal tells of its change. */
interface Undoable {
  readonly key: EntityKey;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly inverse:
    | { readonly kind: 'remove' | 'create' }
    | { readonly kind: 'update'; readonly ref: EntityRef<DependencyKind>; readonly fields: JsonObject }
    | { readonly kind: 'restore'; readonly caseType: CaseTypeEntity; readonly renamed?: string };
}

type ByKey<State> = Readonly<Record<EntityKey, State>>;

/** Whether the change gave a dependency another name. */
export const isRename = ({ before, inverse }: Undoable): boolean =>
  before === null && inverse.kind === 'update';

/** The key that undoing the change brings back instead of its own; null: it keeps its own, or goes. */
export function formerKeyOf(entry: Undoable): EntityKey | null {
  const { inverse, after } = entry;
  if (inverse.kind === 'restore')
    return inverse.renamed === undefined ? null : keyOf(refOf(inverse.caseType));
  if (inverse.kind !== 'update' || !isRename(entry)) return null;
  const { kind } = inverse.ref;
  return keyOf({ kind, name: nameOf({ kind, ...after, ...inverse.fields } as unknown as Dependency) });
}

/** Whether nothing is left under the change's key once it is undone. */
export const takesAway = (entry: Undoable): boolean =>
  entry.inverse.kind === 'remove' || formerKeyOf(entry) !== null;

/** What an apply left behind, but for what was undone of it since. */
export function withoutUndone<Given, Left>(
  states: { readonly given: ByKey<Given>; readonly left: ByKey<Left> },
  undone: readonly Undoable[],
): { readonly given: ByKey<Given>; readonly left: ByKey<Left> } {
  const keys = new Set(undone.flatMap((entry) => [entry.key, formerKeyOf(entry) ?? entry.key]));
  const rest = <State>(all: ByKey<State>): ByKey<State> =>
    Object.fromEntries(Object.entries(all).filter(([key]) => !keys.has(key)));
  return { given: rest(states.given), left: rest(states.left) };
}

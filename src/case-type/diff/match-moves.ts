import { canonicalJson, type JsonValue } from '../../base/json.ts';
import type { DefinitionPath } from '../edit.ts';
import { groupBy, identityOf } from './align.ts';
import type { CaseTypeChange } from './change.ts';

/** A set that stayed, with its steps and where each was; `steps` is undefined when it has no list of them. */
export interface SetPair {
  readonly source: number;
  readonly index: number;
  readonly steps:
    | {
        readonly before: readonly JsonValue[];
        readonly after: readonly JsonValue[];
        readonly sources: readonly (number | null)[];
      }
    | undefined;
}

export interface StepMove {
  readonly from: DefinitionPath;
  readonly to: DefinitionPath;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

export interface StepMoves {
  readonly pairs: readonly StepMove[];
  /** Whether a coming or going is half of such a move. */
  readonly covers: (change: CaseTypeChange) => boolean;
}

interface Half {
  readonly step: JsonValue;
  readonly path: DefinitionPath;
}

/** Steps that went from one set and came in another: equal ones, then the only one of its name. */
export function matchMoves(pairs: readonly SetPair[]): StepMoves {
  const lost = pairs.flatMap(({ source, steps }): readonly Half[] => {
    const kept = new Set(steps?.sources);
    return (steps?.before ?? []).flatMap((step, at) =>
      kept.has(at) ? [] : [{ step, path: ['activitySets', source, 'activityTypes', at] }],
    );
  });
  const gained = pairs.flatMap(({ index, steps }): readonly Half[] =>
    (steps?.after ?? []).flatMap((step, at) =>
      steps?.sources[at] === null ? [{ step, path: ['activitySets', index, 'activityTypes', at] }] : [],
    ),
  );
  const equals = groupBy(lost, ({ step }) => canonicalJson(step));
  const found = gained.flatMap((to): readonly (readonly [Half, Half])[] => {
    const from = equals.get(canonicalJson(to.step))?.shift();
    return from === undefined ? [] : [[from, to]];
  });
  const matched = new Set(found.flat());
  const names = groupBy(
    lost.filter((half) => !matched.has(half)),
    ({ step }) => identityOf(step),
  );
  const newNames = groupBy(
    gained.filter((half) => !matched.has(half)),
    ({ step }) => identityOf(step),
  );
  for (const [name, [to, another]] of newNames) {
    const [from, other] = names.get(name) ?? [];
    if (from !== undefined && to !== undefined && other === undefined && another === undefined) {
      found.push([from, to]);
    }
  }
  const goings = new Set(found.map(([from]) => from.path.join('.')));
  const comings = new Set(found.map(([, to]) => to.path.join('.')));
  return {
    pairs: found.map(([from, to]) => ({ from: from.path, to: to.path, before: from.step, after: to.step })),
    covers: (change) =>
      (change.kind === 'removed' && goings.has(change.path.join('.'))) ||
      (change.kind === 'added' && comings.has(change.path.join('.'))),
  };
}

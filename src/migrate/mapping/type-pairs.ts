import type { RelationshipTypeEntity } from '../entity.ts';
import type { PlanSource } from '../plan-source.ts';
import { relationshipTypesOf, type Snapshot } from '../snapshot.ts';
import type { NameMap } from './mapping.ts';

/** A relationship type of the source, and what the target calls both its sides. */
export interface TypePair {
  readonly from: Pick<RelationshipTypeEntity, 'nameAB' | 'nameBA'>;
  readonly to: Pick<RelationshipTypeEntity, 'nameAB' | 'nameBA'>;
}

/** A mapping gives one name of each; a name of the side A to B stands for that side on the target too. */
export function typePairs(source: PlanSource, names: NameMap, target: Snapshot): readonly TypePair[] {
  const theirs = relationshipTypesOf(target);
  const ours = source.kind === 'snapshot' ? relationshipTypesOf(source) : [];
  return Object.entries(names).flatMap(([from, to]): TypePair[] => {
    const held = theirs.find(({ nameAB, nameBA }) => nameAB === to || nameBA === to);
    if (held === undefined) return [];
    const known = ours.find(({ nameAB, nameBA }) => nameAB === from || nameBA === from);
    if (known !== undefined) return [{ from: known, to: held }];
    // A file names only the side that its role is on.
    const isAB = held.nameAB === to;
    return [{ from: { nameAB: isAB ? from : '', nameBA: isAB ? '' : from }, to: held }];
  });
}

export const pairOf = (pairs: readonly TypePair[], nameAB: string): TypePair | undefined =>
  pairs.find(({ from }) => from.nameAB === nameAB);

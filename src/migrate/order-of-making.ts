import { namesOf } from './closure.ts';
import { keyOf, kindOfKey, sortedBy, type EntityKey } from './entity.ts';
import { KIND_NAMES } from './kinds/index.ts';
import { changeKey, type Work } from './plan.ts';

/**
 * What gets another name first; then by kind as they lean on each other, within a kind (tags in tags) what is named
 * first, case types in the order given; what goes at last, in the reverse order.
 */
export function inOrderOfMaking(
  works: readonly Work[],
  caseTypes: readonly Work[],
  removed: readonly Work[],
): readonly Work[] {
  const renamed = works.filter(({ kind }) => kind === 'rename');
  const others = byKind(works.filter(({ kind }) => kind !== 'rename'));
  const rank = (work: Work): number => rankOf(changeKey(work));
  const before = others.filter((work) => rank(work) < CASE_TYPES);
  return [
    ...byKind(renamed),
    ...before,
    ...caseTypes,
    ...others.filter((work) => !before.includes(work)),
    ...[...byKind(removed)].reverse(),
  ];
}

const rankOf = (key: EntityKey): number => KIND_NAMES.findIndex((kind) => kind === kindOfKey(key));
const CASE_TYPES = rankOf('case_type:');

function byKind(works: readonly Work[]): readonly Work[] {
  const entities = new Map(
    works.flatMap((work) =>
      work.kind === 'create' || work.kind === 'remove' ? [[changeKey(work), work.entity] as const] : [],
    ),
  );
  const depth = (key: EntityKey): number => {
    const entity = entities.get(key);
    if (entity === undefined) return 0;
    const inside = namesOf(entity).filter(({ ref }) => ref.kind === entity.kind && keyOf(ref) !== key);
    return 1 + Math.max(0, ...inside.map(({ ref }) => depth(keyOf(ref))));
  };
  const two = (number: number): string => String(number).padStart(2, '0');
  return sortedBy(works, (work) => {
    const key = changeKey(work);
    return `${two(rankOf(key))} ${two(depth(key))} ${key}`;
  });
}

import { longestGrowing } from '../diff/align.ts';

export interface MergedOrder {
  readonly order: readonly string[];
  /** Both sides put what they have in common in different orders, and OURS counts. */
  readonly isConflict: boolean;
}

/**
 * The order of the `members` of three lists of ids, each without repetition: that of the side that changed it. What
 * one side added stands behind what it follows there; what both added in one place stands in the order of its text.
 */
export function mergeOrder(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  members: ReadonlySet<string>,
  textOf: (id: string) => string = (id) => id,
): MergedOrder {
  const known = new Set(base);
  const inBoth = new Set(ours.filter((id) => members.has(id) && theirs.includes(id)));
  const pick = (list: readonly string[], isWanted: (id: string) => boolean): readonly string[] =>
    list.filter((id) => members.has(id) && isWanted(id));
  const old = (id: string): boolean => known.has(id);
  const [mine, their] = [pick(ours, old), pick(theirs, old)];
  const oursMoved = hasMoved(pick(base, old), mine);
  const theirsMoved = hasMoved(pick(base, old), their);
  const common = (id: string): boolean => inBoth.has(id);
  // What both added counts as known to both, so its order is one of those to agree upon.
  const isOtherwise = !isEqual(pick(ours, common), pick(theirs, common));
  const isAddedOtherwise =
    isOtherwise &&
    !isEqual(
      pick(ours, (id) => common(id) && !old(id)),
      pick(theirs, (id) => common(id) && !old(id)),
    );
  const isConflict = isAddedOtherwise || (isOtherwise && oursMoved && theirsMoved);

  // Old items first, then what came is put behind what it follows.
  const isTheirs = theirsMoved && (!oursMoved || (!isConflict && their.join('\n') < mine.join('\n')));
  const skeleton = isTheirs ? their : mine;
  const missing = pick(base, (id) => old(id) && !skeleton.includes(id));
  const spine = missing.reduce((list, id) => insertBehind(list, id, before(base, id)), skeleton);
  const gaps = new Map<string | null, readonly [readonly string[], readonly string[]]>();
  const isNew = (id: string): boolean => members.has(id) && !spine.includes(id);
  for (const [side, list] of [ours, theirs].entries()) {
    for (const { anchor, run } of runsOf(list, new Set(spine), isNew)) {
      const [one, other] = gaps.get(anchor) ?? [[], []];
      gaps.set(anchor, side === 0 ? [[...one, ...run], other] : [one, [...other, ...run]]);
    }
  }
  const placed = new Set<string>();
  const order = [null, ...spine].flatMap((anchor) => {
    const [one, other] = gaps.get(anchor) ?? [[], []];
    const arrivals = interleave(one, other, textOf).filter((id) => !placed.has(id));
    for (const id of arrivals) placed.add(id);
    return anchor === null ? arrivals : [anchor, ...arrivals];
  });
  return { order, isConflict };
}

const isEqual = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index]);

/** Whether what two lists have in common stands in different orders. */
function hasMoved(before: readonly string[], after: readonly string[]): boolean {
  const places = after.map((id) => before.indexOf(id)).filter((place) => place >= 0);
  return longestGrowing(places).length < places.length;
}

/** What stands before an item, the nearest first. */
const before = (list: readonly string[], id: string): readonly string[] =>
  list.slice(0, list.indexOf(id)).toReversed();

function insertBehind(list: readonly string[], id: string, anchors: readonly string[]): readonly string[] {
  const anchor = anchors.find((one) => list.includes(one));
  return list.toSpliced(anchor === undefined ? 0 : list.indexOf(anchor) + 1, 0, id);
}

interface Run {
  readonly anchor: string | null;
  readonly run: readonly string[];
}

function runsOf(
  list: readonly string[],
  spine: ReadonlySet<string>,
  isNew: (id: string) => boolean,
): readonly Run[] {
  const runs: Run[] = [];
  let anchor: string | null = null;
  let run: string[] = [];
  for (const id of list) {
    if (spine.has(id)) {
      runs.push({ anchor, run });
      anchor = id;
      run = [];
    } else if (isNew(id)) run.push(id);
  }
  return [...runs, { anchor, run }];
}

/** Two runs as one that keeps the order of each; what both have in different orders stands as the first has it. */
function interleave(
  mine: readonly string[],
  theirs: readonly string[],
  textOf: (id: string) => string,
): readonly string[] {
  const shared = mine.filter((id) => theirs.includes(id));
  const agreed = theirs.filter((id) => mine.includes(id));
  if (!isEqual(shared, agreed)) return [...mine, ...theirs.filter((id) => !mine.includes(id))];
  const stretches = (list: readonly string[]): readonly (readonly string[])[] =>
    list.reduce<readonly (readonly string[])[]>(
      (parts, id) =>
        shared.includes(id) ? [...parts, []] : [...parts.slice(0, -1), [...(parts.at(-1) ?? []), id]],
      [[]],
    );
  const [one, other] = [stretches(mine), stretches(theirs)];
  return one.flatMap((stretch, index) => {
    const added = [stretch, other[index] ?? []].toSorted((a, b) =>
      compare(a.map(textOf).join('\n'), b.map(textOf).join('\n')),
    );
    const end = shared[index];
    return [...added.flat(), ...(end === undefined ? [] : [end])];
  });
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

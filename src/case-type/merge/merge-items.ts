import { canonicalJson, type JsonValue } from '../../base/json.ts';
import { alignItems, identityOf } from '../diff/align.ts';
import { displayName } from '../diff/subject.ts';
import type { DefinitionPath } from '../edit.ts';
import { under, type FoundConflict } from './conflict.ts';
import { mergeOrder } from './merge-order.ts';
import { mergeValue, type KeyMerger, type Sides } from './merge-value.ts';

/** One thing as the three sides have it; `id` is the same in all three. */
export interface Strand {
  readonly id: string;
  readonly base?: JsonValue;
  readonly ours?: JsonValue;
  readonly theirs?: JsonValue;
}

/** A list of the three sides in strands, and the order of strands on each side. */
export interface Strands {
  readonly strands: ReadonlyMap<string, Strand>;
  readonly order: Sides<readonly string[]>;
}

/** Finds the items of three lists in each other; what both sides added under one name is one thing. */
export function braid({ base, ours, theirs }: Sides<readonly JsonValue[]>, prefix = ''): Strands {
  const strands = new Map<string, Strand>();
  base.forEach((item, index) => {
    const id = `${prefix}${String(index)}`;
    strands.set(id, { id, base: item });
  });
  const idsOf = (items: readonly JsonValue[]): readonly (string | null)[] =>
    alignItems(base, items).map((source) => (source === null ? null : `${prefix}${String(source)}`));
  const [oursIds, theirsIds] = [idsOf(ours), idsOf(theirs)];
  const oursNew = ours.filter((_, index) => oursIds[index] === null);
  const theirsNew = theirs.filter((_, index) => theirsIds[index] === null);
  const newId = (index: number, side: string): string => `${prefix}${side}${String(index)}`;
  // Taken from the lesser list, so that it does not matter which of the two sides is asked.
  const isSwapped = canonicalJson(oursNew) > canonicalJson(theirsNew);
  const partners = isSwapped ? alignItems(theirsNew, oursNew) : alignItems(oursNew, theirsNew);
  const partnerOfOurs = new Map<number, number>(
    partners.flatMap((source, target) => {
      if (source === null) return [];
      return isSwapped ? [[target, source] as const] : [[source, target] as const];
    }),
  );
  const newOurs = oursNew.map((_, index) => newId(index, 'o'));
  const oursOfTheirs = new Map(Array.from(partnerOfOurs, ([mine, their]) => [their, mine]));
  const newTheirs = theirsNew.map((_, index) => {
    const mine = oursOfTheirs.get(index);
    return mine === undefined ? newId(index, 't') : newId(mine, 'o');
  });
  const complete = (ids: readonly (string | null)[], added: readonly string[]): readonly string[] => {
    const rest = [...added];
    return ids.map((id) => id ?? rest.shift() ?? '');
  };
  const order = {
    base: [...strands.keys()],
    ours: complete(oursIds, newOurs),
    theirs: complete(theirsIds, newTheirs),
  };
  order.ours.forEach((id, index) => put(strands, id, 'ours', ours[index]));
  order.theirs.forEach((id, index) => put(strands, id, 'theirs', theirs[index]));
  return { strands, order };
}

function put(
  strands: Map<string, Strand>,
  id: string,
  side: 'ours' | 'theirs',
  item: JsonValue | undefined,
): void {
  if (item !== undefined) strands.set(id, { ...(strands.get(id) ?? { id }), [side]: item });
}

/** A strand as it is merged; `value` is undefined when it goes. */
export interface MergedStrand {
  readonly value: JsonValue | undefined;
  readonly conflicts: readonly FoundConflict[];
}

export function mergeStrand({ base, ours, theirs }: Strand, mergeKey?: KeyMerger): MergedStrand {
  return mergeValue({ base, ours, theirs }, [], mergeKey);
}

/** The merged list with its conflicts, whose paths begin at it. */
export function assemble(
  order: Sides<readonly string[]>,
  merged: ReadonlyMap<string, MergedStrand>,
): {
  readonly items: readonly JsonValue[];
  readonly ids: readonly string[];
  readonly conflicts: readonly FoundConflict[];
} {
  const values = new Map(
    [...merged].flatMap(([id, { value }]) => (value === undefined ? [] : [[id, value] as const])),
  );
  const members = new Set(values.keys());
  const textOf = (id: string): string =>
    `${identityOf(values.get(id) ?? null)} ${canonicalJson(values.get(id) ?? null)}`;
  const { order: ids, isConflict } = mergeOrder(order.base, order.ours, order.theirs, members, textOf);
  const items = ids.map((id) => values.get(id) ?? null);
  const namesOn = (side: readonly string[]): readonly string[] =>
    side.filter((id) => members.has(id)).map((id) => displayName(values.get(id)));
  return {
    items,
    ids,
    conflicts: [
      ...ids.flatMap((id, index) => under([index], merged.get(id)?.conflicts ?? [])),
      ...(isConflict
        ? [{ kind: 'order', path: [], ours: namesOn(order.ours), theirs: namesOn(order.theirs) } as const]
        : []),
    ],
  };
}

/** Merges lists of items item by item. */
export function mergeItems(sides: Sides<readonly JsonValue[]>, path: DefinitionPath) {
  const { strands, order } = braid(sides);
  const { items, conflicts } = assemble(
    order,
    new Map(Array.from(strands, ([id, strand]) => [id, mergeStrand(strand)])),
  );
  return { value: items, conflicts: under(path, conflicts) };
}

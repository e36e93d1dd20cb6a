import { canonicalJson, type JsonValue } from '../../base/json.ts';
import { groupBy, identityOf } from '../diff/align.ts';
import { asList, fieldOf, isMap, isSame } from '../diff/json-parts.ts';
import { displayName } from '../diff/subject.ts';
import type { DefinitionPath } from '../edit.ts';
import { under } from './conflict.ts';
import { assemble, braid, mergeStrand, type MergedStrand, type Strand } from './merge-items.ts';
import type { Sides } from './merge-value.ts';

const STEPS = 'activityTypes';
type Side = keyof Sides;
const SIDES: readonly Side[] = ['base', 'ours', 'theirs'];

/** A step wherever it stands: the set it is in on each side. */
interface StepStrand extends Strand {
  readonly sets: Readonly<Partial<Record<Side, string>>>;
}

/** Merges activity sets, and their steps wherever each side put them. */
export function mergeSets(sides: Sides<readonly JsonValue[]>, path: DefinitionPath) {
  const sets = braid(sides);
  const orders = new Map<string, Sides<readonly string[]>>();
  const steps: StepStrand[] = [];
  for (const set of sets.strands.values()) {
    const lists = listsOf(set);
    if (lists === undefined) continue;
    const { strands, order } = braid(lists, `${set.id}/`);
    orders.set(set.id, order);
    for (const strand of strands.values()) {
      const places = SIDES.filter((side) => strand[side] !== undefined).map(
        (side) => [side, set.id] as const,
      );
      steps.push({ ...strand, sets: Object.fromEntries(places) });
    }
  }
  const isInBoth = ({ sets: places }: StepStrand): boolean =>
    Object.values(places).every((id) => {
      const set = sets.strands.get(id);
      return set?.ours !== undefined && set.theirs !== undefined;
    });
  const { moved, aliases } = followMoves(steps, isInBoth);
  const idOf = (id: string): string => aliases.get(id) ?? id;

  const mergedSteps = new Map(moved.map((strand) => [strand.id, mergeStep(strand)]));
  const placeOf = new Map(moved.map((strand) => [strand.id, placeOfStep(strand)]));
  const mergedSets = new Map(
    Array.from(sets.strands.values(), (set): readonly [string, MergedStrand] => {
      const order = orders.get(set.id);
      if (order === undefined) return [set.id, mergeStrand(set)];
      const own = moved.filter(({ id }) => placeOf.get(id)?.set === set.id);
      const list = assemble(
        {
          base: order.base.map(idOf),
          ours: order.ours.map(idOf),
          theirs: order.theirs.map(idOf),
        },
        new Map(own.map(({ id }) => [id, mergedSteps.get(id) ?? { value: undefined, conflicts: [] }])),
      );
      const places = list.ids.flatMap((id, index) => {
        const conflict = placeOf.get(id)?.conflict;
        const nameOf = (setId: string): string => setName(sets.strands.get(setId));
        return conflict === undefined
          ? []
          : [
              {
                kind: 'place',
                path: [index],
                ours: nameOf(conflict.ours),
                theirs: nameOf(conflict.theirs),
              } as const,
            ];
      });
      return [set.id, mergeSet(set, list.items, under([STEPS], [...list.conflicts, ...places]))];
    }),
  );
  const { items, conflicts } = assemble(sets.order, mergedSets);
  return { value: items, conflicts: under(path, conflicts) };
}

/** A step that one side removed and the other moved to another set stays. */
function mergeStep(step: StepStrand): MergedStrand {
  const { base, ours, theirs, sets } = step;
  const left = ours ?? theirs;
  const hasMoved = left !== undefined && base !== undefined && (sets.ours ?? sets.theirs) !== sets.base;
  const isRemoved = ours === undefined || theirs === undefined;
  if (!hasMoved || !isRemoved) return mergeStrand(step);
  const present = { ...(ours === undefined ? {} : { ours }), ...(theirs === undefined ? {} : { theirs }) };
  return { value: left, conflicts: [{ kind: 'value', path: [], base, ...present }] };
}

/** A set of which the steps are merged already. */
function mergeSet(
  set: Strand,
  steps: readonly JsonValue[],
  conflicts: MergedStrand['conflicts'],
): MergedStrand {
  const isKept = (side: 'ours' | 'theirs'): boolean => set[side] !== undefined;
  const isRemoved = set.base !== undefined && (!isKept('ours') || !isKept('theirs'));
  if (isRemoved) {
    const left = set.ours ?? set.theirs;
    // A set that one side removed stays when the other edited it or its steps.
    return left === undefined || isSame(left, set.base)
      ? { value: undefined, conflicts: [] }
      : mergeStrand(set);
  }
  const merged = mergeStrand(set, (key, { base, ours, theirs }) => {
    if (key !== STEPS) return undefined;
    const wasThere =
      [ours, theirs].every((side) => side !== undefined) ||
      (base === undefined && (ours ?? theirs) !== undefined);
    return { value: wasThere || steps.length > 0 ? steps : undefined, conflicts: [] };
  });
  const { value } = merged;
  const others = merged.conflicts.filter(({ path }) => path[0] !== STEPS);
  if (!isMap(value)) return { value, conflicts: others };
  const former = fieldOf(value, STEPS);
  const isUnchanged = former === undefined ? steps.length === 0 : isSame(former, steps);
  return {
    value: isUnchanged ? value : { ...value, [STEPS]: steps },
    conflicts: [...others, ...conflicts],
  };
}

function listsOf(set: Strand): Sides<readonly JsonValue[]> | undefined {
  const [base, ours, theirs] = SIDES.map((side) => {
    const value = set[side];
    if (value === undefined) return [];
    return isMap(value) ? asList(value[STEPS]) : undefined;
  });
  return base === undefined || ours === undefined || theirs === undefined
    ? undefined
    : { base, ours, theirs };
}

const setName = (set: Strand | undefined): string => displayName(set?.ours ?? set?.theirs ?? set?.base);

interface Place {
  readonly set: string;
  readonly conflict?: { readonly ours: string; readonly theirs: string };
}

/** The set that a step goes to: that of the side that moved it. */
function placeOfStep({ sets, ours, theirs }: StepStrand): Place {
  const { base } = sets;
  const [mine, their] = [sets.ours ?? base ?? '', sets.theirs ?? base ?? ''];
  if (ours === undefined) return { set: their };
  if (theirs === undefined || their === base || their === mine) return { set: mine };
  return mine === base ? { set: their } : { set: mine, conflict: { ours: mine, theirs: their } };
}

interface FollowedMoves {
  readonly moved: readonly StepStrand[];
  /** The id of a step that came, as the id of the one that went. */
  readonly aliases: ReadonlyMap<string, string>;
}

/**
 * Joins a step that a side took out of one set with the one that it put into another: the same, or of one name. Only
 * between sets that both sides have.
 */
function followMoves(steps: readonly StepStrand[], isInBoth: (step: StepStrand) => boolean): FollowedMoves {
  const strands = new Map(steps.map((strand) => [strand.id, strand]));
  const aliases = new Map<string, string>();
  const merge = (went: StepStrand, came: StepStrand, side: 'ours' | 'theirs'): void => {
    const [from, to] = [strands.get(went.id), strands.get(came.id)];
    if (from?.base === undefined || from[side] !== undefined || to?.[side] === undefined || from === to)
      return;
    const { id, ...arrival } = to;
    strands.delete(id);
    aliases.set(id, from.id);
    strands.set(from.id, { ...from, ...arrival, sets: { ...from.sets, ...arrival.sets } });
  };
  for (const keyOf of [canonicalJson, identityOf]) {
    for (const side of ['ours', 'theirs'] as const) {
      const all = [...strands.values()].filter(isInBoth);
      const went = groupBy(
        all.filter((strand) => strand.base !== undefined && strand[side] === undefined),
        ({ base }) => keyOf(base ?? null),
      );
      const came = groupBy(
        all.filter((strand) => strand.base === undefined && strand[side] !== undefined),
        (strand) => keyOf(strand[side] ?? null),
      );
      for (const [key, arrivals] of came) {
        const departures = went.get(key) ?? [];
        const [from, to] = [departures[0], arrivals[0]];
        const isOnly = departures.length === 1 && arrivals.length === 1;
        if (isOnly && from !== undefined && to !== undefined) merge(from, to, side);
      }
    }
  }
  return { moved: [...strands.values()], aliases };
}

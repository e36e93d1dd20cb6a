import { byText, entityKey, fieldsOf, keyOf, sortedBy, type Dependency } from '../entity.ts';
import { closureOf } from '../closure.ts';
import { kindOf } from '../kinds/index.ts';
import { entitiesByKey, entitiesOf, type Snapshot } from '../snapshot.ts';
import { MAPPED_KINDS, type MappedKind } from './mapping.ts';

/** What a name of the source is probably called on the target. */
export interface Suggestion {
  readonly kind: MappedKind;
  readonly from: string;
  /** Null: the target has nothing like it. */
  readonly to: string | null;
  /** Between 0 and 1. */
  readonly confidence: number;
  readonly why: 'same-letters' | 'same-label' | 'label-is-name' | 'similar' | 'nothing-like-it';
}

type Likeness = Pick<Suggestion, 'confidence' | 'why'>;

const LEAST = 0.5;

/**
 * For everything that these case types need and the target does not have by that name: the target's entity that
 * most likely is the same, each at most once. Sorted by kind and name.
 */
export function suggestMapping(
  source: Snapshot,
  target: Snapshot,
  caseTypes: readonly string[],
): readonly Suggestion[] {
  const needed = new Set(
    source.caseTypes
      .filter(({ name }) => caseTypes.includes(name))
      .flatMap((caseType) => closureOf(caseType, source).map(({ key }) => key)),
  );
  return MAPPED_KINDS.flatMap((kind) => {
    const isUnknown = (other: Snapshot) => (entity: Dependency) =>
      !entitiesByKey(other).has(entityKey(entity));
    const lost = ofKind(source, kind).filter(
      (entity) => needed.has(entityKey(entity)) && isUnknown(target)(entity),
    );
    // What the source has too is itself there.
    const free = ofKind(target, kind).filter(isUnknown(source));
    return pairUp(lost, free).map(({ entity, match, likeness }) => ({
      kind,
      from: mappedName(entity),
      to: match === null ? null : mappedName(match),
      ...likeness,
    }));
  });
}

interface Pairing {
  readonly entity: Dependency;
  readonly match: Dependency | null;
  readonly likeness: Likeness;
}

/** The likeliest pair first; what is taken is gone. */
function pairUp(lost: readonly Dependency[], free: readonly Dependency[]): readonly Pairing[] {
  const pairs = lost.flatMap((entity) =>
    free.flatMap((match): Pairing[] => {
      const likeness = likenessOf(entity, match);
      return likeness === null ? [] : [{ entity, match, likeness }];
    }),
  );
  pairs.sort(
    (one, other) =>
      other.likeness.confidence - one.likeness.confidence || byText(orderOf(one), orderOf(other)),
  );
  const chosen = new Map<Dependency, Pairing>();
  const taken = new Set<Dependency>();
  for (const pair of pairs) {
    if (chosen.has(pair.entity) || pair.match === null || taken.has(pair.match)) continue;
    chosen.set(pair.entity, pair);
    taken.add(pair.match);
  }
  const nothing: Likeness = { confidence: 0, why: 'nothing-like-it' };
  return sortedBy(
    lost.map((entity) => chosen.get(entity) ?? { entity, match: null, likeness: nothing }),
    ({ entity }) => entityKey(entity),
  );
}

const orderOf = ({ entity, match }: Pairing): string =>
  `${entityKey(entity)}\n${match === null ? '' : entityKey(match)}`;

function likenessOf(ours: Dependency, theirs: Dependency): Likeness | null {
  const [a, b] = [textsOf(ours), textsOf(theirs)];
  const found = bestOf(a, b);
  if (found === null) return null;
  const confidence = found.confidence * (haveSameTraits(ours, theirs) ? 1 : 0.75);
  return confidence < LEAST ? null : { ...found, confidence: Math.round(confidence * 100) / 100 };
}

function bestOf(ours: Texts, theirs: Texts): Likeness | null {
  const meet = (left: readonly string[], right: readonly string[]) =>
    left.some((text) => text !== '' && right.includes(text));
  if (meet(ours.names, theirs.names)) return { confidence: 0.95, why: 'same-letters' };
  if (meet(ours.labels, theirs.labels)) return { confidence: 0.9, why: 'same-label' };
  if (meet(ours.names, theirs.labels) || meet(ours.labels, theirs.names))
    return { confidence: 0.85, why: 'label-is-name' };
  const all = ({ names, labels }: Texts) => [...names, ...labels];
  const most = Math.max(0, ...all(ours).flatMap((one) => all(theirs).map((other) => similarity(one, other))));
  return most < LEAST ? null : { confidence: 0.9 * most, why: 'similar' };
}

interface Texts {
  readonly names: readonly string[];
  readonly labels: readonly string[];
}

function textsOf(entity: Dependency): Texts {
  const fields = fieldsOf(entity);
  const { key, unique = [], labels } = kindOf(entity.kind);
  const texts = (names: readonly string[]) => names.map((name) => folded(fields[name]));
  return {
    names: texts([...key, ...unique.filter((name) => !labels.includes(name))]),
    labels: texts(labels),
  };
}

/** Without case, accents, blanks and signs. */
const folded = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^\p{Letter}\p{Number}]/gu, '')
    : '';

/** Dice's coefficient of pairs of neighbouring letters. */
export function similarity(left: string, right: string): number {
  const [ours, theirs] = [letterPairs(left), letterPairs(right)];
  if (ours.length === 0 || theirs.length === 0) return 0;
  const rest = [...theirs];
  const shared = ours.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
  return (2 * shared.length) / (ours.length + theirs.length);
}

const letterPairs = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));

/** What makes them things of one sort, beside their names. */
const TRAITS: Readonly<Partial<Record<MappedKind, readonly string[]>>> = {
  activity_type: ['component'],
  case_status: ['grouping'],
  activity_status: ['filter'],
  relationship_type: ['contactTypeA', 'contactTypeB'],
  custom_group: ['extends', 'isMultiple'],
  tag: ['isTagset'],
};

function haveSameTraits(ours: Dependency, theirs: Dependency): boolean {
  const [a, b] = [fieldsOf(ours), fieldsOf(theirs)];
  return (TRAITS[ours.kind as MappedKind] ?? []).every((field) => a[field] === b[field]);
}

const ofKind = (snapshot: Snapshot, kind: MappedKind): readonly Dependency[] => entitiesOf(snapshot, kind);

/** As a mapping names it: of a relationship type the name of the holder's side. */
function mappedName(entity: Dependency): string {
  if (entity.kind === 'relationship_type') return entity.nameAB;
  return entityKey(entity).slice(keyOf({ kind: entity.kind, name: '' }).length);
}

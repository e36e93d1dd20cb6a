import type { JsonObject } from '../base/json.ts';
import { relationshipTypeAsCoreMakes } from './as-core-makes.ts';
import {
  comparable,
  differingFields,
  entityKey,
  keyOf,
  kindOfKey,
  nameOf,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
  type EntityRef,
} from './entity.ts';
import { MAPPED_KINDS } from './mapping/mapping.ts';
import { newName, renameDefinition, renameEntity, type NameChanges } from './mapping/name-changes.ts';
import { formerKey, type Work } from './plan.ts';
import { entitiesNamed, hashEntities, inOrder, type Snapshot } from './snapshot.ts';

/** Something of the target that gets the name the source has for it. */
export interface Rename {
  readonly ref: EntityRef;
  readonly to: string;
}

/**
 * Kinds whose things keep their records when they are renamed: CiviCRM stores their ids or values. A contact's sub type
 * is stored by its name; custom fields and options bear the name of what they belong to.
 */
export const RENAMED_KINDS: readonly string[] = [
  'case_type',
  ...MAPPED_KINDS.filter((kind) => !['contact_type', 'custom_group', 'option_group'].includes(kind)),
];

/** @param source whose relationship types tell the other name of a pair */
export function nameChangesOf(
  renames: readonly Rename[],
  source: Pick<Snapshot, 'entities'>,
  target: Pick<Snapshot, 'entities'>,
): NameChanges {
  const names: Record<string, Record<string, string>> = {};
  for (const { ref, to } of renames) names[ref.kind] = { ...names[ref.kind], [ref.name]: to };
  const pairs = renames.flatMap(({ ref, to }) => {
    const [from] = entitiesNamed(ref, target);
    if (from?.kind !== 'relationship_type') return [];
    const [named] = entitiesNamed({ kind: 'relationship_type', name: to }, source);
    const asMade = relationshipTypeAsCoreMakes(to.replace(/ is$/, ''));
    return [{ from, to: named?.kind === 'relationship_type' ? named : asMade }];
  });
  return { names, pairs };
}

/** The names that changes give, as a plan holds them. */
export function nameChangesIn(changes: readonly Work[]): NameChanges {
  const names: Record<string, Record<string, string>> = {};
  const pairs: { from: RelationshipNames; to: RelationshipNames }[] = [];
  for (const change of changes) {
    const from = formerKey(change);
    if (from === null) continue;
    const kind = kindOfKey(from);
    const to =
      change.kind === 'rename' ? change.to : change.kind === 'update-case-type' ? change.caseType.name : '';
    names[kind] = { ...names[kind], [from.slice(kind.length + 1)]: to };
    if (change.kind === 'rename' && kind === 'relationship_type')
      pairs.push({
        from: change.before as unknown as RelationshipNames,
        to: change.after as unknown as RelationshipNames,
      });
  }
  return { names, pairs };
}

type RelationshipNames = NameChanges['pairs'][number]['from'];

/** What gives the former names back. */
export const reversed = ({ names, pairs }: NameChanges): NameChanges => ({
  names: Object.fromEntries(
    Object.entries(names).map(([kind, map]) => [
      kind,
      Object.fromEntries(Object.entries(map).map(([from, to]) => [to, from])),
    ]),
  ),
  pairs: pairs.map(({ from, to }) => ({ from: to, to: from })),
});

/** The site as if everything had its new name already. */
export function renamedSnapshot(snapshot: Snapshot, changes: NameChanges): Snapshot {
  const name = (kind: Parameters<typeof newName>[1]) => (text: string) => newName(changes, kind, text);
  const caseTypeName = name('case_type');
  const keys = new Map<EntityKey, EntityKey>();
  const entities = inOrder(
    snapshot.entities.map((entity) => {
      const renamed = renameEntity(entity, changes);
      keys.set(entityKey(entity), entityKey(renamed));
      return renamed;
    }),
  );
  const caseTypes = snapshot.caseTypes.map((caseType) => renamedCaseType(caseType, changes));
  const renamedKeys = <Value>(record: Readonly<Record<string, Value>>, to: (key: string) => string) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [to(key), value]));
  return {
    ...snapshot,
    caseTypes,
    caseTypeFacts: renamedKeys(snapshot.caseTypeFacts, caseTypeName),
    caseTypeNames: snapshot.caseTypeNames.map(caseTypeName),
    unreadableCaseTypes: snapshot.unreadableCaseTypes.map(caseTypeName),
    entities,
    managed: renamedKeys(snapshot.managed, (key) => keys.get(key) ?? key),
    keptTypes: snapshot.keptTypes.map((type) => ({
      ...type,
      name: name('activity_type')(type.name),
      namedBy: type.namedBy.map(caseTypeName),
    })),
    hashes: hashEntities([...caseTypes, ...entities]),
  };
}

const renamedCaseType = (caseType: CaseTypeEntity, changes: NameChanges): CaseTypeEntity => ({
  ...caseType,
  name: newName(changes, 'case_type', caseType.name),
  definition: renameDefinition(caseType.definition, changes),
});

/** What a site holds under a key, as it reads once what it names has its new name; a case type stays as it is. */
export function renamedState(key: EntityKey, state: JsonObject, changes: NameChanges): JsonObject {
  const kind = kindOfKey(key);
  if (kind === 'case_type' || kind === 'contact') return state;
  const { kind: _kind, ...fields } = renameEntity(
    { kind, ...state } as unknown as Dependency,
    changes,
  ) as unknown as JsonObject;
  return fields;
}

/** The renaming of one entity, with whatever else is to become of it. */
export function renameWork(
  held: Dependency,
  renamed: Dependency,
  update: Extract<Work, { kind: 'update' }> | null,
): Extract<Work, { kind: 'rename' }> {
  const before = comparable(held);
  const after = update?.after ?? comparable(renamed);
  // What it names has another name by itself: CiviCRM stores an id or a value of it.
  const named = differingFields(before, after).filter((field) => NAMES.includes(field));
  return {
    kind: 'rename',
    ref: { kind: held.kind, name: nameOf(held) },
    to: nameOf(renamed),
    fields: [...new Set([...named, ...(update?.fields ?? [])])].sort(),
    before,
    after,
    reasons: [{ kind: 'moved' }],
  };
}

/** Fields that a kind is known by. */
const NAMES = ['name', 'nameAB', 'nameBA', 'title'];

export const newKeyOf = ({ ref, to }: Rename): EntityKey => keyOf({ kind: ref.kind, name: to });

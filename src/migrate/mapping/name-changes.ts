import type { JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../../case-type/definition.ts';
import { renameIn, type RenameKind } from '../../case-type/rename.ts';
import { byText, fieldsOf, type Dependency } from '../entity.ts';
import { kindOf, referenceOf, type EntityKind } from '../kinds/index.ts';
import { mapLeaf, parseRelationship } from '../portable-definition.ts';
import type { NameMap } from './mapping.ts';
import { pairOf, type TypePair } from './type-pairs.ts';

/** What gets other names, wherever the names stand. */
export interface NameChanges {
  /** Of relationship types `pairs` tells. */
  readonly names: Readonly<Partial<Record<EntityKind, NameMap>>>;
  readonly pairs: readonly TypePair[];
}

export function newName({ names, pairs }: NameChanges, kind: EntityKind, name: string): string {
  if (kind === 'relationship_type') return pairOf(pairs, name)?.to.nameAB ?? name;
  const known = names[kind];
  return known !== undefined && Object.hasOwn(known, name) ? (known[name] ?? name) : name;
}

const IN_DEFINITIONS: readonly (readonly [EntityKind, RenameKind])[] = [
  ['activity_type', 'rename-activity-type'],
  ['activity_status', 'rename-activity-status'],
  ['case_status', 'rename-status'],
  ['group', 'rename-group'],
];

/** A definition with portable references that speaks the new names. */
export function renameDefinition(definition: CaseTypeDefinition, changes: NameChanges): CaseTypeDefinition {
  const roles = changes.pairs.flatMap(({ from, to }): [string, string][] => [
    [from.nameAB, to.nameAB],
    [from.nameBA, to.nameBA],
  ]);
  const named = IN_DEFINITIONS.reduce(
    (renamed, [kind, rename]) => renameAtOnce(renamed, rename, changes.names[kind] ?? {}),
    definition,
  );
  const withRoles = renameAtOnce(named, 'rename-role', Object.fromEntries(roles));
  return mapLeaf(withRoles, 'default_assignee_relationship', (text) => {
    const rule = parseRelationship(text);
    return rule === null
      ? text
      : `relationship:${rule.sides}:${newName(changes, 'relationship_type', rule.nameAB)}`;
  });
}

/** All names in one step: two that swap must not meet half way. */
function renameAtOnce(definition: CaseTypeDefinition, kind: RenameKind, names: NameMap): CaseTypeDefinition {
  const pairs = Object.entries(names).filter(([from]) => from !== '');
  const parked = (index: number): string => `\u0000${String(index)}`;
  const away = pairs.reduce(
    (renamed, [from], index) => renameIn(renamed, { kind, from, to: parked(index) }).definition,
    definition,
  );
  return pairs.reduce(
    (renamed, [, to], index) => renameIn(renamed, { kind, from: parked(index), to }).definition,
    away,
  );
}

/** An entity under its new name, that calls others by theirs. */
export function renameEntity(entity: Dependency, changes: NameChanges): Dependency {
  const kind = kindOf(entity.kind);
  const before = fieldsOf(entity);
  const after: Record<string, JsonValue> = { ...before };
  for (const field of kind.fields) {
    const reference = referenceOf(field, before);
    if (reference !== null)
      after[field.name] = mapTexts(before[field.name] ?? null, (name) =>
        newName(changes, reference.kind, name),
      );
  }
  if (entity.kind === 'relationship_type') {
    const to = pairOf(changes.pairs, entity.nameAB)?.to ?? entity;
    return { kind: entity.kind, ...after, nameAB: to.nameAB, nameBA: to.nameBA } as Dependency;
  }
  const [own, ...others] = kind.key;
  const name = own === undefined ? undefined : before[own];
  if (own !== undefined && others.length === 0 && typeof name === 'string')
    after[own] = newName(changes, entity.kind, name);
  return { kind: entity.kind, ...after } as Dependency;
}

function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (!Array.isArray(value)) return value;
  const texts = (value as readonly JsonValue[]).filter((item) => typeof item === 'string');
  return texts.map(change).sort(byText);
}

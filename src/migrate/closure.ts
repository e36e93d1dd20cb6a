import type { JsonValue } from '../base/json.ts';
import { oncePer } from '../base/once-per.ts';
import { collectNeeds, dependenciesOf, type Need, type Needs } from './dependencies.ts';
import {
  entityKey,
  fieldsOf,
  keyOf,
  kindOfKey,
  refOf,
  sortedBy,
  type CaseTypeEntity,
  type Dependency,
  type DependencyKind,
  type EntityKey,
  type EntityRef,
} from './entity.ts';
import { kindOf, referenceOf, type Kind } from './kinds/index.ts';
import type { Reason } from './reasons.ts';
import { relationshipTypesOf, type Snapshot } from './snapshot.ts';

/**
 * Everything that a case type needs of the site it comes from: what its definition names, what belongs to that
 * (custom fields, reminders), what people may choose on every case (tags, media), and what any of these names.
 */
export function closureOf(
  caseType: Pick<CaseTypeEntity, 'name' | 'definition'>,
  snapshot: Pick<Snapshot, 'entities'>,
): readonly Need[] {
  const needs = collectNeeds();
  const named = dependenciesOf(caseType, relationshipTypesOf(snapshot));
  for (const need of named) needs.add(need);
  const ofCaseType = keyOf({ kind: 'case_type', name: caseType.name });
  const direct = new Set([ofCaseType, ...named.map(({ key }) => key)]);
  const hasRoles = named.some(({ reasons }) => reasons.some(({ kind }) => kind === 'role'));
  const { belonging, naming } = factsOf(snapshot.entities);
  for (let known = -1; known < needs.size();) {
    known = needs.size();
    for (const fact of belonging) {
      if (fact.isOffered) add(needs, fact.ref, [{ kind: 'offered' }]);
      add(needs, fact.ref, belongings(fact, { needs, direct, hasRoles }));
    }
    for (const { key, names, attached } of naming)
      if (needs.has(key))
        for (const { ref, field } of names) {
          // That a field's group is needed is why the field is, not the other way round.
          if (field === attached && needs.has(keyOf(ref))) continue;
          add(needs, ref, [{ kind: 'named-by', by: key, field }]);
        }
  }
  return needs.list();
}

/** What the entity names of other kinds, but of case types: those are moved by themselves. */
export function namesOf(
  entity: Dependency,
): readonly { readonly ref: EntityRef<DependencyKind>; readonly field: string }[] {
  const fields = fieldsOf(entity);
  return kindOf(entity.kind).fields.flatMap((field) => {
    const kind = referenceOf(field, fields)?.kind;
    if (kind === undefined || kind === 'case_type') return [];
    return textsOf(fields[field.name]).map((name) => ({ ref: { kind, name }, field: field.name }));
  });
}

/** What matters here of an entity, worked out once per snapshot. */
interface Fact {
  readonly key: EntityKey;
  readonly ref: EntityRef<DependencyKind>;
  readonly isOffered: boolean;
  /** The field that says what it belongs to. */
  readonly attached: string | undefined;
  readonly hosts: readonly EntityKey[];
  /** What it concerns all of, such as `Case`. */
  readonly forAll: string | null;
  readonly names: ReturnType<typeof namesOf>;
}

interface Facts {
  /** Of what may go where something needed goes. */
  readonly belonging: readonly Fact[];
  /** Of what names others. */
  readonly naming: readonly Fact[];
}

/** In the order of their keys: reasons come in an order that does not depend on the site's. */
const factsOf = oncePer((entities: Snapshot['entities']): Facts => {
  const facts = sortedBy(entities.map(toFact), ({ key }) => key);
  return {
    belonging: facts.filter(
      ({ isOffered, hosts, forAll }) => isOffered || hosts.length > 0 || forAll !== null,
    ),
    naming: facts.filter(({ names }) => names.length > 0),
  };
});

function toFact(entity: Dependency): Fact {
  const kind = kindOf(entity.kind);
  const fields = fieldsOf(entity);
  const field = kind.fields.find(({ name }) => name === kind.attached);
  const reference = field === undefined ? null : referenceOf(field, fields);
  const value = field === undefined || reference === null ? undefined : (fields[field.name] ?? null);
  const of = fields['extends'] ?? 'Activity';
  return {
    key: entityKey(entity),
    ref: refOf(entity),
    isOffered: isOffered(kind, entity),
    attached: kind.attached,
    hosts: reference === null ? [] : textsOf(value).map((name) => keyOf({ kind: reference.kind, name })),
    forAll: value === null && field?.type === 'named' && typeof of === 'string' ? of : null,
    names: namesOf(entity),
  };
}

interface Found {
  readonly needs: Needs;
  /** Keys of what the definition names, and of the case type. */
  readonly direct: ReadonlySet<EntityKey>;
  readonly hasRoles: boolean;
}

/** Why an entity goes where something needed goes. */
function belongings({ hosts, forAll }: Fact, { needs, direct, hasRoles }: Found): readonly Reason[] {
  if (forAll !== null) return forAll === 'Relationship' && !hasRoles ? [] : [{ kind: 'for-all', of: forAll }];
  return hosts
    .filter((key) => direct.has(key) || (needs.has(key) && !NAMED_BY_DEFINITIONS.has(kindOfKey(key))))
    .map((to) => ({ kind: 'belongs-to', to }));
}

/** A type that only a reminder names brings no reminders of its own, or the closure would have no end. */
const NAMED_BY_DEFINITIONS: ReadonlySet<string> = new Set([
  'activity_type',
  'relationship_type',
  'case_type',
]);

function isOffered({ offered }: Kind, entity: Dependency): boolean {
  if (offered === undefined || offered === 'always') return offered === 'always';
  return textsOf(fieldsOf(entity)[offered.field]).some((value) => offered.on.includes(value));
}

function add(needs: Needs, ref: EntityRef<DependencyKind>, reasons: readonly Reason[]): void {
  if (reasons.length > 0) needs.add({ kind: 'entity', key: keyOf(ref), ref, reasons });
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).filter((item) => typeof item === 'string');
  return typeof value === 'string' && value !== '' ? [value] : [];
}

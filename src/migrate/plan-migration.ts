import type { JsonObject } from '../base/json.ts';
import { checkCaseType } from './check-case-type.ts';
import { checkDependency, type Decisions } from './check-dependency.ts';
import { mergeCaseType } from './merge-case-type.ts';
import {
  contactProblems,
  shippedNotes,
  unreadHere,
  unreadNotes,
  wantedEntity,
  withKnownCaseTypes,
} from './check-need.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import { normalForm, type NormalForm } from './definition-form.ts';
import { dependenciesOf } from './dependencies.ts';
import {
  comparable,
  entityKey,
  hashJson,
  keyOf,
  kindOfKey,
  sortedBy,
  type CaseTypeEntity,
  type EntityKey,
  type RelationshipTypeEntity,
} from './entity.ts';
import {
  ACTIVITIES_OF,
  PLAN_FORMAT,
  PLAN_VERSION,
  changeKey,
  type Change,
  type MigrationPlan,
  type Note,
  type Problem,
} from './plan.ts';
import { readSource, type PlanSource } from './plan-source.ts';
import type { ContactKey } from './ports.ts';
import { entitiesByKey, relationshipTypesOf, type Snapshot } from './snapshot.ts';
import { stateOf } from './target-state.ts';
import { closureOf, namesOf } from './closure.ts';
import { KIND_NAMES } from './kinds/index.ts';

export interface PlanInput {
  readonly source: PlanSource;
  /** Taken with the `contacts` that `contactKeysOf` names. */
  readonly target: Snapshot;
  readonly caseType: string;
  /** What was given to the target by the last apply, by key; absent: nothing is known. */
  readonly base?: Readonly<Record<EntityKey, JsonObject>>;
  readonly choices?: PlanChoices;
}

/** What somebody, or a mapping, decided beforehand. */
export interface PlanChoices {
  /** Keys of which the source counts where both sides changed something. */
  readonly take?: readonly EntityKey[];
  /** Keys that stay as the target has them. */
  readonly keep?: readonly EntityKey[];
  /** Keys that are neither compared nor moved. */
  readonly skip?: readonly EntityKey[];
}

/**
 * What moving a case type to the target would do: pure, and the same whatever the order of the snapshots.
 *
 * @throws AppError `not-found` when the source has no such case type.
 */
export function planMigration(input: PlanInput): MigrationPlan {
  const { target } = input;
  const held = target.caseTypes.find((caseType) => caseType.name === input.caseType) ?? null;
  const source = readSource(input.source, input.caseType, held);
  const form = normalForm(
    source.caseType.definition,
    source.relationshipTypes,
    coreRoundTrip(input.caseType),
  );
  const decisions: Decisions = {
    base: input.base ?? {},
    taken: new Set(input.choices?.take),
    kept: new Set(input.choices?.keep),
    language: source.snapshot?.features.language ?? null,
  };
  const skipped = new Set(input.choices?.skip);
  const merged = mergeCaseType({ ...source.caseType, definition: form.definition }, held, target, decisions);
  const wanted = merged.wanted;
  const needs =
    source.snapshot === null
      ? dependenciesOf(wanted, source.relationshipTypes)
      : closureOf(wanted, source.snapshot);
  const keys: EntityKey[] = [];
  const given: Record<EntityKey, JsonObject> = {
    [entityKey(source.caseType)]: comparable({ ...source.caseType, definition: form.definition }),
  };
  const changes: Change[] = [];
  const notes: Note[] = [...formNotes(wanted, form), ...merged.notes, ...unreadNotes(source)];
  const problems: Problem[] = [...merged.problems];
  const relevant: JsonObject[] = [comparable(wanted)];

  const described = entitiesByKey(source.snapshot ?? { entities: [] });
  const coming = new Set(needs.map(({ key }) => key).filter((key) => described.has(key)));
  for (const need of needs) {
    if (need.kind === 'contact') {
      keys.push(need.key);
      problems.push(...contactProblems(need, target));
      continue;
    }
    if (skipped.has(need.key)) {
      notes.push({ kind: 'skipped', key: need.key, message: 'It is left as it is, as the mapping says.' });
      continue;
    }
    const hidden = need.kind === 'entity' ? unreadHere(need, target) : null;
    if (hidden !== null) {
      problems.push(hidden);
      continue;
    }
    const choice = wantedEntity(need, source, target);
    notes.push(...choice.notes, ...shippedNotes(need, source));
    problems.push(...choice.problems);
    keys.push(choice.entity === null ? need.key : entityKey(choice.entity));
    if (choice.entity === null) continue;
    relevant.push(comparable(choice.entity));
    if (described.has(need.key)) given[entityKey(choice.entity)] = comparable(choice.entity);
    const fitting = withKnownCaseTypes(choice.entity, input.caseType, target);
    const found = checkDependency(fitting.entity, target, need.reasons, coming, decisions);
    changes.push(...found.changes);
    notes.push(...fitting.notes, ...found.notes);
    problems.push(...found.problems);
  }

  const final = checkCaseType({
    wanted,
    target,
    sourceTypes: source.relationshipTypes,
    targetTypes: typesAfter(target, changes),
  });
  keys.push(entityKey(wanted));
  const basis = Object.fromEntries([
    ...keys.map((key) => [key, stateOf(target, key)] as const),
    ...final.dropped.map(({ name, activities }) => [`${ACTIVITIES_OF}${name}`, { activities }] as const),
  ]);
  return {
    format: PLAN_FORMAT,
    version: PLAN_VERSION,
    caseType: input.caseType,
    source: source.site,
    target: target.site,
    fingerprint: { source: hashJson(relevant), target: hashJson(basis) },
    basis,
    given,
    contacts: needs.flatMap((need) => (need.kind === 'contact' ? [need.contact] : [])),
    changes: inOrderOfMaking([...unique(changes), ...final.changes]),
    impact: [],
    notes: [...notes, ...final.notes],
    problems: [...problems, ...final.problems],
  };
}

/** The contacts that the case type's assignee rules name: the target's snapshot must be asked for them. */
export function contactKeysOf(source: PlanSource, caseType: string): readonly ContactKey[] {
  const { caseType: entity, relationshipTypes } = readSource(source, caseType, null);
  const form = normalForm(entity.definition, relationshipTypes, coreRoundTrip(caseType));
  const needs = dependenciesOf({ definition: form.definition }, relationshipTypes);
  return needs.flatMap((need) => (need.kind === 'contact' ? [need.contact] : []));
}

function typesAfter(target: Snapshot, changes: readonly Change[]): readonly RelationshipTypeEntity[] {
  const created = changes.flatMap((change) =>
    change.kind === 'create' && change.entity.kind === 'relationship_type' ? [change.entity] : [],
  );
  return sortedBy([...relationshipTypesOf(target), ...created], (type) => type.nameAB);
}

function formNotes(caseType: CaseTypeEntity, form: NormalForm): readonly Note[] {
  const key = keyOf({ kind: 'case_type', name: caseType.name });
  return [
    ...form.rewritten.map((message): Note => ({ kind: 'rewritten', key, message })),
    ...form.dropped.map((message): Note => ({ kind: 'dropped', key, message })),
  ];
}

/** Two needs may come to one entity: a role of a file and an assignee rule that name the same relationship type. */
function unique(changes: readonly Change[]): readonly Change[] {
  const byKey = new Map<EntityKey, Change>();
  for (const change of changes) {
    const known = byKey.get(changeKey(change));
    const reasons = [...new Set([...(known?.reasons ?? []), ...change.reasons])];
    byKey.set(changeKey(change), { ...change, reasons });
  }
  return [...byKey.values()];
}

/** By kind as they lean on each other; within a kind (tags in tags) what is named goes first. */
function inOrderOfMaking(changes: readonly Change[]): readonly Change[] {
  const created = new Map(
    changes.flatMap((change) =>
      change.kind === 'create' ? [[changeKey(change), change.entity] as const] : [],
    ),
  );
  const depth = (key: EntityKey): number => {
    const entity = created.get(key);
    if (entity === undefined) return 0;
    const inside = namesOf(entity).filter(({ ref }) => ref.kind === entity.kind && keyOf(ref) !== key);
    return 1 + Math.max(0, ...inside.map(({ ref }) => depth(keyOf(ref))));
  };
  const two = (number: number): string => String(number).padStart(2, '0');
  return sortedBy(changes, (change) => {
    const key = changeKey(change);
    return `${two(KIND_NAMES.findIndex((kind) => kind === kindOfKey(key)))} ${two(depth(key))} ${key}`;
  });
}

import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { checkCaseTypes } from './check-case-types.ts';
import type { Decisions } from './decisions.ts';
import { unreadNotes } from './check-need.ts';
import { checkNeeds } from './check-needs.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import { normalForm } from './definition-form.ts';
import { dependenciesOf } from './dependencies.ts';
import {
  comparable,
  entityKey,
  hashJson,
  keyOf,
  sortedBy,
  type EntityKey,
  type RelationshipTypeEntity,
} from './entity.ts';
import { askForRenames } from './find-renamed.ts';
import { moveCaseType, needsOf } from './moved-case-type.ts';
import { inOrderOfMaking } from './order-of-making.ts';
import {
  ACTIVITIES_OF,
  PLAN_FORMAT,
  PLAN_VERSION,
  changeKey,
  formerKey,
  type MigrationPlan,
  type Note,
  type Work,
} from './plan.ts';
import { readSource, type PlanSource } from './plan-source.ts';
import type { ContactKey } from './ports.ts';
import { pruned } from './prune.ts';
import { readRenames } from './read-renames.ts';
import { nameChangesOf, newKeyOf, renamedSnapshot, renameWork, type Rename } from './renames.ts';
import { severityOf } from './severity.ts';
import { entitiesNamed, relationshipTypesOf, type Snapshot } from './snapshot.ts';
import { stateOf } from './target-state.ts';

export interface PlanInput {
  readonly source: PlanSource;
  /** All of it, taken with the `contacts` that `contactKeysOf` names. */
  readonly target: Snapshot;
  /** Names of what is to be moved. */
  readonly caseTypes: readonly string[];
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
  /** What the target has under a former name, as `activity_type:Old name=New name`. */
  readonly rename?: readonly string[];
  /** Keys of what the target has under no former name. */
  readonly fresh?: readonly EntityKey[];
  /** Whether what the target's case types leaned on, and nothing needs any more, is taken away. */
  readonly prune?: boolean;
}

/**
 * What moving case types to the target would do: pure, and the same whatever the order of the snapshots.
 *
 * @throws AppError `not-found` when the source lacks one of the case types; `invalid-input` for a rename that cannot be.
 */
export function planMigration(input: PlanInput): MigrationPlan {
  const { source, choices = {}, base = {} } = input;
  const described = source.kind === 'snapshot' ? source : null;
  refusePartOfTarget(input);
  const renames = readRenames(choices.rename ?? [], source, input.target);
  const names = nameChangesOf(renames, described ?? { entities: [] }, input.target);
  const target = renames.length === 0 ? input.target : renamedSnapshot(input.target, names);
  const decisions: Decisions = {
    base,
    taken: new Set(choices.take),
    kept: new Set(choices.keep),
    language: described?.features.language ?? null,
  };
  const caseTypes = sortedBy([...new Set(input.caseTypes)], (name) => name);
  const moved = caseTypes.map((name) => moveCaseType(source, name, target, decisions));
  const needs = needsOf(moved);
  const found = checkNeeds(needs, moved, target, decisions, new Set(choices.skip));
  const removed =
    choices.prune === true && described !== null
      ? pruned({
          source: described,
          target,
          moved: caseTypes,
          needed: new Set(needs.map(({ key }) => key)),
          base,
          kept: decisions.kept,
        })
      : NOTHING;
  const targetTypes = typesAfter(target, found.works);
  const gone = removed.works.flatMap((work) =>
    work.kind === 'remove-case-type' ? [work.caseType.name] : [],
  );
  const saved = checkCaseTypes({ moved, held: input.target, target, names, targetTypes, gone });
  const works = inOrderOfMaking(
    withRenames(unique(found.works), renames, input.target, target),
    saved.works,
    removed.works,
  );
  const looked = new Set([
    ...found.keys,
    ...caseTypes.map((name) => keyOf({ kind: 'case_type', name })),
    ...works.flatMap((work) => [changeKey(work), formerKey(work) ?? changeKey(work)]),
    ...[...decisions.kept].filter((key) => stateOf(input.target, key) !== null),
  ]);
  const basis = Object.fromEntries([
    ...[...looked].map((key) => [key, stateOf(input.target, key)] as const),
    ...saved.dropped.map(({ name, activities }) => [`${ACTIVITIES_OF}${name}`, { activities }] as const),
  ]);
  const relevant = [...moved.map(({ wanted }) => comparable(wanted)), ...found.relevant];
  return {
    format: PLAN_FORMAT,
    version: PLAN_VERSION,
    caseTypes,
    source: described?.site ?? null,
    target: target.site,
    fingerprint: { source: hashJson(relevant), target: hashJson(basis) },
    basis,
    given: {
      ...Object.fromEntries(moved.map(({ wanted, given }) => [entityKey(wanted), given])),
      ...found.given,
    },
    contacts: needs.flatMap((need) => (need.kind === 'contact' ? [need.contact] : [])),
    changes: works.map((work) => ({ ...work, severity: severityOf(work, []) })),
    impact: [],
    notes: eachOnce([
      ...moved.flatMap(({ notes }) => notes),
      ...moved.slice(0, 1).flatMap(({ source: side }) => unreadNotes(side)),
      ...found.notes,
      ...saved.notes,
      ...removed.notes,
    ]),
    problems: [
      ...moved.flatMap(({ problems }) => problems),
      ...found.problems,
      ...saved.problems,
      ...(described === null
        ? []
        : askForRenames({
            works,
            source: described,
            target,
            definitions: moved.flatMap(({ wanted }) =>
              target.caseTypes
                .filter(({ name }) => name === wanted.name)
                .map(({ definition }) => [definition, wanted.definition] as const),
            ),
            base,
            fresh: new Set(choices.fresh),
          })),
    ],
  };
}

/** What other case types need can be told only where all of them are known. */
function refusePartOfTarget({ target, choices = {} }: PlanInput): void {
  const isAll = target.caseTypes.length === target.caseTypeNames.length;
  if (isAll || (choices.prune !== true && (choices.rename ?? []).length === 0)) return;
  throw new AppError(
    'invalid-input',
    `The snapshot of "${target.site}" was taken without some of its case types. Renaming and pruning need all of them.`,
  );
}

const NOTHING = { works: [], notes: [], problems: [] } as const;

/** The contacts that the case type's assignee rules name: the target's snapshot must be asked for them. */
export function contactKeysOf(source: PlanSource, caseType: string): readonly ContactKey[] {
  const { caseType: entity, relationshipTypes } = readSource(source, caseType, null);
  const form = normalForm(entity.definition, relationshipTypes, coreRoundTrip(caseType));
  const needs = dependenciesOf({ definition: form.definition }, relationshipTypes);
  return needs.flatMap((need) => (need.kind === 'contact' ? [need.contact] : []));
}

function typesAfter(target: Snapshot, works: readonly Work[]): readonly RelationshipTypeEntity[] {
  const created = works.flatMap((work) =>
    work.kind === 'create' && work.entity.kind === 'relationship_type' ? [work.entity] : [],
  );
  return sortedBy([...relationshipTypesOf(target), ...created], (type) => type.nameAB);
}

/** Two needs may come to one entity: a role of a file and an assignee rule that name the same relationship type. */
function unique(works: readonly Work[]): readonly Work[] {
  const byKey = new Map<EntityKey, Work>();
  for (const work of works) {
    const known = byKey.get(changeKey(work));
    const reasons = [...new Set([...(known?.reasons ?? []), ...work.reasons])];
    byKey.set(changeKey(work), { ...work, reasons });
  }
  return [...byKey.values()];
}

/** The renaming of each entity takes in whatever else becomes of it; case types are renamed as they are saved. */
function withRenames(
  works: readonly Work[],
  renames: readonly Rename[],
  held: Snapshot,
  target: Snapshot,
): readonly Work[] {
  const renamed = renames.flatMap((rename): Work[] => {
    const [before] = entitiesNamed(rename.ref, held);
    const [after] = entitiesNamed({ kind: rename.ref.kind, name: rename.to }, target);
    const update = works.find((work) => changeKey(work) === newKeyOf(rename));
    return before === undefined || after === undefined
      ? []
      : [renameWork(before, after, update?.kind === 'update' ? update : null)];
  });
  const keys = new Set(renamed.map(changeKey));
  return [...renamed, ...works.filter((work) => !keys.has(changeKey(work)))];
}

/** What several case types have to say is said once. */
const eachOnce = (notes: readonly Note[]): readonly Note[] => [
  ...new Map(notes.map((note) => [JSON.stringify(note), note])).values(),
];

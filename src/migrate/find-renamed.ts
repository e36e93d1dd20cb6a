import { diffCaseTypes, type CaseTypeDefinition } from '../case-type/index.ts';
import { placesOf } from '../case-type/diff/find-renames.ts';
import type { RenameKind } from '../case-type/rename.ts';
import type { JsonObject } from '../base/json.ts';
import { roleType } from './dependencies.ts';
import { entityKey, fieldsOf, keyOf, nameOf, type EntityKey, type SiteEntity } from './entity.ts';
import { kindOf, type EntityKind } from './kinds/index.ts';
import type { Problem, Work } from './plan.ts';
import { RENAMED_KINDS } from './renames.ts';
import { entitiesByKey, relationshipTypesOf, sameName, type Snapshot } from './snapshot.ts';

export interface RenameSearch {
  readonly works: readonly Work[];
  readonly source: Snapshot;
  readonly target: Snapshot;
  /** Of each case type that both have: the definitions of the target, and as it is to be. */
  readonly definitions: readonly (readonly [CaseTypeDefinition, CaseTypeDefinition])[];
  /** What was given to the target by the last apply, by key. */
  readonly base: Readonly<Record<EntityKey, JsonObject>>;
  /** Keys of what somebody said to be new. */
  readonly fresh: ReadonlySet<EntityKey>;
}

/**
 * What would be created although the target may have it under a former name: a thing that the source lacks stands where
 * the new one is to stand, or came from the source once, or people see it under the same words. Whether it is the same
 * only people know.
 */
export function askForRenames(search: RenameSearch): readonly Problem[] {
  const { works, source, target, fresh } = search;
  const known = new Set([
    ...entitiesByKey(source).keys(),
    ...source.caseTypeNames.map((name) => keyOf({ kind: 'case_type', name })),
  ]);
  const orphans: readonly SiteEntity[] = [...target.entities, ...target.caseTypes].filter(
    (entity) => !known.has(entityKey(entity)),
  );
  const taken = inDefinitions(search);
  return works.flatMap((work): readonly Problem[] => {
    const created =
      work.kind === 'create' ? work.entity : work.kind === 'create-case-type' ? work.caseType : null;
    if (created === null || !RENAMED_KINDS.includes(created.kind)) return [];
    const key = entityKey(created);
    if (fresh.has(key)) return [];
    const former = orphans
      .filter((orphan) => orphan.kind === created.kind)
      .filter((orphan) => taken.get(key) === entityKey(orphan) || isFormer(orphan, created, search))
      .map(entityKey);
    return former.length === 0 ? [] : [question(key, former, target)];
  });
}

function question(key: EntityKey, former: readonly EntityKey[], target: Snapshot): Problem {
  const name = key.slice(key.indexOf(':') + 1);
  const [first = ''] = former;
  return {
    kind: 'renamed-or-new',
    key,
    message: `"${target.site}" does not have it, but has ${former.map((one) => `"${one}"`).join(', ')}, which the source lacks.`,
    remedy: `If that is the same under its former name: --rename "${first}=${name}". If not: --new "${key}".`,
  };
}

function isFormer(orphan: SiteEntity, created: SiteEntity, { base }: RenameSearch): boolean {
  const [old, fresh] = [fieldsOf(orphan), fieldsOf(created)];
  const labels = created.kind === 'case_type' ? ['title'] : kindOf(created.kind).labels;
  const looksAlike = labels.some((label) => sameText(old[label], fresh[label]));
  if (created.kind === 'case_type') return looksAlike || entityKey(orphan) in base;
  return looksAlike && nameOf(orphan) !== nameOf(created);
}

const sameText = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' && left !== '' && sameName(left, right);

const KINDS: Readonly<Partial<Record<RenameKind, EntityKind>>> = {
  'rename-activity-type': 'activity_type',
  'rename-activity-status': 'activity_status',
  'rename-status': 'case_status',
  'rename-group': 'group',
  'rename-role': 'relationship_type',
};

/** What stands in the definitions in the place of something else, or is the only one for the only one: new key to old. */
function inDefinitions(search: RenameSearch): ReadonlyMap<EntityKey, EntityKey> {
  const [ours, theirs] = [relationshipTypesOf(search.source), relationshipTypesOf(search.target)];
  const keyOfText = (kind: EntityKind, text: string, types: typeof ours): EntityKey =>
    keyOf({ kind, name: kind === 'relationship_type' ? (roleType(text, types)?.nameAB ?? text) : text });
  return new Map(
    search.definitions.flatMap(([before, after]) => {
      const found = diffCaseTypes(before, after).flatMap((change) =>
        change.kind === 'renamed' ? [change] : [],
      );
      return Object.entries(KINDS).flatMap(([rename, kind]): [EntityKey, EntityKey][] => {
        const alike = found.filter((change) => change.rename === rename);
        const pairs = alike.length > 0 ? alike : onlyOnes(rename as RenameKind, before, after);
        return pairs.map(({ from, to }) => [keyOfText(kind, to, ours), keyOfText(kind, from, theirs)]);
      });
    }),
  );
}

/** The one name that went and the one that came, where it is one of each. */
function onlyOnes(
  rename: RenameKind,
  before: CaseTypeDefinition,
  after: CaseTypeDefinition,
): readonly { readonly from: string; readonly to: string }[] {
  const [had, has] = [before, after].map(
    (definition) => new Set(placesOf(definition as JsonObject, rename).map(({ name }) => name)),
  );
  const [from, ...lost] = [...(had ?? [])].filter((name) => has?.has(name) === false);
  const [to, ...gained] = [...(has ?? [])].filter((name) => had?.has(name) === false);
  return from === undefined || to === undefined || lost.length + gained.length > 0 ? [] : [{ from, to }];
}

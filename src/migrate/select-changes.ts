import { AppError } from '../base/errors.ts';
import { nameHint } from '../base/nearest-name.ts';
import { dependenciesOf } from './dependencies.ts';
import {
  hashJson,
  kindOfKey,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
  type RelationshipTypeEntity,
} from './entity.ts';
import { namedKeys } from './named-keys.ts';
import { changeKey, formerKey, type Change, type MigrationPlan } from './plan.ts';

/**
 * The plan with these changes alone and with what they lean on: what they name and the plan creates, switches on or
 * renames; for a new name every definition that has the former one; before something goes whatever names it. What was
 * left out can be applied later with the whole plan.
 *
 * @throws AppError `not-found` with the nearest key.
 */
export function selectChanges(
  plan: MigrationPlan,
  only: readonly EntityKey[],
): { readonly plan: MigrationPlan; readonly left: readonly EntityKey[] } {
  const known = plan.changes.map(changeKey);
  for (const key of only)
    if (!known.includes(key))
      throw new AppError('not-found', `The plan has no change of "${key}". ${nameHint(key, known)}`, {
        details: { key },
      });
  const types = relationshipTypesIn(plan.changes);
  const names = new Map(plan.changes.map((change) => [change, namesIn(change, types)]));
  const namesOf = (change: Change): Names => names.get(change) ?? { before: NONE, after: NONE };
  const taken = new Set<EntityKey>(only);
  for (let size = 0; size < taken.size;) {
    size = taken.size;
    for (const change of plan.changes.filter((one) => taken.has(changeKey(one))))
      for (const other of plan.changes) if (leansOn(change, other, namesOf)) taken.add(changeKey(other));
  }
  const isTaken = (change: Change): boolean => taken.has(changeKey(change));
  const left = plan.changes.filter((change) => !isTaken(change));
  // What the others make of the site is nothing that moved under this one.
  const dropped = new Set(
    left.flatMap((change) => [changeKey(change), formerKey(change) ?? changeKey(change)]),
  );
  const without = <Value>(record: Readonly<Record<EntityKey, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !dropped.has(key)));
  const basis = without(plan.basis);
  return {
    plan: {
      ...plan,
      basis,
      given: without(plan.given),
      fingerprint: { ...plan.fingerprint, target: hashJson(basis) },
      changes: plan.changes.filter(isTaken),
    },
    left: left.map(changeKey),
  };
}

/** Keys of what each side of a change names. */
interface Names {
  readonly before: ReadonlySet<EntityKey>;
  readonly after: ReadonlySet<EntityKey>;
}

/** Whether the first cannot be made without the other. */
function leansOn(change: Change, other: Change, namesOf: (change: Change) => Names): boolean {
  const [key, otherKey] = [changeKey(change), changeKey(other)];
  if (key === otherKey) return false;
  if (change.kind === 'remove' || change.kind === 'remove-case-type') return namesOf(other).before.has(key);
  if (brings(other) && namesOf(change).after.has(otherKey)) return true;
  // CiviCRM would make the former name again for a definition that still has it.
  return change.kind === 'rename' && other.kind === 'update-case-type' && namesOf(other).after.has(key);
}

/** Whether something can be named only once the change is made. */
const brings = (change: Change): boolean =>
  change.kind === 'create' ||
  change.kind === 'create-case-type' ||
  formerKey(change) !== null ||
  (change.kind === 'update' && change.before['isActive'] === false && change.after['isActive'] === true);

function namesIn(change: Change, types: readonly RelationshipTypeEntity[]): Names {
  const row = (fields: object) =>
    new Set(namedKeys({ kind: kindOfKey(changeKey(change)), ...fields } as Dependency));
  const caseType = (one: CaseTypeEntity) => new Set(dependenciesOf(one, types).map(({ key }) => key));
  switch (change.kind) {
    case 'create':
      return { before: NONE, after: row(change.entity) };
    case 'update':
    case 'rename':
      return { before: row(change.before), after: row(change.after) };
    case 'remove':
      return { before: row(change.entity), after: NONE };
    case 'create-case-type':
      return { before: NONE, after: caseType(change.caseType) };
    case 'update-case-type':
      return { before: caseType(change.before), after: caseType(change.caseType) };
    case 'remove-case-type':
      return { before: caseType(change.caseType), after: NONE };
  }
}

const NONE: ReadonlySet<EntityKey> = new Set();

/** Those of which the plan tells: a role's text may be either name, or a label. */
const relationshipTypesIn = (changes: readonly Change[]): readonly RelationshipTypeEntity[] =>
  changes.flatMap((change) => {
    if ((change.kind === 'create' || change.kind === 'remove') && change.entity.kind === 'relationship_type')
      return [change.entity];
    if ((change.kind === 'update' || change.kind === 'rename') && change.ref.kind === 'relationship_type')
      return [{ kind: change.ref.kind, ...change.after } as unknown as RelationshipTypeEntity];
    return [];
  });

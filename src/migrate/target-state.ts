import type { JsonObject } from '../base/json.ts';
import { oncePer } from '../base/once-per.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import { normalForm } from './definition-form.ts';
import {
  comparable,
  entityKey,
  sortedBy,
  type CaseTypeEntity,
  type EntityKey,
  type RelationshipTypeEntity,
} from './entity.ts';
import { formatContact } from './portable-definition.ts';
import { entitiesByKey, relationshipTypesOf, type Snapshot } from './snapshot.ts';

/** What a site holds under a key, as plans compare it; null: nothing of that name. */
export function stateOf(snapshot: Snapshot, key: EntityKey): JsonObject | null {
  const contact = snapshot.contacts.find((match) => formatContact(match.key) === key);
  if (contact !== undefined) return { matches: contact.matches };
  const caseType = snapshot.caseTypes.find((candidate) => entityKey(candidate) === key);
  if (caseType !== undefined) return comparable(inNormalForm(caseType, relationshipTypesOf(snapshot)));
  const [first, second] = entitiesByKey(snapshot).get(key) ?? [];
  if (first === undefined) return null;
  return second === undefined ? comparable(first) : { ...comparable(first), name: 'held more than once' };
}

export function inNormalForm(
  caseType: CaseTypeEntity,
  relationshipTypes: readonly RelationshipTypeEntity[],
): CaseTypeEntity {
  const { definition } = normalForm(
    caseType.definition,
    byName(relationshipTypes),
    coreRoundTrip(caseType.name),
  );
  return { ...caseType, definition };
}

const byName = oncePer((types: readonly RelationshipTypeEntity[]) => sortedBy(types, ({ nameAB }) => nameAB));

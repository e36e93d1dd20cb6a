import type { JsonObject } from '../base/json.ts';
import { oncePer } from '../base/once-per.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import { normalForm } from './definition-form.ts';
import {
  comparable,
  entityKey,
  kindOfKey,
  sortedBy,
  type CaseTypeEntity,
  type EntityKey,
  type RelationshipTypeEntity,
} from './entity.ts';
import { formatContact } from './portable-definition.ts';
import { entitiesByKey, relationshipTypesOf, type Snapshot } from './snapshot.ts';

/** What a site holds under a key, as plans compare it; null: nothing of that name. */
export function stateOf(snapshot: Snapshot, key: EntityKey): JsonObject | null {
  const kind = kindOfKey(key);
  if (kind === 'contact') {
    const contact = snapshot.contacts.find((match) => formatContact(match.key) === key);
    return contact === undefined ? null : { matches: contact.matches };
  }
  if (kind === 'case_type') {
    const caseType = snapshot.caseTypes.find((candidate) => entityKey(candidate) === key);
    return caseType === undefined ? null : comparable(inNormalForm(caseType, relationshipTypesOf(snapshot)));
  }
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

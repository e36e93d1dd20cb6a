import { closureOf } from './closure.ts';
import { coreRoundTrip } from './core-round-trip.ts';
import { withoutUnwritable } from './definition-form.ts';
import { byText, entityKey, type CaseTypeEntity, type EntityKey } from './entity.ts';
import { withoutForeignIds } from './foreign-ids.ts';
import { mapContacts, parseContact, UNKNOWN_CONTACT, WITHHELD_CONTACT } from './portable-definition.ts';
import { hashEntities, type Snapshot } from './snapshot.ts';

export interface PortableOptions {
  /** Keep e-mail addresses of contacts who have no external identifier; they are personal data. */
  readonly withAddresses?: boolean;
}

/**
 * The part of a snapshot that files hold: its case types and what they need, without ids, counts of people's work or
 * personal data. Once taken, it is its own such part.
 */
export function portableSnapshot(snapshot: Snapshot, options: PortableOptions = {}): Snapshot {
  const caseTypes = snapshot.caseTypes.map((caseType) => portableCaseType(caseType, options));
  const needed = new Set<EntityKey>(
    caseTypes.flatMap((caseType) => closureOf(caseType, snapshot).map(({ key }) => key)),
  );
  const entities = snapshot.entities
    .filter((entity) => needed.has(entityKey(entity)))
    .map((entity) => withoutForeignIds(entity, undefined));
  const keys = new Set(entities.map(entityKey));
  const facts = caseTypes.map(({ name }) => {
    const acceptsDefinition = snapshot.caseTypeFacts[name]?.acceptsDefinition ?? true;
    return [name, { acceptsDefinition, openCases: 0 }] as const;
  });
  return {
    kind: 'snapshot',
    site: snapshot.site,
    caseTypes,
    caseTypeFacts: Object.fromEntries(facts),
    caseTypeNames: caseTypes.map(({ name }) => name).sort(byText),
    unreadableCaseTypes: caseTypes
      .filter(({ definition }) => Object.keys(definition).length === 0)
      .map(({ name }) => name),
    entities,
    managed: Object.fromEntries(Object.entries(snapshot.managed).filter(([key]) => keys.has(key))),
    unread: snapshot.unread,
    keptTypes: [],
    contacts: [],
    features: snapshot.features,
    hashes: hashEntities([...caseTypes, ...entities]),
  };
}

function portableCaseType(
  caseType: CaseTypeEntity,
  { withAddresses = false }: PortableOptions,
): CaseTypeEntity {
  const written = withoutUnwritable(caseType.definition, []);
  const definition = mapContacts(written, (text) => {
    if (/^\d+$/.test(text)) return UNKNOWN_CONTACT;
    return !withAddresses && parseContact(text)?.by === 'email' ? WITHHELD_CONTACT : text;
  });
  return { ...caseType, definition: coreRoundTrip(caseType.name)(definition) };
}

import { toAppError } from '../base/errors.ts';
import { createMigrationReads } from '../civicrm/migration-reads.ts';
import { createMigrationSite } from '../civicrm/migration-site.ts';
import type { SiteClient } from '../civicrm/client.ts';
import type { MigrationSite, Snapshot } from '../migrate/index.ts';
import {
  comparable,
  entityKey,
  keyOf,
  refOf,
  sameJson,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
} from '../migrate/entity.ts';
import { DEPENDENCY_KINDS, kindOf, KIND_NAMES } from '../migrate/kinds/index.ts';
import { mapContacts, parseContact, toSiteWords } from '../migrate/portable-definition.ts';
import type { ContactKey, SiteRow } from '../migrate/ports.ts';
import { optionRows, relationshipTypeRows } from '../migrate/site-rows.ts';

/** Something that could not be made as the snapshot has it. */
export interface Unloaded {
  readonly key: EntityKey;
  readonly reason: string;
}

/**
 * Makes a site hold what a snapshot of another one holds: case types, all that they lean on, and contacts with the
 * keys of those whom their steps assign. Only for a site that is thrown away: what the snapshot lacks is deleted.
 */
export async function loadSnapshot(
  client: SiteClient,
  snapshot: Snapshot,
  contacts: readonly ContactKey[],
): Promise<readonly Unloaded[]> {
  const site = createMigrationSite(client);
  for (const { name } of await site.caseTypes()) await site.remove({ kind: 'case_type', name });
  const rows = await removeOthers(site, snapshot);
  await addContacts(client, site, [...contacts, ...contactKeysIn(snapshot)]);
  const put = putterOf(client, site);
  const isHeld = (entity: Dependency): boolean =>
    rows.some((row) => row.entity.kind === entity.kind && isSame(row.entity, entity));
  const kept = keptKeysIn(snapshot);
  const [before, after] = byPlaceOfCaseTypes(snapshot.entities.filter((entity) => !isHeld(entity)));
  const [made, others] = [true, false].map((isKept) =>
    before.filter((entity) => kept.has(entityKey(entity)) === isKept),
  ) as [Dependency[], Dependency[]];
  return [
    ...(await putAll(others, entityKey, put)),
    ...(await putAll(snapshot.caseTypes, entityKey, (caseType) => saveCaseType(site, caseType))),
    ...(await putAll(made, entityKey, put)),
    ...(await putAll(after, entityKey, put)),
  ];
}

/** The activity types that the site is to make for a definition by itself, so that it deletes them as the target would. */
const keptKeysIn = ({ keptTypes }: Snapshot): ReadonlySet<EntityKey> =>
  new Set(
    keptTypes
      .filter(({ namedBy }) => namedBy.length > 0)
      .map(({ name }) => keyOf({ kind: 'activity_type', name })),
  );

/** What core needs to be there cannot be deleted; it is in the way of nobody. */
async function removeOthers(site: MigrationSite, snapshot: Snapshot): Promise<readonly SiteRow[]> {
  const wanted = new Set(snapshot.entities.map(entityKey));
  const { rows } = await site.rows(DEPENDENCY_KINDS);
  for (const { entity } of rows.filter(({ entity }) => !wanted.has(entityKey(entity))))
    await site.remove(refOf(entity)).catch(() => undefined);
  return rows;
}

const isSame = (one: Dependency, other: Dependency): boolean =>
  entityKey(one) === entityKey(other) && sameJson(comparable(one), comparable(other));

function putterOf(client: SiteClient, site: MigrationSite): (entity: Dependency) => Promise<void> {
  const { reads, valuesFor } = createMigrationReads(client);
  return async (entity) => {
    const { rows } = await reads.rows([entity.kind]);
    const held = rows.find((row) => entityKey(row.entity) === entityKey(entity));
    if (held === undefined) {
      await site.create(entity);
      return;
    }
    const params = { where: [['id', '=', held.id]] as const, values: await valuesFor(entity) };
    await client.call({ entity: kindOf(entity.kind).api, action: 'update', params });
    client.forgetOptions();
  };
}

async function saveCaseType(site: MigrationSite, caseType: CaseTypeEntity): Promise<void> {
  const [assigneeTypes, relationshipTypes, contacts] = await Promise.all([
    optionRows(site, 'activity_default_assignee'),
    relationshipTypeRows(site),
    site.contactsByKey(contactKeysOfCaseType(caseType)),
  ]);
  const definition = toSiteWords(caseType.definition, { assigneeTypes, relationshipTypes, contacts });
  await site.saveCaseType({ ...caseType, definition });
}

/** Rounds until nothing more succeeds: an entity may name others that come after it. */
async function putAll<Item>(
  items: readonly Item[],
  keyFor: (item: Item) => EntityKey,
  put: (item: Item) => Promise<void>,
): Promise<readonly Unloaded[]> {
  let left = items;
  for (;;) {
    const failed: { readonly item: Item; readonly reason: string }[] = [];
    for (const item of left)
      await put(item).catch((thrown: unknown) => failed.push({ item, reason: toAppError(thrown).message }));
    if (failed.length === 0 || failed.length === left.length)
      return failed.map(({ item, reason }) => ({ key: keyFor(item), reason }));
    left = failed.map(({ item }) => item);
  }
}

/** In the order in which they can be made; some kinds name case types. */
function byPlaceOfCaseTypes(
  entities: readonly Dependency[],
): readonly [readonly Dependency[], readonly Dependency[]] {
  const rank = ({ kind }: Dependency): number => KIND_NAMES.indexOf(kind);
  const sorted = [...entities].sort((one, other) => rank(one) - rank(other));
  const place = KIND_NAMES.indexOf('case_type');
  return [sorted.filter((one) => rank(one) < place), sorted.filter((one) => rank(one) > place)];
}

async function addContacts(
  client: SiteClient,
  site: MigrationSite,
  keys: readonly ContactKey[],
): Promise<void> {
  for (const key of new Map(keys.map((one) => [`${one.by}:${one.text}`, one])).values()) {
    if ((await site.contactsByKey([key])).length > 0) continue;
    const named = { contact_type: 'Individual', first_name: 'Rehearsal', last_name: 'Contact' };
    const values = key.by === 'email' ? named : { ...named, external_identifier: key.text };
    const { values: made } = await client.call({ entity: 'Contact', action: 'create', params: { values } });
    const id = made[0]?.['id'];
    if (key.by === 'email' && id !== undefined)
      await client.call({
        entity: 'Email',
        action: 'create',
        params: { values: { contact_id: id, email: key.text, is_primary: true } },
      });
  }
}

const contactKeysIn = ({ caseTypes }: Snapshot): readonly ContactKey[] =>
  caseTypes.flatMap(contactKeysOfCaseType);

function contactKeysOfCaseType({ definition }: CaseTypeEntity): readonly ContactKey[] {
  const keys: ContactKey[] = [];
  mapContacts(definition, (text) => {
    const key = parseContact(text);
    if (key !== null) keys.push(key);
    return text;
  });
  return keys;
}

import type { Contact } from '../case/case-file.ts';
import { mirrorKey } from '../case/origin-key.ts';
import type { MirrorContext } from './context.ts';
import { contactFields, mergeFields } from './fields.ts';
import type { ContactMap } from './fields.ts';
import type { Fields, IdLink, MirrorWrite } from './ports.ts';

/** Who the people of the source are on the target. */
export interface People {
  readonly map: ContactMap;
  /** Why a contact has no counterpart. */
  readonly problems: ReadonlyMap<number, string>;
  readonly counts: { readonly created: number; readonly matched: number; readonly updated: number };
  readonly writes: readonly MirrorWrite[];
}

/**
 * Finds every contact on the target: by the link of an earlier run, by origin key, by external identifier, by e-mail
 * and name; makes the rest when the pair's policy says so. Contacts that were there before are never written to;
 * those that the mirror made follow the source.
 */
export async function resolvePeople(
  context: MirrorContext,
  contacts: ReadonlyMap<number, Contact>,
): Promise<People> {
  const { pair, source, target, store } = context;
  const links = new Map<number, IdLink>();
  for (const link of await store.links(pair.name, 'Contact', [...contacts.keys()])) {
    links.set(link.sourceId, link);
  }
  const keyOf = (id: number) => mirrorKey({ site: source.siteName, entity: 'Contact', id });
  const problems = new Map<number, string>();
  const fresh: IdLink[] = [];
  const writes: MirrorWrite[] = [];

  const unknown = [...contacts.values()].filter((contact) => !links.has(contact.id));
  if (unknown.length > 0) {
    const byKey = await target.findByKey(
      'Contact',
      unknown.map((contact) => keyOf(contact.id)),
    );
    const strangers = unknown.filter((contact) => !byKey.has(keyOf(contact.id)));
    const matches = matchPeople(strangers, await candidates(context, strangers));
    for (const contact of unknown) {
      const made = byKey.get(keyOf(contact.id));
      const targetId = made ?? matches.get(contact.id);
      if (targetId !== undefined) fresh.push(newLink(contact.id, targetId, made !== undefined));
    }
  }

  const known = new Set([...links.keys(), ...fresh.map((link) => link.sourceId)]);
  const missing = [...contacts.values()].filter((contact) => !known.has(contact.id));
  const created = pair.contacts === 'create' ? missing : [];
  if (pair.contacts === 'match') {
    for (const contact of missing) {
      problems.set(
        contact.id,
        `Contact ${contact.id} is not known on ${target.siteName}, and contacts: match`,
      );
    }
  }
  const creations = created.map((contact): MirrorWrite => {
    return { kind: 'create-contact', key: keyOf(contact.id), fields: present(contactFields(contact)) };
  });
  writes.push(...creations);
  if (context.dryRun) {
    // Stand-ins: nobody has a negative id.
    fresh.push(...created.map((contact) => newLink(contact.id, -contact.id, true)));
  } else if (creations.length > 0) {
    const results = await context.write(creations);
    results.forEach((result, index) => {
      const contact = created[index];
      if (contact === undefined) return;
      if (result.kind === 'done') {
        fresh.push(newLink(contact.id, result.value, true));
        return;
      }
      if (result.error.kind === 'remote-unavailable') throw result.error;
      problems.set(contact.id, `Contact ${contact.id}: ${result.error.message}`);
    });
  }

  for (const link of fresh) links.set(link.sourceId, link);
  const refreshed = await refresh(context, contacts, links);
  writes.push(...refreshed.writes);
  if (!context.dryRun) await store.saveLinks(pair.name, [...fresh, ...refreshed.links]);
  const createdIds = new Set(created.map((contact) => contact.id));
  return {
    map: (id) => links.get(id)?.targetId ?? null,
    problems,
    counts: {
      created: fresh.filter((link) => createdIds.has(link.sourceId)).length,
      matched: fresh.filter((link) => !link.ours).length,
      updated: refreshed.writes.filter((write) => !isFirstLook(fresh, write)).length,
    },
    writes,
  };
}

function isFirstLook(fresh: readonly IdLink[], write: MirrorWrite): boolean {
  return write.kind === 'update-contact' && fresh.some((link) => link.targetId === write.id);
}

function newLink(sourceId: number, targetId: number, ours: boolean): IdLink {
  return { entity: 'Contact', sourceId, targetId, ours, sent: {}, kept: {} };
}

async function candidates(
  { target }: MirrorContext,
  strangers: readonly Contact[],
): Promise<readonly Contact[]> {
  const externalIdentifiers = strangers.flatMap((contact) => contact.externalIdentifier ?? []);
  const emails = strangers.flatMap((contact) => contact.email ?? []);
  if (externalIdentifiers.length + emails.length === 0) return [];
  return await target.findPeople({ externalIdentifiers, emails });
}

/** External identifier first; then e-mail with type and name, the lowest id when several fit. */
function matchPeople(strangers: readonly Contact[], there: readonly Contact[]): ReadonlyMap<number, number> {
  const byIdentifier = new Map<string, number>();
  const byEmailAndName = new Map<string, number>();
  for (const contact of [...there].sort((one, other) => other.id - one.id)) {
    if (contact.externalIdentifier !== null) byIdentifier.set(contact.externalIdentifier, contact.id);
    if (contact.email !== null) byEmailAndName.set(emailAndName(contact), contact.id);
  }
  const matches = new Map<number, number>();
  for (const contact of strangers) {
    const id =
      (contact.externalIdentifier === null ? undefined : byIdentifier.get(contact.externalIdentifier)) ??
      (contact.email === null ? undefined : byEmailAndName.get(emailAndName(contact)));
    if (id !== undefined) matches.set(contact.id, id);
  }
  return matches;
}

function emailAndName(contact: Contact): string {
  const names = [contact.firstName, contact.lastName, contact.organizationName, contact.householdName];
  return [contact.contactType, contact.email, ...names]
    .map((part) => (part ?? '').trim().toLocaleLowerCase('en'))
    .join('\n');
}

/** Brings contacts that the mirror made up to the source's values, and remembers what they now hold. */
async function refresh(
  context: MirrorContext,
  contacts: ReadonlyMap<number, Contact>,
  links: ReadonlyMap<number, IdLink>,
): Promise<{ readonly writes: readonly MirrorWrite[]; readonly links: readonly IdLink[] }> {
  const { target } = context;
  const ours = [...contacts.values()].flatMap((contact) => {
    const link = links.get(contact.id);
    const desired = contactFields(contact);
    const changed = link?.ours === true && JSON.stringify(link.sent) !== JSON.stringify(desired);
    return changed ? [{ link, desired }] : [];
  });
  const real = ours.filter(({ link }) => link.targetId > 0);
  if (real.length === 0) return { writes: [], links: [] };
  const ids = real.map(({ link }) => link.targetId);
  const before = await target.readContacts(ids);
  const writes = real.flatMap(({ link, desired }): MirrorWrite[] => {
    const there = before.get(link.targetId);
    if (there === undefined) return [];
    const { write } = mergeFields(desired, contactFields(there), link);
    return Object.keys(write).length === 0
      ? []
      : [{ kind: 'update-contact', id: link.targetId, fields: write }];
  });
  if (context.dryRun) return { writes, links: [] };
  const refused = new Set<number>();
  (writes.length > 0 ? await context.write(writes) : []).forEach((result, index) => {
    if (result.kind === 'done') return;
    if (result.error.kind === 'remote-unavailable') throw result.error;
    const write = writes[index];
    if (write?.kind !== 'update-contact') return;
    // Its link stays as it was, so the next look at the contact tries again.
    refused.add(write.id);
    context.logger.warn(
      { pair: context.pair.name, targetContactId: write.id, error: result.error.kind },
      'the target refused to update a contact',
    );
  });
  const after = writes.length > 0 ? await target.readContacts(ids) : before;
  return {
    writes,
    links: real.flatMap(({ link, desired }) => {
      const there = after.get(link.targetId);
      if (there === undefined || refused.has(link.targetId)) return [];
      return [{ ...link, sent: desired, kept: contactFields(there) }];
    }),
  };
}

function present(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

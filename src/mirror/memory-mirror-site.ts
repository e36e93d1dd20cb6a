import { AppError, toAppError } from '../base/errors.ts';
import { done, failed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Activity, CaseRoleAssignment } from '../case/case-file.ts';
import { ORIGIN_ENTITIES, originField } from '../case/origin-key.ts';
import type { OriginEntity } from '../case/origin-key.ts';
import { MemoryMirrorRecords } from './memory-mirror-records.ts';
import type { Fields, MirrorSource, MirrorTarget, MirrorWrite, TargetNames } from './ports.ts';

/** What may go wrong at a call: nothing, no answer before any effect, or no answer after the first `effects` writes. */
export type Fault = { readonly kind: 'none' } | { readonly kind: 'lost'; readonly effects: number };

/**
 * The in-memory twin of `createMirrorSource` and `createMirrorTarget`: a site that behaves like CiviCRM where the
 * mirror has to care. Opening a case runs its timeline and gives the creator a role, a completed step of a sequence
 * makes the next one and at the end closes the case, modified dates have one-second resolution and do not move with
 * people, `save` with `match` does not see the trash.
 */
export class MemoryMirrorSite extends MemoryMirrorRecords implements MirrorSource, MirrorTarget {
  /** Asked at every call to the site. */
  fault: () => Fault = () => ({ kind: 'none' });
  activityTypes = new Set(['Open Case', 'Intake', 'Plan', 'Review', 'Follow up', 'Meeting', 'Phone Call']);
  #requests = 0;
  readonly #keyFields = new Set<OriginEntity>();

  requests(): number {
    return this.#requests;
  }

  /** Takes a field for origin keys away, with all that it held. */
  forgetKeys(entity: OriginEntity): void {
    this.#keyFields.delete(entity);
    for (const record of this.#table(entity).values()) record.originKey = null;
  }

  changedSince(caseTypes: readonly string[], since: string | null) {
    return this.#answer(() =>
      this.#casesOf(caseTypes)
        .map((record) => this.caseFile(record))
        .map(({ id, modifiedDate }) => ({ id, modifiedDate: modifiedDate ?? '' }))
        .filter(({ modifiedDate }) => since === null || modifiedDate >= since),
    );
  }

  linkDigests(caseTypes: readonly string[]) {
    return this.#answer(() => {
      const digests = this.#casesOf(caseTypes).map((record) => {
        const people = record.activityIds.map((id) => {
          const activity = this.activities.get(id);
          return [id, activity?.sourceContactId, activity?.targetContactIds, activity?.assigneeContactIds];
        });
        return [record.id, JSON.stringify([record.clientIds, record.roles, people])] as const;
      });
      return new Map(digests);
    });
  }

  existingActivities(ids: readonly number[]) {
    return this.#answer(() => new Set(ids.filter((id) => this.activities.has(id))));
  }

  readCases(ids: readonly number[]) {
    return this.#answer(() =>
      [...new Set(ids)].flatMap((id) => {
        const record = this.cases.get(id);
        return record === undefined ? [] : [this.caseFile(record)];
      }),
    );
  }

  prepare() {
    return this.#answer(() => {
      const missing = ORIGIN_ENTITIES.filter((entity) => !this.#keyFields.has(entity));
      for (const entity of missing) this.#keyFields.add(entity);
      return { created: missing.map(originField) };
    });
  }

  names(): Promise<TargetNames> {
    return this.#answer(() => this.#names());
  }

  #names(): TargetNames {
    return {
      caseTypes: new Set(this.caseTypes.keys()),
      caseStatuses: new Set(['Open', 'Closed', 'Urgent']),
      activityTypes: new Set(this.activityTypes),
      activityStatuses: new Set(['Scheduled', 'Completed', 'Cancelled']),
      media: new Set(['phone']),
      priorities: new Set(['Normal', 'Urgent']),
      roleTypes: this.roleTypes,
      sequenceSteps: new Map([...this.caseTypes].map(([name, { sequence }]) => [name, new Set(sequence)])),
    };
  }

  findByKey(entity: OriginEntity, keys: readonly string[]) {
    return this.#answer(() => {
      const found = new Map<string, number>();
      for (const { id, originKey } of this.#table(entity).values()) {
        if (originKey !== null && keys.includes(originKey) && !found.has(originKey)) found.set(originKey, id);
      }
      return found;
    });
  }

  findPeople(wanted: {
    readonly externalIdentifiers: readonly string[];
    readonly emails: readonly string[];
  }) {
    const has = (texts: readonly string[], text: string | null) =>
      text !== null && texts.some((other) => other.toLowerCase() === text.toLowerCase());
    return this.#answer(() =>
      [...this.contacts.values()].filter(
        ({ externalIdentifier, email, isDeleted }) =>
          !isDeleted && (has(wanted.externalIdentifiers, externalIdentifier) || has(wanted.emails, email)),
      ),
    );
  }

  readContacts(ids: readonly number[]) {
    return this.#answer(() => this.contactsOf(ids));
  }

  write(writes: readonly MirrorWrite[]): Promise<readonly Result<number>[]> {
    this.#requests += 1;
    const names = this.#names();
    const fault = this.fault();
    const effects = fault.kind === 'none' ? writes.length : Math.min(fault.effects, writes.length);
    const results = writes.slice(0, effects).map((write): Result<number> => {
      try {
        this.#refuseUnknownNames(write, names);
        return done(this.#apply(write));
      } catch (thrown) {
        return failed(toAppError(thrown));
      }
    });
    return fault.kind === 'none' ? Promise.resolve(results) : Promise.reject(this.#noAnswer());
  }

  #apply(write: MirrorWrite): number {
    switch (write.kind) {
      case 'create-contact':
        return this.#createContact(write.key, write.fields);
      case 'update-contact': {
        const contact = this.contacts.get(write.id);
        const changes = Object.entries(write.fields).filter(([field]) => field !== 'contactType');
        if (contact === undefined && changes.some(([, value]) => value !== null))
          this.#refuse('no such contact');
        Object.assign(contact ?? {}, Object.fromEntries(changes));
        return write.id;
      }
      case 'create-case':
        return this.#createCase(write);
      case 'update-case':
        // Core dates a closed case today unless told.
        this.editCase(write.id, {
          ...(write.fields['status'] === 'Closed' ? { endDate: '2026-12-31' } : {}),
          ...write.fields,
        });
        return write.id;
      case 'add-client': {
        const { clientIds } = this.case(write.caseId);
        this.#requireContacts([write.contactId]);
        if (!clientIds.includes(write.contactId)) clientIds.push(write.contactId);
        return write.caseId;
      }
      case 'remove-client': {
        const record = this.cases.get(write.caseId);
        if (record !== undefined) record.clientIds = record.clientIds.filter((id) => id !== write.contactId);
        return write.caseId;
      }
      case 'create-role':
        return this.#createRole(write.caseId, write.typeId, roleOf(write.fields));
      case 'update-role': {
        const fields = roleOf(write.fields);
        if (!this.#roles().some((role) => role.relationshipId === write.id)) this.#refuse('no such role');
        for (const record of this.cases.values())
          record.roles = record.roles.map((role) =>
            role.relationshipId === write.id ? { ...role, ...fields } : role,
          );
        return write.id;
      }
      case 'delete-role':
        for (const record of this.cases.values())
          record.roles = record.roles.filter((role) => role.relationshipId !== write.id);
        return write.id;
      case 'create-activity':
        return this.#createActivity(write.key, write.caseId, write.fields);
      case 'update-activity': {
        const fields = activityOf(write.fields);
        this.#requireContacts([...(fields.targetContactIds ?? []), ...(fields.assigneeContactIds ?? [])]);
        this.editActivity(write.id, {
          ...fields,
          ...(write.key === undefined ? {} : { originKey: write.key }),
        });
        return write.id;
      }
      case 'file-activity':
        if (!this.activities.has(write.activityId)) this.#refuse('no such activity');
        this.file(write.caseId, write.activityId);
        return write.activityId;
      case 'unfile-activity':
        this.unfile(write.caseId, write.activityId);
        return write.activityId;
      default:
        return write satisfies never;
    }
  }

  #createContact(key: string, { email: _later, ...fields }: Fields): number {
    const existing = this.#liveByKey('Contact', key);
    const identifier = fields['externalIdentifier'] ?? null;
    const isTaken = [...this.contacts.values()].some(
      ({ id, externalIdentifier }) =>
        identifier !== null && externalIdentifier === identifier && id !== existing,
    );
    if (isTaken) this.#refuse('already exists');
    if (existing !== undefined) {
      Object.assign(this.contacts.get(existing) ?? {}, fields);
      return existing;
    }
    return this.addContact({ firstName: null, lastName: null, ...fields, originKey: key });
  }

  #createCase(write: Extract<MirrorWrite, { kind: 'create-case' }>): number {
    const { key: originKey, caseType, clientIds, creatorId } = write;
    const existing = this.#liveByKey('Case', originKey);
    if (!this.caseTypes.has(caseType)) this.#refuse('Mandatory values missing: case_type_id');
    if (clientIds.length === 0) throw new AppError('invalid-input', 'A case needs a client.');
    if (existing !== undefined) {
      this.editCase(existing, write.fields);
      return existing;
    }
    if (clientIds.some((id) => !this.contacts.has(id))) {
      // Opening is not one transaction.
      this.addCase({ ...write.fields, caseType, originKey });
      this.#refuse('constraint violation');
    }
    return this.openCase(clientIds, creatorId ?? 0, { ...write.fields, caseType, originKey });
  }

  #createRole(caseId: number, typeId: number, fields: Partial<CaseRoleAssignment>): number {
    const type = this.roleTypes.find(({ id }) => id === typeId) ?? this.#refuse('Invalid Relationship');
    const { contactIdA = 0, contactIdB = 0 } = fields;
    const record = this.case(caseId);
    this.#requireContacts([contactIdA, contactIdB]);
    const wanted = { startDate: null, endDate: null, isActive: true, ...fields, nameAB: type.nameAB };
    const equal = record.roles.find((role) =>
      (['contactIdA', 'contactIdB', 'nameAB', 'startDate', 'endDate'] as const).every(
        (field) => role[field] === wanted[field],
      ),
    );
    if (equal === undefined)
      return this.addRole(caseId, contactIdA, contactIdB, { ...wanted, nameBA: type.nameBA });
    if (equal.isActive !== wanted.isActive) this.#refuse('Duplicate Relationship');
    return equal.relationshipId;
  }

  #createActivity(key: string, caseId: number, sent: Fields): number {
    const { isDeleted: _later, ...fields } = activityOf(sent);
    const people = [...(fields.targetContactIds ?? []), ...(fields.assigneeContactIds ?? [])];
    this.#requireContacts([fields.sourceContactId ?? 0, ...people]);
    const existing = this.#liveByKey('Activity', key);
    if (existing === undefined) {
      // An activity that cannot be filed stays all the same.
      const id = this.addActivity(this.cases.has(caseId) ? caseId : null, { ...fields, originKey: key });
      this.case(caseId);
      return id;
    }
    // An empty list is not sent, so it clears nothing.
    const changes = Object.entries(fields).filter(([, value]) => !Array.isArray(value) || value.length > 0);
    this.editActivity(existing, Object.fromEntries(changes));
    this.file(caseId, existing);
    return existing;
  }

  #liveByKey(entity: OriginEntity, key: string): number | undefined {
    if (!this.#keyFields.has(entity)) this.#refuse(`Invalid field '${originField(entity)}'`);
    return [...this.#table(entity).values()].find(
      ({ originKey, isDeleted }) => originKey === key && !isDeleted,
    )?.id;
  }

  #refuseUnknownNames(write: MirrorWrite, names: TargetNames): void {
    if (!('fields' in write)) return;
    const known: Readonly<Record<string, ReadonlySet<string>>> = write.kind.endsWith('-case')
      ? { status: names.caseStatuses }
      : write.kind.endsWith('-activity')
        ? {
            type: names.activityTypes,
            status: names.activityStatuses,
            medium: names.media,
            priority: names.priorities,
          }
        : {};
    for (const [field, values] of Object.entries(known)) {
      const name = write.fields[field];
      if (typeof name === 'string' && !values.has(name))
        throw new AppError('invalid-input', `${this.siteName} has no ${field} named "${name}".`);
    }
  }

  #requireContacts(ids: readonly number[]): void {
    if (ids.some((id) => !this.contacts.has(id))) this.#refuse('constraint violation');
  }

  #refuse(words: string): never {
    throw new AppError('remote-rejected', `${this.siteName} refused: ${words}`);
  }

  #table(entity: OriginEntity) {
    const tables: Readonly<
      Record<OriginEntity, Map<number, { readonly id: number; originKey: string | null; isDeleted: boolean }>>
    > = { Case: this.cases, Activity: this.activities, Contact: this.contacts };
    return tables[entity];
  }

  #roles(): readonly CaseRoleAssignment[] {
    return [...this.cases.values()].flatMap((record) => record.roles);
  }

  #casesOf(caseTypes: readonly string[]) {
    return [...this.cases.values()].filter(({ caseType }) => caseTypes.includes(caseType));
  }

  #answer<Value>(value: () => Value): Promise<Value> {
    this.#requests += 1;
    return this.fault().kind === 'none' ? Promise.resolve(value()) : Promise.reject(this.#noAnswer());
  }

  #noAnswer(): AppError {
    return new AppError('remote-unavailable', `${this.siteName} did not answer`);
  }
}

function activityOf(fields: Fields): Partial<Activity> {
  const { duration, source, targets, assignees, ...same } = fields;
  return {
    ...(same as Partial<Activity>),
    ...(duration === undefined ? {} : { durationMinutes: duration as number | null }),
    ...(source === undefined ? {} : { sourceContactId: source as number | null }),
    ...(targets === undefined ? {} : { targetContactIds: targets as number[] }),
    ...(assignees === undefined ? {} : { assigneeContactIds: assignees as number[] }),
  };
}

function roleOf(fields: Fields): Partial<CaseRoleAssignment> {
  const { a, b, type: _type, ...same } = fields;
  return {
    ...(same as Partial<CaseRoleAssignment>),
    ...(a === undefined ? {} : { contactIdA: a as number }),
    ...(b === undefined ? {} : { contactIdB: b as number }),
  };
}

import { AppError } from '../../src/base/errors.ts';
import { done, failed } from '../../src/base/result.ts';
import type { Result } from '../../src/base/result.ts';
import type { Activity, CaseFile, CaseRoleAssignment, Contact } from '../../src/case/case-file.ts';
import type { Fields, MirrorSource, MirrorTarget, MirrorWrite } from '../../src/mirror/ports.ts';

export const caseType = 'support';
const timeline = ['Open Case', 'Intake', 'Follow up', 'Follow up'];
export const sequence = ['Intake', 'Plan', 'Review'];
const roleName = { nameAB: 'Coordinator is', nameBA: 'Coordinator' };

interface StoredCase {
  id: number;
  subject: string | null;
  status: string;
  endDate: string | null;
  details: string | null;
  startDate: string;
  isDeleted: boolean;
  originKey: string | null;
  modified: number;
  clientIds: number[];
  roles: CaseRoleAssignment[];
  activityIds: number[];
}
type StoredActivity = { -readonly [Key in keyof Activity]: Activity[Key] };
type StoredContact = { -readonly [Key in keyof Contact]: Contact[Key] } & { originKey: string | null };

/** What may go wrong at a call: nothing, no answer before any effect, or no answer after the first `effects` writes. */
export type Fault = { readonly kind: 'none' } | { readonly kind: 'lost'; readonly effects: number };

/**
 * A site in memory that behaves like CiviCRM where the mirror has to care: opening a case runs its timeline and gives
 * the creator a role, a completed step of the sequence makes the next one and at the end closes the case, modified
 * dates have one-second resolution and do not move with people, `save` with `match` does not see the trash.
 */
export class MemorySite implements MirrorSource, MirrorTarget {
  readonly siteName: string;
  readonly cases = new Map<number, StoredCase>();
  readonly activities = new Map<number, StoredActivity>();
  readonly contacts = new Map<number, StoredContact>();
  /** Seconds since the epoch of its world; moved by the test. */
  seconds = 1_000_000;
  /** Asked at every call to the site. */
  fault: () => Fault = () => ({ kind: 'none' });
  activityTypes = new Set(['Open Case', 'Intake', 'Plan', 'Review', 'Follow up', 'Meeting']);
  #nextId: number;
  #requests = 0;
  #hasFields = false;

  constructor(siteName: string, firstId: number) {
    this.siteName = siteName;
    this.#nextId = firstId;
  }

  id(): number {
    this.#nextId += 1;
    return this.#nextId;
  }

  requests(): number {
    return this.#requests;
  }

  addContact(more: Partial<StoredContact> = {}): number {
    const id = this.id();
    this.contacts.set(id, {
      id,
      contactType: 'Individual',
      displayName: `Person ${id}`,
      firstName: 'Person',
      lastName: `${this.siteName} ${id}`,
      organizationName: null,
      householdName: null,
      externalIdentifier: null,
      email: null,
      emailOnHold: false,
      doNotEmail: false,
      isOptOut: false,
      isDeceased: false,
      isDeleted: false,
      preferredLanguage: null,
      originKey: null,
      ...more,
    });
    return id;
  }

  openCase(clientIds: readonly number[], creatorId: number, more: Partial<StoredCase> = {}): number {
    const id = this.id();
    const record: StoredCase = {
      id,
      subject: null,
      status: 'Open',
      endDate: null,
      details: null,
      startDate: '2026-01-05',
      isDeleted: false,
      originKey: null,
      clientIds: [...clientIds],
      roles: [],
      activityIds: [],
      ...more,
      modified: this.seconds,
    };
    this.cases.set(id, record);
    // The listener runs before the clients and the timeline are there.
    this.#advance(record, creatorId);
    for (const clientId of clientIds) this.addRole(id, clientId, creatorId);
    timeline.forEach((type, index) => {
      if (type === 'Intake' && this.#live(record).some((activity) => activity.type === type)) return;
      const dateTime = `2026-01-${String(5 + index * 3).padStart(2, '0')} 09:00:00`;
      const isAuto = type !== 'Open Case';
      const status = isAuto ? 'Scheduled' : 'Completed';
      this.addActivity(id, {
        type,
        status,
        dateTime,
        isAuto,
        sourceContactId: creatorId,
        targetContactIds: clientIds,
      });
    });
    return id;
  }

  addRole(caseId: number, a: number, b: number, more: Partial<CaseRoleAssignment> = {}): number {
    const relationshipId = this.id();
    const role = { relationshipId, ...roleName, contactIdA: a, contactIdB: b, isActive: true };
    this.#case(caseId).roles.push({ ...role, startDate: '2026-01-05', endDate: null, ...more });
    return relationshipId;
  }

  addActivity(caseId: number, more: Partial<Activity>): number {
    const id = this.id();
    this.activities.set(id, {
      id,
      type: 'Meeting',
      status: 'Scheduled',
      statusClass: 'incomplete',
      subject: null,
      details: null,
      dateTime: '2026-02-01 10:00:00',
      durationMinutes: null,
      location: null,
      medium: null,
      priority: 'Normal',
      isAuto: false,
      isDeleted: false,
      sourceContactId: null,
      targetContactIds: [],
      assigneeContactIds: [],
      modifiedDate: '',
      originKey: null,
      ...more,
    });
    this.file(caseId, id);
    this.#advance(this.#case(caseId), more.sourceContactId ?? null);
    return id;
  }

  file(caseId: number, activityId: number): void {
    const record = this.#case(caseId);
    if (!record.activityIds.includes(activityId)) record.activityIds.push(activityId);
    record.modified = this.seconds;
  }

  unfile(caseId: number, activityId: number): void {
    const record = this.#case(caseId);
    record.activityIds = record.activityIds.filter((id) => id !== activityId);
  }

  editActivity(id: number, fields: Partial<StoredActivity>): void {
    const activity = this.activities.get(id);
    if (activity === undefined) return;
    Object.assign(activity, fields);
    const onlyPeople = Object.keys(fields).every((field) => field.endsWith('ContactIds'));
    for (const record of this.cases.values()) {
      if (!record.activityIds.includes(id)) continue;
      if (!onlyPeople) record.modified = this.seconds;
      this.#advance(record, activity.sourceContactId);
    }
  }

  editCase(id: number, fields: Partial<StoredCase>): void {
    const record = this.#case(id);
    Object.assign(record, fields, { modified: this.seconds });
    this.#advance(record, null);
  }

  deleteActivity(id: number): void {
    this.activities.delete(id);
    for (const record of this.cases.values()) {
      if (record.activityIds.includes(id)) record.modified = this.seconds;
      record.activityIds = record.activityIds.filter((other) => other !== id);
    }
  }

  // ——— MirrorSource

  changedSince(_caseTypes: readonly string[], since: string | null) {
    return this.#answer(() =>
      [...this.cases.values()]
        .map((record) => ({ id: record.id, modifiedDate: moment(record.modified) }))
        .filter(({ modifiedDate }) => since === null || modifiedDate >= since),
    );
  }

  linkDigests() {
    return this.#answer(() => {
      const digest = (record: StoredCase) =>
        JSON.stringify([
          record.clientIds,
          record.roles,
          record.activityIds.map((id) => {
            const activity = this.activities.get(id);
            return [id, activity?.sourceContactId, activity?.targetContactIds, activity?.assigneeContactIds];
          }),
        ]);
      return new Map([...this.cases.values()].map((record) => [record.id, digest(record)]));
    });
  }

  existingActivities(ids: readonly number[]) {
    return this.#answer(() => new Set(ids.filter((id) => this.activities.has(id))));
  }

  readCases(ids: readonly number[]) {
    return this.#answer(() =>
      ids.flatMap((id) => {
        const record = this.cases.get(id);
        return record === undefined ? [] : [this.caseFile(record)];
      }),
    );
  }

  // ——— MirrorTarget

  prepare() {
    return this.#answer(() => {
      const created = this.#hasFields ? [] : ['origin_key'];
      this.#hasFields = true;
      return { created };
    });
  }

  names() {
    return this.#answer(() => ({
      caseTypes: new Set([caseType]),
      caseStatuses: new Set(['Open', 'Closed', 'Urgent']),
      activityTypes: this.activityTypes,
      activityStatuses: new Set(['Scheduled', 'Completed', 'Cancelled']),
      media: new Set(['phone']),
      priorities: new Set(['Normal', 'Urgent']),
      roleTypes: [{ id: 3, ...roleName }],
      sequenceSteps: new Map([[caseType, new Set(sequence)]]),
    }));
  }

  findByKey(entity: 'Case' | 'Activity' | 'Contact', keys: readonly string[]) {
    const tables = { Case: this.cases, Activity: this.activities, Contact: this.contacts };
    return this.#answer(() => {
      const found = new Map<string, number>();
      for (const { id, originKey } of tables[entity].values()) {
        if (originKey !== null && keys.includes(originKey) && !found.has(originKey)) found.set(originKey, id);
      }
      return found;
    });
  }

  findPeople(wanted: {
    readonly externalIdentifiers: readonly string[];
    readonly emails: readonly string[];
  }) {
    return this.#answer(() =>
      [...this.contacts.values()].filter(
        ({ externalIdentifier, email }) =>
          wanted.externalIdentifiers.includes(externalIdentifier ?? '-') ||
          wanted.emails.includes(email ?? '-'),
      ),
    );
  }

  readContacts(ids: readonly number[]) {
    return this.#answer(
      () =>
        new Map(
          ids.flatMap((id) => {
            const contact = this.contacts.get(id);
            return contact === undefined ? [] : [[id, { ...contact }] as const];
          }),
        ),
    );
  }

  write(writes: readonly MirrorWrite[]): Promise<readonly Result<number>[]> {
    this.#requests += 1;
    const fault = this.fault();
    const effects = fault.kind === 'none' ? writes.length : Math.min(fault.effects, writes.length);
    const results = writes.slice(0, effects).map((write) => this.#apply(write));
    return fault.kind === 'none' ? Promise.resolve(results) : Promise.reject(noAnswer(this.siteName));
  }

  #apply(write: MirrorWrite): Result<number> {
    switch (write.kind) {
      case 'create-contact': {
        const existing = [...this.contacts.values()].find(({ originKey }) => originKey === write.key);
        if (existing !== undefined) return done(existing.id);
        const { email: _email, ...fields } = write.fields;
        const names = { firstName: null, lastName: null, originKey: write.key };
        return done(this.addContact({ ...names, ...(fields as Partial<StoredContact>) }));
      }
      case 'update-contact':
        Object.assign(this.contacts.get(write.id) ?? {}, write.fields);
        return done(write.id);
      case 'create-case': {
        const existing = [...this.cases.values()].find(
          ({ originKey, isDeleted }) => originKey === write.key && !isDeleted,
        );
        if (existing !== undefined) return done(existing.id);
        const fields = { ...(write.fields as Partial<StoredCase>), originKey: write.key };
        return done(this.openCase(write.clientIds, write.creatorId ?? 0, fields));
      }
      case 'update-case':
        // Core dates a closed case today unless told.
        this.editCase(write.id, {
          ...(write.fields['status'] === 'Closed' ? { endDate: '2026-12-31' } : {}),
          ...(write.fields as Partial<StoredCase>),
        });
        return done(write.id);
      case 'add-client':
        this.#case(write.caseId).clientIds.push(write.contactId);
        return done(write.caseId);
      case 'remove-client': {
        const record = this.#case(write.caseId);
        record.clientIds = record.clientIds.filter((id) => id !== write.contactId);
        return done(write.caseId);
      }
      case 'create-role': {
        const fields = roleOf(write.fields);
        const equal = this.#case(write.caseId).roles.find((role) => sameRole({ ...role, ...fields }, role));
        if (equal !== undefined) return failed(new AppError('remote-rejected', 'Duplicate Relationship'));
        return done(this.addRole(write.caseId, fields.contactIdA ?? 0, fields.contactIdB ?? 0, fields));
      }
      case 'update-role':
        for (const record of this.cases.values()) {
          record.roles = record.roles.map((role) =>
            role.relationshipId === write.id ? { ...role, ...roleOf(write.fields) } : role,
          );
        }
        return done(write.id);
      case 'delete-role':
        for (const record of this.cases.values()) {
          record.roles = record.roles.filter((role) => role.relationshipId !== write.id);
        }
        return done(write.id);
      case 'create-activity': {
        const existing = [...this.activities.values()].find(
          ({ originKey, isDeleted }) => originKey === write.key && !isDeleted,
        );
        if (existing !== undefined) return done(existing.id);
        const { isDeleted: _later, ...fields } = activityOf(write.fields);
        return done(this.addActivity(write.caseId, { ...fields, originKey: write.key }));
      }
      case 'update-activity':
        this.editActivity(write.id, {
          ...activityOf(write.fields),
          ...(write.key === undefined ? {} : { originKey: write.key }),
        });
        return done(write.id);
      case 'file-activity':
        this.file(write.caseId, write.activityId);
        return done(write.activityId);
      case 'unfile-activity':
        this.unfile(write.caseId, write.activityId);
        return done(write.activityId);
      default:
        return write satisfies never;
    }
  }

  /** CiviCRM's sequence listener: one step per change, then the case is closed. */
  #advance(record: StoredCase, userId: number | null): void {
    for (const type of sequence) {
      const made = this.#live(record).filter((activity) => activity.type === type);
      if (made.length === 0) {
        const id = this.id();
        const blank = { subject: null, details: null, durationMinutes: null, location: null, medium: null };
        this.activities.set(id, {
          id,
          type,
          status: 'Scheduled',
          statusClass: 'incomplete',
          ...blank,
          dateTime: moment(this.seconds),
          priority: 'Normal',
          isAuto: false,
          isDeleted: false,
          sourceContactId: userId ?? record.clientIds[0] ?? null,
          targetContactIds: record.clientIds.slice(0, 1),
          assigneeContactIds: [],
          modifiedDate: '',
          originKey: null,
        });
        record.activityIds.push(id);
        record.modified = this.seconds;
        return;
      }
      if (!made.some((activity) => activity.status === 'Completed')) return;
    }
    if (record.status !== 'Closed' && this.#live(record).every(({ status }) => status === 'Completed')) {
      Object.assign(record, { status: 'Closed', endDate: '2026-12-31', modified: this.seconds });
    }
  }

  #live(record: StoredCase): readonly StoredActivity[] {
    return record.activityIds.flatMap((id) => {
      const activity = this.activities.get(id);
      return activity === undefined || activity.isDeleted ? [] : [activity];
    });
  }

  #case(id: number): StoredCase {
    const record = this.cases.get(id);
    if (record === undefined) throw new Error(`no case ${id} on ${this.siteName}`);
    return record;
  }

  caseFile(record: StoredCase): CaseFile {
    const { modified, activityIds, ...columns } = record;
    const activities = activityIds
      .flatMap((id) => this.activities.get(id) ?? [])
      .map((activity) => ({ ...activity }))
      .sort((one, other) => one.id - other.id);
    const mentioned = [
      ...record.clientIds,
      ...record.roles.flatMap((role) => [role.contactIdA, role.contactIdB]),
      ...activities.flatMap((activity) => [
        activity.sourceContactId ?? 0,
        ...activity.targetContactIds,
        ...activity.assigneeContactIds,
      ]),
    ];
    return {
      ...columns,
      caseType,
      statusGrouping: record.status === 'Closed' ? 'Closed' : 'Opened',
      createdDate: null,
      modifiedDate: moment(modified),
      clientIds: [...record.clientIds],
      roles: [...record.roles],
      activities,
      contacts: new Map(
        [...new Set(mentioned)].flatMap((id) => {
          const contact = this.contacts.get(id);
          return contact === undefined ? [] : [[id, { ...contact }] as const];
        }),
      ),
    };
  }

  #answer<Value>(value: () => Value): Promise<Value> {
    this.#requests += 1;
    return this.fault().kind === 'none' ? Promise.resolve(value()) : Promise.reject(noAnswer(this.siteName));
  }
}

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function noAnswer(site: string): AppError {
  return new AppError('remote-unavailable', `${site} did not answer`);
}

function activityOf(fields: Fields): Partial<StoredActivity> {
  const { duration, source, targets, assignees, ...same } = fields;
  return {
    ...(same as Partial<StoredActivity>),
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

function sameRole(one: CaseRoleAssignment, other: CaseRoleAssignment): boolean {
  return (
    one.contactIdA === other.contactIdA &&
    one.contactIdB === other.contactIdB &&
    one.startDate === other.startDate &&
    one.endDate === other.endDate
  );
}

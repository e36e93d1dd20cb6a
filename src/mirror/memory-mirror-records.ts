import { AppError } from '../base/errors.ts';
import type {
  Activity,
  ActivityStatusClass,
  CaseFile,
  CaseRoleAssignment,
  Contact,
} from '../case/case-file.ts';
import type { TargetNames } from './ports.ts';

interface StoredCase {
  id: number;
  caseType: string;
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

/** What opening a case of the type makes, and what follows from completing it. */
interface MemoryCaseType {
  readonly timeline: readonly string[];
  readonly sequence: readonly string[];
}

export interface MemorySiteOptions {
  /** By name. */
  readonly caseTypes?: Readonly<Record<string, MemoryCaseType>>;
  /** The first is the one that opening a case gives to its creator. */
  readonly roleTypes?: TargetNames['roleTypes'];
}

/** The case type of a site that is not told otherwise. */
export const MEMORY_CASE_TYPE = 'support';
export const MEMORY_SEQUENCE = ['Intake', 'Plan', 'Review'];

const STATUS_CLASSES: Readonly<Record<string, ActivityStatusClass>> = {
  Completed: 'completed',
  Cancelled: 'cancelled',
};

/** Records of a site in memory, and what CiviCRM makes of them by itself. People's own edits go by these methods. */
export class MemoryMirrorRecords {
  readonly siteName: string;
  readonly cases = new Map<number, StoredCase>();
  readonly activities = new Map<number, StoredActivity>();
  readonly contacts = new Map<number, StoredContact>();
  readonly caseTypes: ReadonlyMap<string, MemoryCaseType>;
  readonly roleTypes: TargetNames['roleTypes'];
  /** Seconds since the epoch of its world; moved by the test. */
  seconds = 1_000_000;
  #lastId: number;

  constructor(siteName: string, firstId: number, options: MemorySiteOptions = {}) {
    const support = {
      timeline: ['Open Case', 'Intake', 'Follow up', 'Follow up'],
      sequence: MEMORY_SEQUENCE,
    };
    this.siteName = siteName;
    this.#lastId = firstId;
    this.caseTypes = new Map(Object.entries(options.caseTypes ?? { [MEMORY_CASE_TYPE]: support }));
    this.roleTypes = options.roleTypes ?? [{ id: 3, nameAB: 'Coordinator is', nameBA: 'Coordinator' }];
  }

  id(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** The wall clock. */
  now(): string {
    return moment(this.seconds);
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

  /** A case without what opening makes. */
  addCase(more: Partial<StoredCase>): StoredCase {
    const record: StoredCase = {
      id: this.id(),
      caseType: MEMORY_CASE_TYPE,
      subject: null,
      status: 'Open',
      endDate: null,
      details: null,
      startDate: '2026-01-05',
      isDeleted: false,
      originKey: null,
      clientIds: [],
      roles: [],
      activityIds: [],
      ...more,
      modified: this.seconds,
    };
    this.cases.set(record.id, record);
    return record;
  }

  openCase(clientIds: readonly number[], creatorId: number, more: Partial<StoredCase> = {}): number {
    const record = this.addCase({ ...more, clientIds: [...clientIds] });
    // The listener runs before the clients and the timeline are there.
    this.#advance(record, creatorId);
    for (const clientId of clientIds) this.addRole(record.id, clientId, creatorId);
    const { timeline = [] } = this.caseTypes.get(record.caseType) ?? {};
    timeline.forEach((type, index) => {
      const isMade = this.#live(record).some((activity) => activity.type === type);
      if (isMade && this.#sequence(record).includes(type)) return;
      const isAuto = type !== 'Open Case';
      this.addActivity(record.id, {
        type,
        status: isAuto ? 'Scheduled' : 'Completed',
        dateTime: `2026-01-${String(5 + index * 3).padStart(2, '0')} 09:00:00`,
        isAuto,
        sourceContactId: creatorId,
        targetContactIds: clientIds,
      });
    });
    return record.id;
  }

  addRole(caseId: number, a: number, b: number, more: Partial<CaseRoleAssignment> = {}): number {
    const relationshipId = this.id();
    const { nameAB, nameBA } = this.roleTypes[0] ?? { nameAB: '', nameBA: '' };
    const role = { relationshipId, nameAB, nameBA, contactIdA: a, contactIdB: b, isActive: true };
    this.case(caseId).roles.push({ ...role, startDate: '2026-01-05', endDate: null, ...more });
    return relationshipId;
  }

  /** Null: on no case, as CiviCRM leaves an activity that it could not file. */
  addActivity(caseId: number | null, more: Partial<Activity>): number {
    const id = this.id();
    this.activities.set(id, { ...blankActivity, id, modifiedDate: this.now(), ...more });
    if (caseId !== null) {
      this.file(caseId, id);
      this.#advance(this.case(caseId), more.sourceContactId ?? null);
    }
    return id;
  }

  file(caseId: number, activityId: number): void {
    const record = this.case(caseId);
    if (!record.activityIds.includes(activityId)) record.activityIds.push(activityId);
    record.modified = this.seconds;
  }

  unfile(caseId: number, activityId: number): void {
    const record = this.cases.get(caseId);
    if (record === undefined) return;
    record.activityIds = record.activityIds.filter((id) => id !== activityId);
  }

  editActivity(id: number, fields: Partial<StoredActivity>): void {
    const activity = this.activities.get(id);
    if (activity === undefined) return;
    const onlyPeople = Object.keys(fields).every((field) => field.endsWith('ContactIds'));
    Object.assign(activity, fields, onlyPeople ? {} : { modifiedDate: this.now() });
    for (const record of this.cases.values()) {
      if (!record.activityIds.includes(id)) continue;
      if (!onlyPeople) record.modified = this.seconds;
      this.#advance(record, activity.sourceContactId);
    }
  }

  editCase(id: number, fields: Partial<StoredCase>): void {
    const record = this.case(id);
    Object.assign(record, fields, { modified: this.seconds });
    // Out of the trash comes the case alone.
    if (fields.isDeleted === true)
      for (const activity of this.#live(record)) Object.assign(activity, { isDeleted: true });
    else this.#advance(record, null);
  }

  deleteActivity(id: number): void {
    this.activities.delete(id);
    for (const record of this.cases.values()) {
      if (record.activityIds.includes(id)) record.modified = this.seconds;
      record.activityIds = record.activityIds.filter((other) => other !== id);
    }
  }

  /** Throws `remote-rejected`, as a site does. */
  case(id: number): StoredCase {
    const record = this.cases.get(id);
    if (record === undefined)
      throw new AppError('remote-rejected', `There is no case ${id} on ${this.siteName}.`);
    return record;
  }

  caseFile(record: StoredCase): CaseFile {
    const { modified, activityIds, ...columns } = record;
    const activities = activityIds
      .flatMap((id) => this.activities.get(id) ?? [])
      .map((activity) => ({
        ...activity,
        statusClass: STATUS_CLASSES[activity.status ?? ''] ?? 'incomplete',
      }))
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
      statusGrouping: record.status === 'Closed' ? 'Closed' : 'Opened',
      createdDate: null,
      modifiedDate: moment(modified),
      clientIds: [...record.clientIds],
      roles: [...record.roles],
      activities,
      contacts: this.contactsOf(mentioned),
    };
  }

  contactsOf(ids: readonly number[]): ReadonlyMap<number, Contact> {
    return new Map(
      [...new Set(ids)].flatMap((id) => {
        const contact = this.contacts.get(id);
        return contact === undefined ? [] : [[id, { ...contact }] as const];
      }),
    );
  }

  /** CiviCRM's sequence listener: one step per change, then the case is closed. */
  #advance(record: StoredCase, userId: number | null): void {
    const sequence = this.#sequence(record);
    if (sequence.length === 0) return;
    for (const type of sequence) {
      const made = this.#live(record).filter((activity) => activity.type === type);
      if (made.length === 0) {
        const id = this.id();
        this.activities.set(id, {
          ...blankActivity,
          id,
          type,
          dateTime: this.now(),
          modifiedDate: this.now(),
          sourceContactId: userId ?? record.clientIds[0] ?? null,
          targetContactIds: record.clientIds.slice(0, 1),
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

  #sequence(record: StoredCase): readonly string[] {
    return this.caseTypes.get(record.caseType)?.sequence ?? [];
  }

  #live(record: StoredCase): readonly StoredActivity[] {
    return record.activityIds.flatMap((id) => {
      const activity = this.activities.get(id);
      return activity === undefined || activity.isDeleted ? [] : [activity];
    });
  }
}

const blankActivity: Omit<Activity, 'id' | 'modifiedDate'> = {
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
  originKey: null,
};

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

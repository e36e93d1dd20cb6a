/** A wall-clock moment of a site, `YYYY-MM-DD HH:MM:SS`, without a zone, as CiviCRM stores activity dates. */
export type LocalDateTime = string;
/** `YYYY-MM-DD`. */
export type LocalDate = string;

export interface Contact {
  readonly id: number;
  readonly contactType: string;
  readonly displayName: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly organizationName: string | null;
  readonly householdName: string | null;
  readonly externalIdentifier: string | null;
  /** The primary e-mail address. */
  readonly email: string | null;
  readonly emailOnHold: boolean;
  readonly doNotEmail: boolean;
  readonly isOptOut: boolean;
  readonly isDeceased: boolean;
  readonly isDeleted: boolean;
  /** A CiviCRM language code such as `fr_FR`. */
  readonly preferredLanguage: string | null;
}

/** Class of an activity status: its option value's `filter` 0, 1 or 2. */
export type ActivityStatusClass = 'incomplete' | 'completed' | 'cancelled';

export interface Activity {
  readonly id: number;
  /** Name of the activity type. */
  readonly type: string;
  /** Name of the activity status; null when the site holds a value without an option. */
  readonly status: string | null;
  readonly statusClass: ActivityStatusClass;
  readonly subject: string | null;
  /** HTML, as CiviCRM keeps it. */
  readonly details: string | null;
  readonly dateTime: LocalDateTime;
  readonly durationMinutes: number | null;
  readonly location: string | null;
  /** Names in encounter_medium and priority. */
  readonly medium: string | null;
  readonly priority: string | null;
  readonly isAuto: boolean;
  readonly isDeleted: boolean;
  readonly sourceContactId: number | null;
  readonly targetContactIds: readonly number[];
  readonly assigneeContactIds: readonly number[];
  readonly modifiedDate: LocalDateTime;
  /** Value of the bridge's origin-key field; null where the field is empty or the site lacks it. */
  readonly originKey: string | null;
}

/** A relationship with the case's id: who holds which role for which client. */
export interface CaseRoleAssignment {
  readonly relationshipId: number;
  readonly nameAB: string;
  readonly nameBA: string;
  readonly contactIdA: number;
  readonly contactIdB: number;
  readonly isActive: boolean;
  readonly startDate: LocalDate | null;
  readonly endDate: LocalDate | null;
}

/** A case with its clients, roles and activities, as one value read from one site. */
export interface CaseFile {
  readonly id: number;
  /** Name of the case type. */
  readonly caseType: string;
  readonly subject: string | null;
  readonly startDate: LocalDate;
  /** `HH:MM:SS`; absent where the site keeps only the date, as CiviCRM did before 6.x. */
  readonly startTime?: string;
  readonly endDate: LocalDate | null;
  /** Name of the case status. */
  readonly status: string | null;
  readonly statusGrouping: 'Opened' | 'Closed';
  readonly details: string | null;
  readonly isDeleted: boolean;
  readonly createdDate: LocalDateTime | null;
  readonly modifiedDate: LocalDateTime | null;
  readonly originKey: string | null;
  /** Primary client first. */
  readonly clientIds: readonly number[];
  readonly roles: readonly CaseRoleAssignment[];
  /** In order of their ids, trashed ones included. */
  readonly activities: readonly Activity[];
  /** Every contact mentioned above, by id. */
  readonly contacts: ReadonlyMap<number, Contact>;
}

/** One activity of a case on a site, by names. */
export interface SiteActivity {
  readonly id: number;
  readonly activityType: string;
  readonly status: string;
  /** `YYYY-MM-DD HH:MM:SS` on the site's wall clock, like `createdAt`. */
  readonly dateTime: string;
  readonly createdAt: string;
  readonly subject: string | null;
  readonly isDeleted: boolean;
  readonly assignees: readonly number[];
}

/** A case on a site. */
export interface SiteCase {
  readonly status: string;
  readonly startDate: string;
  readonly endDate: string | null;
  /** `YYYY-MM-DD HH:MM:SS`. */
  readonly modifiedAt: string;
  /** By id, those in the trash too. */
  readonly activities: readonly SiteActivity[];
}

export interface NewSiteCase {
  readonly caseType: string;
  readonly subject: string;
  /** `YYYY-MM-DD`. */
  readonly startDate: string;
  readonly client: number;
  readonly creator: number;
}

/** Whose case it is and who works on it. */
export interface CaseOnSite {
  readonly caseId: number;
  readonly client: number;
  readonly creator: number;
}

/** What a test made on a site. */
export interface MadeOnSite {
  /** The subject that its cases have. */
  readonly subject: string;
  readonly people: readonly number[];
  readonly activities: readonly number[];
}

/**
 * A site on which process tests open disposable cases. Nothing here sends a mail. Every method throws `AppError`
 * when the site refuses.
 */
export interface ProcessSite {
  readonly name: string;
  /** Names of the permissions that the key lacks for making disposable cases and removing them again. */
  missingPermissions(): Promise<readonly string[]>;
  /** What is still there, as phrases such as `contact 7`: cases, activities, contacts, relationships. */
  remains(made: MadeOnSite): Promise<readonly string[]>;
  /** Makes a contact for each name and answers their ids in that order. */
  addPeople(names: readonly string[]): Promise<readonly number[]>;
  /** For good. */
  removePeople(contactIds: readonly number[]): Promise<void>;
  openCase(values: NewSiteCase): Promise<number>;
  readCase(caseId: number): Promise<SiteCase>;
  /** Cases of that subject with their activities and roles, for good; those that were half opened, too. */
  removeCases(subject: string): Promise<void>;
  /** @param role the text of the case type's role */
  giveRole(onCase: CaseOnSite, role: string, holder: number): Promise<void>;
  /** As if saved in the activity's form, after which it is no longer automatic. */
  setActivityStatus(activityId: number, status: string): Promise<void>;
  setActivityDate(activityId: number, dateTime: string): Promise<void>;
  addActivity(
    onCase: CaseOnSite,
    values: { readonly activityType: string; readonly status: string; readonly dateTime: string },
  ): Promise<void>;
  trashActivity(activityId: number): Promise<void>;
  setCaseStatus(caseId: number, status: string): Promise<void>;
  addSet(onCase: CaseOnSite, set: string, dateTime: string): Promise<void>;
  /** What the form Change Case Start Date does, which no API offers: call by call, not as one transaction. */
  moveStart(onCase: CaseOnSite, to: string, on: string): Promise<void>;
}

import type { EpochMillis } from '../base/clock.ts';
import type { Activity, CaseFile, LocalDateTime } from '../case/case-file.ts';

export interface CaseLabels {
  /** Title of the case type and label of the activity type, in the site's own language. */
  readonly caseType: string;
  readonly activityType: string;
}

/** What is filed on a case once a mail was handed over. */
export interface MailRecord {
  readonly occurrenceId: string;
  readonly caseId: number;
  readonly recipientId: number;
  readonly subject: string;
  /** HTML, already escaped. */
  readonly details: string;
  readonly sentAt: LocalDateTime;
}

/** A site as reminders see it. Errors are those of a site client: `remote-unavailable` may pass, others do not. */
export interface ReminderSite {
  /** Live open cases of these types (null: of every type; none or unknown ones: no case), some at a time. */
  readOpenCases(caseTypes: readonly string[] | null): AsyncIterable<readonly CaseFile[]>;
  /** The case as it is now, with its people, closed and trashed too; null when it is gone. */
  readCase(caseId: number): Promise<CaseFile | null>;
  /** The names themselves where the site has no label for them. */
  readLabels(caseFile: CaseFile, activity: Activity): Promise<CaseLabels>;
  /**
   * Files the record and answers the id of its activity; asked again, it finds the one it wrote, trashed or edited
   * since. One on no case is half made, and is completed. A refused one leaves nothing behind on no case.
   */
  recordMail(record: MailRecord): Promise<number>;
}

export type MailLanguage = 'en' | 'fr';

/** What a template may speak of. All of it is plain text and is escaped where it is put in. */
export interface ReminderMailData {
  readonly recipientName: string;
  readonly activityType: string;
  readonly activitySubject: string | null;
  /** On the site's wall clock. */
  readonly activityDate: LocalDateTime;
  readonly isOverdue: boolean;
  readonly caseType: string;
  readonly caseId: number;
  readonly caseSubject: string | null;
  readonly clientNames: readonly string[];
  /** IANA name of the site's zone. */
  readonly timeZone: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** @throws AppError `not-found` for a template that does not exist. */
export type RenderMail = (template: string, data: ReminderMailData, language: MailLanguage) => RenderedMail;

export interface OutgoingMail extends RenderedMail {
  readonly to: { readonly name: string; readonly address: string };
  readonly messageId: string;
  readonly language: MailLanguage;
}

/**
 * What became of a mail: the server took it; it may take it later; it never will; or the connection broke after
 * the text had begun to flow, and nobody can tell. `code` is a fixed phrase such as `SMTP 450`, never an address.
 */
export type MailOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'temporary' | 'permanent' | 'unknown'; readonly code: string };

export interface MailSender {
  /** The Message-ID of everything sent under this id, today and when tried again. */
  messageIdFor(id: string): string;
  /** Does the work when there is a connection for it: what only waits for one is not being sent yet. */
  inTurn<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Never throws for what the server or the network does. */
  send(mail: OutgoingMail): Promise<MailOutcome>;
}

/** A mail that was handed over and is not yet on its case. */
export interface UnrecordedMail {
  readonly occurrenceId: string;
  readonly site: string;
}

/** The records that sent mails still lack. Kept apart from sending: a record is tried again, a mail is not. */
export interface MailRecords {
  /** Reminders that are done, have no record, were not given up and are in nobody's hands, the oldest first. */
  listUnrecorded(query: {
    readonly now: EpochMillis;
    readonly limit: number;
  }): Promise<readonly UnrecordedMail[]>;
  /** Reserves the writing of one record, for CiviCRM would let two writers make two. False: nothing to write. */
  claimRecord(
    occurrenceId: string,
    lease: { readonly now: EpochMillis; readonly until: EpochMillis },
  ): Promise<boolean>;
  /** Notes the record, or, without an activity, why there will be none. */
  settle(
    occurrenceId: string,
    record: { readonly activityId: number | null; readonly reason: string | null },
  ): Promise<void>;
  /** Gives a reservation back, to be tried again from an instant on. */
  putOffRecord(occurrenceId: string, until: EpochMillis): Promise<void>;
}

import type { EpochMillis } from '../base/clock.ts';
import type { CaseFile, LocalDateTime } from '../case/case-file.ts';

/** Reads cases of one site. Every method throws AppError as the site's client does. */
export interface CaseReader {
  /** Live open cases of these types (null: of every type; none or unknown ones: no case), some at a time. */
  readOpenCases(caseTypes: readonly string[] | null): AsyncIterable<readonly CaseFile[]>;
  /** Cases by id, closed and trashed ones too; what the site does not show is left out. */
  readCases(ids: readonly number[]): Promise<readonly CaseFile[]>;
}

/** A follow-up as it is to stand on the case. */
export interface FollowUp {
  /** Found again by it after a crash, so that it is written once. */
  readonly originKey: string;
  readonly caseId: number;
  /** Names of the activity type and the activity status. */
  readonly activityType: string;
  readonly status: string;
  readonly subject: string | null;
  /** HTML. */
  readonly details: string | null;
  readonly dateTime: LocalDateTime;
  readonly targetContactIds: readonly number[];
  readonly assigneeContactIds: readonly number[];
}

interface FollowUpWriter {
  /**
   * Creates the activity and reads it back; what carries the origin key already, trashed or edited since, is left
   * as it is, unless it is on no case: then it is completed. Answers the activity's id. A refused one leaves nothing
   * behind on no case. The date is kept as it is, on the wall clock of the site; one in the hour that its summer
   * time skips is stored an hour later, and told of as `remote-rejected`.
   *
   * @throws AppError `invalid-input` for a type or status that the site lacks, `forbidden`, `remote-rejected` (also
   *   when the site stored something else), `remote-unavailable`.
   */
  writeFollowUp(followUp: FollowUp): Promise<number>;
  /**
   * Deletes the activity with that key if it is on no case: half made by an attempt that died. What stands on a
   * case, in the trash or was never made stays as it is.
   */
  discardFollowUp(originKey: string): Promise<void>;
}

export interface FollowUpSite extends CaseReader, FollowUpWriter {}

/** Wakes a worker; the rows stay the truth, so a wake-up that gets lost costs only time. */
export interface WakeUps {
  wake(wakeUps: readonly { readonly occurrenceId: string; readonly at: EpochMillis }[]): Promise<void>;
}

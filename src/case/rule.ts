/**
 * A rule watches cases and says what is to happen, when. It is compiled from `rules:` in civicase.yaml:
 *
 *   - name: call-after-a-week
 *     sites: [riverside]                 # absent: each case on the site where it was opened
 *     caseTypes: [housing_support]       # absent: every case type
 *     when: { activity: Open Case, offset: "+7 days", at: "09:00" }
 *     if: [{ noneCompleted: Phone Call }]
 *     then: { createActivity: { type: Follow up, subject: Call the client, assignee: { role: Case Coordinator } } }
 *   - name: remind-assignee
 *     when: { activity: "*", status: incomplete, offset: "-2 days", at: "08:30" }
 *     then: { sendMail: { to: assignee, template: activity-reminder } }
 *     late: { send: true, untilDays: 3 }
 */
export interface Rule {
  /** Unique; part of every occurrence's key, so renaming a rule starts it afresh. */
  readonly name: string;
  /** Null: every site, but not its mirrored copies of cases, which their own site follows up. */
  readonly sites: readonly string[] | null;
  /** Null: every case type. */
  readonly caseTypes: readonly string[] | null;
  readonly when: Trigger;
  readonly conditions: readonly Condition[];
  readonly action: Action;
  readonly late: LatePolicy;
}

/** Each live activity of the type (or any type, `*`) in the status class gives one occurrence, at its date plus the offset. */
interface Trigger {
  readonly activityType: string;
  readonly status: 'incomplete' | 'completed' | 'any';
  readonly offset: Offset;
  /** `HH:MM` on the site's wall clock; null keeps the activity's own time. */
  readonly at: string | null;
}

export interface Offset {
  /** May be negative: before the activity's date. */
  readonly amount: number;
  readonly unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'months';
}

export type Condition =
  | { readonly kind: 'none-completed'; readonly activityType: string }
  | { readonly kind: 'none-exists'; readonly activityType: string }
  | { readonly kind: 'case-status'; readonly names: readonly string[] };

export type Action =
  | {
      readonly kind: 'create-activity';
      readonly activityType: string;
      readonly status: string;
      readonly subject: string | null;
      readonly details: string | null;
      readonly assignee: PersonChoice | null;
      /** Due date of the new activity relative to the occurrence. */
      readonly dueIn: Offset;
    }
  | {
      readonly kind: 'send-mail';
      readonly to: PersonChoice;
      readonly template: string;
      /** Null: the recipient's preferred language, else the configuration's. */
      readonly language: 'en' | 'fr' | null;
    };

export type PersonChoice =
  | { readonly kind: 'assignee' }
  | { readonly kind: 'client' }
  | { readonly kind: 'source' }
  | { readonly kind: 'role'; readonly role: string };

/** What happens to an occurrence found due only after its moment, e.g. after a day of downtime. */
export interface LatePolicy {
  readonly send: boolean;
  readonly untilDays: number;
}

import type { EpochMillis } from '../base/clock.ts';
import type { Activity, CaseFile, LocalDateTime } from './case-file.ts';
import { graceOf } from './late-policy.ts';
import { writtenThrough, type OccurrenceKey } from './occurrence.ts';
import { choosePeople } from './people.ts';
import type { Condition, Offset, Rule } from './rule.ts';

/** What rules ask of a site's wall clock: `createZoneClock` of the calendar room gives it. */
export interface WallClock {
  toLocal(instant: EpochMillis): LocalDateTime;
  /** The instant `offset` away from an activity's date; `at` (`HH:MM`) replaces the time of day. */
  shift(local: LocalDateTime, offset: Offset, at: string | null): EpochMillis;
}

export interface RuleContext {
  readonly rules: readonly Rule[];
  /** Name of the site in the configuration. */
  readonly site: string;
  /** The wall clock of the site's time zone: activity dates are floating local times. */
  readonly zone: WallClock;
  readonly now: EpochMillis;
}

/**
 * What is to happen on a case by the rules, for both channels: one key per rule and activity, and for mails per
 * recipient. Due instants lie between the rule's late limit in the past and `horizon` milliseconds from now.
 * A closed or trashed case has none.
 */
export function planOccurrences(
  input: RuleContext & { readonly caseFile: CaseFile; readonly horizon: number },
): readonly OccurrenceKey[] {
  const { caseFile, site, zone, now, horizon } = input;
  return input.rules
    .filter((rule) => whyRuleIsSilent(rule, caseFile, site) === null)
    .flatMap((rule) =>
      caseFile.activities
        .filter((activity) => whyActivityIsIgnored(rule, activity) === null)
        .flatMap((activity) => {
          const dueAt = zone.shift(activity.dateTime, rule.when.offset, rule.when.at);
          if (dueAt > now + horizon || dueAt < now - graceOf(rule.late)) return [];
          return recipientsOf(rule, caseFile, activity, input).map((recipientId) => ({
            site,
            rule: rule.name,
            caseId: caseFile.id,
            activityId: activity.id,
            recipientId,
            dueAt,
            channel: channelOf(rule),
          }));
        }),
    );
}

/** Why an occurrence no longer holds: fixed phrases that are stored and shown. */
type GoneReason =
  | 'the rule is gone'
  | 'the rule does not apply to this case'
  | 'the case is gone'
  | 'the case is trashed'
  | 'the case is closed'
  | 'a condition is not met'
  | 'the activity is gone'
  | 'the activity is trashed'
  | 'the activity changed its status'
  | 'the activity is of another type'
  | 'the activity was written by a rule'
  | 'the due moment moved'
  | 'the recipient changed';

export type Verdict =
  | { readonly kind: 'holds'; readonly rule: Rule; readonly caseFile: CaseFile; readonly activity: Activity }
  | { readonly kind: 'gone'; readonly reason: GoneReason };

/**
 * Whether an occurrence still holds for the case as it is now, and if not, why. The same questions as in
 * `planOccurrences`, so what it planned holds as long as nothing changed.
 *
 * @param caseFile null when the site no longer has the case.
 */
export function explainOccurrence(
  key: OccurrenceKey,
  caseFile: CaseFile | null,
  context: RuleContext,
): Verdict {
  const gone = (reason: GoneReason): Verdict => ({ kind: 'gone', reason });
  const rule = context.rules.find(({ name }) => name === key.rule);
  if (rule === undefined || channelOf(rule) !== key.channel) return gone('the rule is gone');
  if (caseFile === null) return gone('the case is gone');
  const silent = whyRuleIsSilent(rule, caseFile, key.site);
  if (silent !== null) return gone(silent);
  const activity = caseFile.activities.find(({ id }) => id === key.activityId);
  if (activity === undefined) return gone('the activity is gone');
  const ignored = whyActivityIsIgnored(rule, activity);
  if (ignored !== null) return gone(ignored);
  const dueAt = context.zone.shift(activity.dateTime, rule.when.offset, rule.when.at);
  if (dueAt !== key.dueAt) return gone('the due moment moved');
  if (!recipientsOf(rule, caseFile, activity, context).includes(key.recipientId))
    return gone('the recipient changed');
  return { kind: 'holds', rule, caseFile, activity };
}

function channelOf(rule: Rule): OccurrenceKey['channel'] {
  return rule.action.kind === 'create-activity' ? 'activity' : 'email';
}

/** The follow-up has no recipient in its key: who is assigned is settled when it is written. */
function recipientsOf(
  rule: Rule,
  caseFile: CaseFile,
  activity: Activity,
  { zone, now }: Pick<RuleContext, 'zone' | 'now'>,
): readonly number[] {
  if (rule.action.kind === 'create-activity') return [0];
  return choosePeople(rule.action.to, caseFile, activity, zone.toLocal(now).slice(0, 10));
}

function whyRuleIsSilent(rule: Rule, caseFile: CaseFile, site: string): GoneReason | null {
  if (caseFile.isDeleted) return 'the case is trashed';
  if (caseFile.statusGrouping === 'Closed') return 'the case is closed';
  // A mirrored copy carries an origin key. Without `sites` it is followed up where the case was opened, once.
  const here = rule.sites === null ? caseFile.originKey === null : rule.sites.includes(site);
  if (!here || rule.caseTypes?.includes(caseFile.caseType) === false)
    return 'the rule does not apply to this case';
  return rule.conditions.every((condition) => isMet(condition, caseFile)) ? null : 'a condition is not met';
}

function whyActivityIsIgnored({ when, action }: Rule, activity: Activity): GoneReason | null {
  if (activity.isDeleted) return 'the activity is trashed';
  if (when.activityType !== '*' && when.activityType !== activity.type)
    return 'the activity is of another type';
  if (when.status !== 'any' && when.status !== activity.statusClass) return 'the activity changed its status';
  return isEcho(action.kind, activity) ? 'the activity was written by a rule' : null;
}

/**
 * Rules would feed on what rules wrote. So the record of a mail triggers nothing, and a follow-up triggers mails
 * but no further follow-up, by whatever rule: two rules could otherwise drive each other for ever.
 */
function isEcho(action: Rule['action']['kind'], activity: Activity): boolean {
  const channel = writtenThrough(activity.originKey);
  return channel === 'email' || (channel === 'activity' && action === 'create-activity');
}

function isMet(condition: Condition, caseFile: CaseFile): boolean {
  const ofType = (type: string) =>
    caseFile.activities.filter((activity) => !activity.isDeleted && activity.type === type);
  switch (condition.kind) {
    case 'none-completed':
      return ofType(condition.activityType).every(({ statusClass }) => statusClass !== 'completed');
    case 'none-exists':
      return ofType(condition.activityType).length === 0;
    case 'case-status':
      return caseFile.status !== null && condition.names.includes(caseFile.status);
    default:
      return condition satisfies never;
  }
}

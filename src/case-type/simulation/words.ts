import type { RelationshipTypeNames } from '../roles.ts';
import { SEED_RELATIONSHIP_TYPES } from '../seed-names.ts';
import type { AssigneeRule, DateReason } from './timeline.ts';

const LOOKUPS = { 'first-created': 'first created', newest: 'the newest', oldest: 'the oldest' } as const;

/** Where a date comes from, as people say it: `3 days after Phone Call, first created`. */
export function describeDateReason(reason: DateReason): string {
  switch (reason.kind) {
    case 'case-start':
      return reason.offsetDays === 0
        ? 'the day on which the case starts'
        : daysFrom(reason.offsetDays, 'the start of the case');
    case 'reference':
      return `${daysFrom(reason.offsetDays, reason.activityType)}, ${LOOKUPS[reason.lookup]}`;
    case 'reference-missing':
      return `${daysFrom(reason.offsetDays, 'the start of the case')}, as there is no ${reason.activityType} yet`;
    case 'sequence':
      return reason.after === null
        ? 'first of the sequence, when the case is opened'
        : `next of the sequence, when ${reason.after} is completed`;
    default:
      return reason satisfies never;
  }
}

function daysFrom(days: number, base: string): string {
  if (days === 0) return `the day of ${base}`;
  const count = Math.abs(days);
  return `${String(count)} ${count === 1 ? 'day' : 'days'} ${days > 0 ? 'after' : 'before'} ${base}`;
}

/**
 * Who is assigned, as people say it: `the holder of Case Coordinator`.
 * @param relationshipTypes those of the site whose ids the case type uses; default: those of a fresh CiviCRM
 */
export function describeAssignee(
  rule: AssigneeRule,
  relationshipTypes: readonly RelationshipTypeNames[] = SEED_RELATIONSHIP_TYPES,
): string {
  switch (rule.kind) {
    case 'nobody':
      return 'nobody';
    case 'creator':
      return 'whoever opens the case';
    case 'contact':
      return `contact ${rule.contactId}`;
    case 'relationship': {
      const type = relationshipTypes.find(({ id }) => id === rule.relationshipTypeId);
      if (type === undefined)
        return `the holder of the role of relationship type ${String(rule.relationshipTypeId)}`;
      return `the holder of ${rule.assigneeSide === 'a' ? type.nameAB : type.nameBA}`;
    }
    default:
      return rule satisfies never;
  }
}

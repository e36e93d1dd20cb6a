import { canonicalJson } from '../base/json.ts';
import type { JsonValue } from '../base/json.ts';
import type { Activity, CaseFile, CaseRoleAssignment, Contact } from '../case/case-file.ts';
import type { Fields, IdLink } from './ports.ts';

/** Turns a contact of the file's site into the target's contact id; null when it has none there. */
export type ContactMap = (contactId: number) => number | null;

export const sameContact: ContactMap = (contactId) => contactId;

/** The case's own columns. `withTime`: both sites keep a time of day with the start date. */
export function caseFields(file: CaseFile, withTime: boolean): Fields {
  return {
    subject: file.subject,
    startDate: withTime ? `${file.startDate} ${file.startTime ?? '00:00:00'}` : file.startDate,
    endDate: file.endDate,
    ...(file.status === null ? {} : { status: file.status }),
    details: file.details,
    isDeleted: file.isDeleted,
  };
}

/** Contacts that the target lacks are left out of the lists; see `missingPeople`. */
export function activityFields(activity: Activity, map: ContactMap): Fields {
  return {
    type: activity.type,
    ...(activity.status === null ? {} : { status: activity.status }),
    subject: activity.subject,
    details: activity.details,
    dateTime: activity.dateTime,
    duration: activity.durationMinutes,
    location: activity.location,
    medium: activity.medium,
    priority: activity.priority,
    isAuto: activity.isAuto,
    isDeleted: activity.isDeleted,
    source: activity.sourceContactId === null ? null : map(activity.sourceContactId),
    targets: mapped(activity.targetContactIds, map),
    assignees: mapped(activity.assigneeContactIds, map),
  };
}

export function roleFields(role: CaseRoleAssignment, map: ContactMap): Fields {
  return {
    type: `${role.nameAB}|${role.nameBA}`,
    a: map(role.contactIdA),
    b: map(role.contactIdB),
    isActive: role.isActive,
    startDate: role.startDate,
    endDate: role.endDate,
  };
}

export function contactFields(contact: Contact): Fields {
  return {
    contactType: contact.contactType,
    firstName: contact.firstName,
    lastName: contact.lastName,
    organizationName: contact.organizationName,
    householdName: contact.householdName,
    externalIdentifier: contact.externalIdentifier,
    email: contact.email,
    doNotEmail: contact.doNotEmail,
    isOptOut: contact.isOptOut,
    isDeceased: contact.isDeceased,
    preferredLanguage: contact.preferredLanguage,
  };
}

export interface FieldConflict {
  readonly field: string;
  readonly sourceValue: JsonValue;
  readonly targetValue: JsonValue;
}

/**
 * Three-way merge: what to write so that `actual` becomes `desired`, and which fields somebody edited on the
 * target. A field whose value is neither the one we left (`kept`), nor the one we were about to write (`sent`, when
 * an earlier run died), nor the desired one, is an edit and stays. A value that the site keeps otherwise than it
 * was sent is not sent again, unless the run that sent it was `interrupted`.
 */
export function mergeFields(
  desired: Fields,
  actual: Fields,
  link: Pick<IdLink, 'sent' | 'kept'> | null,
  interrupted = false,
): { readonly write: Fields; readonly conflicts: readonly FieldConflict[] } {
  const write: Record<string, JsonValue> = {};
  const conflicts: FieldConflict[] = [];
  for (const [field, value] of Object.entries(desired)) {
    const there = actual[field] ?? null;
    if (same(value, there)) continue;
    const kept = link?.kept[field];
    const sent = link?.sent[field];
    if (kept !== undefined && sent !== undefined) {
      if (!interrupted && same(there, kept) && same(value, sent)) continue;
      if (!same(there, kept) && !same(there, sent)) {
        conflicts.push({ field, sourceValue: value, targetValue: there });
        continue;
      }
    }
    write[field] = value;
  }
  return { write, conflicts };
}

export function same(one: JsonValue, other: JsonValue): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function mapped(contactIds: readonly number[], map: ContactMap): number[] {
  const ids = contactIds.flatMap((id) => map(id) ?? []);
  return [...new Set(ids)].sort((one, other) => one - other);
}

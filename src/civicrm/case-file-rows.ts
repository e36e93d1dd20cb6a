import { z } from 'zod';
import type { Activity, ActivityStatusClass, CaseRoleAssignment, Contact } from '../case/case-file.ts';
import { originField } from '../case/origin-key.ts';
import type { OptionValue } from './client.ts';

const text = z.string().nullable();

// A field that the site lacks (no bridge field yet) is silently left out of the answer.
const originKey = z.string().nullish();

export const caseRow = z.object({
  id: z.number(),
  'case_type_id.name': z.string(),
  subject: text,
  /** `YYYY-MM-DD` before 6.x, `YYYY-MM-DD HH:MM:SS` since. */
  start_date: z.string(),
  end_date: text,
  'status_id:name': text,
  details: text,
  is_deleted: z.boolean(),
  created_date: text,
  modified_date: text,
  [originField('Case')]: originKey,
});

export const clientRow = z.object({ id: z.number(), case_id: z.number(), contact_id: z.number() });
export const filingRow = z.object({ id: z.number(), case_id: z.number(), activity_id: z.number() });

export const roleRow = z.object({
  id: z.number(),
  case_id: z.number(),
  'relationship_type_id.name_a_b': z.string(),
  'relationship_type_id.name_b_a': z.string(),
  contact_id_a: z.number(),
  contact_id_b: z.number(),
  is_active: z.boolean(),
  start_date: text,
  end_date: text,
});

export const activityRow = z.object({
  id: z.number(),
  'activity_type_id:name': text,
  'status_id:name': text,
  'medium_id:name': text,
  'priority_id:name': text,
  subject: text,
  details: text,
  activity_date_time: z.string(),
  duration: z.number().nullable(),
  location: text,
  is_auto: z.boolean(),
  is_deleted: z.boolean(),
  modified_date: text,
  [originField('Activity')]: originKey,
});

export const activityContactRow = z.object({
  id: z.number(),
  activity_id: z.number(),
  contact_id: z.number(),
  'record_type_id:name': text,
});

export const contactRow = z.object({
  id: z.number(),
  contact_type: z.string(),
  display_name: text,
  first_name: text.optional(),
  last_name: text.optional(),
  organization_name: text.optional(),
  household_name: text.optional(),
  external_identifier: text,
  do_not_email: z.boolean(),
  is_opt_out: z.boolean(),
  is_deceased: z.boolean(),
  is_deleted: z.boolean(),
  preferred_language: text,
});

export const emailRow = z.object({
  id: z.number(),
  contact_id: z.number(),
  email: text,
  on_hold: z.union([z.number(), z.boolean()]),
});

export type CaseRow = z.infer<typeof caseRow>;
export type RoleRow = z.infer<typeof roleRow>;
export type ActivityRow = z.infer<typeof activityRow>;
export type ActivityContactRow = z.infer<typeof activityContactRow>;
export type ContactRow = z.infer<typeof contactRow>;
export type EmailRow = z.infer<typeof emailRow>;

/** Columns to `select`: those that the schema reads. */
export function columns(schema: z.ZodObject): readonly string[] {
  return Object.keys(schema.shape);
}

const STATUS_CLASSES: readonly ActivityStatusClass[] = ['incomplete', 'completed', 'cancelled'];

/** `people` are the rows of this activity, in order of their ids. */
export function toActivity(
  row: ActivityRow,
  people: readonly ActivityContactRow[],
  statuses: readonly OptionValue[],
): Activity {
  const name = row['status_id:name'];
  const filter = statuses.find((status) => status.name === name)?.filter ?? 0;
  const withRecordType = (type: string) =>
    people.filter((person) => person['record_type_id:name'] === type).map((person) => person.contact_id);
  return {
    id: row.id,
    // A type whose option is gone has no name; the empty one is known to no site.
    type: row['activity_type_id:name'] ?? '',
    status: name,
    statusClass: STATUS_CLASSES[filter] ?? 'incomplete',
    subject: row.subject,
    details: row.details,
    dateTime: row.activity_date_time,
    durationMinutes: row.duration,
    location: row.location,
    medium: row['medium_id:name'],
    priority: row['priority_id:name'],
    isAuto: row.is_auto,
    isDeleted: row.is_deleted,
    sourceContactId: withRecordType('Activity Source')[0] ?? null,
    targetContactIds: withRecordType('Activity Targets'),
    assigneeContactIds: withRecordType('Activity Assignees'),
    modifiedDate: row.modified_date ?? '',
    originKey: keyOf(row[originField('Activity')]),
  };
}

export function toRole(row: RoleRow): CaseRoleAssignment {
  return {
    relationshipId: row.id,
    nameAB: row['relationship_type_id.name_a_b'],
    nameBA: row['relationship_type_id.name_b_a'],
    contactIdA: row.contact_id_a,
    contactIdB: row.contact_id_b,
    isActive: row.is_active,
    startDate: row.start_date,
    endDate: row.end_date,
  };
}

export function toContact(row: ContactRow, email: EmailRow | undefined): Contact {
  return {
    id: row.id,
    contactType: row.contact_type,
    displayName: row.display_name ?? '',
    firstName: row.first_name ?? null,
    lastName: row.last_name ?? null,
    organizationName: row.organization_name ?? null,
    householdName: row.household_name ?? null,
    externalIdentifier: row.external_identifier,
    email: email?.email ?? null,
    emailOnHold: Number(email?.on_hold ?? 0) !== 0,
    doNotEmail: row.do_not_email,
    isOptOut: row.is_opt_out,
    isDeceased: row.is_deceased,
    isDeleted: row.is_deleted,
    preferredLanguage: row.preferred_language,
  };
}

/** An empty custom field reads as null or as an empty text. */
export function keyOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { originField } from '../case/origin-key.ts';
import type { Fields, MirrorWrite } from '../mirror/ports.ts';
import type { ApiCall, SiteClient } from './client.ts';

const CASE_COLUMNS: Readonly<Record<string, string>> = {
  subject: 'subject',
  startDate: 'start_date',
  endDate: 'end_date',
  status: 'status_id:name',
  details: 'details',
  isDeleted: 'is_deleted',
};

const ACTIVITY_COLUMNS: Readonly<Record<string, string>> = {
  type: 'activity_type_id:name',
  status: 'status_id:name',
  subject: 'subject',
  details: 'details',
  dateTime: 'activity_date_time',
  duration: 'duration',
  location: 'location',
  medium: 'medium_id:name',
  priority: 'priority_id:name',
  isAuto: 'is_auto',
  isDeleted: 'is_deleted',
};

const ACTIVITY_PEOPLE: Readonly<Record<string, string>> = {
  source: 'source_contact_id',
  targets: 'target_contact_id',
  assignees: 'assignee_contact_id',
};

const ROLE_COLUMNS: Readonly<Record<string, string>> = {
  a: 'contact_id_a',
  b: 'contact_id_b',
  isActive: 'is_active',
  startDate: 'start_date',
  endDate: 'end_date',
};

const CONTACT_COLUMNS: Readonly<Record<string, string>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  organizationName: 'organization_name',
  householdName: 'household_name',
  externalIdentifier: 'external_identifier',
  doNotEmail: 'do_not_email',
  isOptOut: 'is_opt_out',
  isDeceased: 'is_deceased',
  preferredLanguage: 'preferred_language',
};

const CASE_NAMES: Readonly<Record<string, string>> = { status: 'case_status' };
const ACTIVITY_NAMES: Readonly<Record<string, string>> = {
  type: 'activity_type',
  status: 'activity_status',
  medium: 'encounter_medium',
  priority: 'priority',
};
const NAMES: Partial<Record<MirrorWrite['kind'], Readonly<Record<string, string>>>> = {
  'create-case': CASE_NAMES,
  'update-case': CASE_NAMES,
  'create-activity': ACTIVITY_NAMES,
  'update-activity': ACTIVITY_NAMES,
};

/**
 * Why a write must not be sent: CiviCRM would store 0 or NULL for a name that it does not know, "Completed" for a
 * missing activity status, and open a case without a client, all without an error.
 */
export async function refusalOf(
  { siteName, options }: Pick<SiteClient, 'siteName' | 'options'>,
  write: MirrorWrite,
): Promise<AppError | null> {
  const refuse = (what: string) =>
    new AppError('invalid-input', `${what} Nothing was written.`, {
      details: { site: siteName, write: write.kind },
    });
  if (write.kind === 'create-case' && write.clientIds.length === 0) return refuse('A case needs a client.');
  const groups = NAMES[write.kind];
  if (groups === undefined || !('fields' in write)) return null;
  for (const [field, group] of Object.entries(groups)) {
    const name = write.fields[field];
    if (typeof name !== 'string') continue;
    const known = await options(group);
    if (!known.some((option) => option.name === name))
      return refuse(`"${siteName}" has no option named "${name}" in ${group}.`);
  }
  return null;
}

/** The calls of one write, in order. Each may be sent again after a lost answer. */
export function callsOf(write: MirrorWrite): readonly ApiCall[] {
  switch (write.kind) {
    case 'create-contact': {
      const type = { contact_type: write.fields['contactType'] ?? 'Individual' };
      return [saveByKey('Contact', write.key, { ...type, ...columnsOf(write.fields, CONTACT_COLUMNS) })];
    }
    case 'update-contact': {
      const values = columnsOf(write.fields, CONTACT_COLUMNS);
      return [
        ...updateAny('Contact', write.id, values),
        ...('email' in write.fields ? [emailCall(write.id, write.fields['email'] ?? null)] : []),
      ];
    }
    case 'create-case':
      return [
        saveByKey('Case', write.key, {
          'case_type_id.name': write.caseType,
          contact_id: write.clientIds,
          ...(write.creatorId === null ? {} : { creator_id: write.creatorId }),
          ...columnsOf(write.fields, CASE_COLUMNS),
        }),
      ];
    case 'update-case':
      return updateAny('Case', write.id, columnsOf(write.fields, CASE_COLUMNS));
    case 'add-client':
      return [link('CaseContact', { case_id: write.caseId, contact_id: write.contactId })];
    case 'remove-client':
      return [unlink('CaseContact', { case_id: write.caseId, contact_id: write.contactId })];
    case 'create-role': {
      const values = {
        case_id: write.caseId,
        relationship_type_id: write.typeId,
        ...columnsOf(write.fields, ROLE_COLUMNS),
      };
      return [link('Relationship', values)];
    }
    case 'update-role':
      return updateAny('Relationship', write.id, columnsOf(write.fields, ROLE_COLUMNS));
    case 'delete-role':
      return [unlink('Relationship', { id: write.id })];
    case 'create-activity': {
      // Not trashed yet: `match` does not find trashed rows, and a repeated save would make a second one.
      const { is_deleted: _later, ...values } = columnsOf(write.fields, ACTIVITY_COLUMNS);
      const people = Object.entries(columnsOf(write.fields, ACTIVITY_PEOPLE)).filter(
        ([, value]) => !(Array.isArray(value) && value.length === 0),
      );
      const record = { ...values, ...Object.fromEntries(people), case_id: write.caseId };
      return [saveByKey('Activity', write.key, record)];
    }
    case 'update-activity': {
      const values: Record<string, JsonValue> = { ...columnsOf(write.fields, ACTIVITY_COLUMNS) };
      if (write.key !== undefined) values[originField('Activity')] = write.key;
      // CiviCRM files an activity anew by a case token in its subject unless told where it belongs.
      const subject = values['subject'];
      if (typeof subject === 'string' && subject.includes('[case #')) values['case_id'] = write.caseId;
      // One list per call: core mixes them up when an empty one follows an unchanged one.
      const lists = Object.entries(columnsOf(write.fields, ACTIVITY_PEOPLE)).map(([column, value]) =>
        update('Activity', write.id, { [column]: value }),
      );
      return [...updateAny('Activity', write.id, values), ...lists];
    }
    case 'file-activity':
      return [link('CaseActivity', { case_id: write.caseId, activity_id: write.activityId })];
    case 'unfile-activity':
      return [unlink('CaseActivity', { case_id: write.caseId, activity_id: write.activityId })];
    default:
      return write satisfies never;
  }
}

function columnsOf(fields: Fields, columns: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const column = columns[field];
      if (column === undefined) return [];
      // Clearing goes by the column itself.
      return [[value === null ? column.replace(':name', '') : column, value] as const];
    }),
  );
}

function saveByKey(entity: 'Case' | 'Activity' | 'Contact', key: string, values: JsonObject): ApiCall {
  const field = originField(entity);
  return { entity, action: 'save', params: { records: [{ ...values, [field]: key }], match: [field] } };
}

/** A row that is its own key: saved again, it stays one. */
function link(entity: string, values: JsonObject): ApiCall {
  return { entity, action: 'save', params: { records: [values], match: Object.keys(values) } };
}

function unlink(entity: string, values: JsonObject): ApiCall {
  const where = Object.entries(values).map(([field, value]) => [field, '=', value] as const);
  return { entity, action: 'delete', params: { where } };
}

function update(entity: string, id: number, values: JsonObject): ApiCall {
  return { entity, action: 'update', params: { where: [['id', '=', id]], values } };
}

/** An update without values is an error on the site. */
function updateAny(entity: string, id: number, values: JsonObject): readonly ApiCall[] {
  return Object.keys(values).length === 0 ? [] : [update(entity, id, values)];
}

function emailCall(contactId: number, email: JsonValue): ApiCall {
  if (email === null) return unlink('Email', { contact_id: contactId, is_primary: true });
  const record = { contact_id: contactId, email, is_primary: true };
  return {
    entity: 'Email',
    action: 'save',
    params: { records: [record], match: ['contact_id', 'is_primary'] },
  };
}

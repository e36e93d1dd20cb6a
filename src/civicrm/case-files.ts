import { z } from 'zod';
import type { CaseFile, Contact } from '../case/case-file.ts';
import { originField } from '../case/origin-key.ts';
import type { ApiCall, ApiParams, OptionValue, SiteClient, WhereClause } from './client.ts';
import {
  activityContactRow,
  activityRow,
  caseRow,
  clientRow,
  columns,
  contactRow,
  emailRow,
  filingRow,
  keyOf,
  roleRow,
  toActivity,
  toContact,
  toRole,
} from './case-file-rows.ts';
import { checkRows } from './rows.ts';
import type { ActivityContactRow, ActivityRow, CaseRow, EmailRow, RoleRow } from './case-file-rows.ts';

const CASES_PER_READ = 100;
const IDS_PER_CALL = 1000;

// Case, Activity and Contact `get` hide trashed rows unless `is_deleted` is in `where`.
const TRASHED_TOO: WhereClause = ['is_deleted', 'IN', [false, true]];

/**
 * Whole cases: clients (first is the primary one), roles, activities (trashed ones too, in order of id) with all
 * three contact lists, and every contact mentioned with the primary e-mail. Three requests per hundred cases.
 * An activity filed on two of the cases is in both files. Ids that the site does not show are left out.
 */
export async function readCaseFiles(
  client: SiteClient,
  caseIds: readonly number[],
): Promise<readonly CaseFile[]> {
  const files: CaseFile[] = [];
  for (const chunk of chunks([...new Set(caseIds)], CASES_PER_READ)) {
    files.push(...(await readChunk(client, chunk)));
  }
  return files;
}

/** Ids of the live cases of these types, ascending; `openOnly` keeps those whose status is in the group Opened. */
export async function listCaseIds(
  client: SiteClient,
  query: { readonly caseTypes: readonly string[]; readonly openOnly?: boolean },
): Promise<readonly number[]> {
  // CiviCRM makes a comparison with false of an empty IN list.
  if (query.caseTypes.length === 0) return [];
  const where: WhereClause[] = [['case_type_id.name', 'IN', query.caseTypes]];
  if (query.openOnly === true) {
    const opened = (await client.options('case_status')).filter((status) => status.grouping === 'Opened');
    if (opened.length === 0) return [];
    where.push(['status_id:name', 'IN', opened.map((status) => status.name)]);
  }
  const ids: number[] = [];
  for await (const page of client.pages('Case', { select: ['id'], where }, z.object({ id: z.number() }))) {
    ids.push(...page.map((row) => row.id));
  }
  return ids;
}

async function readChunk(client: SiteClient, caseIds: readonly number[]): Promise<readonly CaseFile[]> {
  const [cases, clients, roles, filings] = await readTogether(client, [
    reading('Case', caseRow, 'id', caseIds, [TRASHED_TOO]),
    reading('CaseContact', clientRow, 'case_id', caseIds),
    reading('Relationship', roleRow, 'case_id', caseIds),
    reading('CaseActivity', filingRow, 'case_id', caseIds),
  ]);
  const activityIds = distinct(filings.map((filing) => filing.activity_id));
  const [activities, people] = await readTogether(client, [
    reading('Activity', activityRow, 'id', activityIds, [TRASHED_TOO]),
    reading('ActivityContact', activityContactRow, 'activity_id', activityIds),
  ]);
  const contactIds = distinct([
    ...clients.map((row) => row.contact_id),
    ...roles.flatMap((row) => [row.contact_id_a, row.contact_id_b]),
    ...people.map((row) => row.contact_id),
  ]);
  const contacts = await readContacts(client, contactIds);
  const statuses = {
    ofCases: await client.options('case_status'),
    ofActivities: await client.options('activity_status'),
  };
  const peopleOf = group(people, (row) => row.activity_id);
  const activityById = new Map(activities.map((row) => [row.id, row]));
  const clientsOf = group(clients, (row) => row.case_id);
  const rolesOf = group(roles, (row) => row.case_id);
  const filingsOf = group(filings, (row) => row.case_id);
  return cases.map((row) =>
    assemble(
      row,
      {
        clientIds: (clientsOf.get(row.id) ?? []).map((client_) => client_.contact_id),
        roles: rolesOf.get(row.id) ?? [],
        activities: distinct((filingsOf.get(row.id) ?? []).map((filing) => filing.activity_id))
          .sort((one, other) => one - other)
          .flatMap((id) => activityById.get(id) ?? []),
        peopleOf,
        contacts,
      },
      statuses,
    ),
  );
}

interface Parts {
  readonly clientIds: readonly number[];
  readonly roles: readonly RoleRow[];
  readonly activities: readonly ActivityRow[];
  readonly peopleOf: ReadonlyMap<number, readonly ActivityContactRow[]>;
  readonly contacts: ReadonlyMap<number, Contact>;
}

function assemble(
  row: CaseRow,
  parts: Parts,
  statuses: { readonly ofCases: readonly OptionValue[]; readonly ofActivities: readonly OptionValue[] },
): CaseFile {
  const activities = parts.activities.map((activity) =>
    toActivity(activity, parts.peopleOf.get(activity.id) ?? [], statuses.ofActivities),
  );
  const mentioned = distinct([
    ...parts.clientIds,
    ...parts.roles.flatMap((role) => [role.contact_id_a, role.contact_id_b]),
    ...activities.flatMap((activity) => [
      ...(activity.sourceContactId === null ? [] : [activity.sourceContactId]),
      ...activity.targetContactIds,
      ...activity.assigneeContactIds,
    ]),
  ]);
  const status = statuses.ofCases.find((option) => option.name === row['status_id:name']);
  const startTime = row.start_date.slice(11);
  return {
    id: row.id,
    caseType: row['case_type_id.name'],
    subject: row.subject,
    startDate: row.start_date.slice(0, 10),
    ...(startTime === '' ? {} : { startTime }),
    endDate: row.end_date?.slice(0, 10) ?? null,
    status: row['status_id:name'],
    statusGrouping: status?.grouping === 'Closed' ? 'Closed' : 'Opened',
    details: row.details,
    isDeleted: row.is_deleted,
    createdDate: row.created_date,
    modifiedDate: row.modified_date,
    originKey: keyOf(row[originField('Case')]),
    clientIds: parts.clientIds,
    roles: parts.roles.map(toRole),
    activities,
    contacts: new Map(
      mentioned.flatMap((id) => {
        const contact = parts.contacts.get(id);
        return contact === undefined ? [] : [[id, contact] as const];
      }),
    ),
  };
}

/** Contacts by id, trashed ones too, with the primary e-mail: one request per thousand. */
export async function readContacts(
  client: SiteClient,
  contactIds: readonly number[],
): Promise<ReadonlyMap<number, Contact>> {
  const [contacts, emails] = await readTogether(client, [
    reading('Contact', contactRow, 'id', contactIds, [TRASHED_TOO]),
    reading('Email', emailRow, 'contact_id', contactIds, [['is_primary', '=', true]]),
  ]);
  const emailOf = new Map<number, EmailRow>(emails.map((email) => [email.contact_id, email]));
  return new Map(contacts.map((row) => [row.id, toContact(row, emailOf.get(row.id))]));
}

interface Reading<Row> {
  readonly calls: readonly ApiCall[];
  readonly schema: z.ZodType<Row>;
}

function reading<Shape extends z.ZodRawShape>(
  entity: string,
  schema: z.ZodObject<Shape>,
  key: string,
  ids: readonly number[],
  where: readonly WhereClause[] = [],
): Reading<z.infer<z.ZodObject<Shape>>> {
  const calls = chunks(ids, IDS_PER_CALL).map((chunk): ApiCall => {
    const params: ApiParams = {
      select: columns(schema),
      where: [[key, 'IN', chunk], ...where],
      orderBy: { id: 'ASC' },
    };
    return { entity, action: 'get', params };
  });
  return { calls, schema };
}

/** Several readings in one request; the first refusal is thrown, for half a case is worse than none. */
async function readTogether<Rows extends readonly unknown[]>(
  client: SiteClient,
  readings: { readonly [Index in keyof Rows]: Reading<Rows[Index]> },
): Promise<{ [Index in keyof Rows]: Rows[Index][] }> {
  const calls = readings.flatMap((one) => one.calls);
  const results = calls.length === 0 ? [] : await client.batch(calls, { repeatable: true });
  let next = 0;
  const read = readings.map((one) => {
    const mine = results.slice(next, next + one.calls.length);
    next += one.calls.length;
    return mine.flatMap((result, index) => {
      if (result.kind === 'failed') throw result.error;
      const entity = one.calls[index]?.entity ?? '';
      return checkRows(client.siteName, `${entity}.get`, result.value.values, one.schema);
    });
  });
  return read as { [Index in keyof Rows]: Rows[Index][] };
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const result: Item[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}

function distinct(ids: readonly number[]): number[] {
  return [...new Set(ids)];
}

function group<Row>(rows: readonly Row[], key: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const existing = groups.get(key(row));
    if (existing === undefined) groups.set(key(row), [row]);
    else existing.push(row);
  }
  return groups;
}

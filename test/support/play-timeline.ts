import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { postTogether, type Played, type PlayedSite } from './play-theme.ts';

type Row = Readonly<Record<string, unknown>>;

interface TimelineRecording {
  /** What `CaseType.create` was sent. */
  readonly request: Row;
  /** What opening a case on a start date created. Contact 3 is the client, contact 2 the creator. */
  readonly open: readonly {
    readonly start_date: string;
    readonly case: { readonly subject: string };
    readonly activities: readonly Row[];
    readonly roles: readonly Row[];
  }[];
}

const ACTIVITY_FIELDS = [
  'activity_type_id:name',
  'status_id:name',
  'activity_date_time',
  'subject',
  'is_auto',
  'weight',
  'priority_id:name',
  'medium_id:name',
  'source_contact_id',
  'target_contact_id',
  'assignee_contact_id',
];
const ROLE_FIELDS = ['relationship_type_id.name_a_b', 'contact_id_a', 'contact_id_b', 'is_active'];
const RECORDED_DAYS = ['2026-11-22'];

/** A step made by a sequence carries the moment at which its case was opened. */
const shownOf =
  (fields: readonly string[], days: readonly string[]) =>
  (row: Row): unknown =>
    fields.map((name) => {
      const value = row[name];
      if (typeof value === 'string' && days.includes(value.slice(0, 10))) return 'now';
      return Array.isArray(value) ? value.map(Number) : value;
    });

/** Makes records and answers their ids. */
async function create(site: PlayedSite, entity: string, records: readonly Row[]): Promise<readonly number[]> {
  const calls = records.map((values) => ({ entity, action: 'create', params: { values } }));
  return (await postTogether(site, calls)).map(({ values, error_message: refusal }) => {
    const [row] = (values ?? []) as readonly Row[];
    if (row === undefined) throw new Error(`${entity}.create answered: ${refusal ?? 'nothing'}`);
    return Number(row['id']);
  });
}

/** The activities and the roles of each case, in the order in which they were made. */
async function read(site: PlayedSite, caseIds: readonly number[]) {
  const calls = caseIds.flatMap((caseId) =>
    [
      { entity: 'Activity', select: ACTIVITY_FIELDS },
      { entity: 'Relationship', select: ROLE_FIELDS },
    ].map(({ entity, select }) => ({
      entity,
      action: 'get',
      params: { select, where: [['case_id', '=', caseId]], orderBy: { id: 'ASC' } },
    })),
  );
  const rows = (await postTogether(site, calls)).map(({ values }) => values as readonly Row[]);
  return caseIds.map((_id, index) => ({
    activities: rows[2 * index] ?? [],
    roles: rows[2 * index + 1] ?? [],
  }));
}

/** Makes a recorded case type, opens its cases, and answers those that came out otherwise than recorded. */
export async function playTimeline(site: PlayedSite, file: string | URL): Promise<readonly Played[]> {
  const recording = JSON.parse(readFileSync(file, 'utf8')) as TimelineRecording;
  const [caseTypeId = 0] = await create(site, 'CaseType', [recording.request]);
  const cases = recording.open.map((opened) => ({
    case_type_id: caseTypeId,
    contact_id: 3,
    creator_id: 2,
    subject: opened.case.subject,
    start_date: opened.start_date,
  }));
  const made = await read(site, await create(site, 'Case', cases));
  return recording.open.flatMap((opened, index) => {
    const wanted = {
      activities: opened.activities.map(shownOf(ACTIVITY_FIELDS, RECORDED_DAYS)),
      roles: opened.roles.map(shownOf(ROLE_FIELDS, RECORDED_DAYS)),
    };
    const got = {
      activities: made[index]?.activities.map(shownOf(ACTIVITY_FIELDS, site.days)),
      roles: made[index]?.roles.map(shownOf(ROLE_FIELDS, site.days)),
    };
    const title = `case opened on ${opened.start_date}`;
    return isDeepStrictEqual(wanted, got) ? [] : [{ title, wanted, got }];
  });
}

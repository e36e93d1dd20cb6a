import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { silentLogger, type Logger } from '../base/logger.ts';
import type { CaseFile } from '../case/case-file.ts';
import { occurrenceKey, originField } from '../case/origin-key.ts';
import type { MailRecord, ReminderSite } from '../reminder/ports.ts';
import { listCaseIds, readCaseFiles } from './case-files.ts';
import type { SiteClient } from './client.ts';
import { ensureOriginFields } from './origin-fields.ts';

const CASES_PER_READ = 100;
const ORIGIN = originField('Activity');
/** Core makes this type for the records of its own scheduled reminders, which it does not file on cases. */
const RECORD_TYPE = 'Reminder Sent';

const recordRow = z.object({
  id: z.number(),
  case_id: z.number().nullable(),
  target_contact_id: z.array(z.number()).nullable(),
  'activity_type_id:name': z.string().nullable(),
  'status_id:name': z.string().nullable(),
});
type RecordRow = z.infer<typeof recordRow>;

const namedRow = z.object({ name: z.string() });
const titledRow = z.object({ title: z.string() });

/** Cases and records of mails on a real site. The custom field for origin keys is made before the first write. */
export function createReminderSite(client: SiteClient, logger: Logger = silentLogger): ReminderSite {
  let isPrepared = false;

  return {
    async *readOpenCases(caseTypes) {
      const types = caseTypes ?? (await listCaseTypes(client));
      const ids = await listCaseIds(client, { caseTypes: types, openOnly: true });
      for (let from = 0; from < ids.length; from += CASES_PER_READ) {
        yield await readCaseFiles(client, ids.slice(from, from + CASES_PER_READ));
      }
    },

    async readCase(caseId): Promise<CaseFile | null> {
      const [caseFile] = await readCaseFiles(client, [caseId]);
      return caseFile ?? null;
    },

    async readLabels(caseFile, activity) {
      const titles = await client.get(
        'CaseType',
        { select: ['title'], where: [['name', '=', caseFile.caseType]], limit: 1 },
        titledRow,
      );
      const types = await client.options('activity_type');
      return {
        caseType: titles[0]?.title ?? caseFile.caseType,
        activityType: types.find(({ name }) => name === activity.type)?.label ?? activity.type,
      };
    },

    async recordMail(record) {
      if (!isPrepared) {
        const { created } = await ensureOriginFields(client);
        if (created.length > 0)
          logger.info({ site: client.siteName, created }, 'Made custom fields for origin keys');
        isPrepared = true;
      }
      const present = await findRecord(client, record.occurrenceId);
      return present?.id ?? (await createRecord(client, record));
    },
  };
}

async function listCaseTypes(client: SiteClient): Promise<readonly string[]> {
  const rows = await client.get('CaseType', { select: ['name'], limit: 0 }, namedRow);
  return rows.map(({ name }) => name);
}

/** Trashed ones too: `match` does not see them, and would make anew a record that somebody threw away. */
async function findRecord(client: SiteClient, occurrenceId: string): Promise<RecordRow | null> {
  const [row] = await client.get(
    'Activity',
    {
      select: ['id', 'case_id', 'target_contact_id', 'activity_type_id:name', 'status_id:name'],
      where: [
        [ORIGIN, '=', occurrenceKey(occurrenceId)],
        ['is_deleted', 'IN', [false, true]],
      ],
      orderBy: { id: 'ASC' },
      limit: 1,
    },
    recordRow,
  );
  return row ?? null;
}

async function createRecord(client: SiteClient, record: MailRecord): Promise<number> {
  await client.call({
    entity: 'Activity',
    action: 'save',
    params: {
      records: [
        {
          [ORIGIN]: occurrenceKey(record.occurrenceId),
          // Always named: without it core files the activity by a case token in its subject.
          case_id: record.caseId,
          activity_type_id: await client.optionValue('activity_type', RECORD_TYPE),
          status_id: await client.optionValue('activity_status', 'Completed'),
          activity_date_time: record.sentAt,
          subject: record.subject,
          details: record.details,
          source_contact_id: 'user_contact_id',
          target_contact_id: [record.recipientId],
        },
      ],
      match: [ORIGIN],
    },
  });
  const row = await findRecord(client, record.occurrenceId);
  const wrong = row === null ? ['id'] : differences(row, record);
  if (row !== null && wrong.length === 0) return row.id;
  throw new AppError(
    'remote-rejected',
    `${client.siteName} accepted the record of a mail on case ${record.caseId} but stored something else in ${wrong.join(', ')}. Look at the activity${row === null ? '' : ` ${row.id}`} there, and at the API user's permissions.`,
    { details: { site: client.siteName, caseId: record.caseId, activityId: row?.id ?? null, fields: wrong } },
  );
}

function differences(row: RecordRow, wanted: MailRecord): readonly string[] {
  return [
    ...(row.case_id === wanted.caseId ? [] : ['case_id']),
    ...(row['activity_type_id:name'] === RECORD_TYPE ? [] : ['activity_type_id']),
    ...(row['status_id:name'] === 'Completed' ? [] : ['status_id']),
    ...(row.target_contact_id?.join() === String(wanted.recipientId) ? [] : ['target_contact_id']),
  ];
}

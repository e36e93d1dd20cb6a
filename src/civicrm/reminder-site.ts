import { z } from 'zod';
import { AppError, toAppError } from '../base/errors.ts';
import { silentLogger, type Logger } from '../base/logger.ts';
import { done, failed, type Result } from '../base/result.ts';
import type { CaseFile } from '../case/case-file.ts';
import { occurrenceKey, originField } from '../case/origin-key.ts';
import type { MailRecord, ReminderSite } from '../reminder/ports.ts';
import { listCaseIds, readCaseFiles } from './case-files.ts';
import type { SiteClient } from './client.ts';
import { gather } from './gather.ts';
import { isWhole, tidiedUp } from './occurrence-activity.ts';
import { ensureOriginFields } from './origin-fields.ts';

const CASES_PER_READ = 100;
const READING = { most: 50, lanes: 1 };
/** Measured against three requests of 10 side by side, which were slower on a site of two cores. */
const WRITING = { most: 30, lanes: 1 };
const ORIGIN = originField('Activity');
/** Core makes this type for the records of its own scheduled reminders, which it does not file on cases. */
const RECORD_TYPE = 'Reminder Sent';

const recordRow = z.object({
  id: z.number(),
  [ORIGIN]: z.string(),
  case_id: z.number().nullable(),
  is_deleted: z.boolean(),
  target_contact_id: z.array(z.number()).nullable(),
  'activity_type_id:name': z.string().nullable(),
  'status_id:name': z.string().nullable(),
});
type RecordRow = z.infer<typeof recordRow>;

const namedRow = z.object({ name: z.string() });
const titledRow = z.object({ name: z.string(), title: z.string() });

/**
 * Cases and records of mails on a real site, which reads and writes for all reminders that are delivered at the same
 * time. The custom field for origin keys is made before the first write.
 */
export function createReminderSite(client: SiteClient, logger: Logger = silentLogger): ReminderSite {
  let prepared: Promise<void> | null = null;
  const prepare = async (): Promise<void> => {
    const { created } = await ensureOriginFields(client);
    if (created.length > 0)
      logger.info({ site: client.siteName, created }, 'Made custom fields for origin keys');
  };

  const readCase = gather(async (caseIds: readonly number[]) => {
    const files = new Map((await readCaseFiles(client, caseIds)).map((file) => [file.id, file]));
    return caseIds.map((id) => done(files.get(id) ?? null));
  }, READING);

  const readTitle = gather(async (names: readonly string[]) => {
    const where = [['name', 'IN', [...new Set(names)]] as const];
    const rows = await client.get('CaseType', { select: ['name', 'title'], where, limit: 0 }, titledRow);
    const titles = new Map(rows.map(({ name, title }) => [name, title]));
    return names.map((name) => done(titles.get(name) ?? name));
  }, READING);

  const recordMail = gather(async (records: readonly MailRecord[]) => {
    prepared ??= prepare();
    await prepared.catch((thrown: unknown) => {
      prepared = null;
      throw thrown;
    });
    const found = await findRecords(client, records);
    // One that is on no case is half made; saving it once more completes it.
    const present = new Map([...found].filter(([, row]) => isWhole(row)));
    const missing = records.filter((record) => !present.has(keyOf(record)));
    const stored = missing.length === 0 ? present : await createRecords(client, missing, logger);
    return records.map((record): Result<number> => {
      const id = present.get(keyOf(record))?.id;
      return id === undefined ? idOf(client.siteName, record, stored.get(keyOf(record))) : done(id);
    });
  }, WRITING);

  return {
    async *readOpenCases(caseTypes) {
      const types = caseTypes ?? (await listCaseTypes(client));
      const ids = await listCaseIds(client, { caseTypes: types, openOnly: true });
      for (let from = 0; from < ids.length; from += CASES_PER_READ) {
        yield await readCaseFiles(client, ids.slice(from, from + CASES_PER_READ));
      }
    },

    readCase: (caseId): Promise<CaseFile | null> => readCase(caseId),

    async readLabels(caseFile, activity) {
      const caseType = await readTitle(caseFile.caseType);
      const types = await client.options('activity_type');
      return {
        caseType,
        activityType: types.find(({ name }) => name === activity.type)?.label ?? activity.type,
      };
    },

    recordMail: (record) => recordMail(record),
  };
}

const keyOf = ({ occurrenceId }: MailRecord): string => occurrenceKey(occurrenceId);

async function listCaseTypes(client: SiteClient): Promise<readonly string[]> {
  const rows = await client.get('CaseType', { select: ['name'], limit: 0 }, namedRow);
  return rows.map(({ name }) => name);
}

/** By origin key. Trashed ones too: `match` does not see them, and would make anew a record that somebody threw away. */
async function findRecords(
  client: SiteClient,
  records: readonly MailRecord[],
): Promise<ReadonlyMap<string, RecordRow>> {
  const rows = await client.get(
    'Activity',
    {
      select: Object.keys(recordRow.shape),
      where: [
        [ORIGIN, 'IN', records.map(keyOf)],
        ['is_deleted', 'IN', [false, true]],
      ],
      orderBy: { id: 'DESC' },
      limit: 0,
    },
    recordRow,
  );
  // The oldest of several comes last and stays.
  return new Map(rows.map((row) => [row[ORIGIN], row]));
}

async function createRecords(
  client: SiteClient,
  records: readonly MailRecord[],
  logger: Logger,
): Promise<ReadonlyMap<string, RecordRow>> {
  const type = await client.optionValue('activity_type', RECORD_TYPE);
  const status = await client.optionValue('activity_status', 'Completed');
  try {
    await client.call({
      entity: 'Activity',
      action: 'save',
      params: {
        records: records.map((record) => ({
          [ORIGIN]: keyOf(record),
          // Always named: without it core files the activity by a case token in its subject.
          case_id: record.caseId,
          activity_type_id: type,
          status_id: status,
          activity_date_time: record.sentAt,
          subject: record.subject,
          details: record.details,
          source_contact_id: 'user_contact_id',
          target_contact_id: [record.recipientId],
        })),
        match: [ORIGIN],
      },
    });
  } catch (thrown) {
    throw await tidiedUp(client, records.map(keyOf), toAppError(thrown), logger);
  }
  return findRecords(client, records);
}

function idOf(site: string, record: MailRecord, row: RecordRow | undefined): Result<number> {
  const wrong = row === undefined ? ['id'] : differences(row, record);
  if (row !== undefined && wrong.length === 0) return done(row.id);
  return failed(
    new AppError(
      'remote-rejected',
      `${site} accepted the record of a mail on case ${record.caseId} but stored something else in ${wrong.join(', ')}. Look at the activity${row === undefined ? '' : ` ${row.id}`} there, and at the API user's permissions.`,
      { details: { site, caseId: record.caseId, activityId: row?.id ?? null, fields: wrong } },
    ),
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

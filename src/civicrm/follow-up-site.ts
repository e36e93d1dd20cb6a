import { z } from 'zod';
import { silentLogger, type Logger } from '../base/logger.ts';
import { originField } from '../case/origin-key.ts';
import type { FollowUp, FollowUpSite } from '../follow-up/ports.ts';
import { listCaseIds, readCaseFiles } from './case-files.ts';
import type { SiteClient } from './client.ts';
import { ensureOriginFields } from './origin-fields.ts';
import { writeAndReadBack } from './write-and-read-back.ts';

const CASES_PER_READ = 100;
const ORIGIN = originField('Activity');

const activityRow = z.object({ id: z.number(), case_id: z.number().nullable(), is_deleted: z.boolean() });
type ActivityRow = z.infer<typeof activityRow>;

/** Cases and follow-ups of a real site. The custom field for origin keys is made before the first write. */
export function createFollowUpSite(client: SiteClient, logger: Logger = silentLogger): FollowUpSite {
  let prepared: Promise<void> | null = null;
  const prepare = async (): Promise<void> => {
    prepared ??= ensureOriginFields(client).then(({ created }) => {
      if (created.length > 0)
        logger.info({ site: client.siteName, created }, 'Made custom fields for origin keys');
    });
    try {
      await prepared;
    } catch (thrown) {
      prepared = null;
      throw thrown;
    }
  };

  return {
    async *readOpenCases(caseTypes) {
      const types = caseTypes ?? (await listCaseTypes(client));
      const ids = await listCaseIds(client, { caseTypes: types, openOnly: true });
      for (let from = 0; from < ids.length; from += CASES_PER_READ)
        yield await readCaseFiles(client, ids.slice(from, from + CASES_PER_READ));
    },
    readCases: (ids) => readCaseFiles(client, ids),
    async writeFollowUp(followUp) {
      await prepare();
      const present = await findByOrigin(client, followUp.originKey);
      // CiviCRM files an activity on its case last, and not in one transaction: one without a case is half made,
      // and saving it once more completes it.
      const isWhole = present !== null && (present.case_id !== null || present.is_deleted);
      return isWhole ? present.id : await saveActivity(client, followUp);
    },
  };
}

async function listCaseTypes(client: SiteClient): Promise<readonly string[]> {
  const rows = await client.get('CaseType', { select: ['name'], limit: 0 }, z.object({ name: z.string() }));
  return rows.map(({ name }) => name);
}

/** Trashed ones too: `match` does not see them, and would make a follow-up anew that somebody threw away. */
async function findByOrigin(client: SiteClient, originKey: string): Promise<ActivityRow | null> {
  const [row] = await client.get(
    'Activity',
    {
      select: ['id', 'case_id', 'is_deleted'],
      where: [
        [ORIGIN, '=', originKey],
        ['is_deleted', 'IN', [false, true]],
      ],
      orderBy: { id: 'ASC' },
      limit: 1,
    },
    activityRow,
  );
  return row ?? null;
}

async function saveActivity(client: SiteClient, followUp: FollowUp): Promise<number> {
  const values = {
    [ORIGIN]: followUp.originKey,
    case_id: followUp.caseId,
    // An unknown name in a write becomes NULL without an error, and a missing status "Completed".
    activity_type_id: await client.optionValue('activity_type', followUp.activityType),
    status_id: await client.optionValue('activity_status', followUp.status),
    activity_date_time: followUp.dateTime,
    subject: followUp.subject,
    details: followUp.details,
    // CiviCRM's word for the contact behind the API key.
    source_contact_id: 'user_contact_id',
    target_contact_id: followUp.targetContactIds,
    assignee_contact_id: followUp.assigneeContactIds,
  };
  const { id } = await writeAndReadBack(
    client,
    { kind: 'save', entity: 'Activity', values, match: [ORIGIN] },
    // Not repeated at once: a call that timed out may still be at work, and the repetition would not see its row.
    { repeatable: false, except: ['source_contact_id'] },
  );
  return id;
}

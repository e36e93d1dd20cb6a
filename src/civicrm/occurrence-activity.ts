import { z } from 'zod';
import { ERROR_TREATMENT, toAppError, type AppError } from '../base/errors.ts';
import { silentLogger, type Logger } from '../base/logger.ts';
import { originField } from '../case/origin-key.ts';
import type { FollowUp } from '../follow-up/ports.ts';
import type { SiteClient } from './client.ts';
import { ensureOriginFields } from './origin-fields.ts';
import { writeAndReadBack } from './write-and-read-back.ts';

const ORIGIN = originField('Activity');

const activityRow = z.object({ id: z.number(), case_id: z.number().nullable(), is_deleted: z.boolean() });
type ActivityRow = z.infer<typeof activityRow>;

interface OccurrenceActivities {
  /** Writes it once, whole or not at all, and answers its id. The custom field for the key is made before the first. */
  write(activity: FollowUp): Promise<number>;
  /** Deletes the activity of that key if it is on no case: the remains of a write that failed. */
  discardHalf(originKey: string): Promise<void>;
}

/**
 * CiviCRM files an activity on its case last, and not in one transaction: an error there (a case that is gone, a
 * disabled case type) leaves the activity behind on no case, where nobody would find it.
 */
export function createOccurrenceActivities(
  client: SiteClient,
  logger: Logger = silentLogger,
): OccurrenceActivities {
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

  const discardHalf = async (originKey: string): Promise<void> => {
    await prepare();
    await discardHalves(client, [originKey]);
  };

  return {
    discardHalf,
    async write(activity) {
      await prepare();
      const [present] = await findByOrigin(client, [activity.originKey]);
      // One that is half made is completed by saving it once more.
      if (present !== undefined && isWhole(present)) return present.id;
      try {
        return await save(client, activity);
      } catch (thrown) {
        throw await tidiedUp(client, [activity.originKey], toAppError(thrown), logger);
      }
    },
  };
}

/**
 * After a refusal: discards what it left, and answers the error to tell. That is the refusal; unless the site did not
 * answer now, for then the next attempt goes on here.
 */
export async function tidiedUp(
  client: SiteClient,
  originKeys: readonly string[],
  refusal: AppError,
  logger: Logger,
): Promise<AppError> {
  if (refusal.kind !== 'remote-rejected') return refusal;
  try {
    await discardHalves(client, originKeys);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (ERROR_TREATMENT[error.kind].retry) return error;
    logger.warn({ site: client.siteName, kind: error.kind }, 'An activity may be left there on no case');
  }
  return refusal;
}

async function discardHalves(client: SiteClient, originKeys: readonly string[]): Promise<void> {
  const found = await findByOrigin(client, originKeys);
  const ids = found.filter((row) => !isWhole(row)).map(({ id }) => id);
  if (ids.length === 0) return;
  await client.call(
    { entity: 'Activity', action: 'delete', params: { where: [['id', 'IN', ids]] } },
    { repeatable: true },
  );
}

/** Whether CiviCRM got as far as filing it; or somebody threw it away since. */
export function isWhole(row: Pick<ActivityRow, 'case_id' | 'is_deleted'>): boolean {
  return row.case_id !== null || row.is_deleted;
}

/** Trashed ones too: `match` does not see them, and would make anew what somebody threw away. */
async function findByOrigin(
  client: SiteClient,
  originKeys: readonly string[],
): Promise<readonly ActivityRow[]> {
  return client.get(
    'Activity',
    {
      select: ['id', 'case_id', 'is_deleted'],
      where: [
        [ORIGIN, 'IN', originKeys],
        ['is_deleted', 'IN', [false, true]],
      ],
      orderBy: { id: 'ASC' },
      limit: 0,
    },
    activityRow,
  );
}

async function save(client: SiteClient, activity: FollowUp): Promise<number> {
  const values = {
    [ORIGIN]: activity.originKey,
    // Always named: without it core files the activity by a case token in its subject.
    case_id: activity.caseId,
    // An unknown name in a write becomes NULL without an error, and a missing status "Completed".
    activity_type_id: await client.optionValue('activity_type', activity.activityType),
    status_id: await client.optionValue('activity_status', activity.status),
    activity_date_time: activity.dateTime,
    subject: activity.subject,
    details: activity.details,
    // CiviCRM's word for the contact behind the API key.
    source_contact_id: 'user_contact_id',
    target_contact_id: activity.targetContactIds,
    assignee_contact_id: activity.assigneeContactIds,
  };
  const { id } = await writeAndReadBack(
    client,
    { kind: 'save', entity: 'Activity', values, match: [ORIGIN] },
    // Not repeated at once: a call that timed out may still be at work, and the repetition would not see its row.
    { repeatable: false, except: ['source_contact_id'] },
  );
  return id;
}

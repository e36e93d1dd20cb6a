import type { ExpressionBuilder, Kysely } from 'kysely';
import type { EpochMillis } from '../base/clock.ts';
import type { MailRecords } from '../reminder/ports.ts';
import type { Database } from './schema.ts';

/**
 * Which sent reminders still lack their record on the case. It lives in their own rows: `lease_until`, which a
 * finished row no longer needs, says until when somebody is at it.
 */
export function createMailRecordRepository(db: Kysely<Database>): MailRecords {
  const open = db
    .updateTable('occurrence')
    .where('state', '=', 'done')
    .where('result_activity_id', 'is', null);
  return {
    async listUnrecorded({ now, limit }) {
      const rows = await db
        .selectFrom('occurrence')
        .select(['id', 'site'])
        .where('channel', '=', 'email')
        .where('state', '=', 'done')
        .where('result_activity_id', 'is', null)
        .where('reason', 'is', null)
        .where(isFree(now))
        .orderBy('finished_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ occurrenceId: row.id, site: row.site }));
    },

    async claimRecord(occurrenceId, { now, until }) {
      const { numUpdatedRows } = await open
        .where('id', '=', occurrenceId)
        .where('channel', '=', 'email')
        .where('reason', 'is', null)
        .where(isFree(now))
        .set({ lease_until: until })
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async settle(occurrenceId, { activityId, reason }) {
      await open
        .where('id', '=', occurrenceId)
        .set({ result_activity_id: activityId, reason, lease_until: null })
        .execute();
    },

    async putOffRecord(occurrenceId, until) {
      await open.where('id', '=', occurrenceId).set({ lease_until: until }).execute();
    },
  };
}

function isFree(now: EpochMillis) {
  return (column: ExpressionBuilder<Database, 'occurrence'>) =>
    column.or([column('lease_until', 'is', null), column('lease_until', '<=', now)]);
}

import type { Kysely, UpdateResult } from 'kysely';
import type { EpochMillis } from '../base/clock.ts';
import { occurrenceId, type Channel, type Occurrence, type OccurrenceKey } from '../case/occurrence.ts';
import { REASON_LOST_WHILE_SENDING, type Hold, type OccurrenceStore } from '../case/occurrence-store.ts';
import type { Database } from './schema.ts';
import type { OccurrenceTable } from './tables/occurrence.ts';

/** SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535; a row needs seventeen. */
const ROWS_PER_STATEMENT = 500;

export function createOccurrenceRepository(db: Kysely<Database>): OccurrenceStore {
  const planned = (query: { readonly channel?: Channel; readonly site?: string }) => {
    let rows = db.selectFrom('occurrence').selectAll().where('state', '=', 'planned');
    if (query.channel !== undefined) rows = rows.where('channel', '=', query.channel);
    if (query.site !== undefined) rows = rows.where('site', '=', query.site);
    return rows;
  };
  const held = (hold: Hold) =>
    db
      .updateTable('occurrence')
      .where('id', '=', hold.id)
      .where('attempts', '=', hold.attempts)
      .where('state', 'in', ['claimed', 'sending']);

  return {
    async insertPlanned(keys, now) {
      const ids: string[] = [];
      for (const part of parts(newRows(keys, now))) {
        const inserted = await db
          .insertInto('occurrence')
          .values(part)
          // Without a target: PostgreSQL lets a racing planner fail on the unique index that was not named.
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .execute();
        const revived = await db
          .updateTable('occurrence')
          .set((column) => ({
            state: 'planned',
            reason: null,
            finished_at: null,
            planned_at: now,
            wake_at: column.ref('due_at'),
          }))
          .where('state', '=', 'cancelled')
          .where(
            'id',
            'in',
            part.map((row) => row.id),
          )
          .returning('id')
          .execute();
        ids.push(...inserted.map((row) => row.id), ...revived.map((row) => row.id));
      }
      return ids;
    },

    async find(id) {
      const row = await db.selectFrom('occurrence').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toOccurrence(row);
    },

    async listDue(query) {
      const rows = planned(query).where('wake_at', '<=', query.now);
      return (await rows.orderBy('wake_at').orderBy('id').limit(query.limit).execute()).map(toOccurrence);
    },

    async listUpcoming(query) {
      const rows = planned(query).where('wake_at', '<=', query.until);
      return (await rows.orderBy('wake_at').orderBy('id').limit(query.limit).execute()).map(toOccurrence);
    },

    async listPlanned(query) {
      return (await planned(query).orderBy('wake_at').orderBy('id').execute()).map(toOccurrence);
    },

    async claim(id, lease) {
      const row = await db
        .updateTable('occurrence')
        .set((column) => ({
          state: 'claimed',
          attempts: column('attempts', '+', 1),
          claimed_at: lease.now,
          lease_until: lease.until,
        }))
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .where('wake_at', '<=', lease.now)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? null : toOccurrence(row);
    },

    async beginSending(hold, leaseUntil) {
      return won(
        await held(hold)
          .where('state', '=', 'claimed')
          .set({ state: 'sending', lease_until: leaseUntil })
          .executeTakeFirst(),
      );
    },

    async putOff(hold, wakeAt, reason) {
      return won(
        await held(hold)
          .set({ state: 'planned', wake_at: wakeAt, reason, lease_until: null })
          .executeTakeFirst(),
      );
    },

    async finish(hold, finish) {
      return won(
        await held(hold)
          .set({
            state: finish.state,
            reason: finish.reason,
            result_activity_id: finish.resultActivityId,
            finished_at: finish.now,
            lease_until: null,
          })
          .executeTakeFirst(),
      );
    },

    async cancel(cancellations, now) {
      let count = 0;
      for (const reason of new Set(cancellations.map((cancellation) => cancellation.reason))) {
        for (const part of parts(cancellations.filter((cancellation) => cancellation.reason === reason))) {
          const { numUpdatedRows } = await db
            .updateTable('occurrence')
            .set({ state: 'cancelled', reason, finished_at: now })
            .where('state', '=', 'planned')
            .where(
              'id',
              'in',
              part.map((cancellation) => cancellation.id),
            )
            .executeTakeFirst();
          count += Number(numUpdatedRows);
        }
      }
      return count;
    },

    async returnExpired(now) {
      const expired = db.updateTable('occurrence').where('lease_until', '<=', now);
      const returned = await expired
        .where('state', '=', 'claimed')
        .set({ state: 'planned', lease_until: null })
        .executeTakeFirst();
      const lost = await expired
        .where('state', '=', 'sending')
        .set({ state: 'unknown', reason: REASON_LOST_WHILE_SENDING, finished_at: now, lease_until: null })
        .executeTakeFirst();
      return { planned: Number(returned.numUpdatedRows), unknown: Number(lost.numUpdatedRows) };
    },

    async countByState() {
      const rows = await db
        .selectFrom('occurrence')
        .select((column) => ['site', 'channel', 'state', column.fn.countAll<number>().as('count')])
        .groupBy(['site', 'channel', 'state'])
        .orderBy('site')
        .orderBy('channel')
        .orderBy('state')
        .execute();
      return rows;
    },

    async saveDelivery(delivery) {
      const details = {
        message_id: delivery.messageId,
        attempts: delivery.attempts,
        last_error: delivery.lastError,
        updated_at: delivery.updatedAt,
      };
      await db
        .insertInto('delivery')
        .values({ occurrence_id: delivery.occurrenceId, ...details })
        .onConflict((conflict) => conflict.column('occurrence_id').doUpdateSet(details))
        .execute();
    },

    async findDelivery(id) {
      const row = await db
        .selectFrom('delivery')
        .selectAll()
        .where('occurrence_id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        occurrenceId: row.occurrence_id,
        messageId: row.message_id,
        attempts: row.attempts,
        lastError: row.last_error,
        updatedAt: row.updated_at,
      };
    },
  };
}

/** In order of their ids, so that two planners lock rows in the same order. */
function newRows(keys: readonly OccurrenceKey[], now: EpochMillis): readonly OccurrenceTable[] {
  const rows = new Map(keys.map((key) => [occurrenceId(key), key]));
  return [...rows]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, key]) => ({
      id,
      site: key.site,
      rule: key.rule,
      case_id: key.caseId,
      activity_id: key.activityId,
      recipient_id: key.recipientId,
      due_at: key.dueAt,
      channel: key.channel,
      state: 'planned',
      reason: null,
      attempts: 0,
      planned_at: now,
      wake_at: key.dueAt,
      claimed_at: null,
      lease_until: null,
      finished_at: null,
      result_activity_id: null,
    }));
}

function toOccurrence(row: OccurrenceTable): Occurrence {
  return {
    id: row.id,
    site: row.site,
    rule: row.rule,
    caseId: row.case_id,
    activityId: row.activity_id,
    recipientId: row.recipient_id,
    dueAt: row.due_at,
    channel: row.channel,
    state: row.state,
    reason: row.reason,
    attempts: row.attempts,
    plannedAt: row.planned_at,
    wakeAt: row.wake_at,
    claimedAt: row.claimed_at,
    finishedAt: row.finished_at,
    resultActivityId: row.result_activity_id,
  };
}

function won(result: UpdateResult): boolean {
  return result.numUpdatedRows === 1n;
}

function parts<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / ROWS_PER_STATEMENT) }, (_, index) =>
    items.slice(index * ROWS_PER_STATEMENT, (index + 1) * ROWS_PER_STATEMENT),
  );
}

import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('occurrence')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('case_id', 'integer', (column) => column.notNull())
    .addColumn('activity_id', 'integer', (column) => column.notNull())
    .addColumn('recipient_id', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('planned_at', 'bigint', (column) => column.notNull())
    .addColumn('wake_at', 'bigint', (column) => column.notNull())
    .addColumn('claimed_at', 'bigint')
    .addColumn('lease_until', 'bigint')
    .addColumn('finished_at', 'bigint')
    .addColumn('result_activity_id', 'integer')
    .execute();
  await db.schema
    .createIndex('occurrence_key')
    .unique()
    .on('occurrence')
    .columns(['site', 'rule', 'case_id', 'activity_id', 'recipient_id', 'due_at', 'channel'])
    .execute();
  await db.schema
    .createIndex('occurrence_state_wake')
    .on('occurrence')
    .columns(['state', 'wake_at', 'id'])
    .execute();
  await db.schema
    .createIndex('occurrence_site_case')
    .on('occurrence')
    .columns(['site', 'state', 'case_id'])
    .execute();
  await db.schema
    .createTable('delivery')
    .addColumn('occurrence_id', 'text', (column) => column.primaryKey().references('occurrence.id'))
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('last_error', 'text')
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
}

import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('run')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('plan_hash', 'text', (column) => column.notNull())
    .addColumn('site', 'text', (column) => column.notNull())
    .addColumn('case_type', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addUniqueConstraint('run_attempt', ['plan_hash', 'attempt'])
    .execute();
  await db.schema
    .createTable('journal')
    .addColumn('run_id', 'text', (column) => column.notNull().references('run.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('entity_key', 'text', (column) => column.notNull())
    .addColumn('before_image', 'text')
    .addColumn('after_image', 'text', (column) => column.notNull())
    .addColumn('inverse', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('journal_position', ['run_id', 'position'])
    .addUniqueConstraint('journal_entry', ['run_id', 'entity_key'])
    .execute();
}

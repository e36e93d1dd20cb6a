import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mirror_cursor')
    .addColumn('pair', 'text', (column) => column.primaryKey())
    .addColumn('since', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('mirrored_case')
    .addColumn('pair', 'text', (column) => column.notNull())
    .addColumn('source_id', 'integer', (column) => column.notNull())
    .addColumn('target_id', 'integer')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('source_modified', 'text', (column) => column.notNull())
    .addColumn('modified_seen_at', 'bigint', (column) => column.notNull())
    .addColumn('read_at', 'bigint', (column) => column.notNull())
    .addColumn('link_digest', 'text', (column) => column.notNull())
    .addColumn('file_digest', 'text', (column) => column.notNull())
    .addColumn('foreign_activity_ids_json', 'text', (column) => column.notNull())
    .addColumn('our_client_ids_json', 'text', (column) => column.notNull())
    .addColumn('our_roles_json', 'text', (column) => column.notNull())
    .addColumn('mirrored_at', 'bigint')
    .addPrimaryKeyConstraint('mirrored_case_key', ['pair', 'source_id'])
    .execute();
  await db.schema
    .createTable('id_link')
    .addColumn('pair', 'text', (column) => column.notNull())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('source_id', 'integer', (column) => column.notNull())
    .addColumn('target_id', 'integer', (column) => column.notNull())
    .addColumn('ours', 'integer', (column) => column.notNull())
    .addColumn('sent_json', 'text', (column) => column.notNull())
    .addColumn('kept_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('id_link_key', ['pair', 'entity', 'source_id'])
    .execute();
  await db.schema
    .createTable('mirror_reject')
    .addColumn('pair', 'text', (column) => column.notNull())
    .addColumn('case_id', 'integer', (column) => column.notNull())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('source_id', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('mirror_reject_key', ['pair', 'case_id', 'entity', 'source_id'])
    .execute();
  await db.schema
    .createTable('mirror_conflict')
    .addColumn('pair', 'text', (column) => column.notNull())
    .addColumn('case_id', 'integer', (column) => column.notNull())
    .addColumn('entity', 'text', (column) => column.notNull())
    .addColumn('source_id', 'integer', (column) => column.notNull())
    .addColumn('target_id', 'integer', (column) => column.notNull())
    .addColumn('field', 'text', (column) => column.notNull())
    .addColumn('source_value_json', 'text', (column) => column.notNull())
    .addColumn('target_value_json', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('mirror_conflict_key', ['pair', 'case_id', 'entity', 'source_id', 'field'])
    .execute();
  await db.schema
    .createTable('mirror_run')
    .addColumn('pair', 'text', (column) => column.primaryKey())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('outcome_json', 'text', (column) => column.notNull())
    .execute();
}

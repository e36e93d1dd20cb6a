import type { Kysely } from 'kysely';
import type { DriftReports } from '../migrate/drift-reports.ts';
import type { Database } from './schema.ts';

/** Which drift people were told of, in the store (SQLite or PostgreSQL). */
export function createDriftReportRepository(db: Kysely<Database>): DriftReports {
  return {
    async reported(site) {
      const rows = await db.selectFrom('drift_report').selectAll().where('site', '=', site).execute();
      return rows.map((row) => ({ key: row.entity_key, fingerprint: row.fingerprint, at: row.reported_at }));
    },
    async record(site, findings, at) {
      await db.transaction().execute(async (transaction) => {
        for (const { key, fingerprint } of findings)
          await transaction
            .insertInto('drift_report')
            .values({ site, entity_key: key, fingerprint, reported_at: at })
            .onConflict((conflict) =>
              conflict.columns(['site', 'entity_key']).doUpdateSet({ fingerprint, reported_at: at }),
            )
            .execute();
      });
    },
    async forget(site, keys) {
      for (const key of keys)
        await db.deleteFrom('drift_report').where('site', '=', site).where('entity_key', '=', key).execute();
    },
  };
}

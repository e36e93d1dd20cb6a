import type { Kysely, Selectable, Transaction } from 'kysely';
import type { JsonValue } from '../base/json.ts';
import type { CaseOutcome, Fields, IdLink, MirroredCase, MirrorStore } from '../mirror/ports.ts';
import type { Database } from './schema.ts';
import type { IdLinkTable, MirroredCaseTable } from './tables/mirror.ts';

type Connection = Kysely<Database> | Transaction<Database>;

// A statement takes a limited number of parameters on either engine.
const ROWS_PER_STATEMENT = 400;

/** The mirror's memory in SQL; the same on SQLite and PostgreSQL. */
export function createMirrorStore(db: Kysely<Database>): MirrorStore {
  return {
    cursor: async (pair) => {
      const row = await db
        .selectFrom('mirror_cursor')
        .select('since')
        .where('pair', '=', pair)
        .executeTakeFirst();
      return row?.since ?? null;
    },
    saveCursor: async (pair, since) => {
      await db
        .insertInto('mirror_cursor')
        .values({ pair, since })
        .onConflict((conflict) => conflict.column('pair').doUpdateSet({ since }))
        .execute();
    },
    cases: async (pair) => {
      const rows = await db
        .selectFrom('mirrored_case')
        .selectAll()
        .where('pair', '=', pair)
        .orderBy('source_id')
        .execute();
      return rows.map(toMirroredCase);
    },
    links: async (pair, entity, sourceIds) => {
      const links: IdLink[] = [];
      for (const ids of chunks(sourceIds)) {
        const rows = await db
          .selectFrom('id_link')
          .selectAll()
          .where('pair', '=', pair)
          .where('entity', '=', entity)
          .where('source_id', 'in', ids)
          .orderBy('source_id')
          .execute();
        links.push(...rows.map(toLink));
      }
      return links;
    },
    saveLinks: (pair, links) =>
      db.transaction().execute((transaction) => saveLinks(transaction, pair, links)),
    saveOutcomes: (pair, outcomes) =>
      db.transaction().execute(async (transaction) => {
        for (const outcome of outcomes) await saveOutcome(transaction, pair, outcome);
      }),
    rejects: async (pair) => {
      const rows = await db
        .selectFrom('mirror_reject')
        .selectAll()
        .where('pair', '=', pair)
        .orderBy('case_id')
        .orderBy('entity')
        .orderBy('source_id')
        .execute();
      return rows.map(({ case_id: caseId, entity, source_id: sourceId, reason, at }) => {
        return { caseId, entity, sourceId, reason, at };
      });
    },
    conflicts: async (pair) => {
      const rows = await db
        .selectFrom('mirror_conflict')
        .selectAll()
        .where('pair', '=', pair)
        .orderBy('case_id')
        .orderBy('entity')
        .orderBy('source_id')
        .orderBy('field')
        .execute();
      return rows.map((row) => ({
        caseId: row.case_id,
        entity: row.entity,
        sourceId: row.source_id,
        targetId: row.target_id,
        field: row.field,
        sourceValue: JSON.parse(row.source_value_json) as JsonValue,
        targetValue: JSON.parse(row.target_value_json) as JsonValue,
        at: row.at,
      }));
    },
    saveRun: async (pair, run) => {
      const row = {
        started_at: run.startedAt,
        finished_at: run.finishedAt,
        outcome_json: JSON.stringify(run.outcome),
      };
      await db
        .insertInto('mirror_run')
        .values({ pair, ...row })
        .onConflict((conflict) => conflict.column('pair').doUpdateSet(row))
        .execute();
    },
    lastRun: async (pair) => {
      const row = await db.selectFrom('mirror_run').selectAll().where('pair', '=', pair).executeTakeFirst();
      if (row === undefined) return null;
      const outcome = JSON.parse(row.outcome_json) as JsonValue;
      return { startedAt: row.started_at, finishedAt: row.finished_at, outcome };
    },
  };
}

async function saveOutcome(
  db: Connection,
  pair: string,
  { mirroredCase, links, rejects, conflicts }: CaseOutcome,
): Promise<void> {
  const { pair: _pair, source_id: caseId, ...columns } = fromMirroredCase(pair, mirroredCase);
  await db
    .insertInto('mirrored_case')
    .values({ pair, source_id: caseId, ...columns })
    .onConflict((conflict) => conflict.columns(['pair', 'source_id']).doUpdateSet(columns))
    .execute();
  await saveLinks(db, pair, links);
  if (rejects !== undefined) {
    await db.deleteFrom('mirror_reject').where('pair', '=', pair).where('case_id', '=', caseId).execute();
    for (const chunk of chunks(rejects)) {
      const rows = chunk.map(({ entity, sourceId, reason, at }) => {
        return { pair, case_id: caseId, entity, source_id: sourceId, reason, at };
      });
      await db.insertInto('mirror_reject').values(rows).execute();
    }
  }
  if (conflicts !== undefined) {
    await db.deleteFrom('mirror_conflict').where('pair', '=', pair).where('case_id', '=', caseId).execute();
    for (const chunk of chunks(conflicts)) {
      const rows = chunk.map((one) => ({
        pair,
        case_id: caseId,
        entity: one.entity,
        source_id: one.sourceId,
        target_id: one.targetId,
        field: one.field,
        source_value_json: JSON.stringify(one.sourceValue),
        target_value_json: JSON.stringify(one.targetValue),
        at: one.at,
      }));
      await db.insertInto('mirror_conflict').values(rows).execute();
    }
  }
}

async function saveLinks(db: Connection, pair: string, links: readonly IdLink[]): Promise<void> {
  for (const chunk of chunks(links)) {
    const rows = chunk.map((link) => ({
      pair,
      entity: link.entity,
      source_id: link.sourceId,
      target_id: link.targetId,
      ours: link.ours ? 1 : 0,
      sent_json: JSON.stringify(link.sent),
      kept_json: JSON.stringify(link.kept),
    }));
    await db
      .insertInto('id_link')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['pair', 'entity', 'source_id']).doUpdateSet((update) => ({
          target_id: update.ref('excluded.target_id'),
          ours: update.ref('excluded.ours'),
          sent_json: update.ref('excluded.sent_json'),
          kept_json: update.ref('excluded.kept_json'),
        })),
      )
      .execute();
  }
}

function toLink(row: Selectable<IdLinkTable>): IdLink {
  return {
    entity: row.entity,
    sourceId: row.source_id,
    targetId: row.target_id,
    ours: row.ours === 1,
    sent: JSON.parse(row.sent_json) as Fields,
    kept: JSON.parse(row.kept_json) as Fields,
  };
}

function toMirroredCase(row: Selectable<MirroredCaseTable>): MirroredCase {
  return {
    sourceId: row.source_id,
    targetId: row.target_id,
    state: row.state,
    sourceModified: row.source_modified,
    modifiedSeenAt: row.modified_seen_at,
    readAt: row.read_at,
    linkDigest: row.link_digest,
    fileDigest: row.file_digest,
    foreignActivityIds: JSON.parse(row.foreign_activity_ids_json) as readonly number[],
    ourClientIds: JSON.parse(row.our_client_ids_json) as readonly number[],
    ourRoles: JSON.parse(row.our_roles_json) as readonly string[],
    mirroredAt: row.mirrored_at,
  };
}

function fromMirroredCase(pair: string, row: MirroredCase): MirroredCaseTable {
  return {
    pair,
    source_id: row.sourceId,
    target_id: row.targetId,
    state: row.state,
    source_modified: row.sourceModified,
    modified_seen_at: row.modifiedSeenAt,
    read_at: row.readAt,
    link_digest: row.linkDigest,
    file_digest: row.fileDigest,
    foreign_activity_ids_json: JSON.stringify(row.foreignActivityIds),
    our_client_ids_json: JSON.stringify(row.ourClientIds),
    our_roles_json: JSON.stringify(row.ourRoles),
    mirrored_at: row.mirroredAt,
  };
}

function chunks<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const result: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    result.push(items.slice(start, start + ROWS_PER_STATEMENT));
  }
  return result;
}

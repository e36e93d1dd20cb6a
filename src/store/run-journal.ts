import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';

import {
  runIdOf,
  unknownRun,
  withoutUndone,
  mergeStates,
  type AppliedStates,
  type InverseChange,
  type JournalEntry,
  type JournalState,
  type Run,
  type RunJournal,
  type RunState,
} from '../migrate/ports.ts';
import type { Database } from './schema.ts';
import type { JournalTable, RunTable } from './tables/migrate.ts';

/** The journal of migration runs in the store (SQLite or PostgreSQL). */
export function createRunJournal(db: Kysely<Database>, clock: Clock): RunJournal {
  const find = async (id: string): Promise<Run> => {
    const row = await db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
    if (row !== undefined) return toRun(row);
    const known = await latestFirst(db).execute();
    throw unknownRun(
      id,
      known.map((one) => one.id),
    );
  };

  return {
    async start({ planHash, site, caseType, plan }) {
      return db.transaction().execute(async (transaction) => {
        const same = await transaction
          .selectFrom('run')
          .selectAll()
          .where('plan_hash', '=', planHash)
          .orderBy('attempt')
          .execute();
        const open = same.find((row) => row.state === 'running' && row.site === site);
        if (open !== undefined) return toRun(open);
        const id = runIdOf(planHash, same.length);
        const run: Run = { id, planHash, site, caseType, state: 'running', startedAt: clock.now() };
        await transaction
          .insertInto('run')
          .values({
            id: run.id,
            attempt: same.length + 1,
            plan_hash: planHash,
            site,
            case_type: caseType,
            state: run.state,
            started_at: run.startedAt,
            finished_at: null,
            applied_states: null,
            plan: JSON.stringify(plan),
          })
          .execute();
        return run;
      });
    },

    run: find,

    async runs() {
      return (await latestFirst(db).execute()).map(toRun);
    },

    async plan(runId) {
      await find(runId);
      const { plan } = await db
        .selectFrom('run')
        .select('plan')
        .where('id', '=', runId)
        .executeTakeFirstOrThrow();
      return plan === null ? null : (JSON.parse(plan) as JsonObject);
    },

    async intend(runId, entry) {
      await find(runId);
      const { position } = await db
        .selectFrom('journal')
        .where('run_id', '=', runId)
        .select((select) => select.fn.countAll<number>().as('position'))
        .executeTakeFirstOrThrow();
      await db
        .insertInto('journal')
        .values({
          run_id: runId,
          position,
          entity_key: entry.key,
          before_image: entry.before === null ? null : JSON.stringify(entry.before),
          after_image: JSON.stringify(entry.after),
          inverse: JSON.stringify(entry.inverse),
          state: 'intended',
        })
        .onConflict((conflict) => conflict.columns(['run_id', 'entity_key']).doNothing())
        .execute();
    },

    async settle(runId, key, state, shown) {
      await find(runId);
      const { numUpdatedRows } = await db
        .updateTable('journal')
        .set({ state, ...(shown === undefined ? {} : { after_image: JSON.stringify(shown) }) })
        .where('run_id', '=', runId)
        .where('entity_key', '=', key)
        .executeTakeFirst();
      if (numUpdatedRows === 0n)
        throw new AppError('not-found', `Run "${runId}" has no entry for ${key} in the journal.`);
    },

    async entries(runId) {
      await find(runId);
      const rows = await db
        .selectFrom('journal')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('position')
        .execute();
      return rows.map(toEntry);
    },

    async finish(runId, state, states) {
      await find(runId);
      await db
        .updateTable('run')
        .set({
          state,
          finished_at: clock.now(),
          ...(states === undefined ? {} : { applied_states: JSON.stringify(states) }),
        })
        .where('id', '=', runId)
        .execute();
    },

    async lastApplied(site) {
      const rows = await db
        .selectFrom('run')
        .select(['id', 'applied_states'])
        .where('site', '=', site)
        .where('state', '=', 'done')
        .where('applied_states', 'is not', null)
        .orderBy('finished_at')
        .orderBy('started_at')
        .orderBy('plan_hash')
        .execute();
      if (rows.length === 0) return mergeStates([]);
      const undone = await db
        .selectFrom('journal')
        .selectAll()
        .where('state', '=', 'undone')
        .where(
          'run_id',
          'in',
          rows.map(({ id }) => id),
        )
        .execute();
      return mergeStates(
        rows.map(({ id, applied_states: states }) =>
          withoutUndone(
            JSON.parse(states ?? 'null') as AppliedStates,
            undone.filter((row) => row.run_id === id).map(toEntry),
          ),
        ),
      );
    },
  };
}

const RUN_COLUMNS = ['id', 'plan_hash', 'site', 'case_type', 'state', 'started_at'] as const;

const latestFirst = (db: Kysely<Database>) =>
  db
    .selectFrom('run')
    .select(RUN_COLUMNS)
    .orderBy('started_at', 'desc')
    .orderBy('plan_hash')
    .orderBy('attempt', 'desc');

function toRun(row: Pick<Selectable<RunTable>, (typeof RUN_COLUMNS)[number]>): Run {
  return {
    id: row.id,
    planHash: row.plan_hash,
    site: row.site,
    caseType: row.case_type,
    state: row.state as RunState,
    startedAt: row.started_at,
  };
}

function toEntry(row: Selectable<JournalTable>): JournalEntry {
  return {
    key: row.entity_key,
    before: row.before_image === null ? null : (JSON.parse(row.before_image) as JsonObject),
    after: JSON.parse(row.after_image) as JsonObject,
    inverse: JSON.parse(row.inverse) as InverseChange,
    state: row.state as JournalState,
  };
}

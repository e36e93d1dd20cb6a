import { dirname } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { Kysely, Migrator, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import { AppError } from '../base/errors.ts';
import { makeDataFolder, unusableData } from './data-folder.ts';
import { migrations } from './migrations/index.ts';
import type { Database } from './schema.ts';

export interface Store {
  readonly db: Kysely<Database>;
  readonly kind: 'sqlite' | 'postgres';
  close(): Promise<void>;
}

/**
 * Opens the store and brings its tables up to date.
 *
 * @param location a `postgres://` URL, or the path of an SQLite file (`:memory:` for tests).
 */
export async function openStore(location: string): Promise<Store> {
  const kind = /^postgres(ql)?:\/\//.test(location) ? 'postgres' : 'sqlite';
  const db = new Kysely<Database>({ dialect: kind === 'postgres' ? postgres(location) : sqlite(location) });
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new AppError(
      'internal',
      `The ${kind} store could not be brought up to date. Was it written by a newer version?`,
      { cause: error },
    );
  }
  return { db, kind, close: () => db.destroy() };
}

function sqlite(path: string): SqliteDialect {
  if (path !== ':memory:') makeDataFolder(dirname(path));
  const database = openFile(path);
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 10000');
  return new SqliteDialect({ database });
}

function openFile(path: string): SqliteDatabase.Database {
  try {
    const database = new SqliteDatabase(path);
    // The first statement is what finds out that the file is none of SQLite's, or may not be written.
    database.pragma('journal_mode = WAL');
    return database;
  } catch (cause) {
    throw unusableData(path, cause);
  }
}

function postgres(url: string): PostgresDialect {
  // Counts and epoch milliseconds fit a JavaScript number; pg gives bigint as text unless told.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 8 }) });
}

import Database from 'better-sqlite3';
import { AppError } from '../base/errors.ts';
import { isLike, sortKey } from './collation.ts';
import { ENTITIES, columnsOf, type EntitySchema } from './schema/entity-schema.ts';
import { plainText } from './query/literal.ts';
import { FOREIGN_KEYS, INDEXES, UNIQUE_KEYS } from './schema/keys.ts';

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** The store of one sandbox site: SQLite in memory or in a file, with the functions that MariaDB has and SQLite lacks. */
export interface SiteDatabase {
  all(sql: string, parameters?: readonly SqlValue[]): Row[];
  get(sql: string, parameters?: readonly SqlValue[]): Row | undefined;
  /** Rows changed and the id of the last inserted row. */
  run(sql: string, parameters?: readonly SqlValue[]): { changes: number; lastId: number };
  execute(sql: string): void;
  /** How many rows were changed since it was opened, those that were taken back included. */
  changes(): number;
  /** Whether the store was empty when it was opened. */
  readonly isNew: boolean;
  /** Runs the work in one SQLite transaction, for loading many rows. */
  bulk<Result>(work: () => Result): Result;
  /** Runs the work, and takes back what it wrote when its result is not to stand; what it throws takes nothing back. */
  attempt<Result>(work: () => Result, stands: (result: Result) => boolean): Result;
  close(): void;
}

const STATEMENTS_KEPT = 500;

const columnType = (dataType: string): string =>
  dataType === 'Integer' || dataType === 'Boolean' ? 'INTEGER' : dataType === 'Float' ? 'REAL' : 'TEXT';

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function createTable(entity: EntitySchema): string {
  const foreign = FOREIGN_KEYS[entity.name] ?? {};
  const columns = columnsOf(entity).map((field) => {
    if (field.name === 'id') return 'id INTEGER PRIMARY KEY AUTOINCREMENT';
    const target = foreign[field.name];
    const reference =
      target === undefined
        ? ''
        : ` REFERENCES ${quoteName(ENTITIES.get(target.to)?.table ?? '')} (id) ON DELETE ${target.onDelete}`;
    return `${quoteName(field.name)} ${columnType(field.dataType)}${reference}`;
  });
  const unique = (UNIQUE_KEYS[entity.name] ?? []).map(
    (fields) =>
      `CREATE UNIQUE INDEX ${quoteName(`${entity.table}_${fields.join('_')}`)} ON ${quoteName(entity.table)} (${fields
        .map((name) =>
          entity.fields.get(name)?.dataType === 'String'
            ? `collate_key(${quoteName(name)})`
            : quoteName(name),
        )
        .join(', ')});`,
  );
  const plain = (INDEXES[entity.name] ?? []).map(
    (expression, index) =>
      `CREATE INDEX ${quoteName(`${entity.table}_${String(index)}`)} ON ${quoteName(entity.table)} (${expression});`,
  );
  return [
    `CREATE TABLE ${quoteName(entity.table)} (\n  ${columns.join(',\n  ')}\n);`,
    ...unique,
    ...plain,
  ].join('\n');
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : plainText(value);

function registerFunctions(database: Database.Database): void {
  const deterministic = { deterministic: true };
  const anyArity = { deterministic: true, varargs: true };
  const unlessNull =
    (compute: (...texts: string[]) => SqlValue) =>
    (...values: unknown[]): SqlValue => {
      const texts = values.map(textOf);
      return texts.includes(null) ? null : compute(...(texts as string[]));
    };
  database.function(
    'collate_key',
    deterministic,
    (value: unknown) => (typeof value === 'string' ? sortKey(value) : value) as SqlValue,
  );
  database.function(
    'like_key',
    anyArity,
    unlessNull((text = '', pattern = '') => Number(isLike(text, pattern))),
  );
  database.function(
    'regexp_key',
    anyArity,
    unlessNull((text = '', pattern = '', flags = '') => Number(new RegExp(pattern, `u${flags}`).test(text))),
  );
  database.function(
    'upper_text',
    anyArity,
    unlessNull((text = '') => text.toUpperCase()),
  );
  database.function(
    'lower_text',
    anyArity,
    unlessNull((text = '') => text.toLowerCase()),
  );
  const extreme = (wanted: 1 | -1) => ({
    start: null as SqlValue,
    step: (best: SqlValue, value: SqlValue): SqlValue => {
      if (value === null) return best;
      if (best === null) return value;
      const [left, right] =
        typeof value === 'string' ? [sortKey(value), sortKey(String(best))] : [value, best];
      return (left > right ? 1 : left < right ? -1 : 0) === wanted ? value : best;
    },
  });
  database.aggregate('max_text', extreme(1));
  database.aggregate('min_text', extreme(-1));
}

/** The open store, and whether it was empty before. */
function openFile(file: string): { readonly database: Database.Database; readonly isNew: boolean } {
  try {
    const database = new Database(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = OFF');
    database.pragma('foreign_keys = ON');
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    if (tables.length > 0 && !tables.includes('civicrm_contact')) throw new Error('another program made it');
    return { database, isNew: tables.length === 0 };
  } catch (cause) {
    throw new AppError(
      'invalid-input',
      `A sandbox cannot be kept in ${file}: ${cause instanceof Error ? cause.message : 'unknown reason'}. Name a file that you may write and that is new or of a sandbox.`,
      { cause },
    );
  }
}

/**
 * Opens the store and creates the tables of all entities when it is new.
 * @param file path of the SQLite file, or undefined for a store in memory.
 * @throws AppError invalid-input when the file cannot be one
 */
export function openDatabase(file: string | undefined): SiteDatabase {
  const { database, isNew } = openFile(file ?? ':memory:');
  registerFunctions(database);
  if (isNew) for (const entity of ENTITIES.values()) database.exec(createTable(entity));
  const statements = new Map<string, Database.Statement<SqlValue[], Row>>();
  const prepare = (sql: string): Database.Statement<SqlValue[], Row> => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= STATEMENTS_KEPT) statements.clear();
    const statement = database.prepare<SqlValue[], Row>(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    isNew,
    all: (sql, parameters = []) => prepare(sql).all(...parameters),
    get: (sql, parameters = []) => prepare(sql).get(...parameters),
    run: (sql, parameters = []) => {
      const { changes, lastInsertRowid } = prepare(sql).run(...parameters);
      return { changes, lastId: Number(lastInsertRowid) };
    },
    changes: () => Number(prepare('SELECT total_changes() AS changes').get()?.['changes'] ?? 0),
    execute: (sql) => {
      statements.clear();
      database.exec(sql);
    },
    bulk: (work) => database.transaction(work)(),
    attempt: (work, stands) => {
      database.exec('SAVEPOINT attempt');
      let isKept = true;
      try {
        const result = work();
        isKept = stands(result);
        return result;
      } finally {
        if (!isKept) database.exec('ROLLBACK TO attempt');
        database.exec('RELEASE attempt');
      }
    },
    close: () => {
      database.close();
    },
  };
}

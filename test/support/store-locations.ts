import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface StoreLocation {
  readonly kind: 'sqlite' | 'postgres';
  /** A location for `openStore` with an empty database of its own. */
  fresh(): Promise<string>;
}

const sqlite: StoreLocation = { kind: 'sqlite', fresh: () => Promise.resolve(':memory:') };

/** Every kind of store that can be had here: SQLite always, PostgreSQL where the run has one. */
export function storeLocations(): readonly StoreLocation[] {
  const server = process.env['TEST_POSTGRES_URL'];
  if (server === undefined) return [sqlite];
  return [sqlite, { kind: 'postgres', fresh: () => createDatabase(server) }];
}

async function createDatabase(server: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

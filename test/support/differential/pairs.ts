import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { ENTITIES } from '../../../src/sandbox/schema/entity-schema.ts';
import type { RealSites, SiteLetter } from '../real-sites.ts';
import { seededRandom } from '../seeded-random.ts';
import type { Pair } from './play.ts';
import { createSide, type Side, type SqlRow } from './side.ts';

const KEYS = { admin: 'administrator', limited: 'limited', nobody: 'nobody', nouser: 'nouser' };

export interface OpenPair extends Pair {
  close(): Promise<void>;
}

interface SandboxSide {
  readonly side: Side;
  setNextIds(ids: ReadonlyMap<string, number>): void;
  close(): Promise<void>;
}

/** A sandbox at the real time, and a second connection to its store. */
async function openSandboxSide(): Promise<SandboxSide> {
  const folder = await mkdtemp(join(tmpdir(), 'differential-'));
  const file = join(folder, 'site.sqlite');
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const sandbox: Sandbox = createSandbox({
    name: 'siteA',
    apiKey: KEYS.admin,
    otherKeys: KEYS,
    clock,
    random: seededRandom(1),
    file,
  });
  const { url } = await sandbox.listen(0);
  const database = new Database(file);
  const side = createSide({
    url,
    keys: KEYS,
    rows: (sql) => database.prepare<[], SqlRow>(sql).all(),
    change: (sql) => Promise.resolve(database.prepare(sql).run()),
  });
  return {
    side,
    setNextIds: (ids) => {
      const statement = database.prepare('UPDATE sqlite_sequence SET seq = ? WHERE name = ? AND seq < ?');
      for (const [table, next] of ids) statement.run(next - 1, table, next - 1);
    },
    close: async () => {
      database.close();
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A side whose site can be replaced by a fresh one. */
const lasting = (current: () => Side): Side => ({
  call: (step) => current().call(step),
  starts: () => current().starts(),
  state: (starts) => current().state(starts),
  age: (starts, tables) => current().age(starts, tables),
});

/**
 * One of the two real sites, beside a sandbox of its own.
 * @param spoil stands between the comparison and the sandbox
 */
export async function openRealPair(
  sites: RealSites,
  letter: SiteLetter,
  spoil: (side: Side) => Side = (side) => side,
): Promise<OpenPair> {
  const site = sites[letter];
  const rows = (sql: string): Promise<readonly SqlRow[]> => site.rows(sql);
  const real = createSide({ url: site.url, keys: site.keys, rows, change: rows });
  let sandbox = await openSandboxSide();
  const tables = [...ENTITIES.values()].map(({ table }) => `'${table}'`).join(', ');
  return {
    real,
    sandbox: spoil(lasting(() => sandbox.side)),
    align: async () => {
      const next = await rows(
        `SELECT table_name AS name, auto_increment AS next FROM information_schema.tables WHERE table_schema = database() AND table_name IN (${tables})`,
      );
      sandbox.setNextIds(new Map(next.map((row) => [String(row['name']), Number(row['next'])])));
    },
    reset: async () => {
      await sites.reset(letter);
      await sandbox.close();
      sandbox = await openSandboxSide();
    },
    close: () => sandbox.close(),
  };
}

/**
 * Two sandboxes, for tests of the comparison.
 * @param spoil stands between the comparison and the second one
 */
export async function openSandboxPair(spoil: (side: Side) => Side = (side) => side): Promise<OpenPair> {
  const open = () => Promise.all([openSandboxSide(), openSandboxSide()]);
  let [left, right] = await open();
  const close = async () => {
    await left.close();
    await right.close();
  };
  return {
    real: lasting(() => left.side),
    sandbox: spoil(lasting(() => right.side)),
    align: () => Promise.resolve(),
    reset: async () => {
      await close();
      [left, right] = await open();
    },
    close,
  };
}

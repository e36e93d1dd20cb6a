import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'node:net';

/**
 * A PostgreSQL of the test run's own, on a unix socket in a temporary folder, gone afterwards. Its URL goes to
 * TEST_POSTGRES_URL; a server named there already is used instead.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['TEST_POSTGRES_URL'] !== undefined) return undefined;
  const binaries = findBinaries();
  if (binaries === undefined) {
    if (process.env['CI'] === 'true') throw new Error('PostgreSQL is needed: apt-get install postgresql');
    console.warn('PostgreSQL is not installed: the store is tested on SQLite alone.');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'civicase-postgres-'));
  const asOwner = ownerOf(folder);
  const data = join(folder, 'data');
  const init = commandAs(asOwner, join(binaries, 'initdb'));
  const settings = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8'];
  execFileSync(init.command, [...init.args, ...settings], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: folder,
  });
  const { command, args } = commandAs(asOwner, join(binaries, 'postgres'));
  const server = spawn(command, [...args, '-D', data, '-k', folder, '-c', 'listen_addresses=', '-F'], {
    stdio: 'ignore',
    cwd: folder,
  });
  await acceptsConnections(join(folder, '.s.PGSQL.5432'), server);
  process.env['TEST_POSTGRES_URL'] =
    `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
  return async () => {
    await stopped(server);
    rmSync(folder, { recursive: true, force: true });
  };
}

function findBinaries(): string | undefined {
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return undefined;
  return readdirSync(versions)
    .map((version) => join(versions, version, 'bin'))
    .findLast((folder) => existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made. */
function ownerOf(folder: string): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  chownSync(folder, id('-u'), id('-g'));
  return ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--'];
}

function commandAs(
  asOwner: readonly string[],
  binary: string,
): { readonly command: string; readonly args: readonly string[] } {
  const [first, ...rest] = asOwner;
  return first === undefined ? { command: binary, args: [] } : { command: first, args: [...rest, binary] };
}

async function acceptsConnections(socketPath: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (server.exitCode !== null)
      throw new Error(`PostgreSQL ended at once with exit code ${server.exitCode}`);
    const connected = await new Promise<boolean>((resolve) => {
      const socket = createConnection(socketPath, () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (connected) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('PostgreSQL did not accept connections within 10 seconds');
}

function stopped(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    // SIGINT asks PostgreSQL for a fast shutdown: connections are cut, data is safe.
    server.kill('SIGINT');
  });
}

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { civicrmScript } from '../../scripts/real-sites.ts';

/** What a pair of real sites consists of, as the script that builds it names them. */
export type SiteServer = 'php-fpm' | 'nginx' | 'mariadb';

const functions = fileURLToPath(new URL('../../scripts/civicrm/servers.sh', import.meta.url));
const bash = async (...args: readonly string[]) => {
  await promisify(execFile)('bash', args);
};

/** Ends one server of the sites in that folder, whatever it is at; resolves when it is gone. */
export async function stopServer(folder: string, server: SiteServer): Promise<void> {
  await bash('-c', '. "$1"; dir=$2; stop "$3"', 'bash', functions, folder, server);
}

/** Starts what does not run. */
export async function startServers(folder: string): Promise<void> {
  await bash(civicrmScript, 'up', '--dir', folder);
}

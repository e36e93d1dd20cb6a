import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createPool, type RowDataPacket } from 'mysql2/promise';

export type RealUser = 'admin' | 'limited' | 'nobody' | 'nouser';
export type SiteLetter = 'a' | 'b';
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** What `npm run civicrm` runs. */
export const civicrmScript = fileURLToPath(new URL('civicrm.sh', import.meta.url));

/** Where the two real CiviCRM sites are: what `npm run civicrm -- up` writes. */
interface SitesFile {
  readonly folder: string;
  /** The sites hand their mail to this port of this machine; whoever wants it listens there. */
  readonly smtpPort: number;
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
  };
  readonly sites: Readonly<Record<SiteLetter, SiteFacts>>;
}

interface SiteFacts {
  readonly name: string;
  readonly url: string;
  readonly siteKey: string;
  readonly database: string;
  /** API keys: an administrator; one who may see contacts and their own cases; one without permission; a contact without account. */
  readonly keys: Readonly<Record<RealUser, string>>;
}

export interface RealSite extends SiteFacts {
  /** Asks the site's database itself, past CiviCRM and our client. Dates come as text, as they are stored. */
  rows(sql: string, values?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Lets nobody write to a table until the function that it answers is called; reading goes on. */
  holdWrites(table: string): Promise<() => Promise<void>>;
}

export interface RealSites {
  /** With the files of both, and of their servers. */
  readonly folder: string;
  readonly a: RealSite;
  readonly b: RealSite;
  readonly smtpPort: number;
  /** Puts the databases back as they were built; of one site, or of both. */
  reset(letter?: SiteLetter): Promise<void>;
  close(): Promise<void>;
}

/** The two sites that a `sites.json` describes, as they are. */
export function connectRealSites(sitesFile: string): RealSites {
  const { folder, smtpPort, database, sites } = JSON.parse(readFileSync(sitesFile, 'utf8')) as SitesFile;
  const open = (letter: SiteLetter) => {
    const facts = sites[letter];
    const pool = createPool({ ...database, database: facts.database, dateStrings: true, connectionLimit: 2 });
    const rows = async (sql: string, values: readonly SqlValue[] = []) =>
      (await pool.query<RowDataPacket[]>(sql, [...values]))[0];
    const holdWrites = async (table: string) => {
      const connection = await pool.getConnection();
      await connection.query(`LOCK TABLES ${table} READ`);
      return async () => {
        await connection.query('UNLOCK TABLES');
        connection.release();
      };
    };
    return { site: { ...facts, rows, holdWrites }, pool };
  };
  const [a, b] = [open('a'), open('b')];
  return {
    folder,
    a: a.site,
    b: b.site,
    smtpPort,
    reset: async (letter) => {
      const only = letter === undefined ? [] : [letter.toUpperCase()];
      await promisify(execFile)('bash', [civicrmScript, 'reset', ...only, '--dir', folder]);
    },
    close: async () => {
      await a.pool.end();
      await b.pool.end();
    },
  };
}

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createPool, type RowDataPacket } from 'mysql2/promise';

export type RealUser = 'admin' | 'limited' | 'nobody' | 'nouser';
export type SiteLetter = 'a' | 'b';
type SqlRow = Readonly<Record<string, unknown>>;

/** Where the two real CiviCRM sites are: what `npm run civicrm -- up` writes. */
interface SitesFile {
  readonly folder: string;
  /** The sites hand their mail to this port of this machine; a test that wants it listens there. */
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
  /** Reads the site's database itself, past CiviCRM and our client. Dates come as text, as they are stored. */
  rows(sql: string, values?: readonly (string | number | null)[]): Promise<readonly SqlRow[]>;
}

export interface RealSites {
  readonly a: RealSite;
  readonly b: RealSite;
  readonly smtpPort: number;
  /** Puts the databases back as they were built; of one site, or of both. */
  reset(letter?: SiteLetter): Promise<void>;
  close(): Promise<void>;
}

const sitesFile = process.env['TEST_CIVICRM_SITES'];

/** Whether this run has real sites to test against; the set-up of the `civicrm` tests says loudly when it has not. */
export const haveRealSites = sitesFile !== undefined;

/** The two real CiviCRM sites of this test run, reset unless told otherwise. */
export async function openRealSites({ reset: fresh = true } = {}): Promise<RealSites> {
  if (sitesFile === undefined) throw new Error('There are no real sites: TEST_CIVICRM_SITES is not set.');
  const { folder, smtpPort, database, sites } = JSON.parse(readFileSync(sitesFile, 'utf8')) as SitesFile;
  const reset = async (letter?: SiteLetter) => {
    await promisify(execFile)('bash', [
      join(folder, 'reset.sh'),
      ...(letter === undefined ? [] : [letter.toUpperCase()]),
    ]);
  };
  const opened = (['a', 'b'] as const).map((letter) => {
    const facts = sites[letter];
    const pool = createPool({ ...database, database: facts.database, dateStrings: true, connectionLimit: 2 });
    const rows = async (sql: string, values: readonly (string | number | null)[] = []) =>
      (await pool.query<RowDataPacket[]>(sql, [...values]))[0];
    return { site: { ...facts, rows }, close: () => pool.end() };
  });
  const [a, b] = opened;
  if (a === undefined || b === undefined) throw new Error('There must be two sites.');
  if (fresh) await reset();
  return {
    a: a.site,
    b: b.site,
    smtpPort,
    reset,
    close: async () => {
      for (const { close } of opened) await close();
    },
  };
}

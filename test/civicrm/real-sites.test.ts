import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCivicrm } from '../support/civicrm-script.ts';
import { haveRealSites, openRealSites, type RealSite, type RealSites } from '../support/real-sites.ts';

interface Status {
  readonly state: string;
  readonly ports: Readonly<Record<'a' | 'b' | 'database' | 'smtp', number>>;
  readonly servers: Readonly<Record<string, number | null>>;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function activitiesOf(site: RealSite): Promise<unknown> {
  const response = await fetch(`${site.url}/civicrm/ajax/api4/Activity/get`, {
    method: 'POST',
    headers: { 'X-Civi-Auth': `Bearer ${site.keys.admin}`, 'X-Requested-With': 'XMLHttpRequest' },
    body: new URLSearchParams({ params: JSON.stringify({ select: ['subject'] }) }),
  });
  return ((await response.json()) as { values: unknown }).values;
}

describe.skipIf(!haveRealSites)('the real sites', () => {
  const sitesFile = process.env['TEST_CIVICRM_SITES'] ?? '';
  const folder = dirname(sitesFile);
  const status = () => JSON.parse(runCivicrm('status', '--json', '--dir', folder).out) as Status;
  let sites: RealSites;
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(() => sites.close());

  const tables = async (site: RealSite) =>
    (await site.rows('SELECT table_name FROM information_schema.tables WHERE table_schema = database()'))
      .length;
  const marks = async (site: RealSite) =>
    (await site.rows("SELECT id FROM civicrm_contact WHERE nick_name = 'left behind'")).length;
  const leaveTraces = async (site: RealSite) => {
    await site.rows("UPDATE civicrm_contact SET nick_name = 'left behind' WHERE id = 1");
    await site.rows('CREATE TABLE civicrm_value_left_behind (id int)');
  };

  it('come back as they were built, one alone or both', async () => {
    const [asBuilt] = [await tables(sites.a)];
    await leaveTraces(sites.a);
    await leaveTraces(sites.b);
    await sites.reset('a');
    expect([await marks(sites.a), await tables(sites.a)]).toEqual([0, asBuilt]);
    expect([await marks(sites.b), await tables(sites.b)]).toEqual([1, asBuilt + 1]);
    await sites.reset();
    expect([await marks(sites.b), await tables(sites.b)]).toEqual([0, asBuilt]);
    expect(await activitiesOf(sites.b)).toEqual([]);
  });

  it('leave nothing running or listening when they are down, and come up again as they were', async () => {
    const { state, ports, servers } = status();
    expect(state).toBe('running');
    const described = readFileSync(sitesFile, 'utf8');
    await leaveTraces(sites.a);
    expect(runCivicrm('down', '--dir', folder).code).toBe(0);
    expect(status()).toMatchObject({
      state: 'stopped',
      servers: { mariadb: null, 'php-fpm': null, nginx: null },
    });
    for (const pid of Object.values(servers)) expect(existsSync(`/proc/${pid ?? 'none'}/exe`)).toBe(false);
    for (const port of [ports.a, ports.b, ports.database]) expect(await answers(port)).toBe(false);

    const { code, out } = runCivicrm('up', '--dir', folder);
    expect(code).toBe(0);
    expect(out).toContain(sites.a.url);
    expect(out).toContain(sites.a.keys.admin);
    expect(readFileSync(sitesFile, 'utf8')).toBe(described);
    await sites.close();
    sites = await openRealSites({ reset: false });
    expect(await marks(sites.a)).toBe(1);
    expect(await activitiesOf(sites.a)).toEqual([]);
  });

  it('are not disturbed by others beside them that want a port which is taken', async () => {
    const beside = mkdtempSync(join(tmpdir(), 'civicase-sites-'));
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    for (const first of [port, port - 1, port - 2, status().ports.a]) {
      const { code, error } = runCivicrm('up', '--dir', beside, '--ports', String(first));
      expect(error).toContain(`Port ${first === port || first === status().ports.a ? first : port}`);
      expect(error).toContain('--ports FIRST');
      expect(code).toBe(1);
    }
    taken.close();
    expect(existsSync(join(beside, 'instance'))).toBe(false);
    rmSync(beside, { recursive: true, force: true });
    expect(status().state).toBe('running');
  });
});

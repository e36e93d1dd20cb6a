import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import { planFollowUps } from '../../../src/follow-up/plan-follow-ups.ts';
import { runFollowUp } from '../../../src/follow-up/run-follow-up.ts';
import { sweepOccurrences } from '../../../src/follow-up/sweep-occurrences.ts';
import { createOccurrenceRepository } from '../../../src/store/occurrence-repository.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { madeRule } from '../../support/made-case.ts';
import { storeLocations, type StoreLocation } from '../../support/store-locations.ts';
import { connectRemoteSite } from './remote-site.ts';

const zone = createZoneClock('UTC');
const DUE = zone.toInstant('2026-03-09 09:00:00');
const MINUTE = 60_000;
const created: string[] = [];
const wakeUps = { wake: () => Promise.resolve() };

const server = createServer((request, response) => {
  const key = new URL(request.url ?? '/', 'http://localhost').searchParams.get('key') ?? '';
  if (request.method === 'POST') created.push(key);
  const index = created.indexOf(key);
  response.writeHead(index < 0 ? 404 : 200).end(String(index + 1));
});
let folder: string;
let url: string;
let store: Store;

beforeEach(async () => {
  created.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'civicase-follow-up-'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await store.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const places: readonly StoreLocation[] = storeLocations().map((location) =>
  location.kind === 'sqlite'
    ? { kind: 'sqlite', fresh: () => Promise.resolve(join(folder, 'store.db')) }
    : location,
);
const cases = places.flatMap((place) =>
  (['before', 'after'] as const).map((moment) => ({ place, moment, kind: place.kind })),
);

it.each(cases)(
  'a worker killed $moment it wrote the follow-up leaves exactly one to its successor ($kind)',
  async ({ place, moment }) => {
    const location = await place.fresh();
    store = await openStore(location);
    const occurrences = createOccurrenceRepository(store.db);
    const site = connectRemoteSite(url);
    const rules = [madeRule()];
    const planning = { site: 'riverside', rules, cases: site, occurrences, zone, wakeUps, horizon: 0 };
    await planFollowUps({ ...planning, clock: { now: () => DUE } });
    const [row] = await occurrences.listDue({ now: DUE, limit: 10 });

    const script = fileURLToPath(new URL('doomed-worker.ts', import.meta.url));
    const worker = spawn(
      process.execPath,
      ['--import', 'tsx', script, moment, location, url, row!.id, String(DUE)],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const [code, signal] = (await once(worker, 'exit')) as [number | null, string | null];
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await occurrences.find(row!.id)).toMatchObject({ state: 'claimed' });
    expect(created).toHaveLength(moment === 'after' ? 1 : 0);

    const now = DUE + 5 * MINUTE;
    expect(await sweepOccurrences({ occurrences, wakeUps, now })).toMatchObject({ returned: 1, woken: 1 });
    const parts = { occurrences, rules, site: () => ({ cases: site, zone }), clock: { now: () => now } };
    expect(await runFollowUp(row!.id, parts)).toEqual({ kind: 'done', activityId: 1 });
    expect(created).toEqual([`occurrence/${row!.id}`]);
  },
);

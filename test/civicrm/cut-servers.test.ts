import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCopies } from '../../scripts/demo/databases/check-copies.ts';
import { AppError } from '../../src/base/errors.ts';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import { deskAt, makePeople, openCases } from '../support/case-work.ts';
import { openDeadlyGate, type DeadlyGate } from '../support/deadly-gate.ts';
import { whyNotDeliveredOnce } from '../support/delivered-once.ts';
import { deliverDue, type DeliveryErrand } from '../support/doomed/delivery.ts';
import { applyPlan, undoLatest, type MigrationErrand } from '../support/doomed/migration-run.ts';
import { passOnce, type MirrorErrand } from '../support/doomed/mirror-pass.ts';
import { clientFor, type SiteAddress } from '../support/doomed/site-address.ts';
import { planAppeal } from '../support/migration-of-appeal.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';
import { startServers, stopServer, type SiteServer } from '../support/site-servers.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';

const LONG = { timeout: 300_000 };
const FIRST_DAY = Date.UTC(2026, 2, 10, 8);
const DAY = 24 * 60 * 60 * 1000;
/** PHP goes on for that long, at most, when nginx is gone. */
const PATIENCE = 3000;

/** Resolves for all who wait when so many do; right after, it happens. */
function meetingOf(members: number, happening: () => void): () => Promise<void> {
  let open: (() => void) | undefined;
  const complete = new Promise<void>((resolve) => (open = resolve));
  let present = 0;
  return async () => {
    present += 1;
    if (present === members) {
      open?.();
      happening();
    }
    await complete;
  };
}

describe.skipIf(!haveRealSites)('a server of the sites that ends while three use cases write', () => {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-cut-servers-'));
  const gates: DeadlyGate[] = [];
  let sites: RealSites;
  let sink: SmtpSink;
  let people: readonly number[];

  const addressBy = (gate: number, url: number, name: 'riverside' | 'hilltop'): SiteAddress => ({
    name,
    url: gates[gate]?.urls[url] ?? '',
    apiKey: (name === 'riverside' ? sites.a : sites.b).keys.admin,
    maxRetries: 1,
  });
  const mirror = (): MirrorErrand => ({
    from: addressBy(0, 0, 'riverside'),
    to: addressBy(0, 1, 'hilltop'),
    storeFile: join(folder, 'mirror.db'),
    patienceMillis: PATIENCE,
  });
  const migration = (): MigrationErrand => ({
    site: addressBy(1, 0, 'hilltop'),
    planFile: join(folder, 'plan.json'),
    storeFile: join(folder, 'migration.db'),
  });
  const delivery = (now: number): DeliveryErrand => ({
    site: addressBy(2, 0, 'riverside'),
    smtpUrl: sink.url,
    storeFile: join(folder, 'delivery.db'),
    now,
  });

  beforeAll(async () => {
    sites = await openRealSites();
    sink = await startSmtpSink();
    const { a, b } = sites;
    for (const urls of [[a.url, b.url], [b.url], [a.url]]) gates.push(await openDeadlyGate(urls));
    people = await makePeople(deskAt(a.url, a.keys.admin));
    const [source, target] = [addressBy(0, 0, 'riverside'), addressBy(0, 1, 'hilltop')];
    const plan = await planAppeal(
      createMigrationSite(clientFor(source)),
      createMigrationSite(clientFor(target)),
    );
    writeFileSync(migration().planFile, JSON.stringify(plan));
  }, LONG.timeout);
  afterAll(async () => {
    for (const gate of gates) await gate.close();
    await sink.close();
    await sites.close();
    rmSync(folder, { recursive: true });
  });

  it.each<[SiteServer, number]>([
    ['php-fpm', 0],
    ['nginx', 1],
    ['mariadb', 2],
  ])('%s: the next runs finish all of it, once', LONG, async (server, day) => {
    const now = FIRST_DAY + day * DAY;
    const yesterday = new Date(now - DAY).toISOString().slice(0, 10);
    await openCases(deskAt(sites.a.url, sites.a.keys.admin), people, [day], () => yesterday);

    let cut: Promise<void> | undefined;
    const allWrite = meetingOf(gates.length, () => {
      cut = stopServer(sites.folder, server);
    });
    for (const gate of gates) gate.beforeWriting(allWrite);
    const ended = await Promise.allSettled([
      passOnce(mirror()),
      applyPlan(migration()),
      deliverDue(delivery(now)),
    ]);
    await cut;
    for (const gate of gates) gate.beforeWriting(() => Promise.resolve());
    // A mirror and a migration stop and say that the site is not there; a delivery puts off what it could not do.
    for (const end of ended.slice(0, 2)) {
      expect(end).toMatchObject({ status: 'rejected', reason: expect.any(AppError) as unknown });
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ kind: 'remote-unavailable' });
    }

    await startServers(sites.folder);
    for (const hours of [2, 4]) await deliverDue(delivery(now + hours * 60 * 60 * 1000));
    await applyPlan(migration());
    await passOnce(mirror());
    expect((await checkCopies(sites.a, sites.b)).findings).toEqual([]);
    expect(await whyNotDeliveredOnce(delivery(now).storeFile, sites.a, sink.received)).toEqual([]);
    // The next one has a plan to apply again.
    await undoLatest(migration());
  });
});

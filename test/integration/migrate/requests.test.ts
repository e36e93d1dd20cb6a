import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countRequests } from '../../../src/civicrm/counted-client.ts';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { planMigration, renderSnapshotFiles, snapshotSite } from '../../../src/migrate/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from '../../support/entities-of-every-kind.ts';
import { runCivicase } from '../../support/run-civicase.ts';
import { openSandboxIn, type SandboxInZone } from '../../support/sandbox-in-zone.ts';
import { serveInFront, type SiteBehind } from '../../support/site-behind.ts';

const MOST = 12;
const CASE_TYPES = 200;

/** 200 case types, and of every kind of what they need something. */
async function fill(site: SandboxInZone, ownStatuses: readonly string[]): Promise<void> {
  const migration = createMigrationSite(site.connect());
  const { before, after } = entitiesOfEveryKind('many_');
  const like = hospiceVisit('many_');
  for (const entity of before) await migration.create(entity);
  await site.connect().batch(
    Array.from({ length: CASE_TYPES }, (_, index) => ({
      entity: 'CaseType',
      action: 'create',
      params: {
        values: {
          name: nameOf(index),
          title: `Many ${String(index)}`,
          is_active: true,
          definition: { ...like.definition, statuses: ['Open', 'many_Waiting', ...ownStatuses] } as never,
        },
      },
    })),
  );
  for (const entity of after) await migration.create(entity);
}

const nameOf = (index: number): string =>
  index === 0 ? hospiceVisit('many_').name : `many_${String(index)}`;

/** Two sites with the case types, the second with a status that is to go, each behind something that counts. */
async function withTwoSites(
  work: (folder: string, sites: readonly [SiteBehind, SiteBehind]) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-requests-'));
  const sites = [await openSandboxIn('UTC'), await openSandboxIn('UTC')] as const;
  const counted = [await serveInFront(sites[0].url, {}), await serveInFront(sites[1].url, {})] as const;
  try {
    await fill(sites[0], []);
    await fill(sites[1], ['Closed']);
    const settings = counted.map(({ url }, index) => ({
      url,
      apiKey: sites[index]?.apiKey,
      timeZone: 'UTC',
    }));
    const caseTypes = Array.from({ length: CASE_TYPES }, (_, index) => nameOf(index));
    writeFileSync(
      join(folder, 'civicase.yaml'),
      // JSON is YAML.
      JSON.stringify({
        sites: { model: settings[0], chapter: settings[1] },
        promotions: { all: { from: 'model', to: ['chapter'], caseTypes } },
      }),
    );
    await work(folder, counted);
  } finally {
    for (const site of [...counted, ...sites]) await site.close();
    rmSync(folder, { recursive: true });
  }
}

it('a site with 200 case types is read in at most 12 requests', async () => {
  const site = await openSandboxIn('Europe/Paris');
  try {
    await fill(site, []);
    const { client, requests } = countRequests(site.connect());
    const snapshot = await snapshotSite(createMigrationSite(client));
    expect(requests()).toBeLessThanOrEqual(MOST);
    expect(snapshot.caseTypes.length).toBeGreaterThanOrEqual(CASE_TYPES);
    for (const { name } of snapshot.caseTypes.slice(0, 3))
      expect(planMigration({ source: snapshot, target: snapshot, caseTypes: [name] }).changes).toEqual([]);
    const files = renderSnapshotFiles(snapshot);
    expect([...files.keys()].filter((path) => path.startsWith('case-types/'))).toHaveLength(
      snapshot.caseTypes.length,
    );
  } finally {
    await site.close();
  }
}, 60_000);

it(
  'pulling 200 case types, and planning them from one site to another, takes at most 12 requests of each',
  () =>
    withTwoSites(async (workingDirectory, [model, chapter]) => {
      expect(await runCivicase(['pull', 'model'], { workingDirectory })).toMatchObject({ code: 0, err: '' });
      expect(model.seen.length).toBeLessThanOrEqual(MOST);
      expect(chapter.seen).toEqual([]);
      const before = model.seen.length;
      const run = await runCivicase(['promote', 'all', '--plan', '--json'], { workingDirectory });
      expect(run).toMatchObject({ code: 2, err: '' });
      const { hops } = JSON.parse(run.out) as {
        hops: { plan: { changes: unknown[]; impact: unknown[] } }[];
      };
      const { changes, impact } = hops[0]?.plan ?? {};
      // The status that goes was asked about for each of them.
      expect([changes?.length, impact?.length]).toEqual([CASE_TYPES, CASE_TYPES]);
      expect(model.seen.length - before).toBeLessThanOrEqual(MOST);
      expect(chapter.seen.length).toBeLessThanOrEqual(MOST);
    }),
  60_000,
);

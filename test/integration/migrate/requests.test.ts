import { expect, it } from 'vitest';
import { countRequests } from '../../../src/civicrm/counted-client.ts';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { planMigration, renderSnapshotFiles, snapshotSite } from '../../../src/migrate/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from '../../support/entities-of-every-kind.ts';
import { openSandboxIn } from '../../support/sandbox-in-zone.ts';

const MOST = 12;

it('a site with 200 case types is read in at most 12 requests', async () => {
  const { connect, close } = await openSandboxIn('Europe/Paris');
  try {
    const site = createMigrationSite(connect());
    const { before, after } = entitiesOfEveryKind('many_');
    const like = hospiceVisit('many_');
    for (const entity of before) await site.create(entity);
    await connect().batch(
      Array.from({ length: 200 }, (_, index) => ({
        entity: 'CaseType',
        action: 'create',
        params: {
          values: {
            name: index === 0 ? like.name : `many_${String(index)}`,
            title: `Many ${String(index)}`,
            is_active: true,
            definition: { ...like.definition } as never,
          },
        },
      })),
    );
    for (const entity of after) await site.create(entity);
    const { client, requests } = countRequests(connect());
    const snapshot = await snapshotSite(createMigrationSite(client));
    expect(requests()).toBeLessThanOrEqual(MOST);
    expect(snapshot.caseTypes.length).toBeGreaterThanOrEqual(200);
    for (const { name } of snapshot.caseTypes.slice(0, 3))
      expect(planMigration({ source: snapshot, target: snapshot, caseTypes: [name] }).changes).toEqual([]);
    const files = renderSnapshotFiles(snapshot);
    expect([...files.keys()].filter((path) => path.startsWith('case-types/'))).toHaveLength(
      snapshot.caseTypes.length,
    );
  } finally {
    await close();
  }
}, 60_000);

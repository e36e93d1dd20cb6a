import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countRequests } from '../../src/civicrm/counted-client.ts';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import { comparable, entityKey, refOf, type Dependency } from '../../src/migrate/entity.ts';
import { coreRoundTrip } from '../../src/migrate/core-round-trip.ts';
import {
  applyMigration,
  closureOf,
  createMemoryRunJournal,
  parseSnapshotFiles,
  planMigration,
  portableSnapshot,
  readPlan,
  reasonText,
  renderSnapshotFiles,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
} from '../../src/migrate/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from './entities-of-every-kind.ts';
import { seededSite } from './migration-sites.ts';

export interface KindsSite {
  readonly site: MigrationSite;
  /** Where requests can be counted. */
  readonly client: SiteClient | null;
  readonly close: () => Promise<void>;
}

/** Everything that a case type may lean on can be made, read, pulled into files and taken away again. */
export function describeKinds(name: string, open: () => Promise<KindsSite>): void {
  describe(`what a case type leans on, on ${name}`, () => {
    let opened: KindsSite;
    let site: MigrationSite;
    const made: Dependency[] = [];
    const { before, after } = entitiesOfEveryKind('kinds_');
    const caseType = hospiceVisit('kinds_');

    beforeAll(async () => {
      opened = await open();
      site = opened.site;
      for (const entity of before) made.push(await site.create(entity));
      await site.saveCaseType(caseType);
      for (const entity of after) made.push(await site.create(entity));
    });
    afterAll(async () => {
      for (const entity of [...after].reverse()) await site.remove(refOf(entity));
      await site.remove(refOf(caseType));
      for (const entity of [...before].reverse()) await site.remove(refOf(entity));
      const left = await snapshotSite(site);
      await opened.close();
      const keys = new Set(left.entities.map(entityKey));
      expect([...before, ...after].map(entityKey).filter((key) => keys.has(key))).toEqual([]);
    });

    it('is made as it was given, of every kind', () => {
      expect(made.map(comparable)).toEqual([...before, ...after].map(comparable));
    });

    it('is refused when it is there already, or names what the site lacks', async () => {
      for (const entity of [...before, ...after])
        await expect(site.create(entity)).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('is found from the case type, with the reason', async () => {
      const snapshot = await snapshotSite(site, { caseTypes: [caseType.name] });
      const [held] = snapshot.caseTypes;
      if (held === undefined) throw new Error('The case type is not there.');
      const needs = closureOf(held, snapshot);
      const reasons = Object.fromEntries(
        needs.map(({ key, reasons }) => [key, reasons.map((reason) => reasonText(reason))]),
      );
      for (const entity of [...before, ...after]) expect(Object.keys(reasons)).toContain(entityKey(entity));
      expect(reasons['contact_type:kinds_Nurse']).toEqual([
        'named by the relationship type "kinds_Nurse of"',
      ]);
      expect(reasons['custom_group:kinds_Facts']).toEqual([`belongs to the case type "${caseType.name}"`]);
      expect(reasons['custom_field:kinds_Facts.Ward']).toEqual(['belongs to the custom group "kinds_Facts"']);
      expect(reasons['message_template:kinds_ Visit soon']).toEqual([
        'named by the scheduled reminder "kinds_visit_soon"',
      ]);
    });

    it('is pulled into files that give it back, and stay as they are', async () => {
      const only = { caseTypes: [caseType.name] };
      const first = await snapshotSite(site, only);
      const files = renderSnapshotFiles(first);
      expect(parseSnapshotFiles(files, 'pulled')).toMatchObject({
        snapshot: portableSnapshot(first),
        edited: [],
      });
      expect(renderSnapshotFiles(await snapshotSite(site, only), files)).toEqual(files);
      const text = [...files.values()].map((content) => new TextDecoder().decode(content)).join('\n');
      for (const entity of [...before, ...after])
        expect(text).toContain(entityKey(entity).split(/[:.]/).at(-1)?.trim());
      expect(text).not.toMatch(/^\s*-?\s*id:/m);
    });

    it('is read in at most 12 requests, with all case types', async ({ skip }) => {
      if (opened.client === null) return skip();
      const { client, requests } = countRequests(opened.client);
      await snapshotSite(createMigrationSite(client));
      expect(requests()).toBeLessThanOrEqual(12);
    });
  });
}

/** All of it is moved there from another site, and taken back. */
export function describeMoveOfKinds(name: string, open: () => Promise<KindsSite>): void {
  describe(`a case type with custom fields, tags and reminders, moved to ${name}`, () => {
    it('comes with all it needs; a second plan is empty; a rollback leaves the target as it was', async () => {
      const { site: target, close } = await open();
      try {
        const { before, after } = entitiesOfEveryKind('moved_');
        const { name: caseType, definition, ...fields } = hospiceVisit('moved_');
        const source = seededSite({
          name: 'origin',
          entities: [...before, ...after],
          caseTypes: () => [
            {
              ...fields,
              name: caseType,
              definition: coreRoundTrip(caseType)(definition),
              acceptsDefinition: true,
            },
          ],
        });
        const held = await snapshotSite(target);
        const plan = async (): Promise<MigrationPlan> =>
          planMigration({
            source: await snapshotSite(source, { caseTypes: [caseType] }),
            target: await snapshotSite(target, { caseTypes: [caseType] }),
            caseTypes: [caseType],
          });
        const first = await plan();
        expect(first.problems).toEqual([]);
        expect(readPlan(JSON.parse(JSON.stringify(first)))).toEqual(first);
        const journal = createMemoryRunJournal();
        const { runId, applied } = await applyMigration(first, target, journal);
        expect(applied).toEqual(expect.arrayContaining([...before, ...after].map(entityKey)));
        expect((await plan()).changes).toEqual([]);
        await rollbackMigration(runId ?? '', target, journal);
        expect((await snapshotSite(target)).hashes).toEqual(held.hashes);
      } finally {
        await close();
      }
    });
  });
}

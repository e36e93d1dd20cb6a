import { describe, expect, it } from 'vitest';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
} from '../../src/migrate/index.ts';
import { riverside } from './migration-sites.ts';

export interface EmptyTarget {
  /** Has STAFF, and nothing else of what the case type "appeal" needs. */
  readonly site: MigrationSite;
  readonly close: () => Promise<void>;
}

async function planFor(target: MigrationSite): Promise<MigrationPlan> {
  const source = await snapshotSite(riverside(), { caseTypes: ['appeal'] });
  const contacts = contactKeysOf(source, 'appeal');
  const there = await snapshotSite(target, { caseTypes: ['appeal'], contacts });
  return planMigration({ source, target: there, caseTypes: ['appeal'] });
}

/** Sites that store something else than they are told, as CiviCRM does with what it does not know. */
const forgetful = {
  'a case type': (site) => ({
    ...site,
    saveCaseType: (entity) => site.saveCaseType({ ...entity, title: 'Stored otherwise' }),
  }),
  'a relationship type': (site) => ({
    ...site,
    create: (entity) =>
      site.create(entity.kind === 'relationship_type' ? { ...entity, labelAB: 'Otherwise' } : entity),
  }),
} satisfies Record<string, (site: MigrationSite) => MigrationSite>;

/** A site that shows something else than was written can be put back as it was, at once. */
export function describeFailedReadBack(
  name: string,
  open: () => Promise<EmptyTarget>,
  what: readonly (keyof typeof forgetful)[] = ['a case type', 'a relationship type'],
): void {
  describe(`a plan on ${name}`, () => {
    it.each(what)('is undone by a rollback right after %s was stored otherwise', async (one) => {
      const disturb: (site: MigrationSite) => MigrationSite = forgetful[one];
      const { site, close } = await open();
      try {
        const [plan, journal] = [await planFor(site), createMemoryRunJournal()];
        expect(plan.problems).toEqual([]);
        const before = (await snapshotSite(site)).hashes;
        const applying = applyMigration(plan, disturb(site), journal);
        await expect(applying).rejects.toMatchObject({ kind: 'remote-rejected' });
        const [run] = await journal.runs();
        await expect(applying).rejects.toThrow(`civicase rollback ${run?.id ?? ''}`);
        expect((await snapshotSite(site)).hashes).not.toEqual(before);
        const { undone, stays } = await rollbackMigration(run?.id ?? '', site, journal);
        expect(undone.length).toBeGreaterThan(0);
        expect(stays).toEqual([]);
        expect((await snapshotSite(site)).hashes).toEqual(before);
        expect(await journal.run(run?.id ?? '')).toMatchObject({ state: 'rolled-back' });
      } finally {
        await close();
      }
    });
  });
}

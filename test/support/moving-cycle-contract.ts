import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import type { MigrationSite } from '../../src/migrate/index.ts';
import { readCaseTypeXml } from '../../src/xml/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from './entities-of-every-kind.ts';
import { runCivicase } from './run-civicase.ts';
import { shippedFile } from './shipped-case-types.ts';

interface CycleSites {
  /** Lines under `sites:` for the sites a and b. */
  readonly config: readonly string[];
  /** Of site a. */
  readonly source: SiteClient;
  close(): Promise<void>;
}

interface CycleType {
  readonly what: string;
  readonly name: string;
  /** Makes it on the source. */
  readonly make: (site: MigrationSite) => Promise<void>;
}

const PREFIX = 'cycle_';

const ofFile = (what: string, name: string, file: string): CycleType => ({
  what,
  name,
  make: async (site) => {
    const { definition } = readCaseTypeXml(readFileSync(file), file);
    const more = { title: `Moved ${name}`, description: null, isActive: true, weight: 1 };
    await site.saveCaseType({ kind: 'case_type', name, definition, ...more });
  },
});

/** Fifty-nine activity types and steps, of a crisis team. */
const RECORDED = fileURLToPath(
  new URL(
    '../../../shared/civicrm/recordings/casetype-xml/RosivaldoCosta-jcivicase--MobileCrisisTeam.xml',
    import.meta.url,
  ),
);

const TYPES: readonly CycleType[] = [
  {
    what: 'a case type with something of every kind',
    name: `${PREFIX}hospice_visit`,
    make: async (site) => {
      const entities = entitiesOfEveryKind(PREFIX);
      for (const entity of entities.before) await site.create(entity);
      await site.saveCaseType(hospiceVisit(PREFIX));
      for (const entity of entities.after) await site.create(entity);
    },
  },
  ofFile('housing support, which both sites have', 'housing_support', shippedFile('housing_support', '.xml')),
  ...(existsSync(RECORDED) ? [ofFile('a large case type of the wild', 'crisis_team', RECORDED)] : []),
];

/** Case types go from one site to another and back. */
export function describeMovingCycle(where: string, open: () => Promise<CycleSites>): void {
  describe.each(TYPES)(`$what, between ${where}`, ({ name, make }) => {
    let sites: CycleSites;
    let folder: string;
    let run = '';
    const civicase = (...words: readonly string[]) => runCivicase(words, { workingDirectory: folder });
    /** All that site b holds, without what it was called. */
    const contentOfB = async (dir: string): Promise<string> => {
      await civicase('pull', 'b', '--dir', dir);
      return readFileSync(join(folder, dir, 'civicase.lock.yaml'), 'utf8');
    };
    let before = '';

    beforeAll(async () => {
      sites = await open();
      folder = mkdtempSync(join(tmpdir(), 'civicase-cycle-'));
      writeFileSync(join(folder, 'civicase.yaml'), ['sites:', ...sites.config, ''].join('\n'));
      await make(createMigrationSite(sites.source));
      before = await contentOfB('before');
    });
    afterAll(async () => {
      rmSync(folder, { recursive: true, force: true });
      await sites.close();
    });

    it('is rehearsed, and then applied just so', async () => {
      await civicase('plan', 'a', 'b', '--case-type', name, '--out', 'plan.json');
      const rehearsed = await civicase('apply', 'plan.json', '--rehearse', '--json');
      const rehearsal = JSON.parse(rehearsed.out) as { readonly applied: readonly string[] };
      expect(rehearsal).toMatchObject({ failure: null, unlike: [] });
      expect(rehearsed.code).toBe(0);
      expect(await contentOfB('rehearsed')).toBe(before);

      const applied = await civicase('apply', 'plan.json', '--json');
      const outcome = JSON.parse(applied.out) as {
        readonly applied: readonly string[];
        readonly runId: string;
      };
      expect(outcome.applied).toEqual(rehearsal.applied);
      expect(outcome.applied).toContain(`case_type:${name}`);
      run = outcome.runId;
      expect((await civicase('plan', 'a', 'b', '--case-type', name)).code).toBe(0);
    });

    it('is verified with a test case that leaves nothing, and has not drifted', async () => {
      const verified = await civicase('verify', run, '--with-test-case');
      expect(verified.err).toBe('');
      expect(verified.out).toMatch(new RegExp(`✓ ${name}: \\d+ activities, as simulated\\n {4}Everything`));
      expect(verified.code).toBe(0);
      const drifted = await civicase('drift');
      expect(drifted.out).toContain('b: nothing was edited');
      expect(drifted.code).toBe(0);
    });

    it('is rolled back to what was there', async () => {
      expect((await civicase('rollback', run)).err).toBe('');
      expect(await contentOfB('after')).toBe(before);
      expect((await civicase('drift')).err).toContain('Nothing was applied');
    });
  });
}

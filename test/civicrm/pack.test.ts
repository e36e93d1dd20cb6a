import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSnapshotDirectory, writeSnapshotFiles } from '../../src/app/index.ts';
import { createMigrationSite } from '../../src/civicrm/migration-site.ts';
import { comparable, entityKey } from '../../src/migrate/entity.ts';
import { portableSnapshot, snapshotSite, type Snapshot } from '../../src/migrate/index.ts';
import { stateOf } from '../../src/migrate/target-state.ts';
import { packExtension } from '../../src/migrate/pack/pack-extension.ts';
import { packedSite } from '../support/packed-site.ts';
import { runCivicase } from '../support/run-civicase.ts';
import { createRealClient } from '../support/real-client.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';

const KEY = 'org.example.housing';
/** Made by others, as far as we are concerned. */
const OTHERS = 'org.example.outreach';
const FIXTURE = fileURLToPath(new URL(`../fixtures/extension/${OTHERS}`, import.meta.url));
const PACKED = ['AideAuLogement', 'housing_support', 'p_hospice_visit'];
const LONG = { timeout: 240_000 };

describe.skipIf(!haveRealSites)('an extension of case types on a real site', () => {
  let sites: RealSites;
  let folder: string;
  let desk: string;
  beforeAll(async () => {
    sites = await openRealSites();
    folder = join(sites.folder, 'siteB', 'ext', KEY);
    desk = mkdtempSync(join(tmpdir(), 'civicase-pack-'));
    const { url, keys } = sites.b;
    writeFileSync(
      join(desk, 'civicase.yaml'),
      `sites:\n  b: { url: "${url}", apiKey: ${keys.admin}, timeZone: UTC }\n`,
    );
  });
  afterAll(async () => {
    for (const made of [folder, desk]) rmSync(made, { recursive: true, force: true });
    rmSync(join(sites.folder, 'siteB', 'ext', OTHERS), { recursive: true, force: true });
    await sites.reset('b');
    await sites.close();
  });

  const extension = async (action: string, key = KEY) => {
    const boot = join(sites.folder, 'siteB', 'civicrm.standalone.php');
    const php = `require '${boot}'; CRM_Core_Config::singleton(); CRM_Core_BAO_ConfigSetting::enableComponent('CiviCase');
      $m = CRM_Extension_System::singleton(TRUE)->getManager(); $m->refresh(); $m->${action}(['${key}']);`;
    await promisify(execFile)('php', ['-d', 'memory_limit=1G', '-d', 'display_errors=stderr', '-r', php]);
  };
  const statesOf = ({ entities }: Snapshot) =>
    new Map(entities.map((entity) => [entityKey(entity), comparable(entity)]));
  const read = () => snapshotSite(createMigrationSite(createRealClient(sites.b)));

  it(
    'makes the case types and all they need, and its removal loses none of what managed/ made',
    LONG,
    async () => {
      const { files } = packExtension(await snapshotSite(packedSite()), {
        key: KEY,
        file: 'housing',
        title: 'Housing',
        author: 'Riverside Trust',
        email: 'it@riverside.example',
        licence: 'AGPL-3.0',
        version: '1.0.0',
      });
      writeSnapshotFiles(folder, files);
      const before = statesOf(await read());
      await extension('install');
      const packed = portableSnapshot(await snapshotSite(packedSite()));
      const after = await read();
      const held = statesOf(after);
      const wanted = packed.entities.filter(({ kind }) => kind !== 'activity_default_assignee');
      expect(wanted.length).toBeGreaterThan(20);
      for (const entity of wanted) {
        const key = entityKey(entity);
        // What is there already stays as it is, such as the activity type "Open Case".
        expect([key, held.get(key)]).toEqual([key, before.get(key) ?? comparable(entity)]);
      }
      expect([...held.keys()].filter((key) => !before.has(key)).length).toBeGreaterThan(15);
      expect(after.caseTypeNames).toEqual(expect.arrayContaining(packed.caseTypeNames as string[]));

      const stored = await sites.b.rows(
        'SELECT name, title, definition IS NULL AS is_file FROM civicrm_case_type WHERE name IN (?, ?) ORDER BY name',
        ['AideAuLogement', 'p_hospice_visit'],
      );
      expect(stored).toEqual([
        { name: 'AideAuLogement', title: 'Demande d’aide au logement', is_file: 1 },
        { name: 'p_hospice_visit', title: 'Hospice visit', is_file: 0 },
      ]);
      for (const name of ['AideAuLogement', 'p_hospice_visit']) {
        const key = `case_type:${name}`;
        expect(stateOf(after, key)).toEqual(stateOf(packed, key));
      }

      // A case of each packed type goes as the simulation of its definition says.
      const live = ['verify', '--live', 'b', '--with-test-case', '--json'];
      const { out, code } = await runCivicase([...live, '--case-type', ...PACKED], {
        workingDirectory: desk,
      });
      const { testCases } = JSON.parse(out) as { testCases: readonly { caseType: string }[] };
      expect([code, testCases.map(({ caseType }) => caseType).sort()]).toEqual([0, PACKED]);

      await extension('disable');
      await extension('uninstall');
      const later = await read();
      const names = new Set(later.entities.map(entityKey));
      expect(wanted.map(entityKey).filter((key) => !names.has(key))).toEqual([]);
      expect(later.caseTypeNames).toContain('housing_support');
      expect(later.caseTypeNames).toContain('p_hospice_visit');
    },
  );

  it('is read as the site has it once it is installed, when others made it', LONG, async () => {
    const { snapshot } = readSnapshotDirectory(FIXTURE, OTHERS);
    const there = join(sites.folder, 'siteB', 'ext', OTHERS);
    cpSync(FIXTURE, there, { recursive: true });
    // What we do not read either: CiviCRM refuses the one, and the number of the other is another site's.
    rmSync(join(there, 'xml/case/street_census.xml'));
    writeFileSync(join(there, 'outreach.php'), MODULE);
    const before = statesOf(await read());
    await extension('install', OTHERS);
    const after = await read();
    const held = statesOf(after);
    expect(snapshot.entities).toHaveLength(7);
    for (const entity of snapshot.entities) {
      const key = entityKey(entity);
      expect(before.has(key)).toBe(false);
      // CiviCRM makes what managed/ declares before the case types of files, and stores nothing for a name that it does not
      // find: the group is for every case then. We read what is meant.
      const stored = key === 'custom_group:Outreach' ? { of: null } : {};
      expect([key, held.get(key)]).toEqual([key, { ...comparable(entity), ...stored }]);
    }
    expect(stateOf(after, 'case_type:StreetOutreach')).toEqual(stateOf(snapshot, 'case_type:StreetOutreach'));
    await extension('disable', OTHERS);
    await extension('uninstall', OTHERS);
  });
});

const MODULE = `<?php

class CRM_Outreach_ExtensionUtil {

  public static function ts($text, $params = []): string {
    return ts($text, $params + ['domain' => '${OTHERS}']);
  }

}
`;

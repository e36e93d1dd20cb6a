import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../../src/case-type/definition.ts';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  readPlan,
  parseSnapshotFiles,
  portableSnapshot,
  renderSnapshotFiles,
  snapshotSite,
  type MigrationPlan,
} from '../../../src/migrate/index.ts';
import { caseType, group, hilltop, optionValue, seededSite } from '../../support/migration-sites.ts';

const folder = new URL('../../../../shared/civicrm/recordings/casetype-xml/', import.meta.url);
const isThere = existsSync(folder);

/** Definitions as CiviCRM reads them from files of the wild. */
const recorded = (): readonly (readonly [string, CaseTypeDefinition])[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.expected.json'))
    .flatMap((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const { definition } = JSON.parse(text) as { definition?: CaseTypeDefinition | null };
      return definition === undefined || definition === null || Array.isArray(definition)
        ? []
        : [[file.replace('.expected.json', ''), definition] as const];
    });

describe.skipIf(!isThere)('case types of the wild (skipped where the recordings are missing)', () => {
  it.each(isThere ? recorded() : [])(
    '%s is planned from a file, from a site and onto itself',
    async (_, definition) => {
      const contents = { caseTypes: () => [caseType('wild', definition)] };
      const riverside = seededSite({ name: 'riverside', ...contents });
      const source = await snapshotSite(riverside);
      const files = renderSnapshotFiles(source);
      expect(parseSnapshotFiles(files, 'pulled')).toMatchObject({
        snapshot: portableSnapshot(source),
        edited: [],
      });
      expect(renderSnapshotFiles(source, files)).toEqual(files);
      const plan = async (to = riverside, from = source): Promise<MigrationPlan> => {
        const contacts = contactKeysOf(from, 'wild');
        return planMigration({
          source: from,
          target: await snapshotSite(to, { contacts }),
          caseTypes: ['wild'],
        });
      };
      const kinds = (await plan()).changes.map((change) => change.kind);
      expect(kinds.filter((kind) => kind !== 'create')).toEqual([]);

      const fileSource = { kind: 'definition', name: 'wild', definition } as const;
      const fromFile = planMigration({
        source: fileSource,
        target: await snapshotSite(hilltop()),
        caseTypes: ['wild'],
      });
      expect(readPlan(JSON.parse(JSON.stringify(fromFile)))).toEqual(fromFile);

      // What a file cannot describe is put on the target by hand, as the problems ask for.
      const named = fromFile.problems
        .filter((problem) => problem.kind === 'unknown-here')
        .map((problem) => problem.key.split(':') as [string, string]);
      const target = hilltop({
        optionValues: named
          .filter(([kind]) => kind !== 'group')
          .map(([kind, ...name]) => optionValue(kind as 'case_status', name.join(':'))),
        groups: named.filter(([kind]) => kind === 'group').map(([, ...name]) => group(name.join(':'))),
      });
      const ready = planMigration({
        source: fileSource,
        target: await snapshotSite(target),
        caseTypes: ['wild'],
      });
      const left = new Set(ready.problems.map((problem) => problem.kind));
      left.delete('not-portable');
      left.delete('name-differs-by-case');
      expect([...left]).toEqual([]);
      if (ready.problems.length > 0) return;
      await applyMigration(ready, target, createMemoryRunJournal());
      const again = planMigration({
        source: fileSource,
        target: await snapshotSite(target),
        caseTypes: ['wild'],
      });
      expect(again.changes).toEqual([]);
    },
  );
});

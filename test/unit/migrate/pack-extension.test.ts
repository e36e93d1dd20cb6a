import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSnapshotDirectory, writeSnapshotFiles } from '../../../src/app/index.ts';
import {
  packExtension,
  portableSnapshot,
  snapshotOfDefinition,
  snapshotSite,
} from '../../../src/migrate/index.ts';
import { expectGolden } from '../../support/golden.ts';
import { packedSite } from '../../support/packed-site.ts';

const info = {
  key: 'org.example.housing',
  file: 'housing',
  title: 'Aide au logement & suivi',
  author: 'Riverside Trust',
  email: 'it@riverside.example',
  licence: 'AGPL-3.0',
  version: '1.0.0',
};
const GOLDEN = new URL('../../golden/pack/housing/', import.meta.url);
const decoder = new TextDecoder();
const snapshot = await snapshotSite(packedSite());

describe('an extension of case types', () => {
  it('is, file by file, what CiviCRM installs', () => {
    const { files } = packExtension(snapshot, info);
    for (const [path, content] of files) expectGolden(new URL(path, GOLDEN), decoder.decode(content));
    const golden = readdirSync(GOLDEN, { recursive: true, withFileTypes: true });
    expect(golden.filter((entry) => entry.isFile())).toHaveLength(files.size);
  });

  it('has the same bytes for the same site, and gives back the same snapshot', async () => {
    const packed = packExtension(snapshot, info);
    expect(packExtension(await snapshotSite(packedSite()), info)).toEqual(packed);
    const folder = mkdtempSync(join(tmpdir(), 'pack-'));
    try {
      writeSnapshotFiles(folder, packed.files);
      const read = readSnapshotDirectory(folder);
      expect(read).toMatchObject({ snapshot: portableSnapshot(snapshot), edited: [] });
      expect(packExtension(read.snapshot, info)).toEqual(packed);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is PHP', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pack-'));
    try {
      const { files } = packExtension(snapshot, { ...info, key: 'org.example.h-x' });
      writeSnapshotFiles(folder, files);
      const php = [...files.keys()].filter((path) => path.endsWith('.php'));
      expect(php.length).toBeGreaterThan(10);
      for (const path of php) execFileSync('php', ['-l', join(folder, path)], { stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('comes of a file alone, with what CiviCRM would make of its names', () => {
    const definition = {
      activityTypes: [{ name: 'Open Case' }, { name: 'Inspection' }],
      statuses: ['Open', 'Condemned'],
      caseRoles: [{ name: 'Inspector' }],
    };
    const made = snapshotOfDefinition({ kind: 'definition', name: 'code_enforcement', definition }, 'x.xml');
    const { files, left } = packExtension(made, info);
    expect(left).toEqual([
      'The case status "Condemned": "code_enforcement" names it, and the source does not describe it; the site must have it.',
    ]);
    const text = (path: string) => decoder.decode(files.get(path));
    expect(text('managed/02_activity_type.mgd.php')).toContain("'name' => 'Inspection'");
    expect(text('managed/01_relationship_type.mgd.php')).toContain("'name_a_b' => 'Inspector is'");
    expect(text('managed/11_code_enforcement.mgd.php')).toContain("'Condemned'");
  });

  it.each([
    [{ key: '../x' }, 'is no key of an extension'],
    [{ version: 'new' }, 'is no version'],
  ])('refuses %j', (change, message) => {
    expect(() => packExtension(snapshot, { ...info, ...change })).toThrow(message);
  });
});

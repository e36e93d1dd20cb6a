import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSnapshotDirectory, snapshotFolderIn } from '../../../src/app/index.ts';
import { planMigration, snapshotSite } from '../../../src/migrate/index.ts';
import { changeKey } from '../../../src/migrate/plan.ts';
import { readPhpLiteral } from '../../../src/migrate/pack/read-php-literal.ts';
import { expectGolden } from '../../support/golden.ts';
import { hilltop } from '../../support/migration-sites.ts';

const FOLDER = fileURLToPath(new URL('../../fixtures/extension/org.example.outreach', import.meta.url));
const value = (source: string): unknown => {
  const read = readPhpLiteral(`<?php return ${source};`);
  return read.kind === 'value' ? read.value : `line ${String(read.line)}: ${read.found}`;
};

describe('PHP that is written down', () => {
  it('is read as PHP reads it', () => {
    expect(value("['a' => 1, 2 => -1.5, 'b' => [TRUE, false, Null],]")).toEqual({
      '2': -1.5,
      a: 1,
      b: [true, false, null],
    });
    expect(value("'it\\'s \\\\ \\n $x'")).toBe("it's \\ \\n $x");
    expect(value('"a\\tb\\n\\"c\\" \\$d \\q"')).toBe('a\tb\n"c" $d \\q');
    expect(value("/* x */ array('a', // y\n 'b' . 'c' # z\n)")).toEqual(['a', 'bc']);
    expect(value("[0 => 'a', 1 => 'b']")).toEqual(['a', 'b']);
    expect(value("[E::ts('Visit'), \\ts('Call', ['domain' => 'x']), CRM_X_E::ts('Mail',)]")).toEqual([
      'Visit',
      'Call',
      'Mail',
    ]);
  });

  it.each([
    ['[\n1, $x]', 'line 2: $'],
    ['"a $b"', 'line 1: "'],
    ['"\\x41"', 'line 1: "\\x41"'],
    ['foo()', 'line 1: foo'],
    ['E::KEY', 'line 1: E::KEY'],
    ["ts('%1 visits', [1 => 2])", 'line 1: ['],
    ['010', 'line 1: 010'],
    ['1 + 1', 'line 1: +'],
    ['[1', 'line 1: ;'],
    ["'a' . 1", 'line 1: 1'],
    ['[]; exit(1)', 'line 1: exit'],
  ])('refuses %j', (source, said) => {
    expect(value(source)).toBe(said);
  });

  it('refuses what is no such file', () => {
    expect(readPhpLiteral('{"a":1}')).toEqual({ kind: 'no-literal', line: 1, found: 'no <?php' });
    expect(readPhpLiteral('<?php\n\n$a = [];\nreturn $a;')).toMatchObject({ line: 3, found: '$' });
    expect(readPhpLiteral('<?php')).toMatchObject({ found: 'the end' });
  });
});

describe('an extension that others made', () => {
  const { snapshot } = readSnapshotDirectory(FOLDER, 'org.example.outreach');

  it('is a snapshot of what it declares, and names what was not read', () => {
    expectGolden(
      new URL('../../golden/pack/outreach.json', import.meta.url),
      `${JSON.stringify(snapshot, null, 2)}\n`,
    );
    expect(snapshot.notRead).toEqual([
      expect.stringMatching(
        /ActivityTypes.mgd.php: the activity type "numbered" says "component_id" by a number/,
      ),
      expect.stringMatching(/CustomFields.mgd.php: SavedSearch is nothing that case types lean on/),
      expect.stringMatching(/Reminders.mgd.php:4: "if" is no value.*Install the extension on a test site/),
      expect.stringMatching(/street_census.xml: CiviCRM refuses a case type in a file of that name/),
    ]);
  });

  it('is planned for a site with all that its case type leans on', async () => {
    const target = await snapshotSite(hilltop());
    const plan = planMigration({ source: snapshot, target, caseTypes: ['StreetOutreach'] });
    expect(plan.problems).toEqual([]);
    expect(plan.changes.map(changeKey)).toEqual([
      'relationship_type:Outreach worker is',
      'activity_type:night_contact',
      'case_type:StreetOutreach',
      'option_group:sleeping_place',
      'option_value:sleeping_place.doorway',
      'custom_group:Outreach',
      'custom_field:Outreach.Place',
    ]);
    expect(plan.notes.filter(({ kind }) => kind === 'unread-at-source')).toHaveLength(4);
  });

  it('must name itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'civicase-extension-'));
    try {
      expect(snapshotFolderIn(folder)).toBeNull();
      writeFileSync(join(folder, 'info.xml'), '<extension type="module"/>');
      expect(() => readSnapshotDirectory(folder, 'mine')).toThrow(/mine\/info.xml names no extension/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

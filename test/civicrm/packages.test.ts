import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { haveRealSites } from '../support/real-sites.ts';

const compose = join(import.meta.dirname, 'site', 'compose.php');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'civicase-packages-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Gives Composer, as its only registry, packages that lie in a folder. */
function registryOf(
  packages: Readonly<Record<string, { readonly version: string; readonly require?: object }>>,
): void {
  for (const [name, { version, require }] of Object.entries(packages)) {
    const folder = join(home, 'registry', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'composer.json'), JSON.stringify({ name, version, require: require ?? {} }));
  }
  const repositories = [
    { packagist: false },
    { type: 'path', url: join(home, 'registry', '*', '*'), options: { symlink: false } },
  ];
  writeFileSync(join(home, 'config.json'), JSON.stringify({ repositories }));
}

const table = `<?php return [
  'required' => ['made/core' => '1.0.0'],
  'preferred' => [
    'marcj/topsort' => ['1.1.0', 'TopSort.php'],
    'pear/log' => ['1.14.5', 'Log.php'],
    'pear/db' => ['1.12.2', 'Pear.php', '%s'],
  ],
  'leftOut' => ['behat/mink'],
];`;
const core = {
  version: '1.0.0',
  require: { 'marcj/topsort': '~1.1', 'pear/log': '1.14.5', 'pear/db': '~1.12.2', 'behat/mink': '^1.10' },
};

function run(debianFile: string = compose) {
  const folder = join(home, 'sites');
  mkdirSync(folder);
  writeFileSync(join(home, 'table.php'), table.replace('%s', debianFile));
  const environment = { ...process.env, COMPOSER_HOME: home, COMPOSER_ALLOW_SUPERUSER: '1' };
  const { status, stdout, stderr } = spawnSync('php', [compose, folder, join(home, 'table.php')], {
    encoding: 'utf8',
    env: environment,
  });
  return { code: status, out: stdout, error: stderr, folder };
}

describe.skipIf(!haveRealSites)('the PHP packages of the real sites', () => {
  it('come from the registry where it has them, and elsewhere from the stand-ins', () => {
    registryOf({ 'made/core': core, 'marcj/topsort': { version: '1.1.0' } });
    const { code, out, folder } = run();
    expect(code, out).toBe(0);
    expect(existsSync(join(folder, 'vendor/marcj/topsort'))).toBe(true);
    expect(readdirSync(join(folder, 'stand-ins'))).toEqual(['Log.php', 'Pear.php']);
    const logs = spawnSync('php', [
      '-r',
      `require '${folder}/vendor/autoload.php'; require_once 'Log.php'; echo PEAR_LOG_ERR, get_class(Log::singleton('file'));`,
    ]);
    expect(logs.stdout.toString()).toBe('3Log_file');
  });

  it('need no stand-in when the registry has them all', () => {
    registryOf({
      'made/core': core,
      'marcj/topsort': { version: '1.1.0' },
      'pear/log': { version: '1.14.5' },
      'pear/db': { version: '1.12.2' },
    });
    const { code, out, folder } = run();
    expect(code, out).toBe(0);
    expect(existsSync(join(folder, 'vendor/pear/db'))).toBe(true);
    expect(readdirSync(join(folder, 'stand-ins'))).toEqual([]);
  });

  it('have a stand-in, too, for one that is there and needs another which is not', () => {
    registryOf({
      'made/core': core,
      'marcj/topsort': { version: '1.1.0', require: { 'made/missing': '*' } },
    });
    const { code, out, folder } = run();
    expect(code, out).toBe(0);
    expect(readdirSync(join(folder, 'stand-ins'))).toEqual(['Log.php', 'Pear.php', 'TopSort.php']);
  });

  it('are not had where a required one is missing, or Debian’s part of a stand-in', () => {
    registryOf({ 'marcj/topsort': { version: '1.1.0' } });
    expect(run()).toMatchObject({ code: 1, error: 'Composer cannot put these packages together.\n' });
    rmSync(join(home, 'sites'), { recursive: true });
    registryOf({ 'made/core': core });
    expect(run('/nowhere/DB.php')).toMatchObject({
      code: 3,
      error: 'pear/db is not in the package registry, and /nowhere/DB.php (from Debian) is missing.\n',
    });
  });

  it('are all used or left out for a reason: every stand-in is in the table', () => {
    const packages = readFileSync(join(import.meta.dirname, 'site', 'packages.php'), 'utf8');
    for (const file of readdirSync(join(import.meta.dirname, 'site', 'stand-ins')))
      expect(packages).toContain(`'${file}'`);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCivicrm } from '../../support/civicrm-script.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-sites-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A folder as a build leaves it that was killed after its first words. */
function makeUnfinished(): void {
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'instance'), 'Two CiviCRM sites\nfirst port: 8777\n');
}

describe('npm run civicrm', () => {
  it.each([
    [[], 'Which command?'],
    [['fly'], 'no command "fly"'],
    [['up', '--prots', '8500'], 'no flag "--prots"'],
    [['up', '--ports'], 'got ""'],
    [['up', '--ports', '80'], 'got "80"'],
    [['up', '--ports', '65533'], 'got "65533"'],
    [['up', '--dir'], 'comes a folder'],
    [['up', 'A'], 'for both sites'],
    [['reset', 'C'], 'sites A and B'],
    [['down', '--json'], '--json goes with status'],
    [['reset', '--ports', '8500'], '--ports goes with up'],
    [['reset', '--like', 'other'], '--like goes with up'],
    [['up', '--like'], 'comes a folder'],
    [['up', '--dir', 'one', '--like', './one'], 'the folder of the sites itself'],
  ])('refuses %j with exit code 2', (args, words) => {
    const { code, error } = runCivicrm(...args);
    expect(error).toContain(words);
    expect(error).toContain('--help');
    expect(code).toBe(2);
  });

  it('tells all commands and flags', () => {
    const { code, out } = runCivicrm('--help');
    expect(code).toBe(0);
    for (const word of ['up', 'down', 'reset', 'status', 'clean', '--dir', '--ports', '--like', '--json'])
      expect(out).toContain(`  ${word}`);
  });

  it.each(['up', 'down', 'reset', 'status', 'clean'])(
    'leaves a folder alone that is not its own: %s',
    (command) => {
      writeFileSync(join(folder, 'thesis.txt'), 'dear');
      const { code, error } = runCivicrm(command, '--dir', folder);
      expect(error).toContain('was not made by this command');
      expect(code).toBe(1);
      expect(readdirSync(folder)).toEqual(['thesis.txt']);
    },
  );

  it('says of a folder that is not there that there are no sites, and does not make it', () => {
    const absent = join(folder, 'absent');
    for (const command of ['status', 'down', 'clean'])
      expect(runCivicrm(command, '--dir', absent)).toMatchObject({
        code: 0,
        out: `There are no sites in ${absent}.\n`,
      });
    expect(runCivicrm('reset', '--dir', absent)).toMatchObject({
      code: 1,
      error: expect.stringContaining('-- up') as string,
    });
    expect(existsSync(absent)).toBe(false);
  });

  it('says of an interrupted build that it is unfinished, and cleans up after it', () => {
    makeUnfinished();
    const { out } = runCivicrm('status', '--json', '--dir', folder);
    expect(JSON.parse(out)).toMatchObject({
      folder,
      state: 'unfinished',
      servers: { mariadb: null, 'php-fpm': null, nginx: null },
      ports: { a: 8777, b: 8778, database: 8779, smtp: 8780 },
    });
    expect(runCivicrm('clean', '--dir', folder).code).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it('removes nothing but its own from its folder', () => {
    makeUnfinished();
    writeFileSync(join(folder, 'thesis.txt'), 'dear');
    expect(runCivicrm('clean', '--dir', folder).code).toBe(0);
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });

  it('does not stop a process whose number an old pid file happens to name', async () => {
    makeUnfinished();
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(folder, 'run', 'nginx.pid'), `${bystander.pid ?? ''}\n`);
    expect(runCivicrm('down', '--dir', folder).code).toBe(0);
    expect(existsSync(join(folder, 'run', 'nginx.pid'))).toBe(false);
    expect(bystander.exitCode).toBeNull();
    expect(bystander.signalCode).toBeNull();
    bystander.kill();
    await once(bystander, 'exit');
  });

  it('wants a folder that can stand in the configuration of the servers', () => {
    for (const name of ['with blank', 'x'.repeat(90)])
      expect(runCivicrm('up', '--dir', join(folder, name))).toMatchObject({
        code: 3,
        error: expect.stringContaining('--dir FOLDER') as string,
      });
  });
});

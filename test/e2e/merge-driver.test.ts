import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCaseTypeXml } from '../../src/xml/index.ts';
import { buildProgram, type BuiltProgram } from '../support/doomed/build-program.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const start = readFileSync(join(ROOT, 'test/golden/merge/leaves-of-one-step/base.xml'), 'utf8');
const withDays = (days: number): string =>
  start.replace('<reference_offset>3<', `<reference_offset>${String(days)}<`);

let folder = '';
let program: BuiltProgram;
const file = (): string => join(folder, 'benefits.xml');
// Nobody's own settings of git may decide what happens here.
const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
const git = (...words: readonly string[]): string =>
  execFileSync('git', words, {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const commit = (content: string, message: string): void => {
  writeFileSync(file(), content);
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
};
/** Two branches of `start`, of which the second is merged into the first. */
function merge(ours: string, theirs: string): { readonly status: number | null; readonly told: string } {
  git('checkout', '--quiet', '-B', 'ours', 'start');
  git('checkout', '--quiet', '-B', 'theirs', 'start');
  commit(theirs, 'theirs');
  git('checkout', '--quiet', 'ours');
  commit(ours, 'ours');
  const { status, stdout, stderr } = spawnSync('git', ['merge', 'theirs', '--message', 'merged'], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  });
  return { status, told: stdout + stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-git-'));
  git('init', '--quiet', '--initial-branch', 'start');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.org');
  program = buildProgram('test/support/git-program/program.ts');
  const civicase = `"${process.execPath}" "${program.file}"`;
  git('config', 'merge.civicase.driver', `${civicase} xml merge %O %A %B --git --path %P`);
  git('config', 'diff.civicase.textconv', `${civicase} xml text`);
  writeFileSync(join(folder, '.gitattributes'), '*.xml merge=civicase diff=civicase\n');
  commit(start, 'start');
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('case types in git', () => {
  it('merges what lines cannot: a rename on one side, a new step that names the old on the other', () => {
    const step = `        <ActivityType>
          <name>Phone Call</name>
          <reference_activity>Home visit</reference_activity>
          <reference_offset>2</reference_offset>
        </ActivityType>
`;
    const ours = start.replaceAll('Home visit', 'Visit at home');
    const theirs = withDays(5).replace(/(?= {8}<ActivityType>\n {10}<name>Decision letter)/, step);
    expect(theirs).toContain(step);
    const { status, told } = merge(ours, theirs);
    expect(status, told).toBe(0);
    const merged = readFileSync(file(), 'utf8');
    expect(merged).toBe(
      ours
        .replace('<reference_offset>3<', '<reference_offset>5<')
        .replace(
          /(?= {8}<ActivityType>\n {10}<name>Decision letter)/,
          step.replace('Home visit', 'Visit at home'),
        ),
    );
  });

  it('stops at a conflict, with both sides in a file that is still a case type', () => {
    const { status, told } = merge(withDays(5), withDays(6));
    expect(status).toBe(1);
    expect(told).toContain('benefits.xml: conflict: reference_offset of step "Income check"');
    expect(git('status', '--short')).toBe('UU benefits.xml\n');
    const text = readFileSync(file(), 'utf8');
    expect(text).toContain('ours "5", which counts; theirs "6"; before "3" -->');
    expect(text).not.toContain('<<<<<<<');
    expect(readCaseTypeXml(text).definition).toEqual(readCaseTypeXml(withDays(5)).definition);
    git('merge', '--abort');
  });

  it('shows changes as facts', () => {
    git('checkout', '--quiet', 'start');
    writeFileSync(file(), `<!-- moved -->${withDays(5).replace(/^<\?xml.*\n/, '')}`);
    const changed = git('diff')
      .split('\n')
      .filter((line) => /^[+-](?![+-])/.test(line));
    expect(changed).toEqual([
      '-standard_timeline › Income check: day 3',
      '+standard_timeline › Income check: day 5',
    ]);
    writeFileSync(file(), '<CaseType>broken');
    expect(git('diff')).toContain('+<CaseType>broken');
    git('checkout', '--quiet', '--', '.');
  });
});

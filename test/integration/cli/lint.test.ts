import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { LINT_RULES } from '../../../src/xml/index.ts';
import { runCivicase, type CivicaseRun } from '../../support/run-civicase.ts';
import { machineClock } from '../../support/standing-clock.ts';

const GOLDEN = new URL('../../golden/lint/', import.meta.url);
const golden = (path: string): Buffer => readFileSync(new URL(path, GOLDEN));

let folder = '';
let riverside: Sandbox;

const civicase = (line: string, stdin: string | Uint8Array = ''): Promise<CivicaseRun> =>
  runCivicase(line.split(' '), { workingDirectory: folder, environment: { KEY: 'river-key' }, stdin });
const put = (path: string, content: string | Uint8Array): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};
interface Shown {
  readonly files: readonly {
    readonly file: string;
    readonly findings: readonly { readonly code: string; readonly line: number; readonly severity: string }[];
    readonly error: { readonly message: string } | null;
  }[];
}
const shown = (run: CivicaseRun): Shown => JSON.parse(run.out) as Shown;
const codes = (run: CivicaseRun): readonly string[] =>
  shown(run).files.flatMap(({ findings }) => findings.map(({ code }) => code));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-lint-'));
  riverside = createSandbox({
    name: 'riverside',
    apiKey: 'river-key',
    clock: machineClock,
    random: () => 0.5,
  });
  const { url } = await riverside.listen(0);
  put('civicase.yaml', `sites:\n  riverside: { url: "${url}", apiKey: "\${KEY}" }\n`);
  put('clean.xml', golden('padded-name/good.xml'));
  put('padded.xml', golden('padded-name/bad.xml'));
  put('notice.xml', golden('no-manager/bad.xml'));
  put('broken.xml', golden('not-xml/bad.xml'));
});

afterAll(async () => {
  await riverside.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('civicase xml lint', () => {
  it('says of a clean file that there is nothing to note', async () => {
    expect(await civicase('xml lint clean.xml')).toEqual({
      code: 0,
      out: 'clean.xml: nothing to note\n',
      err: '',
    });
  });

  it('shows a finding with its line, and exits with 2', async () => {
    const run = await civicase('xml lint padded.xml');
    expect(run.code).toBe(2);
    expect(run.out).toMatch(
      /^padded\.xml:36:7 error .* \[padded-name\]\n {2}36 \| {7}<name> Case Coordinator <\/name>\n {5}\| {7}\^\n/,
    );
  });

  it('exits with 0 after nothing but notices', async () => {
    expect((await civicase('xml lint notice.xml')).code).toBe(0);
  });

  it('exits with 1 when a file cannot be read, and checks the others', async () => {
    const run = await civicase('xml lint broken.xml padded.xml missing.xml --format json');
    expect(run.code).toBe(1);
    expect(codes(run)).toEqual(['not-xml', 'padded-name']);
    expect(shown(run).files.map(({ error }) => error === null)).toEqual([false, true, false]);
    const alone = await civicase('xml lint missing.xml');
    expect(alone).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('missing.xml does not exist'),
    });
  });

  it('gives the same with --json and --format json', async () => {
    const [one, other] = [
      await civicase('xml lint padded.xml --json'),
      await civicase('xml lint padded.xml --format json'),
    ];
    expect(one).toEqual(other);
    expect(await civicase('xml lint padded.xml --json --format sarif')).toMatchObject({ code: 1 });
  });

  it('speaks SARIF and to GitHub', async () => {
    const sarif = JSON.parse((await civicase('xml lint padded.xml --format sarif')).out) as {
      readonly version: string;
    };
    expect(sarif.version).toBe('2.1.0');
    expect((await civicase('xml lint padded.xml --format github')).out).toMatch(
      /^::error file=padded\.xml,line=36,col=7,title=padded-name::/,
    );
  });

  it('reads XML and JSON from stdin', async () => {
    const xml = await civicase('xml lint - --format json', golden('padded-name/bad.xml'));
    expect([codes(xml), shown(xml).files[0]?.file]).toEqual([['padded-name'], 'stdin']);
    const row = await civicase('xml lint - --format json', golden('invalid-case-type-name/bad.json'));
    expect(shown(row).files[0]?.findings).toMatchObject([{ code: 'invalid-case-type-name', line: 2 }]);
  });

  it('checks the case types of a folder, beside each other', async () => {
    put('shop/info.xml', '<extension key="org.example.shop"/>');
    put('shop/xml/case/housing_support.xml', golden('padded-name/good.xml'));
    put('shop/xml/case/Intake.xml', golden('padded-name/good.xml'));
    put('shop/node_modules/other/bad.xml', golden('padded-name/bad.xml'));
    const run = await civicase('xml lint shop --format json');
    expect(shown(run).files.map(({ file }) => file)).toEqual([
      'shop/xml/case/Intake.xml',
      'shop/xml/case/housing_support.xml',
    ]);
    expect(codes(run)).toEqual(['duplicate-case-type', 'file-name-refused']);
  });

  it('takes what to leave out from civicase.yaml, without the keys of its sites', async () => {
    put(
      'own/civicase.yaml',
      'sites:\n  a: { url: "https://a.example.org", apiKey: "${UNSET_KEY}" }\nlint:\n  ignore: [padded-name]\n  severity: { no-manager: error }\n',
    );
    const run = await civicase('xml lint padded.xml notice.xml --format json --config own/civicase.yaml');
    expect(shown(run).files.flatMap(({ findings }) => findings)).toMatchObject([
      { code: 'duplicate-case-type' },
      { code: 'no-manager', severity: 'error' },
    ]);
    put('own/slip.yaml', 'lint:\n  ignore: [paded-name]\n');
    const slip = await civicase('xml lint clean.xml --config own/slip.yaml');
    expect(slip.code).toBe(1);
    expect(slip.err).toMatch(/slip\.yaml:2:\d+: lint\.ignore.*Did you mean "padded-name"\?/);
  });
});

describe('civicase xml lint --fix', () => {
  it('mends the file in place, keeps its mode, and says so', async () => {
    put('mend/a.xml', golden('padded-name/bad.xml'));
    chmodSync(join(folder, 'mend/a.xml'), 0o640);
    const run = await civicase('xml lint --fix mend/a.xml');
    expect(run.code).toBe(0);
    expect(run.out).toContain(
      'mend/a.xml:36 mended: " Case Coordinator " has white space around it. [padded-name]',
    );
    expect(readFileSync(join(folder, 'mend/a.xml'))).toEqual(golden('padded-name/expected.xml'));
    expect(statSync(join(folder, 'mend/a.xml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(folder, 'mend'))).toEqual(['a.xml']);
  });

  it('shows with --dry-run what it would do, and writes nothing', async () => {
    const run = await civicase('xml lint --fix --dry-run padded.xml');
    expect(run.code).toBe(2);
    expect(run.out).toContain('padded.xml:36 would be mended');
    expect(run.out).toContain(
      '  - 36 |       <name> Case Coordinator </name>\n  + 36 |       <name>Case Coordinator</name>\n',
    );
    expect(readFileSync(join(folder, 'padded.xml'))).toEqual(golden('padded-name/bad.xml'));
    expect(await civicase('xml lint --dry-run padded.xml')).toMatchObject({ code: 1 });
  });

  it('gives the mended text of stdin on stdout', async () => {
    const run = await civicase('xml lint --fix -', golden('padded-name/bad.xml'));
    expect(run.out).toBe(golden('padded-name/expected.xml').toString());
    expect(run.err).toContain('mended');
  });
});

describe('civicase xml lint beside a site', () => {
  it('finds with --site and with --snapshot what the site lacks', async () => {
    const pulled = await civicase('pull riverside --dir snapshot');
    expect(pulled.out).toContain('site-names.yaml');
    put('named.xml', golden('unknown-role/bad.xml').toString().replaceAll('Visit', 'Vizit'));
    const [live, stored] = [
      await civicase('xml lint named.xml --site riverside --format json'),
      await civicase('xml lint named.xml --snapshot snapshot --format json'),
    ];
    expect(codes(live)).toEqual(['unknown-activity-type', 'unknown-role']);
    expect(stored).toEqual(live);
  });

  it('says what is missing', async () => {
    expect(await civicase('xml lint clean.xml --snapshot nowhere')).toMatchObject({
      code: 1,
      err: expect.stringContaining('civicase pull SITE --dir FOLDER'),
    });
    expect(await civicase('xml lint clean.xml --snapshot a --site b')).toMatchObject({ code: 1 });
  });
});

describe('civicase xml rules', () => {
  it('prints the table, or one rule in full', async () => {
    const all = await civicase('xml rules');
    for (const { code } of LINT_RULES) expect(all.out).toContain(`  ${code} `);
    expect((await civicase('xml lint --rules')).out).toBe(all.out);
    expect((await civicase('xml rules padded-name')).out).toMatch(
      /^padded-name \(error, file, --fix mends it\)\n/,
    );
    expect(JSON.parse((await civicase('xml rules --json')).out)).toMatchObject({
      rules: { length: LINT_RULES.length },
    });
    expect((await civicase('xml rules paded-name')).err).toContain('Did you mean "padded-name"?');
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { runCivicase, type CivicaseRun } from '../../support/run-civicase.ts';
import { shippedFile } from '../../support/shipped-case-types.ts';
import { machineClock } from '../../support/standing-clock.ts';

let folder = '';
let hilltop: Sandbox;

const civicase = (...words: readonly string[]): Promise<CivicaseRun> =>
  runCivicase(words, { workingDirectory: folder, environment: {}, stdin: '' });
const pack = (source: string, out: string, ...more: readonly string[]) =>
  civicase(
    ...['pack', source, '--key', 'org.example.housing', '--author', 'Riverside Trust'],
    ...['--email', 'it@riverside.example', '--out', out, ...more],
  );
const contentOf = (out: string) =>
  readdirSync(join(folder, out), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file.slice(join(folder, out).length), readFileSync(file, 'utf8')]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-pack-'));
  hilltop = createSandbox({ name: 'hilltop', apiKey: 'pack-key', clock: machineClock, random: () => 0.5 });
  const { url } = await hilltop.listen(0);
  writeFileSync(
    join(folder, 'civicase.yaml'),
    `sites:\n  hilltop: { url: "${url}", apiKey: pack-key, timeZone: UTC }\n`,
  );
  writeFileSync(join(folder, 'housing.xml'), readFileSync(shippedFile('housing_support', '.xml')));
});

afterAll(async () => {
  await hilltop.close();
  rmSync(folder, { recursive: true });
});

describe('civicase pack', () => {
  it('makes an extension of a file, which a plan reads, and after it is applied a site gives the same', async () => {
    const packed = await pack('housing.xml', 'ext');
    expect(packed).toMatchObject({ code: 0, err: '' });
    expect(packed.out).toContain('Not carried: The case status');
    // What the site ships under nearly the same names is another thing.
    const others = ['relationship_type:Housing Coordinator is', 'activity_type:Housing plan'];
    const planned = await civicase('plan', 'ext', 'hilltop', '--out', 'plan.json', '--new', ...others);
    expect(planned).toMatchObject({ code: 2, err: '' });
    expect(await civicase('apply', 'plan.json')).toMatchObject({ code: 0 });
    expect(await civicase('plan', 'ext', 'hilltop')).toMatchObject({ code: 0 });

    expect(await pack('hilltop', 'of-site', '--case-type', 'housing_support')).toMatchObject({ code: 0 });
    await pack('of-site', 'again');
    expect(contentOf('again')).toEqual(contentOf('of-site'));
  });

  it('takes out what an earlier pack had more, and writes over nothing else', async () => {
    await pack('housing.xml', 'ext');
    const stale = join(folder, 'ext', 'managed', '99_gone.mgd.php');
    writeFileSync(stale, '<?php return [];');
    expect((await pack('housing.xml', 'ext')).code).toBe(0);
    expect(contentOf('ext').map(([path]) => path)).not.toContain('/managed/99_gone.mgd.php');

    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const refused = await pack('housing.xml', '.');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('holds files that "civicase pack" did not write');
  });
});

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCaseTypeXml } from '../../../src/xml/index.ts';
import { runCivicase } from '../../support/run-civicase.ts';
import { serveSandbox, type ServedSandbox } from '../../support/served-sandbox.ts';
import { shippedFile } from '../../support/shipped-case-types.ts';

const NAME = 'substance_abuse_intake';

describe('civicase xml test --site', () => {
  let site: ServedSandbox;
  let folder: string;

  beforeAll(async () => {
    site = await serveSandbox('riverside', 0);
    folder = mkdtempSync(join(tmpdir(), 'civicase-site-tests-'));
    for (const ending of ['.xml', '.test.yaml'])
      copyFileSync(shippedFile(NAME, ending), join(folder, `${NAME}${ending}`));
    writeFileSync(
      join(folder, 'civicase.yaml'),
      `sites:\n  riverside: { url: "${site.url}", apiKey: riverside-key }\n`,
    );
  });
  afterAll(async () => {
    await site.sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...words: readonly string[]) =>
    runCivicase(['xml', 'test', '.', '--site', ...words], { workingDirectory: folder });

  it('says what a site lacks', async () => {
    const lacking = await run('riverside');
    expect(lacking.out).toContain(`The site "riverside" has no case type "${NAME}". Bring it there first`);
    expect(lacking.code).toBe(2);
    expect((await run('nowhere')).err).toContain('There is no site "nowhere"');
  });

  it('plays them there, and tells where the site has another definition', async () => {
    const { definition } = readCaseTypeXml(readFileSync(shippedFile(NAME, '.xml')));
    const id = site.create('CaseType', { name: NAME, title: 'Intake', definition } as never);
    const passed = await run('riverside');
    expect(passed.out).toContain('3 passed, 0 failed');
    expect(passed.code).toBe(0);

    const text = JSON.stringify(definition).replace('"reference_offset":"3"', '"reference_offset":"2"');
    site.update('CaseType', id, { definition: JSON.parse(text) as never });
    const failed = await run('riverside');
    expect(failed.out).toContain('The site "riverside" does otherwise than the simulation of the file.');
    expect(failed.code).toBe(2);
  });
});

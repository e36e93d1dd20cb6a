import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { runCivicase, type CivicaseRun } from '../../support/run-civicase.ts';
import { machineClock } from '../../support/standing-clock.ts';

let folder = '';
let riverside: Sandbox;
let hilltop: Sandbox;

const civicase = (line: string): Promise<CivicaseRun> =>
  runCivicase(line.split(' '), { workingDirectory: folder, environment: {}, stdin: '' });

const addType = (site: Sandbox, name: string, label: string) =>
  site.handle('OptionValue', 'create', {
    values: { 'option_group_id:name': 'activity_type', name, label, 'component_id:name': 'CiviCase' },
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-map-'));
  const times = { clock: machineClock, random: () => 0.5, apiKey: 'map-key' };
  riverside = createSandbox({ name: 'riverside', ...times });
  hilltop = createSandbox({ name: 'hilltop', idOffset: 1000, ...times });
  const [ours, theirs] = [await riverside.listen(0), await hilltop.listen(0)];
  writeFileSync(
    join(folder, 'civicase.yaml'),
    `sites:\n  riverside: { url: "${ours.url}", apiKey: map-key }\n  hilltop: { url: "${theirs.url}", apiKey: map-key }\n`,
  );
  addType(riverside, 'Home Visit', 'Home visit');
  addType(hilltop, 'home_visit', 'Visit at home');
  riverside.handle('CaseType', 'create', {
    values: {
      name: 'visits',
      title: 'Visits',
      definition: { activityTypes: [{ name: 'Open Case' }, { name: 'Home Visit' }] },
    },
  });
});

afterAll(async () => {
  await Promise.all([riverside.close(), hilltop.close()]);
  rmSync(folder, { recursive: true });
});

describe('civicase map', () => {
  it('proposes a file, checks it, and says where a name is wrong', async () => {
    const line = 'map suggest riverside hilltop --case-type visits --out mappings/riverside-hilltop.yaml';
    const suggested = await civicase(line);
    expect(suggested).toMatchObject({ code: 2, err: '' });
    const path = join(folder, 'mappings', 'riverside-hilltop.yaml');
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('    Home Visit: home_visit # 95 %');

    const again = await civicase(line);
    expect(again.code).toBe(1);
    expect(again.err).toContain('is there already, and somebody may have worked on it');

    const checked = await civicase('map check mappings/riverside-hilltop.yaml');
    expect(checked).toMatchObject({ code: 0, err: '' });

    writeFileSync(path, text.replace('home_visit', 'home_vist'));
    const wrong = await civicase('map check mappings/riverside-hilltop.yaml');
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(
      /riverside-hilltop\.yaml:7:5: names\.activity_type\.Home Visit: "hilltop" has no activity type named "home_vist"\. Did you mean "home_visit"\?/,
    );
  });

  it('counts for a plan, by its name or when it is given', async () => {
    const path = join(folder, 'mappings', 'riverside-hilltop.yaml');
    writeFileSync(path, 'names: { activity_type: { Home Visit: home_visit } }\n');
    const planned = await civicase('plan riverside hilltop --case-type visits --json');
    expect(planned).toMatchObject({ code: 2, err: '' });
    const { changes } = JSON.parse(planned.out) as { readonly changes: readonly { readonly kind: string }[] };
    expect(changes.map(({ kind }) => kind)).toEqual(['create-case-type']);
    expect(planned.out).toContain('home_visit');
    expect(planned.out).not.toContain('"Home Visit"');

    writeFileSync(join(folder, 'none.yaml'), 'skip: ["activity_type:Home Visit"]\n');
    const skipped = await civicase('plan riverside hilltop --case-type visits --mapping none.yaml');
    expect(skipped.out).toContain('It is left as it is, as the mapping says.');

    writeFileSync(path, 'names: { activity_type: { Home Visit: home_vist } }\n');
    expect((await civicase('plan riverside hilltop --case-type visits')).err).toContain(
      'Did you mean "home_visit"?',
    );
    const keyed = await civicase(
      'plan riverside hilltop --case-type visits --mapping none.yaml --keep group:nope',
    );
    expect(keyed.err).toContain('The plan looks at nothing with the key "group:nope"');
  });

  it('has nothing to say of a folder and the site that it was pulled from', async () => {
    await civicase('pull riverside --dir pulled');
    expect(existsSync(join(folder, 'pulled', 'civicase.lock.yaml'))).toBe(true);
    const run = await civicase('map suggest pulled riverside --json');
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run.out)).toEqual({ from: 'pulled', to: 'riverside', suggestions: [] });
  });
});

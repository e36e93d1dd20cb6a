import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiParams } from '../../src/civicrm/client.ts';
import { createEditTraces } from '../../src/civicrm/edit-traces.ts';
import { describeMovingCycle } from '../support/moving-cycle-contract.ts';
import { createRealClient } from '../support/real-client.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';
import { runCivicase } from '../support/run-civicase.ts';
import { VISITS, VISITS_DEFINITION } from '../support/moving-desk.ts';

describe.skipIf(!haveRealSites)('moving case types between real sites', () => {
  let sites: RealSites;
  let folder: string;
  let run = '';
  const civicase = (...words: readonly string[]) => runCivicase(words, { workingDirectory: folder });
  const json = async (...words: readonly string[]) => {
    const { code, out } = await civicase(...words, '--json');
    return { code, document: JSON.parse(out) as Record<string, unknown> };
  };

  beforeAll(async () => {
    sites = await openRealSites();
    folder = mkdtempSync(join(tmpdir(), 'civicase-verify-'));
    const { a, b } = sites;
    writeFileSync(
      join(folder, 'civicase.yaml'),
      [
        'sites:',
        `  a: { url: "${a.url}", apiKey: ${a.keys.admin}, timeZone: UTC }`,
        `  b: { url: "${b.url}", apiKey: ${b.keys.admin}, timeZone: UTC }`,
        `  limited: { url: "${b.url}", apiKey: ${b.keys.limited}, timeZone: UTC }`,
        `promotions: { visits: { chain: [a, b], caseTypes: [${VISITS}] } }`,
        '',
      ].join('\n'),
    );
    const client = createRealClient(a);
    const status = {
      ...{ 'option_group_id:name': 'case_status', name: 'Paused', label: 'Paused', grouping: 'Opened' },
    };
    await client.call({ entity: 'OptionValue', action: 'create', params: { values: status } });
    const values = { name: VISITS, title: 'Visits', definition: VISITS_DEFINITION };
    await client.call({ entity: 'CaseType', action: 'create', params: { values } });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await sites.close();
  });

  it('rehearses a plan on an embedded site, then does the same, and verifies it with a test case', async () => {
    await civicase('plan', 'a', 'b', '--case-type', VISITS, '--out', 'plan.json');
    const rehearsed = await json('apply', 'plan.json', '--rehearse');
    expect(rehearsed).toMatchObject({ code: 0, document: { failure: null, unlike: [] } });
    const applied = await json('apply', 'plan.json');
    expect(applied.document['applied']).toEqual(rehearsed.document['applied']);
    run = String(applied.document['runId']);

    const verified = await civicase('verify', run, '--with-test-case');
    expect(verified.err).toBe('');
    expect(verified.out).toContain('✓ visits: 4 activities, as simulated\n    Everything');
    expect(verified.code).toBe(0);
    const refused = await civicase(
      ...['verify', '--live', 'limited', '--case-type', VISITS, '--with-test-case'],
    );
    expect(refused.err).toMatch(/Nothing was opened: .* lacks .*"delete in CiviCase"/);
  });

  it('finds what was edited since, with the moment that the site keeps, and promotes again', async () => {
    expect((await civicase('drift')).code).toBe(0);
    await civicase('pull', 'b', '--dir', 'pulled', '--case-type', VISITS);
    expect((await civicase('drift', 'pulled', 'b')).code).toBe(0);
    await createRealClient(sites.b).call({
      entity: 'OptionValue',
      action: 'update',
      params: {
        where: [
          ['option_group_id:name', '=', 'activity_type'],
          ['name', '=', 'Letter'],
        ],
        values: { description: 'By post' },
      },
    });
    const drifted = await civicase('drift', 'b');
    expect(drifted.out).toContain('description: "Letter" -> "By post"');
    expect((await civicase('drift', 'pulled', 'b')).code).toBe(2);
    expect((await civicase('verify', run)).code).toBe(2);
    const promoted = await civicase('promote', 'visits', '--plan');
    expect(promoted.out).toMatch(/1 {2}a → b: /);
  });

  it('learns of the last edit what the site keeps', async () => {
    const client = createRealClient(sites.b);
    const act = (entity: string, action: string, params: ApiParams) =>
      client.call({ entity, action, params });
    const definition = { activityTypes: [{ name: 'Traced' }, { name: 'Untraced' }] };
    await act('CaseType', 'create', { values: { name: 'traced', title: 'Traced', definition } });
    await act('OptionValue', 'update', { where: [['name', '=', 'Traced']], values: { label: 'Edited' } });
    await act('Group', 'create', { values: { name: 'traced', title: 'Traced' } });
    const keys = ['activity_type:Traced', 'activity_type:Untraced', 'group:traced', 'case_type:traced'];
    const traces = await createEditTraces(client)(keys);
    expect([...traces.keys()].sort()).toEqual(['activity_type:Traced', 'group:traced']);
    expect(traces.get('activity_type:Traced')?.at).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(traces.get('group:traced')).toEqual({ at: null, by: 'Standalone Admin' });

    await act('Tag', 'create', { values: { name: 'traced', used_for: ['civicrm_case'] } });
    const added = await createEditTraces(client)(['tag:traced', 'group:traced'], ['tag:traced']);
    expect(added.get('tag:traced')).toEqual({
      at: expect.stringMatching(/^20\d\d-/) as string,
      by: 'Standalone Admin',
      isMaking: true,
    });
    expect(added.get('group:traced')).toEqual({ at: null, by: 'Standalone Admin' });
    expect((await createEditTraces(client)(['tag:traced'])).size).toBe(0);
  });
});

describe.skipIf(!haveRealSites)('real sites', () => {
  describeMovingCycle('two real sites', async () => {
    const sites = await openRealSites();
    const line = (name: string, { url, keys }: RealSites['a']): string =>
      `  ${name}: { url: "${url}", apiKey: ${keys.admin}, timeZone: UTC }`;
    return {
      config: [line('a', sites.a), line('b', sites.b)],
      source: createRealClient(sites.a),
      close: () => sites.close(),
    };
  });
});

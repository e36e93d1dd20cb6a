import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { runCivicase, type CivicaseRun } from '../../support/run-civicase.ts';
import { machineClock } from '../../support/standing-clock.ts';

const KEYS = { RIVERSIDE_KEY: 'canary-riverside-key-51', HILLTOP_KEY: 'canary-hilltop-key-52' };
const CLIENT = 'Canaria Birdwell';
const MAIL = 'canaria@people.example';

let folder = '';
let riverside: Sandbox;
let hilltop: Sandbox;
const transcript: CivicaseRun[] = [];

async function civicase(line: string, stdin = ''): Promise<CivicaseRun> {
  const run = await runCivicase(line.split(' '), { workingDirectory: folder, environment: KEYS, stdin });
  transcript.push(run);
  return run;
}
const json = (run: CivicaseRun): unknown => JSON.parse(run.out);
const idOf = (answer: { readonly values: unknown }): number =>
  (answer.values as readonly { readonly id: number }[])[0]?.id ?? 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-cli-'));
  const times = { clock: machineClock, random: () => 0.5 };
  riverside = createSandbox({ name: 'riverside', apiKey: KEYS.RIVERSIDE_KEY, ...times });
  hilltop = createSandbox({ name: 'hilltop', apiKey: KEYS.HILLTOP_KEY, idOffset: 1000, ...times });
  const addresses = [await riverside.listen(0), await hilltop.listen(0)].map(({ url }) => url);
  const site = (url: string | undefined, key: string) =>
    `{ url: "${url ?? ''}", apiKey: "\${${key}}", timeZone: UTC }`;
  writeFileSync(
    join(folder, 'civicase.yaml'),
    [
      'sites:',
      `  riverside: ${site(addresses[0], 'RIVERSIDE_KEY')}`,
      `  hilltop: ${site(addresses[1], 'HILLTOP_KEY')}`,
      `  stranger: { url: "${addresses[0] ?? ''}", apiKey: canary-wrong-key-53 }`,
      '  away: { url: "http://127.0.0.1:9", apiKey: canary-away-key-54 }',
      'pairs:',
      '  river-hill: { from: riverside, to: hilltop, caseTypes: [tenancy_help], contacts: create }',
      '  river-away: { from: riverside, to: away, caseTypes: [tenancy_help] }',
      'mail: { url: "smtp://desk:canary-mail-pass@127.0.0.1:9", from: "Case desk <desk@example.org>" }',
      'rules:',
      '  - name: call-at-once',
      '    sites: [riverside]',
      '    when: { activity: Open Case }',
      '    then: { createActivity: { type: Phone Call } }',
      '  - name: write-to-client',
      '    sites: [riverside]',
      '    when: { activity: Open Case, offset: "+1 day" }',
      '    then: { sendMail: { to: client, template: client-reminder } }',
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(folder, 'tenancy_help.xml'),
    `<?xml version="1.0" encoding="UTF-8"?>
<CaseType>
  <name>tenancy_help</name>
  <ActivityTypes>
    <ActivityType><name>Open Case</name><max_instances>1</max_instances></ActivityType>
    <ActivityType><name>Look at the lease</name></ActivityType>
  </ActivityTypes>
  <ActivitySets>
    <ActivitySet>
      <name>standard_timeline</name><label>Standard Timeline</label><timeline>true</timeline>
      <ActivityTypes>
        <ActivityType><name>Open Case</name><status>Completed</status></ActivityType>
        <ActivityType>
          <name>Look at the lease</name><reference_activity>Open Case</reference_activity>
          <reference_offset>3</reference_offset><reference_select>newest</reference_select>
        </ActivityType>
      </ActivityTypes>
    </ActivitySet>
  </ActivitySets>
  <CaseRoles><RelationshipType><name>Case Coordinator</name><creator>1</creator><manager>1</manager></RelationshipType></CaseRoles>
</CaseType>
`,
  );
});

afterAll(async () => {
  await riverside.close();
  await hilltop.close();
  rmSync(folder, { recursive: true });
});

describe('the way of a new user', () => {
  it('begins with a doctor who finds what is wrong', async () => {
    const well = await civicase('doctor riverside');
    expect(well.out).toContain('riverside (http://127.0.0.1:');
    expect([0, 2]).toContain(well.code);
    const all = await civicase('doctor --json');
    expect(all.code).toBe(1);
    const { sites } = json(all) as { sites: { site: string; usable: boolean; findings: string[] }[] };
    expect(sites.map(({ site, usable }) => [site, usable])).toEqual([
      ['riverside', true],
      ['hilltop', true],
      ['stranger', false],
      ['away', false],
    ]);
    expect(sites[2]?.findings.join()).toMatch(/API key/);
  });

  it('brings a case type from a file to both sites, and finds nothing left to do', async () => {
    for (const site of ['riverside', 'hilltop']) {
      const planned = await civicase(`plan tenancy_help.xml ${site} --out plan-${site}.json`);
      expect(planned.err).toBe('');
      expect(planned.code).toBe(2);
      expect(planned.out).toContain(`civicase apply plan-${site}.json`);
      const applied = await civicase(`apply plan-${site}.json`);
      expect(applied.err).toMatch(/^1\/2 create activity type .*\n2\/2 create case type "tenancy_help"\n$/);
      expect(applied.code).toBe(0);
      const again = await civicase(`plan tenancy_help.xml ${site}`);
      expect(again.code).toBe(0);
      expect((await civicase(`apply plan-${site}.json`)).out).toContain('Nothing to do');
    }
    expect((await civicase('plan riverside hilltop --case-type tenancy_help')).code).toBe(0);
  });

  it('pulls a site into files', async () => {
    const pulled = await civicase('pull riverside --dir snapshot --case-type tenancy_help --json');
    expect(pulled.code).toBe(0);
    const { files } = json(pulled) as { files: string[] };
    expect(files).toContain('case-types/tenancy_help.xml');
    expect(files.filter((file) => !existsSync(join(folder, 'snapshot', file)))).toEqual([]);
  });

  it('mirrors cases, and nothing a second time', async () => {
    const client = idOf(
      riverside.handle('Contact', 'create', {
        values: {
          contact_type: 'Individual',
          first_name: 'Canaria',
          last_name: 'Birdwell',
          external_identifier: 'c-1',
        },
      }),
    );
    riverside.handle('Email', 'create', { values: { contact_id: client, email: MAIL, is_primary: true } });
    riverside.handle('Case', 'create', {
      values: {
        'case_type_id:name': 'tenancy_help',
        contact_id: client,
        creator_id: 2,
        subject: `Lease of ${CLIENT}`,
        'status_id:name': 'Open',
      },
    });
    const rehearsal = await civicase('mirror run river-hill --dry-run');
    expect(rehearsal.err).toBe('');
    expect(rehearsal.code).toBe(2);
    const first = await civicase('mirror run river-hill --json');
    expect(first.err).toBe('');
    expect(json(first)).toMatchObject({ counts: { casesCreated: 1 } });
    const second = json(await civicase('mirror run river-hill --json')) as { counts: Record<string, number> };
    expect(second.counts['casesCreated']).toBe(0);
    expect(second.counts['activitiesCreated']).toBe(0);
    const status = await civicase('mirror status');
    expect(status.out).toContain('cases: 1 mirrored');
    const byName = json(await civicase('mirror status river-hill --json')) as { mirrors: unknown[] };
    expect(byName.mirrors).toHaveLength(1);
  });

  it('writes follow-ups once, after showing them', async () => {
    const rehearsal = await civicase('followups run --dry-run --site riverside');
    expect(rehearsal.code).toBe(2);
    expect(rehearsal.out).toContain('call-at-once');
    const first = await civicase('followups run --json');
    expect(first.err).toBe('');
    expect(json(first)).toMatchObject({ outcomes: { done: 1, failed: 0 } });
    expect(json(await civicase('followups run --json'))).toMatchObject({ outcomes: { done: 0 } });
  });

  it('shows who would get which mail', async () => {
    const preview = await runCivicase(['reminders', 'preview', '--days', '7', '--json'], {
      workingDirectory: folder,
      environment: KEYS,
    });
    expect(preview.err).toBe('');
    expect(json(preview)).toMatchObject({ reminders: [{ rule: 'write-to-client', address: MAIL }] });
    const sent = await civicase('reminders run --json');
    expect(sent.code).toBe(0);
    expect(json(sent)).toMatchObject({ outcomes: { sent: 0 } });
  });

  it('says which mails are put off, why and until when', async () => {
    const rules = `rules:
  - name: write-at-once
    sites: [riverside]
    when: { activity: Open Case }
    then: { sendMail: { to: client, template: client-reminder } }
`;
    const [other = ''] = readFileSync(join(folder, 'civicase.yaml'), 'utf8').split('rules:\n');
    writeFileSync(join(folder, 'at-once.yaml'), other + rules);
    const run = await civicase('reminders run --config at-once.yaml --data at-once');
    expect(run).toMatchObject({ code: 1, err: '' });
    expect(run.out).toMatch(/0 sent, .* 1 put off, 0 failed, 0 unknown/);
    expect(run.out).toMatch(/! put off: the mail server did not take it yet \(ECONNREFUSED\)/);
    expect(run.out).toMatch(/Not tried again before \d{4}-\d\d-\d\d \d\d:\d\d UTC; run this again then/);
    const soon = await civicase('reminders run --config at-once.yaml --data at-once --json');
    expect(soon.code).toBe(0);
    expect(json(soon)).toMatchObject({ outcomes: { 'put-off': 0, sent: 0 }, putOff: null });
  });

  it('shows that the last pass of a mirror failed', async () => {
    await civicase('mirror run river-away');
    const status = await civicase('mirror status river-away');
    expect(status).toMatchObject({ code: 2, err: '' });
    expect(status.out).toMatch(/river-away: last pass \d.*\n.*\n {2}! the last pass failed: .*no answer/);
  });

  it('undoes a migration that nobody uses', async () => {
    writeFileSync(
      join(folder, 'idle.xml'),
      '<CaseType><name>idle_type</name><ActivityTypes><ActivityType><name>Open Case</name></ActivityType></ActivityTypes><ActivitySets/><CaseRoles/></CaseType>',
    );
    await civicase('plan idle.xml hilltop --out idle.json');
    const applied = json(await civicase('apply idle.json --json')) as { runId: string };
    const undone = await civicase(`rollback ${applied.runId}`);
    expect(undone.err).toBe('');
    expect(undone.code).toBe(0);
    expect((await civicase('plan hilltop riverside --case-type idle_type')).err).toMatch(
      /no case type named "idle_type"/,
    );
    const again = await civicase(`rollback ${applied.runId}`);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toBe(`Nothing to undo on hilltop: run ${applied.runId} is undone already.\n`);
  });

  it('prints the schema of the configuration', async () => {
    expect(json(await civicase('config schema'))).toMatchObject({ properties: { sites: {}, rules: {} } });
  });
});

describe('bad input', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'broken.yaml'), 'sites:\n  a: { url: "https://a.example", apiKey: [\n');
    writeFileSync(
      join(folder, 'odd.yaml'),
      'sites:\n  a: { url: "https://a.example", apiKey: k, timoutSeconds: 3 }\n',
    );
    writeFileSync(join(folder, 'broken.xml'), '<CaseType>\n <name>x</nam>\n</CaseType>\n');
    writeFileSync(join(folder, 'plan.json'), '{"format":"something else"}');
    writeFileSync(join(folder, 'text.json'), 'not json');
    new Database(join(folder, 'other.sqlite')).exec('CREATE TABLE notes (text TEXT)').close();
  });

  it.each([
    ['plan hilltop hilltop --case-type tenancy_help', /both "hilltop"\. Name two sites/],
    ['doctor nowhere', /There is no site "nowhere" in .*civicase\.yaml\. Known: riverside/],
    ['doctor --config missing.yaml', /missing\.yaml does not exist.*--config/],
    ['doctor --config broken.yaml', /broken\.yaml:\d+:\d+: .*not YAML/],
    [
      'doctor --config odd.yaml',
      /odd\.yaml:2:45: sites\.a\.timoutSeconds: this key is not known; did you mean "timeoutSeconds"\?/,
    ],
    ['pull riversid', /no site "riversid".*Did you mean "riverside"\?/],
    ['pull riverside --case-type nosuch', /Site "riverside" has no case type named "nosuch"/],
    ['pull stranger', /API key/],
    ['pull away', /no answer.*ECONNREFUSED/],
    ['pull riverside --dir civicase.yaml', /could not be written .*--dir/],
    ['plan missing.xml hilltop', /missing\.xml does not exist/],
    ['plan broken.xml hilltop', /broken\.xml:2:\d+: /],
    ['plan tenancy_help.xml nowhere', /no site "nowhere"/],
    ['plan riverside hilltop --case-type tenancy', /Did you mean|Known: /],
    ['plan tenancy_help.xml hilltop --case-type other', /holds the case type "tenancy_help", not "other"/],
    ['plan tenancy_help.xml away', /no answer/],
    ['plan tenancy_help.xml hilltop --out no/such/plan.json', /could not be written to .*--out/],
    ['apply missing.json', /missing\.json does not exist/],
    ['apply text.json', /Expected JSON in text\.json/],
    ['apply plan.json', /not a migration plan/],
    ['rollback nosuchrun', /no migration run "nosuchrun"/],
    ['mirror run river-hil', /no pair "river-hil".*Did you mean "river-hill"\?/],
    ['mirror run river-away', /no answer/],
    ['mirror status nowhere', /no pair "nowhere"/],
    ['followups run --site nowhere', /no site "nowhere"/],
    ['followups run --config odd.yaml', /odd\.yaml:2:45/],
    ['reminders preview --days soon', /Expected a whole number, got "soon"/],
    ['reminders preview --site nowhere', /no site "nowhere"/],
    ['reminders run --config broken.yaml', /broken\.yaml:\d+:\d+/],
    ['up --config missing.yaml', /missing\.yaml does not exist/],
    ['sandbox --port 0 --name x', /--api-key.*sandbox --help/],
    ['sandbox --port many --name x --api-key k', /whole number/],
    ['sandbox --port 0 --name x --api-key k --data no/such/file', /kept in .*no\/such\/file: .*Name a file/],
    ['sandbox --port 0 --name x --api-key k --data broken.xml', /broken\.xml: file is not a database\./],
    ['sandbox --port 0 --name x --api-key k --data other.sqlite', /other\.sqlite: another program made it\./],
    ['xml definition missing.xml', /missing\.xml does not exist.*stdin/],
    ['xml definition broken.xml', /^civicase: broken\.xml:2:\d+: /],
    ['xml definition .', /is a folder/],
    ['xml write text.json', /text\.json:1:1/],
    ['xml simulate tenancy_help.xml', /--start/],
    ['xml simulate tenancy_help.xml --start soon', /Expected a date/],
    ['config scheme', /no command "scheme".*Did you mean "schema"\?/],
    ['mirror', /Expected a word after "civicase mirror": run, status/],
    ['docter', /no command "docter".*Did you mean "doctor"\?/],
    ['doctor --jsn', /unknown option '--jsn'.*doctor --help/i],
  ])('civicase %s: one sentence on what, where and what to do', async (line, expected) => {
    const run = await civicase(line);
    expect(run.err).toMatch(expected);
    expect(run.err).toMatch(/^civicase: [^\n]+\n$/);
    expect(run).toMatchObject({ code: 1, out: '' });
  });

  it('is one JSON document with --json', async () => {
    const run = await civicase('pull nowhere --json');
    expect(run).toMatchObject({ code: 1, err: '' });
    expect(json(run)).toEqual({
      error: {
        kind: 'not-found',
        message: expect.stringContaining('no site "nowhere"'),
        details: { site: 'nowhere', known: ['riverside', 'hilltop', 'stranger', 'away'] },
      },
    });
  });

  it('is a plan whose target has moved on: refused, naming what moved', async () => {
    const before = await civicase('plan riverside hilltop --case-type tenancy_help --out stale.json');
    expect(before.code).toBe(0);
    const fresh = readFileSync(join(folder, 'stale.json'), 'utf8');
    hilltop.handle('CaseType', 'update', {
      where: [['name', '=', 'tenancy_help']],
      values: { title: 'Renamed there' },
    });
    expect(fresh).toContain('"basis"');
    const stale = await civicase('apply stale.json');
    expect(stale.code).toBe(1);
    expect(stale.err).toMatch(
      /"hilltop" has changed since the plan was made: .*tenancy_help.* title.*Plan again/,
    );
  });

  it('shows a trace only when asked', async () => {
    const plain = await civicase('pull nowhere');
    expect(plain.err).not.toContain('    at ');
    const traced = await runCivicase(['pull', 'nowhere'], {
      workingDirectory: folder,
      environment: { ...KEYS, CIVICASE_DEBUG: '1' },
    });
    expect(traced.err).toContain('    at ');
  });
});

describe('what was printed in all of this', () => {
  it('holds no credential and no person', () => {
    const everything = transcript.map(({ out, err }) => out + err).join('\n');
    expect(everything).not.toMatch(/canary-/);
    expect(everything).not.toContain('Birdwell');
    expect(everything).not.toContain(MAIL);
  });
});

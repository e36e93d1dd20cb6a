import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { createRealClient } from '../support/real-client.ts';
import { haveRealSites, openRealSites, type RealSites } from '../support/real-sites.ts';
import { runCivicase } from '../support/run-civicase.ts';

const HARD = 'hard_words';
/** What people type: markup, quotes, an entity, three scripts, a right-to-left mark, an emoji and a line break. */
const TEXT = 'Visite à <b>domicile</b> & "co" \'&amp;\' 家庭 עברית\u200f 🏠\nline two';

/** Written by somebody, and stored as it is: by an import, not by CiviCRM's forms. */
const BY_HAND = `<?xml version="1.0" encoding="utf-8" ?>
<CaseType>
  <name>by_hand</name>
  <!-- Agreed with the hospice: never before day three. -->
  <ActivityTypes>
    <ActivityType><name>Open Case</name><max_instances>1</max_instances></ActivityType>
    <ActivityType><name>Follow up</name></ActivityType>
  </ActivityTypes>
  <ActivitySets>
    <ActivitySet>
      <name>standard_timeline</name>
      <label>Standard Timeline</label>
      <timeline>true</timeline>
      <ActivityTypes>
        <ActivityType><name>Open Case</name><status>Completed</status></ActivityType>
        <ActivityType>
          <name>Follow up</name>
          <reference_activity>Open Case</reference_activity>
          <reference_offset>3</reference_offset>
        </ActivityType>
      </ActivityTypes>
    </ActivitySet>
  </ActivitySets>
</CaseType>
`;

describe.skipIf(!haveRealSites)('a snapshot of a real site', () => {
  let sites: RealSites;
  let folder: string;
  const ids: Record<string, number> = {};
  const civicase = (...words: readonly string[]) => runCivicase(words, { workingDirectory: folder });
  const make = async (entity: string, values: JsonObject): Promise<number> => {
    const { values: made } = await createRealClient(sites.a).call({
      entity,
      action: 'create',
      params: { values },
    });
    return Number(made[0]?.['id']);
  };
  const filesIn = (name: string): ReadonlyMap<string, string> =>
    new Map(
      readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.\w+$/.test(path))
        .sort()
        .map((path) => [path, readFileSync(join(folder, name, path), 'utf8')]),
    );

  beforeAll(async () => {
    sites = await openRealSites();
    folder = mkdtempSync(join(tmpdir(), 'civicase-snapshot-'));
    const { a } = sites;
    writeFileSync(
      join(folder, 'civicase.yaml'),
      `sites:\n  a: { url: "${a.url}", apiKey: ${a.keys.admin}, timeZone: UTC }\n`,
    );
    const option = { 'option_group_id:name': 'activity_type', component_id: 7 };
    await make('OptionValue', { ...option, name: 'Visite à domicile', label: TEXT, description: TEXT });
    await make('OptionValue', { ...option, name: 'Twice', label: 'Twice' });
    // What its form refuses and an import does: two of one name.
    await a.rows(
      "INSERT INTO civicrm_option_value (option_group_id, name, label, value, weight) SELECT option_group_id, name, 'Twice again', value + 9000, weight FROM civicrm_option_value WHERE name = 'Twice'",
    );
    await make('Group', { name: 'desk_家', title: `Desk ${TEXT.slice(0, 20)}` });
    ids['type'] = await make('RelationshipType', {
      ...{
        name_a_b: 'Gestionnaire de',
        name_b_a: 'Gestionnaire',
        label_a_b: TEXT,
        label_b_a: 'Gestionnaire',
      },
      ...{ contact_type_a: 'Individual', contact_type_b: 'Individual' },
    });
    ids['known'] = await make('Contact', {
      ...{ contact_type: 'Individual', first_name: 'Zelda', last_name: 'Quillfeather' },
      external_identifier: 'staff-7',
    });
    ids['other'] = await make('Contact', {
      ...{ contact_type: 'Individual', first_name: 'Ottoline', last_name: 'Brackwater' },
    });
    await make('Email', { contact_id: ids['other'], email: 'ottoline@brackwater.example' });
    const step = (name: string, more: JsonObject): JsonObject => ({
      ...{ name, reference_activity: 'Open Case', reference_offset: '1' },
      ...more,
    });
    await make('CaseType', {
      name: HARD,
      title: TEXT.split('\n')[0] ?? '',
      description: TEXT,
      definition: {
        activityTypes: [
          { name: 'Open Case', max_instances: '1' },
          { name: 'Visite à domicile' },
          { name: 'Twice' },
        ],
        activitySets: [
          {
            name: 'standard_timeline',
            label: 'Déroulement <type> & "co"',
            timeline: 1,
            activityTypes: [
              { name: 'Open Case', status: 'Completed' },
              step('Visite à domicile', {
                default_assignee_type: '2',
                default_assignee_relationship: `${String(ids['type'])}_b_a`,
              }),
              step('Twice', { default_assignee_type: '3', default_assignee_contact: String(ids['known']) }),
              step('Twice', { default_assignee_type: '3', default_assignee_contact: String(ids['other']) }),
            ],
          },
        ],
        caseRoles: [{ name: 'Gestionnaire', creator: '1', manager: '1', groups: ['desk_家'] }],
      },
    });
    await a.rows(
      'INSERT INTO civicrm_case_type (name, title, definition, is_active, weight) VALUES (?, ?, ?, 1, 7)',
      ['by_hand', 'By hand', BY_HAND],
    );
    await a.rows(
      "INSERT INTO civicrm_case_type (name, title, definition, is_active, weight) VALUES ('torn', 'Torn', '<CaseType><name>', 1, 8), ('gone', 'Gone', NULL, 1, 9), ('not_xml', 'Not XML', 'Zelda called', 1, 10)",
    );
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await sites.reset('a');
    await sites.close();
  });

  it('is the same twice, and in two folders', async () => {
    expect(await civicase('pull', 'a', '--dir', 'one')).toMatchObject({ code: 0, err: '' });
    const first = filesIn('one');
    await civicase('pull', 'a', '--dir', 'one');
    await civicase('pull', 'a', '--dir', 'two');
    expect(filesIn('one')).toEqual(first);
    expect(filesIn('two')).toEqual(first);
    expect([...first.keys()].filter((path) => path.endsWith('.xml'))).toContain(`case-types/${HARD}.xml`);
  });

  it('holds no ids, no addresses and nobody', () => {
    for (const [path, text] of filesIn('one')) {
      expect([path, text.match(/[\w.+-]+@[\w-]+\.\w+/)]).toEqual([path, null]);
      expect([path, text.match(/Quillfeather|Brackwater|Zelda|Ottoline/)]).toEqual([path, null]);
      expect([path, text.match(/^\s*-?\s*\w*(_id|\bid|Id):/m)]).toEqual([path, null]);
      expect([path, text.match(/\b\d+_[ab]_[ab]\b|<default_assignee_contact>\d/)]).toEqual([path, null]);
    }
    const xml = filesIn('one').get(`case-types/${HARD}.xml`);
    expect(xml).toContain('relationship:b_a:Gestionnaire de');
    expect(xml).toContain('contact:external_identifier:staff-7');
    expect(xml).toContain('contact:withheld');
  });

  it('keeps every text, and says what does not parse', async () => {
    const files = filesIn('one');
    expect(files.get('activity-types.yaml')).toContain('家庭 עברית');
    const types = files.get('case-types.yaml') ?? '';
    for (const name of ['torn', 'gone', 'not_xml', HARD]) expect(types).toContain(`name: ${name}`);
    const planned = async (from: string) =>
      JSON.parse((await civicase('plan', from, 'a', '--case-type', HARD, '--json')).out) as {
        readonly notes: readonly { readonly key: string; readonly message: string }[];
        readonly problems: readonly { readonly kind: string; readonly remedy: string }[];
      };
    const { notes, problems } = await planned('one');
    expect(notes.filter(({ message }) => message.includes('empty definition')).map(({ key }) => key)).toEqual(
      ['case_type:gone', 'case_type:not_xml', 'case_type:torn'],
    );
    expect(problems.map(({ kind }) => kind)).toContain('duplicate-name');
    expect(problems.filter(({ remedy }) => remedy.includes('--with-addresses'))).toHaveLength(1);

    await civicase('pull', 'a', '--dir', 'addressed', '--with-addresses');
    expect((await planned('addressed')).problems.map(({ kind }) => kind)).toEqual(['duplicate-name']);
  });

  it('keeps XML that somebody wrote as it stands on the site', async () => {
    expect(filesIn('one').get('case-types/by_hand.xml')).toBe(BY_HAND);
    expect((await civicase('plan', 'one', 'a', '--case-type', 'by_hand')).code).toBe(0);
  });
});

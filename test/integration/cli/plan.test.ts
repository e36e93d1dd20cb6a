import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { addVisits, openMovingDesk, VISITS, type MovingDesk } from '../../support/moving-desk.ts';

let desk: MovingDesk;
const site = (name: string): Sandbox => desk.sites[name] as Sandbox;
const rename = (name: string, from: string, to: string): void => {
  const where = [
    ['option_group_id:name', '=', 'activity_type'],
    ['name', '=', from],
  ] as const;
  site(name).handle('OptionValue', 'update', { where, values: { name: to, label: to } });
  // As CiviCRM's own tools do not: without it the type goes when the definition is saved.
  const kept = [['name', '=', `civicase:act:${from}`]] as const;
  site(name).handle('Managed', 'update', { where: kept, values: { name: `civicase:act:${to}` } });
};
const named = (name: string): readonly unknown[] =>
  site(name)
    .handle('OptionValue', 'get', {
      where: [['option_group_id:name', '=', 'activity_type']],
      select: ['name'],
      limit: 0,
    })
    .values.map((row) => row['name']);

beforeAll(async () => {
  desk = await openMovingDesk(['test', 'live'], '');
  addVisits(site('test'));
});
afterAll(() => desk.close());

describe('civicase plan', () => {
  it('says before anything is done that the key may not see the site', async () => {
    const { err, code } = await desk.civicase('plan', 'test', 'live_limited', '--case-type', VISITS);
    expect(err).toMatch(/"live_limited".*permission/);
    expect(code).toBe(1);
  });

  it('takes all case types of a site into one plan, and says which needs what', async () => {
    const { code, out } = await desk.civicase('plan', 'test', 'live');
    expect(out).toContain(
      '3 case types from "test" to "live": adult_day_care_referral, housing_support, visits',
    );
    expect(out).toMatch(/create activity type "Letter".*\n +needed by: .*\(visits\)/);
    expect(out.match(/create case type/g)).toHaveLength(1);
    expect(code).toBe(2);
    const some = await desk.civicase(
      'plan',
      'test',
      'live',
      '--case-type',
      VISITS,
      'housing_support',
      '--out',
      'plan.json',
    );
    expect(some.out).toContain('2 case types');
    expect((await desk.civicase('apply', 'plan.json')).code).toBe(0);
    expect((await desk.civicase('plan', 'test', 'live')).code).toBe(0);
  });

  it('asks whether what looks like something else is that under a new name, and does as it is told', async () => {
    rename('test', 'Letter', 'Written letter');
    const type = site('test').handle('CaseType', 'get', { where: [['name', '=', VISITS]] }).values[0] ?? {};
    const definition = JSON.parse(
      JSON.stringify(type['definition']).replaceAll('"Letter"', '"Written letter"'),
    ) as JsonObject;
    site('test').handle('CaseType', 'update', { where: [['name', '=', VISITS]], values: { definition } });
    const asked = await desk.civicase('plan', 'test', 'live');
    expect(asked.out).toContain(
      '! activity type "Written letter": "live" does not have it, but has "activity_type:Letter", which the source lacks.',
    );
    expect(asked.out).toContain('--rename "activity_type:Letter=Written letter"');

    const fresh = await desk.civicase('plan', 'test', 'live', '--new', 'activity_type:Written letter');
    expect(fresh.out).toContain('create activity type "Written letter"');
    expect(fresh.out).not.toContain('to put right before');

    const told = await desk.civicase(
      'plan',
      'test',
      'live',
      '--rename',
      'activity_type:Letter=Written letter',
      '--out',
      'rename.json',
    );
    expect(told.out).toContain('[medium] rename activity type "Letter" to "Written letter"');
    expect(told.out).toContain('label: "Letter" -> "Written letter"');
    const applied = await desk.civicase('apply', 'rename.json');
    expect(applied.code).toBe(0);
    expect(named('live')).toContain('Written letter');
    expect(named('live')).not.toContain('Letter');
    expect((await desk.civicase('plan', 'test', 'live')).code).toBe(0);
    const run = /civicase rollback (\S+)/.exec(applied.out)?.[1] ?? '';
    expect((await desk.civicase('rollback', run)).code).toBe(0);
    expect(named('live')).toContain('Letter');
  });

  it.each([
    ['activity_type:Letter', /does not say what is renamed.*KIND:OLD NAME=NEW NAME/],
    ['contact_type:Nurse=Carer', /does not say what is renamed/],
    [
      'activity_type:Leter=Written letter',
      /"live" has no "activity_type:Leter"\. Did you mean "activity_type:Letter"/,
    ],
    [
      'activity_type:Letter=Writen letter',
      /the source has no "activity_type:Writen letter"\. Did you mean "activity_type:Written letter"/,
    ],
    ['activity_type:Letter=Meeting', /"live" has "activity_type:Meeting" already: two cannot become one/],
    [
      'activity_type:Meeting=Written letter',
      /the source has "activity_type:Meeting" too, which is then another thing/,
    ],
  ])('refuses --rename "%s" with what is wrong', async (text, expected) => {
    const { code, err } = await desk.civicase('plan', 'test', 'live', '--rename', text);
    expect(err).toMatch(expected);
    expect(code).toBe(1);
  });

  it('takes away with --prune what only the case type needed, unless it is to be kept', async () => {
    const definition = { activityTypes: [{ name: 'Open Case' }] };
    site('test').handle('CaseType', 'update', { where: [['name', '=', VISITS]], values: { definition } });
    site('test').handle('OptionValue', 'delete', { where: [['name', '=', 'Written letter']] });
    const kept = await desk.civicase('plan', 'test', 'live', '--case-type', VISITS);
    expect(kept.out).not.toContain('remove ');
    const pruned = await desk.civicase(
      'plan',
      'test',
      'live',
      '--case-type',
      VISITS,
      '--prune',
      '--out',
      'prune.json',
    );
    expect(pruned.out).toContain('[high] remove activity type "Letter"');
    expect(pruned.out).toContain('needed by: nothing, and the source does not have it');
    const but = await desk.civicase(
      'plan',
      'test',
      'live',
      '--case-type',
      VISITS,
      '--prune',
      '--keep',
      'activity_type:Letter',
    );
    expect([but.code, but.err]).toEqual([2, '']);
    expect(but.out).not.toContain('remove activity type "Letter"');
    expect((await desk.civicase('apply', 'prune.json')).code).toBe(0);
    expect(named('live')).not.toContain('Letter');
    const plan = JSON.parse(readFileSync(join(desk.folder, 'prune.json'), 'utf8')) as {
      changes: { severity: string }[];
    };
    expect(plan.changes.at(-1)?.severity).toBe('high');
  });

  it('compares with a folder or a file, which it does not change', async () => {
    await desk.civicase('pull', 'test', '--dir', 'pulled');
    const folder = await desk.civicase('plan', 'test', 'pulled');
    expect([folder.code, folder.err]).toEqual([0, '']);
    const against = await desk.civicase('plan', 'live', 'pulled', '--out', 'folder.json');
    expect(against.out).toContain('from "live" to "pulled"');
    const file = 'pulled/case-types/visits.xml';
    expect((await desk.civicase('plan', 'pulled', file, '--case-type', VISITS)).code).toBe(0);
    const text = desk.read(file).replace('Open Case', 'Closed Case');
    writeFileSync(join(desk.folder, 'other.xml'), text);
    const other = await desk.civicase(
      'plan',
      'test',
      'other.xml',
      '--case-type',
      VISITS,
      '--out',
      'file.json',
    );
    expect(other.out).toMatch(
      /^1 change \(1 medium\), in this order:\n {2}1\. \[medium\] update case type "visits"/m,
    );
    expect(other.out).toContain('to look at: what files hold is not changed');
    expect((await desk.civicase('apply', 'file.json')).err).toMatch(/no site "other\.xml"/);
    expect((await desk.civicase('plan', file, 'other.xml')).code).toBe(2);
    expect((await desk.civicase('plan', 'test', 'nowhere')).err).toMatch(/no site "nowhere"/);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import {
  addVisits,
  editActivityType,
  openMovingDesk,
  VISITS,
  type MovingDesk,
} from '../../support/moving-desk.ts';
import { machineClock } from '../../support/standing-clock.ts';

let desk: MovingDesk;
let hilltop: Sandbox;

beforeAll(async () => {
  desk = await openMovingDesk(['riverside', 'hilltop']);
  hilltop = desk.sites['hilltop'] as Sandbox;
  addVisits(desk.sites['riverside'] as Sandbox);
  // The target has things of its own, has edited what it was shipped with, and lacks some of it.
  hilltop.handle('OptionValue', 'create', {
    values: { 'option_group_id:name': 'activity_type', name: 'Own', label: 'Our own', icon: 'fa-home' },
  });
  editActivityType(hilltop, 'Phone Call', { label: 'Call', is_active: false });
  const where = [['name', '=', 'adult_day_care_referral']];
  hilltop.handle('CaseType', 'delete', { where });
  hilltop.handle('Tag', 'create', {
    values: { name: 'urgent', label: 'Urgent', used_for: ['civicrm_case'], color: '#ff0000' },
  });
  await desk.civicase('plan', 'riverside', 'hilltop', '--case-type', VISITS, '--out', 'plan.json');
});
afterAll(() => desk.close());

const contentOf = async (): Promise<string> => {
  await desk.civicase('pull', 'hilltop', '--dir', 'now');
  return desk.read('now/civicase.lock.yaml');
};

describe('civicase apply --rehearse', () => {
  it('does on an embedded site what would be done, opens a case there, and leaves the target as it is', async () => {
    const before = await contentOf();
    const { code, out, err } = await desk.civicase('apply', 'plan.json', '--rehearse');
    expect(err).toBe('');
    expect(out).toContain('Rehearsed on an embedded site made like hilltop (as CiviCRM 6.20-standalone)');
    expect(out).toMatch(/Would be made and read back:\n( {2}✓ .*\n)+ {2}✓ case_type:visits\n/);
    expect(out).toMatch(/✓ visits: 4 activities, as simulated/);
    expect(out).not.toContain('Not as on the target');
    expect(code).toBe(0);
    expect(await contentOf()).toBe(before);
  });

  it('leaves no run in the journal', async () => {
    expect((await desk.civicase('drift', 'hilltop')).err).toContain('Nothing was applied');
  });

  it('tells of a plan that would be refused', async () => {
    const plan = JSON.parse(desk.read('plan.json')) as { problems: unknown[] };
    const problem = {
      kind: 'unknown-here',
      key: 'group:desk',
      message: 'It is not there.',
      remedy: 'Make it.',
    };
    writeFileSync(join(desk.folder, 'bad.json'), JSON.stringify({ ...plan, problems: [problem] }));
    const { code, out } = await desk.civicase('apply', 'bad.json', '--rehearse');
    expect(out).toContain('It would stop: The plan has problems');
    expect(code).toBe(2);
  });

  it('tells of a target that has changed since the plan', async () => {
    editActivityType(desk.sites['riverside'] as Sandbox, 'Letter', { label: 'Parcel' });
    hilltop.handle('OptionValue', 'create', {
      values: { 'option_group_id:name': 'activity_type', name: 'Letter', label: 'Quite another' },
    });
    const { code, document } = await desk.json('apply', 'plan.json', '--rehearse');
    expect(document).toMatchObject({
      applied: [],
      openings: [],
      failure: expect.stringContaining('activity_type:Letter has been created') as string,
    });
    expect(code).toBe(2);
  });

  it('answers as the older CiviCRM that the target is', async () => {
    const times = { clock: machineClock, random: () => 0.5 };
    const old = createSandbox({ name: 'old', apiKey: 'old-key', edition: '5.77-wordpress', ...times });
    try {
      const { url } = await old.listen(0);
      const text = desk.read('civicase.yaml');
      const line = `  old: { url: "${url}", apiKey: old-key, timeZone: UTC }`;
      writeFileSync(join(desk.folder, 'civicase.yaml'), text.replace('sites:', `sites:\n${line}`));
      await desk.civicase('plan', 'riverside', 'old', '--case-type', VISITS, '--out', 'old.json');
      const { code, out } = await desk.civicase('apply', 'old.json', '--rehearse');
      expect(out).toContain('made like old (as CiviCRM 5.77-wordpress)');
      expect(out).toContain('✓ visits: 4 activities, as simulated');
      expect(code).toBe(0);
    } finally {
      await old.close();
    }
  });
});

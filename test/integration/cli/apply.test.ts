import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { addVisits, openMovingDesk, VISITS, type MovingDesk } from '../../support/moving-desk.ts';

let desk: MovingDesk;
const target = (): Sandbox => desk.sites['hilltop'] as Sandbox;

beforeEach(async () => {
  desk = await openMovingDesk(['riverside', 'hilltop']);
  addVisits(desk.sites['riverside'] as Sandbox);
  const { code } = await desk.civicase(
    ...['plan', 'riverside', 'hilltop', '--case-type', VISITS, '--out', 'plan.json'],
  );
  expect(code).toBe(2);
});
afterEach(() => desk.close());

const breakAtCaseType = (kind: 'reset-before' | 'reset-after') =>
  target().faults.inject({ entity: 'CaseType', action: 'create', fault: { kind } });
const runIdIn = (text: string): string => /[0-9a-f]{12}-\d+/.exec(text)?.[0] ?? '';

describe('civicase apply', () => {
  it('tells the first and the last change, or each when asked', async () => {
    const { code, err } = await desk.civicase('apply', 'plan.json', '--only', 'case_status:Paused');
    expect([code, err]).toEqual([0, '1/1 create case status "Paused"\n']);
    const rest = await desk.civicase('apply', 'plan.json', '--verbose');
    expect(rest.err.split('\n').filter((line) => line !== '')).toHaveLength(5);
    expect(rest.err).toContain('6/6 create case type "visits"');
    expect(rest.code).toBe(0);
  });

  it('makes only what is asked for and what that needs, and says what is left', async () => {
    const one = await desk.json('apply', 'plan.json', '--only', 'activity_type:Letter');
    expect(one.document).toMatchObject({ applied: ['activity_type:Letter'] });
    const { out } = await desk.civicase('apply', 'plan.json', '--only', 'activity_type:First visit');
    expect(out).toContain('Not asked for (5); apply the plan again for what is still to be made of it:');
    const whole = await desk.json('apply', 'plan.json');
    expect(whole.document).toMatchObject({
      applied: expect.arrayContaining([`case_type:${VISITS}`]) as unknown,
      alreadyThere: expect.arrayContaining(['activity_type:First visit', 'activity_type:Letter']) as unknown,
      left: [],
    });
    expect((await desk.civicase('plan', 'riverside', 'hilltop', '--case-type', VISITS)).code).toBe(0);
  });

  it('takes all that a case type names along', async () => {
    const { document } = await desk.json('apply', 'plan.json', '--only', `case_type:${VISITS}`);
    expect((document as { applied: unknown[] }).applied).toHaveLength(6);
    expect(document).toMatchObject({ left: [] });
  });

  it('asks about a key that is none', async () => {
    const { code, err } = await desk.civicase('apply', 'plan.json', '--only', 'activity_type:Leter');
    expect(err).toContain('Did you mean "activity_type:Letter"?');
    expect(code).toBe(1);
  });

  it.each(['reset-before', 'reset-after'] as const)(
    'lists what is done and what is not after a %s, and finishes without the file',
    async (kind) => {
      breakAtCaseType(kind);
      const { code, err } = await desk.civicase('apply', 'plan.json');
      const id = runIdIn(err);
      expect(code).toBe(1);
      expect(err).toContain(kind === 'reset-before' ? 'Done (5):' : 'Done (6):');
      if (kind === 'reset-before') expect(err).toMatch(/Not done \(1\):\n {2}– case type "visits"/);
      expect(err).toContain(`civicase apply --resume ${id}`);
      expect(err).toContain(`civicase rollback ${id}`);
      expect(err).not.toMatch(/\n\s+at /);
      const listed = await desk.civicase('apply', '--runs');
      expect(listed.out).toMatch(
        new RegExp(`^${id} +not finished +hilltop +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +visits$`, 'm'),
      );
      writeFileSync(join(desk.folder, 'plan.json'), 'lost');
      const resumed = await desk.json('apply', '--resume', id);
      expect(resumed.code).toBe(0);
      expect((resumed.document as { applied: unknown[] }).applied).toHaveLength(6);
      expect((await desk.civicase('apply', '--resume', id)).err).toContain('is done');
      expect((await desk.civicase('plan', 'riverside', 'hilltop', '--case-type', VISITS)).code).toBe(0);
      expect((await desk.json('rollback', id)).document).toMatchObject({ stays: [] });
      expect((await desk.civicase('apply', '--resume', id)).err).toContain('was rolled back');
    },
  );

  it('says in the document too how far it came', async () => {
    breakAtCaseType('reset-before');
    const { code, document } = await desk.json('apply', 'plan.json');
    expect(code).toBe(1);
    expect(document).toMatchObject({
      error: {
        kind: 'remote-unavailable',
        details: {
          report: { notDone: [`case_type:${VISITS}`], unknown: [] },
          whatToDo: { finish: expect.stringMatching(/^civicase apply --resume /) as string },
        },
      },
    });
  });

  it('does not know what became of a change when the site is gone', async () => {
    let isGone = false;
    target().faults.next = (entity, action) => {
      const isWrite = entity === 'CaseType' && action === 'create';
      const fault = isGone ? 'reset-before' : isWrite ? 'reset-after' : undefined;
      isGone ||= isWrite;
      return fault === undefined ? undefined : { kind: fault };
    };
    const { code, err } = await desk.civicase('apply', 'plan.json');
    expect(code).toBe(1);
    expect(err).toMatch(/Unknown: .* \(1\):\n {2}\? case type "visits"/);
    expect(err).toContain('Done (5):');
  });

  it('says what there is when a run is unknown, or nothing is given', async () => {
    expect((await desk.civicase('apply', '--runs')).out).toBe('No plan has been applied yet.\n');
    expect((await desk.civicase('apply', '--resume', 'abc-1')).err).toContain('No run is known yet');
    expect((await desk.civicase('apply')).err).toContain('What is to be applied?');
    expect((await desk.civicase('apply', 'plan.json', '--runs')).err).toContain('Give one of these alone');
    expect((await desk.civicase('apply', '--resume', 'a', '--only', 'b')).err).toContain('needs the file');
    await desk.civicase('apply', 'plan.json');
    const id = runIdIn((await desk.civicase('apply', '--runs')).out);
    expect((await desk.civicase('apply', '--resume', `${id.slice(0, 11)}x-1`)).err).toContain(
      `Did you mean "${id}"?`,
    );
  });
});

describe('civicase rollback', () => {
  it('shows, undoes what it can, names what stays, and goes on later', async () => {
    const id = runIdIn((await desk.civicase('apply', 'plan.json')).out);
    const where = [['name', '=', 'Letter']];
    target().handle('OptionValue', 'update', { where, values: { label: 'Post' } });
    const shown = await desk.civicase('rollback', id, '--dry-run');
    expect(shown.out).toContain('Would be undone on hilltop:\n  ✓ case type "visits"');
    expect(shown.out).toContain(
      'Would stay on hilltop:\n  ! activity type "Letter": it has been changed since: label.\n      Set it there',
    );
    expect(shown.code).toBe(2);
    const { code, document } = await desk.json('rollback', id);
    expect(code).toBe(2);
    expect(document).toMatchObject({
      dryRun: false,
      stays: [{ key: 'activity_type:Letter', kind: 'changed' }],
    });
    target().handle('OptionValue', 'update', { where, values: { label: 'Letter' } });
    const again = await desk.civicase('rollback', id);
    expect(again.out).toBe('Undone on hilltop:\n  ✓ activity type "Letter"\n');
    expect(again.code).toBe(0);
    expect((await desk.civicase('rollback', id)).out).toContain('is undone already');
  });
});

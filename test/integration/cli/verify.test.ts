import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import {
  addVisits,
  editActivityType,
  openMovingDesk,
  VISITS,
  type MovingDesk,
} from '../../support/moving-desk.ts';

let desk: MovingDesk;
let hilltop: Sandbox;
let run = '';

/** Rows of everything that a test case could leave, in the trash, too. */
const countsOf = (site: Sandbox) =>
  Object.fromEntries(
    ['Case', 'Activity', 'Contact', 'Relationship'].map((entity) => {
      const where = entity === 'Relationship' ? [] : [['is_deleted', 'IN', [true, false]]];
      return [entity, site.handle(entity, 'get', { select: ['id'], where }).values.length];
    }),
  );

beforeAll(async () => {
  desk = await openMovingDesk(['riverside', 'hilltop']);
  hilltop = desk.sites['hilltop'] as Sandbox;
  addVisits(desk.sites['riverside'] as Sandbox);
  await desk.civicase('plan', 'riverside', 'hilltop', '--case-type', VISITS, '--out', 'plan.json');
  const { document } = await desk.json('apply', 'plan.json');
  run = (document as { runId: string }).runId;
});
afterAll(() => desk.close());

describe('civicase verify', () => {
  it('finds all of a run as it was left', async () => {
    const { code, out } = await desk.civicase('verify', run);
    expect(out).toContain(`hilltop still holds all that run ${run} made there`);
    expect(code).toBe(0);
  });

  it('opens a case, finds it as simulated, and leaves nothing behind', async () => {
    const before = countsOf(hilltop);
    const { code, out, err } = await desk.civicase('verify', run, '--with-test-case');
    expect(err).toBe('');
    expect(out).toMatch(/✓ visits: \d+ activities, as simulated\n {4}Everything .* removed\./);
    expect(code).toBe(0);
    expect(countsOf(hilltop)).toEqual(before);
  });

  it('refuses a key that may not remove a case, before it makes anything', async () => {
    const before = countsOf(hilltop);
    const { code, err } = await desk.civicase(
      ...['verify', '--live', 'hilltop_limited', '--case-type', VISITS, '--with-test-case'],
    );
    expect(err).toMatch(/Nothing was opened: .* lacks .*"delete in CiviCase".*"delete contacts"/);
    expect(code).toBe(1);
    expect(countsOf(hilltop)).toEqual(before);
  });

  it('wants to know what to verify', async () => {
    expect((await desk.civicase('verify')).err).toContain('What is to be verified?');
    expect((await desk.civicase('verify', '--live', 'hilltop')).err).toContain('Which case types');
    expect((await desk.civicase('verify', run, '--live', 'hilltop')).err).toContain('A run knows its site');
    expect((await desk.civicase('verify', 'no-such-run')).err).toContain('no migration run "no-such-run"');
    const wrong = await desk.civicase('verify', '--live', 'hilltop', '--case-type', 'visit');
    expect(wrong.err).toContain('has no case type named "visit"');
  });

  it('names what was edited since, and what a live site lacks', async () => {
    editActivityType(hilltop, 'Second visit', { is_active: false });
    const edited = await desk.civicase('verify', run);
    expect(edited.out).toContain('! activity type "Second visit" was changed');
    expect(edited.out).toContain('isActive: true -> false');
    expect(edited.code).toBe(2);
    const live = await desk.civicase('verify', '--live', 'hilltop', '--case-type', VISITS);
    expect(live.out).toContain('activity type "Second visit": disabled');
    expect(live.code).toBe(2);
    const opened = await desk.json('verify', run, '--with-test-case');
    expect(opened.code).toBe(2);
    expect(opened.document).toMatchObject({
      finished: true,
      testCases: [
        { caseType: VISITS, leftBehind: [], failure: expect.stringContaining('Second visit') as string },
      ],
    });
    editActivityType(hilltop, 'Second visit', { is_active: true });
  });

  it('has nothing to say of a run that was rolled back', async () => {
    expect((await desk.civicase('rollback', run)).err).toBe('');
    const { code, err } = await desk.civicase('verify', run);
    expect(err).toContain('was rolled back');
    expect(code).toBe(1);
  });
});

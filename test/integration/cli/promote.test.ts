import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { addVisits, openMovingDesk, VISITS, type MovingDesk } from '../../support/moving-desk.ts';

let desk: MovingDesk;
const site = (name: string): Sandbox => desk.sites[name] as Sandbox;
const hasVisits = (name: string): boolean =>
  site(name).handle('CaseType', 'get', { where: [['name', '=', VISITS]] }).values.length > 0;

beforeAll(async () => {
  desk = await openMovingDesk(
    ['dev', 'test', 'live', 'north'],
    [
      'promotions:',
      `  visits: { chain: [dev, test, live], caseTypes: [${VISITS}] }`,
      `  all: { from: dev, to: [test, live, north], caseTypes: [${VISITS}, housing_support] }`,
    ].join('\n'),
  );
  addVisits(site('dev'));
});
afterAll(() => desk.close());

describe('civicase promote', () => {
  it('shows a matrix of sites, and changes nothing', async () => {
    const { code, out } = await desk.civicase('promote', 'visits', '--plan');
    expect(out).toMatch(/^ {2}1 {2}dev → test: 6 new, \d+ the same$/m);
    expect(out).toMatch(/^ {2}2 {2}dev → live: 6 new/m);
    expect(out).toMatch(/^ {2}case type "visits" +\+ \+$/m);
    expect(out).toContain('The same everywhere:');
    expect(code).toBe(2);
    expect(hasVisits('test')).toBe(false);
  });

  it('goes one step of a chain, from the site before', async () => {
    const early = await desk.civicase('promote', 'visits', '--to', 'live');
    expect(early.err).toContain('Site "test" has no case type named "visits"');
    expect(early.code).toBe(1);
    const { code, out } = await desk.civicase('promote', 'visits', '--to', 'test');
    expect(out).toMatch(/✓ test: changes made and read back: 6 \(run [0-9a-f]+-1\)/);
    expect(code).toBe(0);
    expect(hasVisits('live')).toBe(false);
    expect((await desk.civicase('promote', 'visits', '--to', 'live', '--plan')).out).toContain(
      'test → live: 6 new',
    );
  });

  it('stops at the first site that fails, and goes on when asked again', async () => {
    const locks = join(desk.folder, '.civicase');
    mkdirSync(locks, { recursive: true });
    // An apply of another process on that site.
    writeFileSync(join(locks, 'migrate-live.lock'), '1');
    const stopped = await desk.civicase('promote', 'all');
    expect(stopped.out).toContain('· test: held all of it already');
    expect(stopped.out).toMatch(/✗ live: .* is under way in another process/);
    expect(stopped.out).toContain('– north: not started');
    expect(stopped.code).toBe(1);
    writeFileSync(join(locks, 'migrate-live.lock'), '4194305');
    const { code, document } = await desk.json('promote', 'all');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      sites: [
        { to: 'test', kind: 'same' },
        { to: 'live', kind: 'applied', changes: 6 },
        { to: 'north', kind: 'applied', changes: 6 },
      ],
    });
    const again = await desk.civicase('promote', 'all', '--plan');
    expect(again.out).not.toContain('+ new');
    expect(again.code).toBe(0);
    const pending = join(locks, 'promotions');
    expect(existsSync(pending) ? readdirSync(pending) : []).toEqual([]);
  });

  it('finishes what the connection cut off', async () => {
    for (const { id } of site('north').handle('CaseType', 'get', { where: [['name', '=', VISITS]] })
      .values as unknown as readonly { id: number }[])
      site('north').handle('CaseType', 'delete', { where: [['id', '=', id]] });
    site('north').faults.inject({
      entity: 'CaseType',
      action: 'create',
      fault: { kind: 'reset-after' },
    } as never);
    const cut = await desk.civicase('promote', 'all');
    expect(cut.out).toMatch(/✗ north: /);
    const { code, document } = await desk.json('promote', 'all');
    expect(code).toBe(0);
    expect(document).toMatchObject({
      sites: [{}, {}, { to: 'north', kind: 'applied', runs: [expect.stringMatching(/-1$/)] }],
    });
  });

  it('keeps to the mapping of two sites', async () => {
    mkdirSync(join(desk.folder, 'mappings'), { recursive: true });
    const post = { 'option_group_id:name': 'activity_type', name: 'Post', label: 'Post' };
    site('north').handle('OptionValue', 'create', { values: post });
    const file = join(desk.folder, 'mappings', 'dev-north.yaml');
    writeFileSync(file, 'from: dev\nto: north\nnames: { activity_type: { Letter: Post } }\n');
    const { document } = await desk.json('promote', 'all', '--plan', '--to', 'north');
    const { hops } = document as { hops: { failure: string | null; plan: { changes: unknown[] } }[] };
    expect(hops[0]?.failure).toBeNull();
    expect(JSON.stringify(hops[0]?.plan.changes)).toContain('"name":"Post"');
    writeFileSync(file, 'from: dev\nto: north\nnames: { activity_type: { Leter: Post } }\n');
    const faulty = await desk.civicase('promote', 'all', '--plan', '--to', 'north');
    expect(faulty.out).toContain('Letter');
    expect(faulty.code).toBe(1);
    writeFileSync(file, 'from: live\n');
    expect((await desk.civicase('promote', 'all', '--plan', '--to', 'north')).out).toContain('is for "live"');
    rmSync(file);
  });

  it('says which promotions and sites there are', async () => {
    expect((await desk.civicase('promote', 'visit')).err).toContain('Did you mean "visits"?');
    expect((await desk.civicase('promote', 'visits', '--to', 'lives')).err).toContain('Did you mean "live"?');
  });

  it('refuses a way that is none', async () => {
    const file = join(desk.folder, 'civicase.yaml');
    const text = desk.read('civicase.yaml');
    const fault = async (way: string): Promise<string> => {
      writeFileSync(file, text.replace('chain: [dev, test, live]', way));
      return (await desk.civicase('promote', 'visits')).err;
    };
    expect(await fault('chain: [dev, live, dev]')).toContain('expected every site once');
    expect(await fault('chain: [dev, life]')).toContain('Did you mean "live"?');
    expect(await fault('from: dev')).toContain('expected either "chain", or "from" and "to"');
    writeFileSync(file, text);
  });
});

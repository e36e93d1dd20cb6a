import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { openDeadlyGate, type DeadlyGate, type Deadline } from '../../support/deadly-gate.ts';
import { buildDoomedProgram, type BuiltProgram } from '../../support/doomed/build-program.ts';
import { killOnErrand } from '../../support/doomed/doomed-process.ts';
import { addVisits, openMovingDesk, VISITS, type MovingDesk } from '../../support/moving-desk.ts';
import { contentsOf } from '../../support/site-contents.ts';

const TARGETS = ['test', 'live', 'north'];
/** What each site gets: five things that the case type needs, then the case type. */
const WRITES = 6;

let program: BuiltProgram;
let desk: MovingDesk;
let gate: DeadlyGate;
let calm: unknown;
const site = (name: string): Sandbox => desk.sites[name] as Sandbox;
const contents = () => TARGETS.map((name) => contentsOf(site(name)));

async function open(): Promise<void> {
  desk = await openMovingDesk(
    ['dev', ...TARGETS],
    `promotions: { all: { from: dev, to: [${TARGETS.join(', ')}], caseTypes: [${VISITS}] } }`,
  );
  addVisits(site('dev'));
  const file = desk.read('civicase.yaml');
  const urls = TARGETS.map((name) => new RegExp(`${name}: \\{ url: "([^"]+)"`).exec(file)?.[1] ?? '');
  gate = await openDeadlyGate(urls);
  const gated = urls.reduce((text, url, index) => text.replaceAll(url, gate.urls[index] ?? ''), file);
  writeFileSync(join(desk.folder, 'civicase.yaml'), gated);
}
async function close(): Promise<void> {
  await gate.close();
  await desk.close();
}

/** Whether it died. */
async function killPromotion(deadline: Deadline): Promise<boolean> {
  const errand = { kind: 'promote', folder: desk.folder, promotion: 'all' } as const;
  const died = await killOnErrand(program, errand, gate.at(deadline));
  await gate.whenQuiet();
  return died;
}

beforeAll(async () => {
  program = buildDoomedProgram();
  await open();
  expect((await desk.civicase('promote', 'all')).code).toBe(0);
  calm = contents();
  await close();
});
afterAll(() => program.remove());

describe('a promotion that is killed with -9', () => {
  it.each([
    ['within the first site', { write: 2, moment: 'before' }],
    ['after an effect that nobody heard of', { write: WRITES + 3, moment: 'after' }],
    ['between two sites', { write: WRITES, moment: 'answered' }],
    ['at the last write of all', { write: 3 * WRITES, moment: 'after' }],
  ] as const)('%s ends as planned on every site when it is started again', async (_where, deadline) => {
    await open();
    try {
      expect(await killPromotion(deadline)).toBe(true);
      const { code, out } = await desk.civicase('promote', 'all');
      expect(out).not.toContain('✗');
      expect(code).toBe(0);
      expect(contents()).toEqual(calm);
      const again = await desk.json('promote', 'all');
      expect(again.document).toMatchObject({ sites: TARGETS.map(() => ({ kind: 'same' })) });
    } finally {
      await close();
    }
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDeadlyGate, randomDeadline, type DeadlyGate } from '../../support/deadly-gate.ts';
import { buildDoomedProgram, type BuiltProgram } from '../../support/doomed/build-program.ts';
import { killOnErrand } from '../../support/doomed/doomed-process.ts';
import { passOnce } from '../../support/doomed/mirror-pass.ts';
import { openRoughWorld } from '../../support/mirror-rough-world.ts';
import { seededRandom } from '../../support/seeded-random.ts';

let program: BuiltProgram;
let world: Awaited<ReturnType<typeof openRoughWorld>>;
let gate: DeadlyGate;
let opened: { readonly contents: unknown; readonly requests: number };
let changed: typeof opened;

const open = async () => {
  world = await openRoughWorld();
  gate = await openDeadlyGate([world.alpha.url, world.beta.url]);
};
const close = async () => {
  await gate.close();
  await world.close();
};
const pass = () => passOnce(world.errand(gate.urls));

/** Begins passes that are killed on their way, as the seed will have it, then lets one end. */
const roughPass = async (seed: number, requests: number) => {
  const random = seededRandom(seed);
  for (let kill = 0; kill <= seed % 2; kill += 1) {
    const errand = { kind: 'mirror', ...world.errand(gate.urls) } as const;
    const killed = await killOnErrand(program, errand, gate.at(randomDeadline(random, requests)));
    expect(killed || kill > 0).toBe(true);
  }
  await pass();
};

beforeAll(async () => {
  program = buildDoomedProgram();
  await open();
  await pass();
  opened = { contents: world.contents(), requests: gate.requests() };
  await world.change();
  await pass();
  changed = { contents: world.contents(), requests: gate.requests() - opened.requests };
  await close();
});
afterAll(() => program.remove());
beforeEach(open);
afterEach(close);

describe('a mirror that is killed and started again', () => {
  it.each([2, 3, 4, 6, 8, 10])('opens every case once (seed %i)', async (seed) => {
    await roughPass(seed, opened.requests);
    expect(world.contents()).toEqual(opened.contents);
    expect((await pass()).requests.target).toBe(0);
  });

  it.each([12, 13, 14, 16])('carries every change over once (seed %i)', async (seed) => {
    await pass();
    await world.change();
    await roughPass(seed, changed.requests);
    expect(world.contents()).toEqual(changed.contents);
    expect((await pass()).requests.target).toBe(0);
  });
});

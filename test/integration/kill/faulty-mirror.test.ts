import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import type { Fault } from '../../../src/sandbox/faults.ts';
import { passOnce } from '../../support/doomed/mirror-pass.ts';
import { openRoughWorld } from '../../support/mirror-rough-world.ts';

const FAULTS = ['reset-before', 'reset-after', 'truncated', 'html'] as const;

let world: Awaited<ReturnType<typeof openRoughWorld>>;
let calm: unknown;

beforeAll(async () => {
  world = await openRoughWorld();
  await passOnce(world.errand());
  await world.change();
  await passOnce(world.errand());
  calm = world.contents();
  await world.close();
});
afterEach(() => world.close());

/** Passes until one ends with nothing left to write. */
const passUntilDone = async (maxRetries: number) => {
  for (let passes = 0; passes < 10; passes += 1) {
    try {
      const report = await passOnce(world.errand([], maxRetries));
      if (report.requests.target === 0) return;
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.kind !== 'remote-unavailable') throw thrown;
    }
  }
  throw new Error('Ten passes were not enough.');
};

/** A fault at every request of that number. A rule does not count what an earlier one has taken. */
const disturb = ({ faults }: Sandbox, fault: Fault, each: number) => {
  for (let hit = 0; hit < 60; hit += 1) faults.inject({ fault, skip: each * (hit + 1) - 1 - hit });
};

describe('a mirror between sites that fail now and then', () => {
  // A page of HTML is no fault that passes by itself, so the client does not try again, and a pass dies of each.
  const passing = FAULTS.filter((kind) => kind !== 'html');
  const every = passing.flatMap((kind) => [4, 9].map((each) => ({ kind, each })));
  it.each(every)(
    'ends as if undisturbed with $kind at every request number $each',
    async ({ kind, each }) => {
      world = await openRoughWorld();
      for (const { sandbox } of [world.alpha, world.beta]) disturb(sandbox, { kind }, each);
      await passUntilDone(3);
      await world.change();
      await passUntilDone(3);
      expect(world.contents()).toEqual(calm);
    },
  );

  const once = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((skip) => ({
    skip,
    kind: FAULTS[skip % 4] ?? 'html',
  }));
  it.each(once)(
    'ends as if undisturbed when a pass dies of $kind after $skip requests',
    async ({ kind, skip }) => {
      world = await openRoughWorld();
      world.beta.sandbox.faults.inject({ fault: { kind }, skip });
      await passUntilDone(0);
      await world.change();
      world.beta.sandbox.faults.inject({ fault: { kind }, skip });
      await passUntilDone(0);
      expect(world.contents()).toEqual(calm);
    },
  );
});

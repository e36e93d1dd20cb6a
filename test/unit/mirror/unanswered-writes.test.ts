import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { runMirrorPass } from '../../../src/mirror/index.ts';
import type { MirrorTarget } from '../../../src/mirror/ports.ts';
import { mirrorWorld } from '../../support/mirror-world.ts';

const PATIENCE = 30_000;

/** A world with a case to open, passes over it to any target, and what they waited for. */
function waitingWorld() {
  const world = mirrorWorld();
  world.source.openCase([world.people[0]!], world.people[1]!);
  const events: string[] = [];
  const clock = {
    ...world.clock,
    sleep: async (millis: number) => {
      events.push(`waited ${millis}`);
      await world.clock.sleep(millis);
    },
  };
  const { pair, source, store } = world;
  const pass = (target: MirrorTarget) =>
    runMirrorPass({ pair, source, target, store, clock, logger: silentLogger, patienceMillis: PATIENCE });
  const seen: MirrorTarget = targetWith(world.target, {
    findByKey: (entity, keys) => {
      events.push('looked');
      return world.target.findByKey(entity, keys);
    },
  });
  return { ...world, events, pass, seen };
}

function targetWith(target: MirrorTarget, methods: Partial<MirrorTarget>): MirrorTarget {
  return new Proxy(target, {
    get: (object, name): unknown => {
      const own: unknown = Reflect.get(methods, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(object, name);
      return typeof value === 'function' ? (value.bind(object) as unknown) : value;
    },
  });
}

/** A pass that dies at its first write. */
function dieWriting({ pass, target }: ReturnType<typeof waitingWorld>): Promise<void> {
  return new Promise((begun) => {
    const write = () => {
      begun();
      return new Promise<never>(() => undefined);
    };
    void pass(targetWith(target, { write }));
  });
}

describe('a pass after one that was interrupted while it wrote', () => {
  it('looks at the target only when the site has had its time with a write whose caller died', async () => {
    const world = waitingWorld();
    await dieWriting(world);
    world.clock.advance(10_000);
    await world.pass(world.seen);
    expect(world.events.slice(0, 2)).toEqual(['waited 20000', 'looked']);
  });

  it('waits after a write that got no answer in time, too', async () => {
    const world = waitingWorld();
    const late = new AppError('remote-unavailable', 'no answer within 30 s');
    await expect(world.pass(targetWith(world.target, { write: () => Promise.reject(late) }))).rejects.toThrow(
      'no answer',
    );
    await world.pass(world.seen);
    expect(world.events.slice(0, 2)).toEqual([`waited ${PATIENCE}`, 'looked']);
  });

  it('waits no longer than that when the clock was put back', async () => {
    const world = waitingWorld();
    const late = new AppError('remote-unavailable', 'no answer within 30 s');
    await expect(world.pass(targetWith(world.target, { write: () => Promise.reject(late) }))).rejects.toThrow(
      'no answer',
    );
    world.clock.advance(-3_600_000);
    await world.pass(world.seen);
    expect(world.events[0]).toBe(`waited ${PATIENCE}`);
  });

  it('does not wait after one that ended well, nor when the time is over', async () => {
    const world = waitingWorld();
    await world.pass(world.target);
    await world.pass(world.seen);
    world.source.openCase([world.people[0]!], world.people[1]!);
    await dieWriting(world);
    world.clock.advance(PATIENCE);
    await world.pass(world.seen);
    expect(world.events.filter((event) => event.startsWith('waited'))).toEqual([]);
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, RandomSource } from '../base/clock.ts';

/** Chance, for jitter and the like; never for secrets. */
export const systemRandom: RandomSource = () => Math.random();

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (millis, signal) => wait(millis, undefined, signal === undefined ? {} : { signal }),
};

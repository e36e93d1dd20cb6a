import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, EpochMillis } from '../../src/base/clock.ts';

export interface SteppedClock extends Clock {
  stepTo(instant: EpochMillis): void;
}

/** A clock that stands still until it is stepped. Waits last as long as they say, in real time. */
export function createSteppedClock(start: EpochMillis): SteppedClock {
  let now = start;
  return {
    now: () => now,
    sleep: (millis, signal) => pause(millis, undefined, { signal }),
    stepTo(instant) {
      now = Math.max(now, instant);
    },
  };
}

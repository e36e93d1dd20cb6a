import type { Clock } from '../../src/base/clock.ts';

export interface StandingClock extends Clock {
  /** Moves on by so many milliseconds. */
  advance(millis: number): void;
}

/** A clock that stands at an instant until it is told to move; its sleep takes no time. */
export function createStandingClock(start: number): StandingClock {
  let now = start;
  return {
    now: () => now,
    sleep: (millis) => {
      now += millis;
      return Promise.resolve();
    },
    advance: (millis) => {
      now += millis;
    },
  };
}

/** The clock of the machine, for tests in which other programs keep the time too. */
export const machineClock: Clock = {
  now: () => Date.now(),
  sleep: (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
};

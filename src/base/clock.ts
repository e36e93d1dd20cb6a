/** Milliseconds since the Unix epoch. */
export type EpochMillis = number;

/** Where time comes from. Only `app/` makes the real one; tests and the demo stand at a named instant. */
export interface Clock {
  now(): EpochMillis;
  /** Resolves after that many milliseconds of this clock, or rejects when the signal aborts. */
  sleep(millis: number, signal?: AbortSignal): Promise<void>;
}

/** A source of numbers in [0, 1), so that jitter and ids are arguments too. */
export type RandomSource = () => number;

/** A source of unique ids (UUIDs in production). */
export type IdSource = () => string;

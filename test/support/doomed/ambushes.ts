import type { RandomSource } from '../../../src/base/clock.ts';
import { randomDeadline, randomWriteDeadline, type DeadlyGate } from '../deadly-gate.ts';
import { afterMillis, atStoreWrite, type Ambush } from './doomed-process.ts';

/** What the random moments of a use case range over. */
interface Ranges {
  readonly gate: DeadlyGate;
  readonly storeFolder: string;
  /** Requests that every process sends before it writes. */
  readonly reads: number;
  /** Requests that write, of those which every process has before it. */
  readonly writes: number;
  /** How long it goes on writing, about. */
  readonly millis: number;
}

/**
 * A random moment in the life of the n-th process: of ten, one while it still looks around, five at a request that
 * writes, and four anywhere from the first of those on.
 */
export function randomAmbush(random: RandomSource, attempt: number, ranges: Ranges): Ambush {
  const { gate, storeFolder, reads, writes, millis } = ranges;
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  switch (attempt % 10) {
    case 9:
      return gate.at(randomDeadline(random, reads));
    case 1:
    case 4:
      return gate.onceWriting(afterMillis(upTo(millis)));
    case 2:
    case 7:
      return gate.onceWriting(atStoreWrite(storeFolder, upTo(4)));
    default:
      return gate.at(randomWriteDeadline(random, writes));
  }
}

import type { Clock, EpochMillis } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Result } from '../base/result.ts';
import type { MirrorPair, MirrorStore, MirrorTarget, MirrorWrite } from './ports.ts';

/** Sent between two notes: few enough that a site is done with them within its time limit. */
const WRITES_PER_NOTE = 200;

interface WritingParts {
  readonly pair: MirrorPair;
  readonly target: MirrorTarget;
  readonly store: MirrorStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface NotedWrites {
  readonly write: (writes: readonly MirrorWrite[]) => Promise<readonly Result<number>[]>;
  /** When the latest write began; null: there was none. */
  readonly writingAt: () => EpochMillis | null;
}

/** Writes to the target, with a note in the store before each. */
export function noteWrites(
  { pair, target, store, clock }: Omit<WritingParts, 'logger'>,
  startedAt: EpochMillis,
): NotedWrites {
  let writingAt: EpochMillis | null = null;
  return {
    writingAt: () => writingAt,
    write: async (writes) => {
      const results: Result<number>[] = [];
      for (let start = 0; start < writes.length; start += WRITES_PER_NOTE) {
        writingAt = clock.now();
        await store.saveRun(pair.name, { startedAt, finishedAt: null, outcome: { writingAt } });
        results.push(...(await target.write(writes.slice(start, start + WRITES_PER_NOTE))));
      }
      return results;
    },
  };
}

/**
 * PHP works on when its caller is gone, and `save` with `match` does not see what another call is just about to store:
 * a pass that began at once after a killed one could open the same cases again. It waits until the site has had its time.
 */
export async function waitForLastWrite(
  { pair, store, clock, logger }: Omit<WritingParts, 'target'>,
  patienceMillis: number,
): Promise<void> {
  const writingAt = unansweredSince((await store.lastRun(pair.name))?.outcome);
  if (writingAt === null) return;
  const millis = Math.min(writingAt + patienceMillis - clock.now(), patienceMillis);
  if (millis <= 0) return;
  logger.info(
    { pair: pair.name, millis },
    'Waiting: the target may be at work on writes of an interrupted pass',
  );
  await clock.sleep(millis);
}

function unansweredSince(outcome: unknown): EpochMillis | null {
  if (typeof outcome !== 'object' || outcome === null || !('writingAt' in outcome)) return null;
  return typeof outcome.writingAt === 'number' ? outcome.writingAt : null;
}

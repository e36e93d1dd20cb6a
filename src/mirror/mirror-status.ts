import type { Clock, EpochMillis } from '../base/clock.ts';
import type { LocalDateTime } from '../case/case-file.ts';
import type { Conflict, MirrorPair, MirrorRun, MirrorStore, Reject } from './ports.ts';

export interface MirrorStatus {
  readonly pair: string;
  readonly lastRun: MirrorRun | null;
  /** Newest modified date seen on the source, by its own clock. */
  readonly cursor: LocalDateTime | null;
  /** Milliseconds since the source was last read to the end; null before that. */
  readonly lagMillis: EpochMillis | null;
  readonly cases: {
    readonly mirrored: number;
    /** Half-done by an interrupted run. */
    readonly unfinished: number;
    readonly rejected: number;
    readonly gone: number;
  };
  readonly rejects: readonly Reject[];
  readonly conflicts: readonly Conflict[];
}

/** Where a mirror stands, from its own memory alone: no site is asked. */
export async function mirrorStatus(
  store: MirrorStore,
  pair: MirrorPair,
  clock: Clock,
): Promise<MirrorStatus> {
  const cases = await store.cases(pair.name);
  const lastRun = await store.lastRun(pair.name);
  const finishedWell = lastRun !== null && lastRun.finishedAt !== null && failureOf(lastRun) === null;
  const newestRead = cases.reduce((latest, row) => Math.max(latest, row.readAt), 0);
  const readAt = finishedWell ? lastRun.startedAt : newestRead;
  const count = (...states: readonly string[]) => cases.filter((row) => states.includes(row.state)).length;
  return {
    pair: pair.name,
    lastRun,
    cursor: await store.cursor(pair.name),
    lagMillis: readAt === 0 ? null : Math.max(0, clock.now() - readAt),
    cases: {
      mirrored: cases.filter((row) => row.state === 'mirrored' && row.targetId !== null).length,
      unfinished: count('opening', 'writing'),
      rejected: count('rejected'),
      gone: count('gone'),
    },
    rejects: await store.rejects(pair.name),
    conflicts: await store.conflicts(pair.name),
  };
}

/** Why a pass failed; null when it did not, or there was none. */
export function failureOf(run: MirrorRun | null): string | null {
  const outcome = run?.outcome ?? null;
  if (typeof outcome !== 'object' || outcome === null || !('failed' in outcome)) return null;
  const { failed } = outcome;
  return typeof failed === 'string' ? failed : 'for an unknown reason';
}

import type { RandomSource } from '../../../src/base/clock.ts';
import type { SiteRows } from '../real-site-rows.ts';
import type { Fate } from './doomed-process.ts';

/** What a use case that is killed again and again left behind. */
export interface RoundReport {
  readonly fates: readonly Fate[];
  /** What is otherwise in the databases than it should be; empty when all is well. */
  readonly differences: readonly string[];
}

/** A use case on real sites that can be run under attack. */
export interface KilledUseCase {
  /** One run in which so many processes die, and what it comes to in the end. */
  round(random: RandomSource, kills: number): Promise<RoundReport>;
  close(): Promise<void>;
}

/** Rows that one of them has more often than the other. */
export function differencesOf(what: string, wanted: SiteRows, found: SiteRows): readonly string[] {
  return [...new Set([...Object.keys(wanted), ...Object.keys(found)])].flatMap((table) => {
    const counts = new Map<string, number>();
    for (const line of found[table] ?? []) counts.set(line, (counts.get(line) ?? 0) + 1);
    for (const line of wanted[table] ?? []) counts.set(line, (counts.get(line) ?? 0) - 1);
    return [...counts].flatMap(([line, surplus]) => {
      if (surplus === 0) return [];
      return [
        `${what}: ${surplus > 0 ? `${String(surplus)} too many` : `${String(-surplus)} missing`} in ${table}: ${line}`,
      ];
    });
  });
}

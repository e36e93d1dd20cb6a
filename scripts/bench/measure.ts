/** One line of the table: ours against the plain thing, measured in the same run. */
export interface Comparison {
  readonly name: string;
  /** Milliseconds per unit of work: the median over the rounds. */
  readonly ours: number;
  readonly plain: number;
  readonly unit: string;
  /** Shown below the line. */
  readonly note?: string;
}

type Work = () => Promise<void> | void;

/**
 * Runs both in turn, A B A B …, so that a machine whose speed drifts treats them alike; the first round of each
 * warms up and does not count.
 */
export async function compare(
  name: string,
  unit: string,
  units: number,
  work: { readonly ours: Work; readonly plain: Work },
  rounds = 5,
): Promise<Comparison> {
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [a, b] = [await time(work.ours), await time(work.plain)];
    if (round === 0) continue;
    ours.push(a / units);
    plain.push(b / units);
  }
  return { name, unit, ours: median(ours), plain: median(plain) };
}

/** Milliseconds. */
export async function time(work: Work): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

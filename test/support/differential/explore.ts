import { recordFixture, type Fixture } from './fixture.ts';
import { kindOf, playSequence, type Pair, type Played, type Refused } from './play.ts';
import { sequenceNumbered } from './sequence.ts';
import { shrinkSequence } from './shrink.ts';
import { LostConnection } from './side.ts';
import type { Step } from './step.ts';

export interface Found {
  readonly kind: string;
  /** Number of the sequence in which it was met. */
  readonly sequence: number;
  /** The shortest sequence found, with the answers of the real site; only of the first of a kind. */
  readonly fixture?: Fixture;
}

export interface Exploration {
  /** Steps that both sites answered, and compared. */
  readonly compared: number;
  /** What the sandbox refused, and how often. */
  readonly refused: ReadonlyMap<string, number>;
  readonly found: readonly Found[];
  /** How often a site hung up, so that a sequence was played again from its beginning. */
  readonly replayed: number;
}

export interface ExploreOptions {
  readonly seed: number;
  readonly steps: number;
  /** Stops after so many differences. */
  readonly limit: number;
  /** How often a difference may be played again to make it smaller. */
  readonly attempts?: number;
  readonly onFound?: (found: Found) => void;
  readonly onProgress?: (compared: number) => void;
}

/** Whether a sequence must be played to its end to leave the sites as they were. */
const outlasts = (steps: readonly Step[]): boolean => steps.some((step) => step.isLasting === true);

const LENGTH = 25;
/** Sequences of one pair after which both its sites are put back: each case type makes the next one slower. */
const RESET_AFTER = 40;
const SHRINK_ATTEMPTS = 120;

/**
 * Plays numbered sequences on all pairs side by side until so many steps were compared. A difference is played
 * again, shrunk and recorded.
 */
export async function explore(pairs: readonly Pair[], options: ExploreOptions): Promise<Exploration> {
  const refused = new Map<string, number>();
  const found: Found[] = [];
  const kinds = new Set<string>();
  let compared = 0;
  let sequence = 0;
  let plays = 0;
  let replayed = 0;
  const token = (): string => `q${String((plays += 1)).padStart(6, '0')}`;

  const isOver = (): boolean => compared >= options.steps || found.length >= options.limit;

  /** A site that hangs up once is put back and the sequence played anew; one that does it again is broken. */
  async function play(pair: Pair, steps: readonly Step[]): Promise<Played> {
    try {
      return await playSequence(pair, steps, token());
    } catch (failure) {
      if (!(failure instanceof LostConnection)) throw failure;
      replayed += 1;
      await pair.reset();
      return playSequence(pair, steps, token());
    }
  }

  async function shrunk(
    pair: Pair,
    steps: readonly Step[],
    kind: string,
  ): Promise<readonly Step[] | undefined> {
    const differs = async (candidate: readonly Step[]): Promise<boolean> => {
      const { difference } = await play(pair, candidate);
      if (outlasts(candidate)) await pair.reset();
      return (
        difference !== undefined && difference.at === candidate.length - 1 && kindOf(difference) === kind
      );
    };
    if (!(await differs(steps))) return undefined;
    return shrinkSequence(steps, differs, options.attempts ?? SHRINK_ATTEMPTS);
  }

  /** A difference that does not come again was the tick of a clock between two answers. */
  async function pursue(
    pair: Pair,
    steps: readonly Step[],
    difference: NonNullable<Played['difference']>,
    number: number,
  ) {
    const kind = kindOf(difference);
    if (kinds.has(kind)) {
      note({ kind, sequence: number });
      return pair.reset();
    }
    const least = await shrunk(pair, steps.slice(0, difference.at + 1), kind);
    if (least !== undefined) {
      const theme = `found-${options.seed}-${number}`;
      kinds.add(kind);
      const again = await play(pair, least);
      note({
        kind,
        sequence: number,
        fixture: await recordFixture(pair, least, again.difference ?? difference, theme),
      });
    }
    return pair.reset();
  }

  function note(one: Found): void {
    found.push(one);
    options.onFound?.(one);
  }

  async function lane(pair: Pair): Promise<void> {
    for (let played = 1; !isOver(); played += 1) {
      const number = (sequence += 1);
      const steps = sequenceNumbered(options.seed, number, LENGTH);
      const outcome = await play(pair, steps);
      compared += outcome.compared;
      for (const one of outcome.refused) count(refused, one);
      options.onProgress?.(compared);
      if (outcome.difference !== undefined) await pursue(pair, steps, outcome.difference, number);
      else if (played % RESET_AFTER === 0 || outcome.isCutShort === true) await pair.reset();
    }
  }

  await Promise.all(pairs.map(lane));
  return { compared, refused, found, replayed };
}

function count(refused: Map<string, number>, { step, message }: Refused): void {
  const what = `${step.entity}.${step.action}: ${message}`;
  refused.set(what, (refused.get(what) ?? 0) + 1);
}

/** How many steps the sandbox refused. */
export const refusedIn = ({ refused }: Exploration): number =>
  [...refused.values()].reduce((sum, one) => sum + one, 0);

/** What the sandbox refused and how often, most often first. */
export const refusals = ({ refused }: Exploration): readonly string[] =>
  [...refused]
    .toSorted(([, left], [, right]) => right - left)
    .map(([what, times]) => `${times} times: ${what}`);

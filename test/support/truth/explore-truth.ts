import fc from 'fast-check';
import type { SiteKnowledge } from '../../../src/case-type/index.ts';
import { damage, randomFrom } from '../xml-fuzz.ts';
import { corpusFiles } from '../../unit/xml/corpus.ts';
import { arbitraryCaseTypeText } from './arbitrary-case-type-text.ts';
import { arbitraryNonsense } from './arbitrary-nonsense.ts';
import { arbitraryOpening } from './arbitrary-opening.ts';
import { compareOpenings, compareReading, compareWriting, type Difference } from './compare.ts';
import type { Core } from './core.ts';

/** How many are asked about before the answers are awaited. */
const AT_ONCE = 200;

interface Wanted {
  readonly seed: number;
  readonly cases: number;
}

/** Files grown from a grammar, such files damaged, and the corpus damaged. */
export function exploreReading(core: Core, wanted: Wanted): Promise<readonly Difference[]> {
  const random = randomFrom(wanted.seed);
  const corpus = corpusFiles().map(({ bytes }) => bytes);
  return explore(wanted, (seed, count) =>
    fc.sample(arbitraryCaseTypeText, { seed, numRuns: count }).map((text, index, texts) => {
      const kind = index % 6;
      const bytes = kind === 0 ? damage(texts, random) : kind === 1 ? damage(corpus, random) : text;
      return () => compareReading(core, bytes);
    }),
  );
}

/** Definitions in which a few places are nonsense. */
export const exploreWriting = (core: Core, wanted: Wanted): Promise<readonly Difference[]> =>
  explore(wanted, (seed, count) =>
    fc
      .sample(arbitraryNonsense, { seed, numRuns: count })
      .map((definition) => () => compareWriting(core, definition)),
  );

/** Case types that are opened on two days each; `cases` counts the openings. */
export const exploreOpenings = (
  core: Core,
  site: SiteKnowledge,
  { seed, cases }: Wanted,
): Promise<readonly Difference[]> =>
  explore({ seed, cases: Math.ceil(cases / 2) }, (batchSeed, count) =>
    fc
      .sample(arbitraryOpening, { seed: batchSeed, numRuns: count })
      .map(
        (opening, index) => () =>
          compareOpenings(core, `truth_${process.pid}_${batchSeed}_${index}`, opening, site),
      ),
  );

async function explore(
  { seed, cases }: Wanted,
  compared: (seed: number, count: number) => readonly (() => Promise<readonly Difference[]>)[],
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (let done = 0; done < cases; done += AT_ONCE) {
    const batch = compared(seed * 1_000_003 + done, Math.min(AT_ONCE, cases - done));
    found.push(...(await Promise.all(batch.map((compare) => compare()))).flat());
  }
  return found;
}

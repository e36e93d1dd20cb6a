import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCopies } from '../../../scripts/demo/databases/check-copies.ts';
import type { RandomSource } from '../../../src/base/clock.ts';
import { changeCase, deskAt, makePeople, openCases, type MadeCases } from '../case-work.ts';
import { openDeadlyGate } from '../deadly-gate.ts';
import type { RealSites } from '../real-sites.ts';
import { randomAmbush } from './ambushes.ts';
import type { BuiltProgram } from './build-program.ts';
import { killRepeatedly } from './doomed-process.ts';
import { passOnce, type MirrorErrand } from './mirror-pass.ts';
import type { KilledUseCase } from './round.ts';

/** Small batches: more moments between two requests. */
const BATCH = 8;
/** Requests with which every pass begins, also one that finds nothing to do. */
const READING = 5;

/**
 * A mirror from site A to site B: cases are opened, then people change them. Before each pass there is one more case
 * that is new, or changed.
 */
export async function openKilledMirror(sites: RealSites, program: BuiltProgram): Promise<KilledUseCase> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-killed-mirror-'));
  const gate = await openDeadlyGate([sites.a.url, sites.b.url]);
  const desk = deskAt(sites.a.url, sites.a.keys.admin);
  let stores = 0;
  const storeFolder = () => join(folder, String(stores));
  const errand = (): MirrorErrand => ({
    from: { name: 'riverside', url: gate.urls[0] ?? '', apiKey: sites.a.keys.admin, batchSize: BATCH },
    to: { name: 'hilltop', url: gate.urls[1] ?? '', apiKey: sites.b.keys.admin, batchSize: BATCH },
    storeFile: join(storeFolder(), 'store.db'),
  });

  /** Both sites afresh, with people on the first, and one on the second whom both know. */
  const begin = async () => {
    stores += 1;
    await sites.reset();
    const other = deskAt(sites.b.url, sites.b.keys.admin);
    const [ada = 0] = await other.create('Contact', [
      { contact_type: 'Individual', first_name: 'Ada', last_name: 'Q', external_identifier: 'EXT-1' },
    ]);
    await other.create('Email', [{ contact_id: ada, email: 'ada@example.org', is_primary: true }]);
    let made: MadeCases = { cases: [], activities: [], people: await makePeople(desk) };
    return {
      open: async () => {
        const { cases, activities } = await openCases(desk, made.people, [made.cases.length]);
        made = {
          ...made,
          cases: [...made.cases, ...cases],
          activities: [...made.activities, ...activities],
        };
      },
      change: (index: number) => changeCase(desk, made, index),
    };
  };
  /** Lets passes come home, and compares the two databases. */
  const settle = async (): Promise<readonly string[]> => {
    await passOnce(errand());
    const { target } = (await passOnce(errand())).requests;
    const { findings } = await checkCopies(sites.a, sites.b);
    return target === 0
      ? findings
      : [...findings, `the second pass still sent ${String(target)} requests to the target`];
  };
  const kill = (random: RandomSource, kills: number, prepare: (attempt: number) => Promise<void>) =>
    killRepeatedly(program, {
      kills,
      kind: 'mirror',
      gate,
      prepare: async (attempt) => {
        // A pass of the product waits so long after one that died.
        await gate.whenQuiet();
        await prepare(attempt);
      },
      errandFor: () => ({ kind: 'mirror', ...errand() }),
      ambushFor: (attempt) =>
        randomAmbush(random, attempt, {
          gate,
          storeFolder: storeFolder(),
          reads: READING,
          writes: 1,
          millis: 400,
        }),
    });

  return {
    round: async (random, kills) => {
      const { open, change } = await begin();
      const opening = await kill(random, Math.ceil(kills * 0.6), open);
      const differences = await settle();
      const changing = await kill(random, Math.floor(kills * 0.4), (attempt) =>
        change(attempt % opening.length),
      );
      return { fates: [...opening, ...changing], differences: [...differences, ...(await settle())] };
    },
    close: async () => {
      await gate.close();
      rmSync(folder, { recursive: true });
    },
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomSource } from '../../../src/base/clock.ts';
import { changeCases, deskAt, openCasesOf } from '../case-work.ts';
import { openDeadlyGate, randomDeadline, randomWriteDeadline } from '../deadly-gate.ts';
import type { RealSites } from '../real-sites.ts';
import { doubledKeys, rowsOf, type SiteRows } from '../real-site-rows.ts';
import type { BuiltProgram } from './build-program.ts';
import { afterMillis, atStoreWrite, killRepeatedly, type Ambush } from './doomed-process.ts';
import { passOnce, type MirrorErrand } from './mirror-pass.ts';
import { differencesOf, type KilledUseCase } from './round.ts';

const CASES = 9;
/** Small batches: more moments between two requests. */
const BATCH = 12;
/** Requests with which every pass begins, also one that finds nothing to do. */
const READING = 5;
/** Not every blow falls at the last moment, and a write may be repeated: more than one share each. */
const SHARE = 1.6;

/** A mirror from site A to site B: cases are opened, then people change them, and each is carried over. */
export async function openKilledMirror(sites: RealSites, program: BuiltProgram): Promise<KilledUseCase> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-killed-mirror-'));
  const gate = await openDeadlyGate([sites.a.url, sites.b.url]);
  const desk = deskAt(sites.a.url, sites.a.keys.admin);
  let stores = 0;
  const storeFolder = () => join(folder, String(stores));
  const errand = (): MirrorErrand => ({
    from: { name: 'alpha', url: gate.urls[0] ?? '', apiKey: sites.a.keys.admin, batchSize: BATCH },
    to: { name: 'beta', url: gate.urls[1] ?? '', apiKey: sites.b.keys.admin, batchSize: BATCH },
    storeFile: join(storeFolder(), 'store.db'),
  });
  /** Both sites afresh, with cases on the first, and a person on the second whom both know. */
  const begin = async () => {
    stores += 1;
    await sites.reset();
    await deskAt(sites.b.url, sites.b.keys.admin).create('Contact', [
      { contact_type: 'Individual', first_name: 'Ada', external_identifier: 'EXT-1' },
    ]);
    return await openCasesOf(desk, CASES);
  };
  const ambushFor = (random: RandomSource, attempt: number, home: boolean, writes: number): Ambush => {
    if (home) return gate.at(randomDeadline(random, READING));
    if (attempt % 5 === 3) return afterMillis(Math.floor(random() * 700));
    if (attempt % 5 === 4) return atStoreWrite(storeFolder(), 1 + Math.floor(random() * 12));
    return gate.at(randomWriteDeadline(random, writes));
  };
  /** No process gets further than its share of the writes, so that the last ones still have some before them. */
  const kill = (random: RandomSource, kills: number, writes: number) =>
    killRepeatedly(program, {
      kills,
      errandFor: () => ({ kind: 'mirror', ...errand() }),
      ambushFor: (attempt, home) => ambushFor(random, attempt, home, Math.ceil((SHARE * writes) / kills)),
      gate,
    });
  /** Lets passes come home, and looks at what is there. */
  const settle = async (what: string, wanted: SiteRows | undefined): Promise<readonly string[]> => {
    await passOnce(errand());
    const { target } = (await passOnce(errand())).requests;
    return [
      ...(await doubledKeys(sites.b)).map((key) => `${what}: more than one record with the key ${key}`),
      ...differencesOf(what, wanted ?? {}, await rowsOf(sites.b)),
      ...(target === 0
        ? []
        : [`${what}: the second pass still sent ${String(target)} requests to the target`]),
    ];
  };

  const made = await begin();
  await passOnce(errand());
  const opening = gate.writes();
  const opened = await rowsOf(sites.b);
  await changeCases(desk, made);
  await passOnce(errand());
  const changing = gate.writes() - opening;
  const changed = await rowsOf(sites.b);

  return {
    round: async (random, kills) => {
      const again = await begin();
      const story = [...(await kill(random, Math.ceil(kills * 0.6), opening))];
      const differences = await settle('opened', opened);
      await changeCases(desk, again);
      story.push(...(await kill(random, Math.floor(kills * 0.4), changing)));
      return {
        story,
        differences: [...differences, ...(await settle('changed', changed))],
      };
    },
    close: async () => {
      await gate.close();
      rmSync(folder, { recursive: true });
    },
  };
}

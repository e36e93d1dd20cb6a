import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deskAt, makePeople, openCases } from '../case-work.ts';
import { openDeadlyGate } from '../deadly-gate.ts';
import type { RealSite, RealSites } from '../real-sites.ts';
import { doubledKeys } from '../real-site-rows.ts';
import { machineClock } from '../standing-clock.ts';
import type { BuiltProgram } from './build-program.ts';
import { killOnErrand } from './doomed-process.ts';
import { passOnce, type MirrorErrand } from './mirror-pass.ts';

/** What is on the target when all is over. */
interface Opened {
  /** How many cases there should be. */
  readonly wanted: number;
  readonly cases: number;
  /** Origin keys that are there more than once. */
  readonly doubled: readonly string[];
}

const CASES = 3;

/**
 * Two passes die when their request to open cases is on its way, and another begins right away. The target takes the
 * first request up while a patient pass waits. A hasty pass overtakes the second: both look for a case before either has
 * opened it, which a lock on the table makes sure of.
 */
export async function overtakeMirror(
  sites: RealSites,
  program: BuiltProgram,
): Promise<Readonly<Record<'patient' | 'hasty', Opened>>> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-overtaken-mirror-'));
  const gate = await openDeadlyGate([sites.a.url, sites.b.url]);
  const desk = deskAt(sites.a.url, sites.a.keys.admin);
  const errand: MirrorErrand = {
    from: { name: 'alpha', url: gate.urls[0] ?? '', apiKey: sites.a.keys.admin },
    to: { name: 'beta', url: gate.urls[1] ?? '', apiKey: sites.b.keys.admin },
    storeFile: join(folder, 'store.db'),
  };
  /** So many more cases on the source, and a pass that dies as it opens them. */
  const dieWhileOpening = async (people: readonly number[], first: number) => {
    const indexes = Array.from({ length: CASES }, (_, index) => first + index);
    await openCases(desk, people, indexes);
    const opening = gate.holding('Case.save');
    if (!(await killOnErrand(program, { kind: 'mirror', ...errand }, opening)))
      throw new Error('The pass came home before it opened a case.');
    return opening;
  };
  const look = async (wanted: number): Promise<Opened> => {
    const [row] = await sites.b.rows('SELECT COUNT(*) AS number FROM civicrm_case');
    return { wanted, cases: Number(row?.['number']), doubled: await doubledKeys(sites.b) };
  };
  try {
    await sites.reset();
    const people = await makePeople(desk);
    const first = await dieWhileOpening(people, 0);
    await passOnce({ ...errand, patienceMillis: 60_000 }, { ...machineClock, sleep: () => first.letGo() });
    const patient = await look(CASES);

    const second = await dieWhileOpening(people, CASES);
    const release = await sites.b.holdWrites('civicrm_case');
    const passing = passOnce({ ...errand, patienceMillis: 0 });
    for (let waiting = 0; waiting < 2;) {
      await pause(20);
      waiting = await Promise.race([passing.then(() => 2), writersWaiting(sites.b)]);
    }
    await release();
    await passing;
    await second.letGo();
    return { patient, hasty: await look(2 * CASES) };
  } finally {
    await gate.close();
    rmSync(folder, { recursive: true });
  }
}

async function writersWaiting(site: RealSite): Promise<number> {
  const [row] = await site.rows(
    `SELECT COUNT(*) AS number FROM information_schema.processlist
     WHERE db = database() AND state LIKE 'Waiting for table%'`,
  );
  return Number(row?.['number']);
}

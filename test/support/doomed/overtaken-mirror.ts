import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskAt, openCasesOf } from '../case-work.ts';
import { openDeadlyGate } from '../deadly-gate.ts';
import type { RealSites } from '../real-sites.ts';
import { doubledKeys } from '../real-site-rows.ts';
import type { BuiltProgram } from './build-program.ts';
import { killOnErrand } from './doomed-process.ts';
import { passOnce, type MirrorErrand } from './mirror-pass.ts';

/** How many cases there are to be mirrored. */
export const OVERTAKEN_CASES = 12;

export interface Overtaken {
  /** Calls that the target was still at work on when the process was dead. */
  readonly atWork: number;
  readonly cases: number;
  /** Origin keys that are there more than once. */
  readonly doubled: readonly string[];
}

/**
 * A pass dies while the target opens its cases, and the next one begins right away, with that much patience: PHP works
 * on, and the second pass may overtake it.
 */
export async function overtakeMirror(
  sites: RealSites,
  program: BuiltProgram,
  patienceMillis: number,
): Promise<Overtaken> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-overtaken-mirror-'));
  const gate = await openDeadlyGate([sites.a.url, sites.b.url]);
  try {
    await sites.reset();
    await openCasesOf(deskAt(sites.a.url, sites.a.keys.admin), OVERTAKEN_CASES);
    const errand: MirrorErrand = {
      from: { name: 'alpha', url: gate.urls[0] ?? '', apiKey: sites.a.keys.admin },
      to: { name: 'beta', url: gate.urls[1] ?? '', apiKey: sites.b.keys.admin },
      storeFile: join(folder, 'store.db'),
      patienceMillis,
    };
    const whenOpening = gate.at({ call: 'Case.save', moment: 'during', millis: 150 });
    if (!(await killOnErrand(program, { kind: 'mirror', ...errand }, whenOpening)))
      throw new Error('The pass came home before it opened a case.');
    const atWork = gate.atWork();
    await passOnce(errand);
    await gate.whenQuiet();
    const [row] = await sites.b.rows('SELECT COUNT(*) AS number FROM civicrm_case');
    return { atWork, cases: Number(row?.['number']), doubled: await doubledKeys(sites.b) };
  } finally {
    await gate.close();
    rmSync(folder, { recursive: true });
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connectRealSites, type RealSites } from '../../real-sites.ts';
import type { Comparison } from '../measure.ts';
import { fillSite } from './fill-site.ts';
import { compareMirrorReading } from './mirror-reading.ts';
import { compareMirrorWriting } from './mirror-writing.ts';
import { compareReminderMails } from './reminder-mails.ts';

const kit = resolve(import.meta.dirname, '../../civicrm.sh');
/** Reminders that come due in the first round, which warms up; the rounds after it share the mails asked for. */
const WARM_UP = 20;
const ROUNDS = 4;
const CALLS_PER_CASE = 6;

/**
 * The comparisons that need CiviCRM itself: on the sites that TEST_CIVICRM_SITES names, else on a pair built for this.
 * Answers why there are none where no sites can be had.
 */
export async function compareOnRealSites(
  folder: string,
  mails: number,
): Promise<readonly Comparison[] | string> {
  const given = process.env['TEST_CIVICRM_SITES'];
  if (given !== undefined) return await compareOn(connectRealSites(given), folder, mails);
  const home = mkdtempSync(join(tmpdir(), 'civicase-bench-sites-'));
  try {
    const isUp = await runKit('up', home, ['--ports', 'any']);
    if (!isUp)
      return 'Not measured: the comparisons on real CiviCRM sites, which cannot be built here (see above).';
    return await compareOn(connectRealSites(join(home, 'sites.json')), folder, mails);
  } finally {
    await runKit('clean', home);
    rmSync(home, { recursive: true, force: true });
  }
}

async function compareOn(sites: RealSites, folder: string, mails: number): Promise<readonly Comparison[]> {
  try {
    await sites.reset();
    const perRound = Math.ceil(mails / ROUNDS);
    const rounds = [WARM_UP, ...Array.from({ length: ROUNDS }, () => perRound)];
    const cases = Math.ceil((WARM_UP + perRound * ROUNDS) / CALLS_PER_CASE);
    const { firstActivity } = await fillSite(sites.a, cases, CALLS_PER_CASE);
    const reading = await compareMirrorReading(sites.a, { cases, activities: cases * CALLS_PER_CASE });
    const reminders = await compareReminderMails(sites.a, sites.smtpPort, folder, {
      first: firstActivity,
      rounds,
    });
    await sites.reset();
    const writing = await compareMirrorWriting(sites, { cases: 40, meetings: 4 });
    return [reading, ...writing, ...reminders];
  } finally {
    await sites.close();
  }
}

/** Its words go to stderr, so that the table stands alone. */
async function runKit(command: string, home: string, flags: readonly string[] = []): Promise<boolean> {
  const child = spawn('bash', [kit, command, '--dir', home, ...flags], { stdio: ['ignore', 2, 2] });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0;
}

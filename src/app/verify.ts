import { AppError } from '../base/errors.ts';
import {
  driftSince,
  lacksOf,
  snapshotSite,
  type Drift,
  type Lack,
  type MigrationSite,
} from '../migrate/index.ts';
import type { Run, RunJournal } from '../migrate/ports.ts';

/** What a run did, looked at again. */
export interface RunVerification {
  readonly run: Run;
  /** How many entries of the run were looked at. */
  readonly looked: number;
  readonly drift: readonly Drift[];
  readonly caseTypes: readonly string[];
}

/**
 * Reads back what a run made of its site.
 *
 * @throws AppError `conflict` when the run was rolled back: there is nothing left of it to look at.
 */
export async function verifyRun(
  run: Run,
  site: MigrationSite,
  journal: RunJournal,
): Promise<RunVerification> {
  if (run.state === 'rolled-back')
    throw new AppError(
      'conflict',
      `Run "${run.id}" was rolled back on "${run.site}": nothing of it is left to verify.`,
    );
  const entries = (await journal.entries(run.id)).filter(({ state }) => state !== 'undone');
  const current = await snapshotSite(site);
  const applied = Object.fromEntries(entries.map(({ key, after }) => [key, after]));
  const caseTypes = entries.flatMap(({ key }) =>
    key.startsWith(CASE_TYPE) ? [key.slice(CASE_TYPE.length)] : [],
  );
  return { run, looked: entries.length, drift: driftSince(applied, current), caseTypes };
}

const CASE_TYPE = 'case_type:';

export interface LiveVerification {
  readonly caseType: string;
  readonly lacks: readonly Lack[];
}

/** Whether a site has all that these case types of its own name. */
export async function verifyLive(
  site: MigrationSite,
  caseTypes: readonly string[],
): Promise<readonly LiveVerification[]> {
  const snapshot = await snapshotSite(site);
  return caseTypes.map((caseType) => ({ caseType, lacks: lacksOf(caseType, snapshot) }));
}

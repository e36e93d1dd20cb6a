import { AppError } from '../base/errors.ts';
import { readPlan } from './read-plan.ts';
import type { MigrationPlan } from './plan.ts';
import type { RunJournal } from './ports.ts';

/**
 * The plan of a run that was interrupted, as it was stored with the run: applying it goes on with the run.
 *
 * @throws AppError `not-found` with the nearest id; `conflict` when there is nothing to go on with.
 */
export async function planToResume(runId: string, journal: RunJournal): Promise<MigrationPlan> {
  const { state, site } = await journal.run(runId);
  const conflict = (message: string) => new AppError('conflict', message, { details: { runId, state } });
  switch (state) {
    case 'done':
      throw conflict(
        `Run "${runId}" on "${site}" is done: nothing is left to go on with. "civicase rollback ${runId}" undoes it.`,
      );
    case 'rolled-back':
      throw conflict(
        `Run "${runId}" on "${site}" was rolled back. Apply its plan again to begin a new run, or plan again.`,
      );
    case 'running': {
      const plan = await journal.plan(runId);
      if (plan !== null) return readPlan(plan);
      throw conflict(
        `Run "${runId}" was begun by a version that kept no plan with it. Apply its plan's file: that goes on with the run.`,
      );
    }
  }
}

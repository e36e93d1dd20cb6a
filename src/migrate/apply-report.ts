import { AppError, toAppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { sameJson, type EntityKey } from './entity.ts';
import { changeKey, stateAfter, type MigrationPlan } from './plan.ts';
import type { JournalEntry, MigrationSite, RunJournal } from './ports.ts';
import { nameChangesIn, renamedState } from './renames.ts';
import { snapshotSite, type Snapshot } from './snapshot.ts';
import { stateOf } from './target-state.ts';

/** How far an apply came that failed: the keys of all its changes, in the order of the plan. */
export interface ApplyReport {
  readonly runId: string;
  /** Seen on the site as planned. */
  readonly done: readonly EntityKey[];
  /** Seen on the site as before. */
  readonly notDone: readonly EntityKey[];
  /** The site could not be read, or shows neither. */
  readonly unknown: readonly EntityKey[];
}

type Fate = 'done' | 'notDone' | 'unknown';

/** The error with what became of each change, as far as the site still tells. */
export async function withReport(
  thrown: unknown,
  runId: string,
  plan: MigrationPlan,
  site: MigrationSite,
  journal: RunJournal,
): Promise<AppError> {
  const error = toAppError(thrown);
  const [entries, current] = await Promise.all([
    journal.entries(runId),
    snapshotSite(site, { contacts: plan.contacts }).catch(() => null),
  ]);
  const fates = plan.changes.map((change) => {
    const key = changeKey(change);
    const entry = entries.find((one) => one.key === key);
    const fate = current === null ? fateUnseen(entry) : fateSeen(key, stateAfter(change), plan, current);
    return { key, fate };
  });
  const keysOf = (wanted: Fate) => fates.filter(({ fate }) => fate === wanted).map(({ key }) => key);
  const report: ApplyReport = {
    runId,
    done: keysOf('done'),
    notDone: keysOf('notDone'),
    unknown: keysOf('unknown'),
  };
  const { cause = error } = error;
  return new AppError(error.kind, error.message, { details: { ...error.details, report }, cause });
}

/** The journal knows what was read back, and what was never sent. */
function fateUnseen(entry: JournalEntry | undefined): Fate {
  if (entry === undefined || entry.state === 'undone') return 'notDone';
  return entry.state === 'done' ? 'done' : 'unknown';
}

function fateSeen(key: EntityKey, after: JsonObject | null, plan: MigrationPlan, current: Snapshot): Fate {
  const now = stateOf(current, key);
  if (sameJson(now, after)) return 'done';
  const before = plan.basis[key] ?? null;
  const isAsBefore =
    sameJson(now, before) ||
    (before !== null && sameJson(now, renamedState(key, before, nameChangesIn(plan.changes))));
  return isAsBefore ? 'notDone' : 'unknown';
}

/** What an error of `applyMigration` tells; null where nothing was begun. */
export function applyReportOf(error: AppError): ApplyReport | null {
  const { report } = error.details;
  return report === undefined ? null : (report as ApplyReport);
}

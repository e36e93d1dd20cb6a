import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { differingFields, type EntityKey } from './entity.ts';
import { droppedTypes, keptAfter, lossOf, lossRemedy, readKeptTypes, type KeptType } from './kept-types.ts';
import { withReport } from './apply-report.ts';
import { inverseOf, makeChange } from './make-change.ts';
import {
  ACTIVITIES_OF,
  changeKey,
  formerKey,
  hashPlan,
  stateAfter,
  type Change,
  type MigrationPlan,
  type Work,
} from './plan.ts';
import type { AppliedStates, MigrationSite, Run, RunJournal } from './ports.ts';
import { nameChangesIn, renamedSnapshot, renamedState } from './renames.ts';
import { snapshotSite } from './snapshot.ts';
import { sortOut } from './sort-out.ts';

export interface MigrationOutcome {
  /** Null when there was nothing to do. */
  readonly runId: string | null;
  /** Keys of what the run changed, in order; those that it had changed before a crash included. */
  readonly applied: readonly EntityKey[];
  /** Keys of changes that the site showed already: made by someone else, or by a run that is finished. */
  readonly alreadyThere: readonly EntityKey[];
}

export interface ApplyOptions {
  /** Told each change right before it is made: its place among all of the plan, from 1. */
  readonly onChange?: (change: Change, place: number, total: number) => void;
}

/**
 * Does what the plan says, in its order, and reads every change back. Each change stands in the journal before it
 * is made. After a crash the same call goes on where it stopped. An error that comes after the run was begun tells
 * what is done, not done and unknown: see `applyReportOf`.
 *
 * @throws AppError `conflict` when the plan has problems, or was made for another site; `stale-plan`, naming
 * entities and fields, when the target is neither as the plan knows it nor on the way to what the plan makes;
 * `remote-rejected` when the site refused a change, or shows something else than was written.
 */
export async function applyMigration(
  plan: MigrationPlan,
  site: MigrationSite,
  journal: RunJournal,
  options: ApplyOptions = {},
): Promise<MigrationOutcome> {
  refuseUnfit(plan, site);
  const current = await snapshotSite(site, { contacts: plan.contacts });
  const changes = sortOut(plan, current);
  const names = nameChangesIn(plan.changes);
  refuseLosses(changes.pending, renamedSnapshot(current, names).keptTypes, plan.target);
  const planHash = hashPlan(plan);
  const isOpen = (run: Run): boolean =>
    run.planHash === planHash && run.site === site.name && run.state === 'running';
  if (changes.pending.length === 0 && !(await journal.runs()).some(isOpen))
    return { runId: null, applied: [], alreadyThere: changes.made.map(changeKey) };

  const run = await journal.start({
    ...{ planHash, site: site.name, caseType: plan.caseTypes.join(', ') },
    plan: plan as unknown as JsonObject,
  });
  const ours = new Set((await journal.entries(run.id)).map((entry) => entry.key));
  const made = changes.made.map(changeKey);
  for (const key of made.filter((key) => ours.has(key))) await journal.settle(run.id, key, 'done');
  for (const change of changes.pending) {
    options.onChange?.(change, plan.changes.indexOf(change) + 1, plan.changes.length);
    try {
      await carryOut(change, run.id, plan, site, journal);
    } catch (thrown) {
      throw await withReport(thrown, run.id, plan, site, journal);
    }
  }
  const left = await leftBy(run.id, plan, journal);
  await journal.finish(run.id, 'done', { given: plan.given, left });
  return {
    runId: run.id,
    applied: plan.changes
      .map(changeKey)
      .filter((key) => ours.has(key) || changes.pending.some((change) => changeKey(change) === key)),
    alreadyThere: made.filter((key) => !ours.has(key)),
  };
}

async function carryOut(
  change: Change,
  runId: string,
  plan: MigrationPlan,
  site: MigrationSite,
  journal: RunJournal,
): Promise<void> {
  const key = changeKey(change);
  const before = plan.basis[key] ?? null;
  if (touchesCaseType(change)) refuseLosses([change], await readKeptTypes(site), plan.target);
  const inverse = await inverseOf(change, site, nameChangesIn(plan.changes));
  await journal.intend(runId, { key, before, after: stateAfter(change), inverse });
  const written = await makeChange(change, plan.contacts, site);
  const fields = differingFields(written.expected ?? {}, written.seen ?? {});
  // A rollback must know what it finds for this run's own doing.
  await journal.settle(runId, key, 'done', written.seen ?? undefined);
  if (fields.length > 0) throw notKept(key, fields, runId);
}

/** What the plan looked at, as it stands now: what was changed as the site showed it, the rest as it was. */
async function leftBy(
  runId: string,
  plan: MigrationPlan,
  journal: RunJournal,
): Promise<AppliedStates['left']> {
  const names = nameChangesIn(plan.changes);
  const looked = Object.entries(plan.basis)
    .filter(([key]) => !key.startsWith(ACTIVITIES_OF) && !key.startsWith('contact:'))
    .map(([key, state]) => [key, state === null ? null : renamedState(key, state, names)] as const);
  const former = plan.changes.map((change) => [formerKey(change), null] as const);
  const planned = plan.changes.map((change) => [changeKey(change), stateAfter(change)] as const);
  const shown = (await journal.entries(runId)).map(({ key, after }) => [key, after] as const);
  const gone = new Set([...former, ...planned].flatMap(([key, state]) => (state === null ? [key] : [])));
  const states = new Map([...looked, ...former, ...planned, ...shown]);
  return Object.fromEntries(
    [...states].flatMap(([key, state]) =>
      key === null || (state === null && !gone.has(key)) ? [] : [[key, state] as const],
    ),
  );
}

function refuseUnfit(plan: MigrationPlan, site: MigrationSite): void {
  if (plan.target !== site.name)
    throw new AppError(
      'conflict',
      `The plan was made for the site "${plan.target}", not for "${site.name}". Plan again for "${site.name}".`,
    );
  const [problem] = plan.problems;
  if (problem === undefined) return;
  const more = plan.problems.length === 1 ? '' : ` (and ${String(plan.problems.length - 1)} more)`;
  throw new AppError(
    'conflict',
    `The plan has problems that must be put right first${more}: ${problem.message} ${problem.remedy} Then plan again.`,
    // A key may hold an e-mail address; details are logged.
    { details: { problems: plan.problems.map(({ kind }) => kind) } },
  );
}

const touchesCaseType = (change: Work) =>
  change.kind === 'create-case-type' ||
  change.kind === 'update-case-type' ||
  change.kind === 'remove-case-type';

/** People may have written activities, or disabled a case type, since the plan was made. */
function refuseLosses(changes: readonly Work[], keptTypes: readonly KeptType[], site: string): void {
  let kept = keptTypes;
  for (const change of changes.filter(touchesCaseType)) {
    const { name } = change.caseType;
    const after = change.kind === 'remove-case-type' ? null : change.caseType;
    const lost = droppedTypes(kept, name, after).find(({ activities }) => activities > 0);
    if (lost !== undefined)
      throw new AppError(
        'stale-plan',
        `Site "${site}" has changed since the plan was made: ${lossOf(lost)}. ${lossRemedy(lost, site)} Then plan again.`,
        { details: { activityType: lost.name, activities: lost.activities } },
      );
    kept = keptAfter(kept, name, after);
  }
}

/** CiviCRM answers a write as if it had worked also where it kept nothing of it. */
function notKept(key: EntityKey, fields: readonly string[], runId: string): AppError {
  return new AppError(
    'remote-rejected',
    `${key} was written without an error, but the site shows another ${fields.join(', ')}. ` +
      `Look at it there; "civicase rollback ${runId}" undoes what was done so far.`,
    { details: { key, fields, runId } },
  );
}

import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import {
  comparable,
  differingFields,
  entityKey,
  refOf,
  sameJson,
  type CaseTypeEntity,
  type EntityKey,
} from './entity.ts';
import { droppedTypes, lossOf, lossRemedy, readKeptTypes, type KeptType } from './kept-types.ts';
import { ACTIVITIES_OF, changeKey, hashPlan, stateAfter, type Change, type MigrationPlan } from './plan.ts';
import { toPortable, toSiteWords, type ReferenceBook } from './portable-definition.ts';
import type { ContactKey, InverseChange, KeyedStates, MigrationSite, Run, RunJournal } from './ports.ts';
import { optionRows, relationshipTypeRows } from './site-rows.ts';
import { snapshotSite, type Snapshot } from './snapshot.ts';
import { inNormalForm, stateOf } from './target-state.ts';

export interface MigrationOutcome {
  /** Null when there was nothing to do. */
  readonly runId: string | null;
  /** Keys of what the run changed, in order; those that it had changed before a crash included. */
  readonly applied: readonly EntityKey[];
  /** Keys of changes that the site showed already: made by someone else, or by a run that is finished. */
  readonly alreadyThere: readonly EntityKey[];
}

/**
 * Does what the plan says, in its order, and reads every change back. Each change stands in the journal before it
 * is made. After a crash the same call goes on where it stopped.
 *
 * @throws AppError `conflict` when the plan has problems, or was made for another site; `stale-plan`, naming
 * entities and fields, when the target is neither as the plan knows it nor on the way to what the plan makes;
 * `remote-rejected` when the site refused a change, or shows something else than was written.
 */
export async function applyMigration(
  plan: MigrationPlan,
  site: MigrationSite,
  journal: RunJournal,
): Promise<MigrationOutcome> {
  refuseUnfit(plan, site);
  const current = await snapshotSite(site, { caseTypes: [plan.caseType], contacts: plan.contacts });
  const changes = sortOut(plan, current);
  for (const change of changes.pending) refuseLoss(change, current.keptTypes, plan.target);
  const planHash = hashPlan(plan);
  const isOpen = (run: Run): boolean =>
    run.planHash === planHash && run.site === site.name && run.state === 'running';
  if (changes.pending.length === 0 && !(await journal.runs()).some(isOpen))
    return { runId: null, applied: [], alreadyThere: changes.made.map(changeKey) };

  const run = await journal.start({ planHash, site: site.name, caseType: plan.caseType });
  const ours = new Set((await journal.entries(run.id)).map((entry) => entry.key));
  const made = changes.made.map(changeKey);
  for (const key of made.filter((key) => ours.has(key))) await journal.settle(run.id, key, 'done');
  for (const change of changes.pending) {
    const key = changeKey(change);
    const before = plan.basis[key] ?? null;
    if (savesCaseType(change)) refuseLoss(change, await readKeptTypes(site), plan.target);
    const inverse = await inverseOf(change, site);
    await journal.intend(run.id, { key, before, after: stateAfter(change), inverse });
    const written = await makeChange(change, plan.contacts, site);
    const fields = differingFields(written.expected, written.seen);
    // A rollback must know what it finds for this run's own doing.
    await journal.settle(run.id, key, 'done', written.seen);
    if (fields.length > 0) throw notKept(key, fields, run.id);
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

/** What the plan looked at, as it stands now: what was changed as the site showed it, the rest as it was. */
async function leftBy(runId: string, plan: MigrationPlan, journal: RunJournal): Promise<KeyedStates> {
  const looked = Object.entries(plan.basis).filter(
    ([key]) => !key.startsWith(ACTIVITIES_OF) && !key.startsWith('contact:'),
  );
  const planned = plan.changes.map((change) => [changeKey(change), stateAfter(change)] as const);
  const shown = (await journal.entries(runId)).map(({ key, after }) => [key, after] as const);
  const states = [...new Map<EntityKey, JsonObject | null>([...looked, ...planned, ...shown])];
  return Object.fromEntries(
    states.flatMap(([key, state]) => (state === null ? [] : [[key, state] as const])),
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

interface Sorted {
  readonly pending: readonly Change[];
  readonly made: readonly Change[];
}

/** Which changes are still to be made; refuses when anything is neither as it was nor as it is to become. */
function sortOut(plan: MigrationPlan, current: Snapshot): Sorted {
  const changeOf = new Map(plan.changes.map((change) => [changeKey(change), change]));
  const moved: string[] = [];
  const made = new Set<EntityKey>();
  for (const [key, before] of Object.entries(plan.basis)) {
    // What counts of those is whether anything would be lost now: see refuseLoss.
    if (key.startsWith(ACTIVITIES_OF)) continue;
    const now = stateOf(current, key);
    const change = changeOf.get(key);
    if (change !== undefined && now !== null && sameJson(now, stateAfter(change))) made.add(key);
    else if (!sameJson(now, before)) moved.push(describeMove(key, before, now));
  }
  if (moved.length > 0)
    throw new AppError(
      'stale-plan',
      `Site "${plan.target}" has changed since the plan was made: ${moved.join('; ')}. Plan again and look at the difference.`,
      { details: { moved } },
    );
  return {
    pending: plan.changes.filter((change) => !made.has(changeKey(change))),
    made: plan.changes.filter((change) => made.has(changeKey(change))),
  };
}

const savesCaseType = (change: Change) =>
  change.kind === 'create-case-type' || change.kind === 'update-case-type';

/** People may have written activities, or disabled a case type, since the plan was made. */
function refuseLoss(change: Change, kept: readonly KeptType[], site: string): void {
  if (!savesCaseType(change)) return;
  const { caseType } = change;
  const lost = droppedTypes(kept, caseType.name, caseType).find(({ activities }) => activities > 0);
  if (lost === undefined) return;
  throw new AppError(
    'stale-plan',
    `Site "${site}" has changed since the plan was made: ${lossOf(lost)}. ${lossRemedy(lost, site)} Then plan again.`,
    { details: { activityType: lost.name, activities: lost.activities } },
  );
}

export function describeMove(key: EntityKey, before: JsonObject | null, now: JsonObject | null): string {
  const what = key.startsWith('contact:') ? 'a contact whom a step assigns' : key;
  if (before === null) return `${what} has been created`;
  if (now === null) return `${what} is gone`;
  return `${what} has another ${differingFields(before, now).join(', ')}`;
}

async function inverseOf(change: Change, site: MigrationSite): Promise<InverseChange> {
  switch (change.kind) {
    case 'create':
      return { kind: 'remove', ref: refOf(change.entity) };
    case 'update':
      return { kind: 'update', ref: change.ref, fields: partOf(change.before, change.fields) };
    case 'create-case-type':
      return { kind: 'remove', ref: refOf(change.caseType) };
    case 'update-case-type': {
      const held = (await site.caseTypes()).find((row) => row.name === change.caseType.name);
      if (held === undefined)
        throw new AppError('stale-plan', `${entityKey(change.caseType)} is gone. Plan again.`);
      const { acceptsDefinition: _acceptsDefinition, ...caseType } = held;
      return { kind: 'restore', caseType };
    }
  }
}

const partOf = (fields: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));

/** As it was to be, and as it was read back. */
interface Written {
  readonly expected: JsonObject;
  readonly seen: JsonObject;
}

async function makeChange(
  change: Change,
  contacts: readonly ContactKey[],
  site: MigrationSite,
): Promise<Written> {
  switch (change.kind) {
    case 'create':
      return { expected: stateAfter(change), seen: comparable(await site.create(change.entity)) };
    case 'update': {
      const seen = await site.update(change.ref, partOf(change.after, change.fields));
      return { expected: change.after, seen: comparable(seen) };
    }
    case 'create-case-type':
    case 'update-case-type':
      return saveCaseType(change.caseType, contacts, site);
  }
}

async function saveCaseType(
  planned: CaseTypeEntity,
  contactKeys: readonly ContactKey[],
  site: MigrationSite,
): Promise<Written> {
  const [assigneeTypes, relationshipTypes, contacts] = await Promise.all([
    optionRows(site, 'activity_default_assignee'),
    relationshipTypeRows(site),
    site.contactsByKey(contactKeys),
  ]);
  const book: ReferenceBook = { assigneeTypes, relationshipTypes, contacts };
  const stored = await site.saveCaseType({ ...planned, definition: toSiteWords(planned.definition, book) });
  const { acceptsDefinition: _acceptsDefinition, ...row } = stored;
  const seen = inNormalForm({ ...row, definition: toPortable(row.definition, book) }, relationshipTypes);
  return { expected: comparable(planned), seen: comparable(seen) };
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

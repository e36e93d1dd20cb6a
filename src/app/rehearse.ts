import { AppError, toAppError } from '../base/errors.ts';
import { createMigrationSite } from '../civicrm/migration-site.ts';
import { createProcessSite } from '../civicrm/process-site.ts';
import { createSiteClient } from '../civicrm/index.ts';
import { readWorkCounts } from '../civicrm/work-counts.ts';
import type { SiteClient } from '../civicrm/client.ts';
import type { EditionName } from '../edition/index.ts';
import {
  applyMigration,
  createMemoryRunJournal,
  snapshotSite,
  type EntityKey,
  type MigrationPlan,
  type MigrationSite,
  type Snapshot,
} from '../migrate/index.ts';
import { differingFields, hashJson, sameJson } from '../migrate/entity.ts';
import { relationshipTypesOf } from '../migrate/snapshot.ts';
import { stateOf } from '../migrate/target-state.ts';
import { workLeft, type WorkCounts, type WorkLeft } from '../migrate/work-counts.ts';
import type { OpeningOutcome } from '../process-test/index.ts';
import { createSandbox } from '../sandbox/index.ts';
import type { App } from './app.ts';
import { systemClock } from './clock.ts';
import { openMigrationSite } from './migration.ts';
import { loadSnapshot } from './rehearsal-site.ts';
import { countingAs, deletedActivities, loadWork } from './rehearsal-work.ts';
import { testOpenings } from './test-openings.ts';

/** What applying a plan would do, seen on a site that was made like the target and is gone again. */
export interface Rehearsal {
  readonly target: string;
  /** Which CiviCRM the site answered as. */
  readonly edition: EditionName;
  /** Keys of what would be changed, in order. */
  readonly applied: readonly EntityKey[];
  readonly alreadyThere: readonly EntityKey[];
  /** Why the plan would stop; null when it would not. */
  readonly failure: string | null;
  /** What the site could not be made to hold as the target does, of all that the plan looks at. */
  readonly unlike: readonly string[];
  /** What would become of people's work; only known when the plan would not stop. */
  readonly work: readonly WorkLeft[];
  readonly openings: readonly OpeningOutcome[];
}

/**
 * Reads the target, makes an embedded site like it, applies the plan there with a journal that is thrown away, and
 * opens a case of each type of the plan. Writes nothing to the target. Of the cases and activities of people only their
 * number is read; a few stand there for all of them.
 */
export async function rehearsePlan(app: App, plan: MigrationPlan): Promise<Rehearsal> {
  const caseTypes = caseTypesOf(plan);
  const targetSite = openMigrationSite(app, plan.target);
  const [target, counts] = await Promise.all([
    snapshotSite(targetSite, { contacts: plan.contacts }),
    readWorkCounts(app.site(plan.target)),
  ]);
  const { timeZone } = app.siteSettings(plan.target);
  const edition = editionOf(target);
  const apiKey = app.newId();
  const { random } = app;
  const sandbox = createSandbox({ name: plan.target, apiKey, edition, timeZone, clock: systemClock, random });
  try {
    const { url } = await sandbox.listen(0);
    const client = createSiteClient(
      { name: plan.target, url, apiKey, maxRetries: 0 },
      { clock: systemClock, random, logger: app.logger },
    );
    const site = countingAs(createMigrationSite(client), targetSite);
    const found = plan.contacts.filter((key) =>
      target.contacts.some((match) => sameJson({ ...match.key }, { ...key }) && match.matches > 0),
    );
    const unloaded = [...(await loadSnapshot(client, target, found))];
    const work = await loadWork(client, counts, target, caseTypes);
    unloaded.push(...work.unloaded);
    const loaded = await snapshotSite(site, { caseTypes, contacts: plan.contacts });
    const { fitted, unlike } = fitTo(plan, target, loaded);
    const reasons = unloaded
      .filter(({ key }) => key in plan.basis)
      .map(({ key, reason }) => `${key}: ${reason}`);
    const outcome = await applyMigration(fitted, site, createMemoryRunJournal()).then(
      ({ applied, alreadyThere }) => ({ applied, alreadyThere, failure: null }),
      (thrown: unknown) => ({ applied: [], alreadyThere: [], failure: refusalOf(thrown) }),
    );
    const isDone = outcome.failure === null;
    return {
      ...{ target: plan.target, edition, ...outcome },
      unlike: [...unlike, ...reasons],
      work: isDone
        ? [...(await deletedActivities(client, work, target)), ...(await leftOnCases(site, counts, loaded))]
        : [],
      openings: isDone ? await openCases(client, caseTypes, timeZone, app) : [],
    };
  } finally {
    await sandbox.close();
  }
}

/** What of the work on cases the new definitions have no place for. */
async function leftOnCases(
  site: MigrationSite,
  counts: WorkCounts,
  before: Snapshot,
): Promise<readonly WorkLeft[]> {
  const after = await snapshotSite(site);
  return before.caseTypes.flatMap((held) => {
    const now = after.caseTypes.find(({ name }) => name === held.name);
    return now === undefined ? [] : workLeft(counts, held, now, relationshipTypesOf(after));
  });
}

const openCases = (
  client: SiteClient,
  caseTypes: readonly string[],
  timeZone: string,
  { signal }: App,
): Promise<readonly OpeningOutcome[]> =>
  testOpenings(
    { migration: createMigrationSite(client), cases: createProcessSite(client), timeZone },
    caseTypes,
    { clock: systemClock, signal },
  );

/** A fault of ours or of the connection is no answer of the rehearsal. */
function refusalOf(thrown: unknown): string {
  const error = toAppError(thrown);
  if (!(thrown instanceof AppError) || error.kind === 'remote-unavailable') throw thrown;
  // The journal of a rehearsal is gone: no run of it can be rolled back.
  return error.message.replace(/ Look at it there; "civicase rollback .*$/, '');
}

const caseTypesOf = ({ basis }: MigrationPlan): readonly string[] =>
  Object.keys(basis)
    .filter((key) => key.startsWith('case_type:'))
    .map((key) => key.slice('case_type:'.length));

/** The plan for the rehearsal's site where that could not be made like the target: there it knows what is. */
function fitTo(plan: MigrationPlan, target: Snapshot, loaded: Snapshot) {
  const unlike: string[] = [];
  const basis = Object.fromEntries(
    Object.entries(plan.basis).map(([key, known]) => {
      const [there, here] = [stateOf(target, key), stateOf(loaded, key)];
      if (sameJson(there, here)) return [key, known];
      // Of a contact nothing is told: its key may be an address.
      const name = key.startsWith('contact:') ? 'a contact to assign' : key;
      const fields = there === null || here === null ? [] : differingFields(there, here);
      unlike.push(fields.length === 0 ? name : `${name} (${fields.join(', ')})`);
      return [key, here];
    }),
  );
  const fingerprint = { ...plan.fingerprint, target: hashJson(basis) };
  return { fitted: { ...plan, basis, fingerprint }, unlike };
}

/** The nearest of those that the embedded site knows. */
const editionOf = ({ features: { version } }: Snapshot): EditionName =>
  version !== null && Number.parseInt(version, 10) < 6 ? '5.77-wordpress' : '6.20-standalone';

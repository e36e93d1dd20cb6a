import { AppError, toAppError } from '../base/errors.ts';
import { nameHint } from '../base/nearest-name.ts';
import { type PromotionSettings } from '../config/index.ts';
import {
  applyMigration,
  hashPlan,
  snapshotSite,
  type MigrationOutcome,
  type MigrationPlan,
  type RunJournal,
  type Snapshot,
} from '../migrate/index.ts';
import type { App } from './app.ts';
import { changeSite, openMigrationSite, openRunJournal } from './migration.ts';
import { openPendingPlans, type PendingPlans } from './pending-plans.ts';
import { planBetween } from './plan-between.ts';
import { rememberByName } from './remember.ts';

/** A site that takes over case types, and the one that it takes them from. */
export interface Hop {
  readonly from: string;
  readonly to: string;
}

export interface HopPlan extends Hop {
  /** Null when the target could not be read. */
  readonly plan: MigrationPlan | null;
  /** Why it could not be read; null when it could. */
  readonly failure: string | null;
}

export type HopOutcome = Hop &
  (
    | { readonly kind: 'applied'; readonly runs: readonly string[]; readonly changes: number }
    | { readonly kind: 'same' }
    | { readonly kind: 'failed'; readonly message: string; readonly runs: readonly string[] }
    | { readonly kind: 'not-started' }
  );

/** How many sites are read at a time. */
const READ_AT_ONCE = 4;

/**
 * The ways of a promotion: from the first site to every other; to one alone, from the site before it in a chain.
 *
 * @throws AppError `not-found` with the nearest name.
 */
export function hopsOf(name: string, settings: PromotionSettings, only: string | null): readonly Hop[] {
  const { chain, from: model, to } = settings;
  const [first = '', ...others] = chain ?? [model ?? '', ...(to ?? [])];
  if (only === null) return others.map((to) => ({ from: first, to }));
  const index = others.indexOf(only);
  if (index < 0)
    throw new AppError(
      'not-found',
      `The promotion "${name}" does not lead to "${only}". ${nameHint(only, others)}`,
      { details: { promotion: name, to: only } },
    );
  const before = chain === null ? first : (others[index - 1] ?? first);
  return [{ from: before, to: only }];
}

/** @throws AppError `not-found` with the nearest name. */
export function promotionOf(app: App, name: string): PromotionSettings {
  const { promotions, file } = app.config;
  const settings = Object.hasOwn(promotions, name) ? promotions[name] : undefined;
  if (settings !== undefined) return settings;
  const known = Object.keys(promotions);
  throw new AppError(
    'not-found',
    known.length === 0
      ? `There is no promotion in ${file}. Write one: "promotions: { ${name}: { chain: [dev, test, live], caseTypes: [housing_support] } }".`
      : `There is no promotion "${name}" in ${file}. ${nameHint(name, known)}`,
    { details: { promotion: name, known } },
  );
}

/** What each hop would do, from one reading of each source. What cannot be read on a target is told with it. */
export async function planPromotion(
  app: App,
  name: string,
  only: string | null,
): Promise<readonly HopPlan[]> {
  const settings = promotionOf(app, name);
  const hops = hopsOf(name, settings, only);
  const source = sourcesOf(app, settings);
  const plans: HopPlan[] = [];
  for (let start = 0; start < hops.length; start += READ_AT_ONCE)
    plans.push(
      ...(await Promise.all(
        hops.slice(start, start + READ_AT_ONCE).map(async (hop): Promise<HopPlan> => {
          const from = await source(hop.from);
          try {
            return {
              ...hop,
              plan: await planBetween(app, {
                source: from,
                from: from.site,
                to: hop.to,
                caseTypes: settings.caseTypes,
              }),
              failure: null,
            };
          } catch (thrown) {
            return { ...hop, plan: null, failure: toAppError(thrown).message };
          }
        }),
      )),
    );
  return plans;
}

/**
 * Applies a promotion site by site and stops at the first that fails. Asked again, it goes on where it stopped: an
 * interrupted plan is finished first, and a site that has all of it already is passed over.
 *
 * @param onHop told of each site when it is done.
 */
export async function applyPromotion(
  app: App,
  name: string,
  only: string | null,
  onHop: (outcome: HopOutcome) => void = () => undefined,
): Promise<readonly HopOutcome[]> {
  const settings = promotionOf(app, name);
  const hops = hopsOf(name, settings, only);
  const source = sourcesOf(app, settings);
  const parts = {
    app,
    settings,
    journal: await openRunJournal(app),
    pending: openPendingPlans(app.config.dataDir, name),
  };
  const outcomes: HopOutcome[] = [];
  for (const hop of hops) {
    const isStopped = outcomes.some(({ kind }) => kind === 'failed') || app.signal.aborted;
    const outcome: HopOutcome = isStopped
      ? { ...hop, kind: 'not-started' }
      : await applyHop(hop, await source(hop.from), parts);
    outcomes.push(outcome);
    onHop(outcome);
  }
  return outcomes;
}

/** Each source is read once, and must have all case types. */
function sourcesOf(app: App, { caseTypes }: PromotionSettings): (site: string) => Promise<Snapshot> {
  return rememberByName(async (site) => {
    const snapshot = await snapshotSite(openMigrationSite(app, site), { caseTypes });
    const missing = caseTypes.find((name) => !snapshot.caseTypes.some((caseType) => caseType.name === name));
    if (missing === undefined) return snapshot;
    throw new AppError(
      'not-found',
      `Site "${site}" has no case type named "${missing}" (its name, not its title). ${nameHint(missing, snapshot.caseTypeNames)}`,
      { details: { site, caseType: missing } },
    );
  });
}

interface PromotionParts {
  readonly app: App;
  readonly settings: PromotionSettings;
  readonly journal: RunJournal;
  readonly pending: PendingPlans;
}

async function applyHop(hop: Hop, source: Snapshot, parts: PromotionParts): Promise<HopOutcome> {
  const runs: string[] = [];
  let changes = 0;
  try {
    await changeSite(parts.app, hop.to, () =>
      finishHop(hop, source, parts, ({ runId, applied }) => {
        if (runId !== null) runs.push(runId);
        changes += applied.length;
      }),
    );
  } catch (thrown) {
    return { ...hop, kind: 'failed', message: toAppError(thrown).message, runs };
  }
  return runs.length === 0 ? { ...hop, kind: 'same' } : { ...hop, kind: 'applied', runs, changes };
}

/** Finishes what an earlier call began, then plans from what the target holds now. */
async function finishHop(
  hop: Hop,
  source: Snapshot,
  { app, settings, journal, pending }: PromotionParts,
  onOutcome: (outcome: MigrationOutcome) => void,
): Promise<void> {
  const site = openMigrationSite(app, hop.to);
  const apply = async (plan: MigrationPlan): Promise<void> => {
    pending.keep(hop.to, plan);
    try {
      onOutcome(await applyMigration(plan, site, journal));
    } catch (thrown) {
      // What cannot go on is planned anew next time; what the connection cut off goes on.
      if (toAppError(thrown).kind !== 'remote-unavailable') pending.drop(hop.to);
      throw thrown;
    }
  };
  const begun = pending.find(hop.to);
  const isOpen =
    begun !== null &&
    (await journal.runs()).some(
      (run) => run.state === 'running' && run.site === hop.to && run.planHash === hashPlan(begun),
    );
  if (isOpen) await apply(begun);
  const { caseTypes } = settings;
  const plan = await planBetween(app, { source, from: source.site, to: hop.to, caseTypes });
  if (!isEmpty(plan)) await apply(plan);
  pending.drop(hop.to);
}

const isEmpty = ({ changes, problems }: MigrationPlan): boolean =>
  changes.length === 0 && problems.length === 0;

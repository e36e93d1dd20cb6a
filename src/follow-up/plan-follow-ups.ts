import type { Clock } from '../base/clock.ts';
import type { CaseFile } from '../case/case-file.ts';
import { occurrenceId, type Occurrence, type OccurrenceKey } from '../case/occurrence.ts';
import type { Cancellation, OccurrenceStore } from '../case/occurrence-store.ts';
import {
  explainOccurrence,
  planOccurrences,
  type RuleContext,
  type WallClock,
} from '../case/plan-occurrences.ts';
import type { Rule } from '../case/rule.ts';
import type { CaseReader, WakeUps } from './ports.ts';

export interface PlanningParts {
  /** Name of the site in the configuration. */
  readonly site: string;
  /** All rules of the configuration: what a rule that is gone had planned is cancelled. */
  readonly rules: readonly Rule[];
  readonly cases: CaseReader;
  readonly occurrences: Pick<OccurrenceStore, 'insertPlanned' | 'cancel' | 'listPlanned' | 'find'>;
  /** The wall clock of the site's time zone. */
  readonly zone: WallClock;
  readonly clock: Pick<Clock, 'now'>;
  /** How far ahead occurrences are planned, in milliseconds. */
  readonly horizon: number;
  /** Ends the run between two reads. */
  readonly signal?: AbortSignal;
}

export interface PlanReport {
  readonly site: string;
  /** Open cases that were looked at. */
  readonly cases: number;
  readonly planned: number;
  readonly cancelled: number;
}

/** What a run would do. */
export interface PlanPreview {
  readonly site: string;
  readonly cases: number;
  /** Everything that is to happen up to the horizon, the earliest first: planned already, or new. */
  readonly upcoming: readonly (OccurrenceKey & { readonly id: string; readonly isNew: boolean })[];
  readonly cancellations: readonly (Cancellation & OccurrenceKey)[];
}

/**
 * Brings the planned occurrences of one site, of both channels, in line with its rules and its open cases: stores
 * what is new, cancels what no longer holds, wakes workers for the new ones. Running it twice, or in two processes
 * at once, gives the same rows.
 *
 * @throws AppError of the site's client; what was stored until then stays and the next run goes on.
 */
export async function planFollowUps(
  parts: PlanningParts & { readonly wakeUps: WakeUps },
): Promise<PlanReport> {
  const { occurrences, clock } = parts;
  const total = { cases: 0, planned: 0, cancelled: 0 };
  for await (const step of planSteps(parts)) {
    const now = clock.now();
    const dueAt = new Map(step.keys.map((key) => [occurrenceId(key), key.dueAt]));
    const fresh = await occurrences.insertPlanned(step.keys, now);
    await parts.wakeUps.wake(fresh.map((id) => ({ occurrenceId: id, at: dueAt.get(id) ?? now })));
    total.cases += step.cases;
    total.planned += fresh.length;
    total.cancelled += await occurrences.cancel(step.cancellations, now);
  }
  return { site: parts.site, ...total };
}

/** The same without writing anything: for `--dry-run` and previews. */
export async function previewFollowUps(parts: PlanningParts): Promise<PlanPreview> {
  const upcoming: (OccurrenceKey & { id: string; isNew: boolean })[] = [];
  const cancellations: (Cancellation & OccurrenceKey)[] = [];
  let cases = 0;
  for await (const step of planSteps(parts)) {
    cases += step.cases;
    cancellations.push(...step.cancellations);
    for (const key of step.keys) {
      const id = occurrenceId(key);
      const state = (await parts.occurrences.find(id))?.state ?? null;
      const isNew = state === null || state === 'cancelled';
      if (isNew || state === 'planned') upcoming.push({ ...key, id, isNew });
    }
  }
  upcoming.sort((one, other) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1));
  return { site: parts.site, cases, upcoming, cancellations };
}

interface Step {
  readonly cases: number;
  readonly keys: readonly OccurrenceKey[];
  readonly cancellations: readonly (Cancellation & OccurrenceKey)[];
}

const CASES_PER_READ = 100;

async function* planSteps(parts: PlanningParts): AsyncIterable<Step> {
  const { site, rules, cases, zone, clock, horizon } = parts;
  const planned = groupByCase(await parts.occurrences.listPlanned({ site }));
  const context = (): RuleContext => ({ rules, site, zone, now: clock.now() });
  const explain = (rows: readonly Occurrence[], caseFile: CaseFile | null) =>
    rows.flatMap((row) => {
      const verdict = explainOccurrence(row, caseFile, context());
      return verdict.kind === 'gone' ? [{ ...row, reason: verdict.reason }] : [];
    });
  const take = (caseId: number): readonly Occurrence[] => {
    const rows = planned.get(caseId) ?? [];
    planned.delete(caseId);
    return rows;
  };

  const caseTypes = watchedCaseTypes(rules, site);
  if (caseTypes === null || caseTypes.length > 0) {
    for await (const files of cases.readOpenCases(caseTypes)) {
      parts.signal?.throwIfAborted();
      yield {
        cases: files.length,
        keys: files.flatMap((caseFile) => planOccurrences({ ...context(), caseFile, horizon })),
        cancellations: files.flatMap((caseFile) => explain(take(caseFile.id), caseFile)),
      };
    }
  }

  // Left are the cases that are no longer open, no longer watched or no longer there: ask what became of them.
  const rest = [...planned.keys()];
  for (let from = 0; from < rest.length; from += CASES_PER_READ) {
    parts.signal?.throwIfAborted();
    const ids = rest.slice(from, from + CASES_PER_READ);
    const files = new Map((await cases.readCases(ids)).map((caseFile) => [caseFile.id, caseFile]));
    const cancellations = ids.flatMap((id) => explain(take(id), files.get(id) ?? null));
    yield { cases: 0, keys: [], cancellations };
  }
}

/** Case types that the rules of a site look at; null: every one. */
function watchedCaseTypes(rules: readonly Rule[], site: string): readonly string[] | null {
  const here = rules.filter((rule) => rule.sites?.includes(site) !== false);
  if (here.some((rule) => rule.caseTypes === null)) return null;
  return [...new Set(here.flatMap((rule) => rule.caseTypes ?? []))];
}

function groupByCase(rows: readonly Occurrence[]): Map<number, Occurrence[]> {
  const groups = new Map<number, Occurrence[]>();
  for (const row of rows) {
    const group = groups.get(row.caseId);
    if (group === undefined) groups.set(row.caseId, [row]);
    else group.push(row);
  }
  return groups;
}

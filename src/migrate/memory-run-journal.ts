import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { withoutUndone } from './inverse-keys.ts';
import {
  mergeStates,
  runIdOf,
  unknownRun,
  type AppliedStates,
  type JournalEntry,
  type Run,
  type RunJournal,
} from './ports.ts';

/** The in-memory twin of the journal in the store. */
export function createMemoryRunJournal(clock: Pick<Clock, 'now'> = { now: () => 0 }): RunJournal {
  const runs = new Map<string, Run>();
  const plans = new Map<string, JsonObject>();
  const entries = new Map<string, JournalEntry[]>();
  /** In the order in which the runs were finished. */
  const finished = new Map<string, AppliedStates>();

  const find = (id: string): Run => {
    const run = runs.get(id);
    if (run === undefined) throw unknownRun(id, [...runs.keys()].reverse());
    return run;
  };

  return {
    start({ planHash, site, caseType, plan }) {
      const same = [...runs.values()].filter((run) => run.planHash === planHash);
      const open = same.find((run) => run.state === 'running' && run.site === site);
      if (open !== undefined) return Promise.resolve(open);
      const id = runIdOf(planHash, same.length);
      const run: Run = { id, planHash, site, caseType, state: 'running', startedAt: clock.now() };
      runs.set(run.id, run);
      plans.set(run.id, plan);
      entries.set(run.id, []);
      return Promise.resolve(run);
    },
    run: (id) => Promise.resolve().then(() => find(id)),
    async plan(runId) {
      await Promise.resolve();
      find(runId);
      return plans.get(runId) ?? null;
    },
    runs: () => Promise.resolve([...runs.values()].reverse()),
    async intend(runId, entry) {
      await Promise.resolve();
      find(runId);
      const list = entries.get(runId) ?? [];
      if (!list.some((known) => known.key === entry.key)) list.push({ ...entry, state: 'intended' });
    },
    async settle(runId, key, state, shown) {
      await Promise.resolve();
      find(runId);
      const list = entries.get(runId) ?? [];
      const index = list.findIndex((entry) => entry.key === key);
      const entry = list[index];
      if (entry === undefined)
        throw new AppError('not-found', `Run "${runId}" has no entry for ${key} in the journal.`);
      list[index] = { ...entry, state, after: shown ?? entry.after };
    },
    async entries(runId) {
      await Promise.resolve();
      find(runId);
      return [...(entries.get(runId) ?? [])];
    },
    async finish(runId, state, states) {
      await Promise.resolve();
      runs.set(runId, { ...find(runId), state });
      if (states !== undefined) finished.set(runId, states);
    },
    async lastApplied(site) {
      await Promise.resolve();
      const counting = [...finished].filter(([id]) => find(id).site === site && find(id).state === 'done');
      return mergeStates(
        counting.map(([id, states]) =>
          withoutUndone(states, entries.get(id)?.filter(({ state }) => state === 'undone') ?? []),
        ),
      );
    },
  };
}

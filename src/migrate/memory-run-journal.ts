import { AppError } from '../base/errors.ts';
import {
  mergeStates,
  runIdOf,
  type AppliedStates,
  type JournalEntry,
  type Run,
  type RunJournal,
} from './ports.ts';

/** The in-memory twin of the journal in the store. */
export function createMemoryRunJournal(): RunJournal {
  const runs = new Map<string, Run>();
  const entries = new Map<string, JournalEntry[]>();
  /** In the order in which the runs were finished. */
  const finished = new Map<string, AppliedStates>();

  const find = (id: string): Run => {
    const run = runs.get(id);
    if (run === undefined)
      throw new AppError(
        'not-found',
        `There is no migration run "${id}" in the journal. "civicase apply" prints the id of a run that changed something; look with the same --data.`,
        {
          details: { runId: id },
        },
      );
    return run;
  };

  return {
    start({ planHash, site, caseType }) {
      const same = [...runs.values()].filter((run) => run.planHash === planHash);
      const open = same.find((run) => run.state === 'running' && run.site === site);
      if (open !== undefined) return Promise.resolve(open);
      const run: Run = { id: runIdOf(planHash, same.length), planHash, site, caseType, state: 'running' };
      runs.set(run.id, run);
      entries.set(run.id, []);
      return Promise.resolve(run);
    },
    run: (id) => Promise.resolve().then(() => find(id)),
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
      return mergeStates(counting.map(([, states]) => states));
    },
  };
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  planToResume,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
  type RunJournal,
} from '../../src/migrate/index.ts';

export interface SitesToMoveBetween {
  readonly source: MigrationSite;
  /** Has the case type "appeal" in another form, and something that it needs switched off. */
  readonly target: MigrationSite;
  readonly close: () => Promise<void>;
}

const MOMENTS = {
  'before it is in the journal': { call: 'intend', goesThrough: false },
  'between journal and write': { call: 'intend', goesThrough: true },
  'between write and journal': { call: 'settle', goesThrough: false },
  'after all of it': { call: 'settle', goesThrough: true },
} as const;

/** A journal whose process is gone at the n-th call of one kind: nothing can be asked of it any more. */
function dyingJournal(
  journal: RunJournal,
  step: number,
  { call, goesThrough }: (typeof MOMENTS)[keyof typeof MOMENTS],
): RunJournal {
  let [calls, isDead] = [0, false];
  return new Proxy(journal, {
    get: (target, name: keyof RunJournal) => {
      const original = (target[name] as (...given: unknown[]) => Promise<unknown>).bind(target);
      return async (...given: unknown[]) => {
        if (name === call) calls += 1;
        const strikes = name === call && calls === step;
        const value = isDead || (strikes && !goesThrough) ? null : await original(...given);
        isDead ||= strikes;
        if (isDead) throw new Error('The process is gone.');
        return value;
      };
    },
  });
}

/** A run that is cut off at every step of it goes on from its id alone, makes nothing twice, and can be undone. */
export function describeKilledSteps(name: string, open: () => Promise<SitesToMoveBetween>): void {
  describe(`a run on ${name} that is killed`, () => {
    let sites: SitesToMoveBetween;
    let plan: MigrationPlan;
    const planAgain = async (): Promise<MigrationPlan> => {
      const source = await snapshotSite(sites.source);
      const contacts = contactKeysOf(source, 'appeal');
      const target = await snapshotSite(sites.target, { contacts });
      return planMigration({ source, target, caseTypes: ['appeal'] });
    };
    beforeAll(async () => {
      sites = await open();
      plan = await planAgain();
    });
    afterAll(() => sites.close());

    it('has something of every kind to make', () => {
      expect(plan.problems).toEqual([]);
      expect(new Set(plan.changes.map(({ kind }) => kind))).toEqual(
        new Set(['create', 'update', 'update-case-type']),
      );
    });

    it.each(Object.entries(MOMENTS))(
      '%s, at each change, is finished by its id without doubles and rolled back whole',
      async (_name, moment) => {
        const { target } = sites;
        const before = await snapshotSite(target);
        for (let step = 1; step <= plan.changes.length; step += 1) {
          const journal = createMemoryRunJournal();
          const dying = applyMigration(plan, target, dyingJournal(journal, step, moment));
          await expect(dying).rejects.toThrow('The process is gone.');
          const [run] = await journal.runs();
          const id = run?.id ?? '';
          const { runId, applied, alreadyThere } = await applyMigration(
            await planToResume(id, journal),
            target,
            journal,
          );
          expect([runId, applied.length, alreadyThere]).toEqual([id, plan.changes.length, []]);
          expect((await planAgain()).changes).toEqual([]);
          const after = await snapshotSite(target);
          const created = plan.changes.filter(({ kind }) => kind === 'create').length;
          expect(after.entities).toHaveLength(before.entities.length + created);
          const { stays } = await rollbackMigration(id, target, journal);
          expect(stays).toEqual([]);
          expect((await snapshotSite(target)).hashes).toEqual(before.hashes);
        }
      },
    );
  });
}

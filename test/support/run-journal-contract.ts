import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry, RunJournal } from '../../src/migrate/ports.ts';

/** When every run of these tests is started. */
export const STARTED = Date.UTC(2026, 2, 2, 12);

/** Its clock stands at `STARTED`. */
export interface RunJournalUnderTest {
  readonly journal: RunJournal;
  readonly close: () => Promise<void>;
}

const begun = (planHash: string) => ({ planHash, site: 'hilltop', caseType: 'appeal' });
const PLAN = { target: 'hilltop', changes: [{ kind: 'create', label: 'é & "quotes"' }] };
const plan = (planHash: string) => ({ ...begun(planHash), plan: PLAN });

const entry = (name: string, change: Partial<JournalEntry> = {}): Omit<JournalEntry, 'state'> => ({
  key: `activity_type:${name}`,
  before: null,
  after: { name, label: `${name} & "é"` },
  inverse: { kind: 'remove', ref: { kind: 'activity_type', name } },
  ...change,
});

/** What every journal of runs promises, whatever it keeps them in. */
export function describeRunJournal(name: string, open: () => Promise<RunJournalUnderTest>): void {
  describe(name, () => {
    let journal: RunJournal;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ journal, close } = await open());
    });
    afterEach(() => close());

    it('goes on with an unfinished run of the same plan and site', async () => {
      const first = await journal.start(plan('a'.repeat(64)));
      expect(first).toEqual({
        ...begun('a'.repeat(64)),
        ...{ id: 'aaaaaaaaaaaa-1', state: 'running', startedAt: STARTED },
      });
      expect(await journal.start(plan('a'.repeat(64)))).toEqual(first);
      const other = await journal.start(plan('b'.repeat(64)));
      expect(other.id).toBe('bbbbbbbbbbbb-1');
      expect(await journal.runs()).toHaveLength(2);
    });

    it('keeps the plan that a run began with', async () => {
      const { id } = await journal.start(plan('a'.repeat(64)));
      expect(await journal.plan(id)).toEqual(PLAN);
      await expect(journal.plan('nope')).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('names the nearest run, or the latest', async () => {
      await expect(journal.run('aaaaaaaaaaaa-1')).rejects.toThrow('No run is known yet.');
      await journal.start(plan('a'.repeat(64)));
      await expect(journal.run('aaaaaaaaaaab-1')).rejects.toThrow('Did you mean "aaaaaaaaaaaa-1"?');
      await expect(journal.run('visits')).rejects.toThrow('The latest is "aaaaaaaaaaaa-1".');
    });

    it('forgets of an apply what was undone of it', async () => {
      const { id } = await journal.start(plan('a'.repeat(64)));
      const hearing = entry('Hearing');
      const renamed = entry('Visit', {
        before: null,
        inverse: {
          kind: 'update',
          ref: { kind: 'activity_type', name: 'Visit' },
          fields: { name: 'Home visit' },
        },
      });
      for (const one of [hearing, renamed, entry('Letter')]) await journal.intend(id, one);
      const left = {
        ...{ [hearing.key]: hearing.after, [renamed.key]: renamed.after, 'activity_type:Home visit': null },
        'activity_type:Letter': entry('Letter').after,
      };
      const given = { [hearing.key]: { name: 'Hearing' }, 'group:x': { name: 'x' } };
      await journal.finish(id, 'done', { given, left });
      expect((await journal.lastApplied('hilltop')).left).toEqual(left);
      for (const { key } of [hearing, renamed]) await journal.settle(id, key, 'undone');
      expect(await journal.lastApplied('hilltop')).toEqual({
        given: { 'group:x': { name: 'x' } },
        left: { 'activity_type:Letter': entry('Letter').after },
      });
    });

    it('starts afresh once the run is finished', async () => {
      const first = await journal.start(plan('a'.repeat(64)));
      await journal.finish(first.id, 'done');
      const second = await journal.start(plan('a'.repeat(64)));
      expect(second.id).toBe('aaaaaaaaaaaa-2');
      expect(await journal.run(first.id)).toMatchObject({ state: 'done' });
      await journal.finish(first.id, 'rolled-back');
      expect(await journal.run(first.id)).toMatchObject({ state: 'rolled-back' });
    });

    it('knows what the applies on a site were given, the latest of each, but for what was rolled back', async () => {
      const finish = async (hash: string, site: string, given: Record<string, { label: string }>) => {
        const { id } = await journal.start({ ...plan(hash.repeat(64)), site });
        await journal.finish(id, 'done', { given, left: given });
        return id;
      };
      expect((await journal.lastApplied('hilltop')).left).toEqual({});
      await finish('a', 'hilltop', { 'group:x': { label: 'one' }, 'group:y': { label: 'one' } });
      const second = await finish('b', 'hilltop', { 'group:y': { label: 'two' } });
      await finish('c', 'riverside', { 'group:z': { label: 'elsewhere' } });
      expect((await journal.lastApplied('hilltop')).left).toEqual({
        'group:x': { label: 'one' },
        'group:y': { label: 'two' },
      });
      await journal.finish(second, 'rolled-back');
      expect((await journal.lastApplied('hilltop')).left).toEqual({
        'group:x': { label: 'one' },
        'group:y': { label: 'one' },
      });
    });

    it('keeps entries in the order they were intended, each once', async () => {
      const { id } = await journal.start(plan('a'.repeat(64)));
      await journal.intend(id, entry('Hearing'));
      await journal.intend(id, entry('Visit', { before: { isActive: false } }));
      await journal.settle(id, 'activity_type:Hearing', 'done');
      await journal.intend(id, entry('Hearing', { after: { name: 'something else' } }));
      expect(await journal.entries(id)).toEqual([
        { ...entry('Hearing'), state: 'done' },
        { ...entry('Visit', { before: { isActive: false } }), state: 'intended' },
      ]);
    });

    it('notes what was seen instead of what was meant', async () => {
      const { id } = await journal.start(plan('a'.repeat(64)));
      await journal.intend(id, entry('Hearing'));
      await journal.settle(id, 'activity_type:Hearing', 'done', { name: 'Hearing', label: 'otherwise' });
      await journal.settle(id, 'activity_type:Hearing', 'undone');
      const [kept] = await journal.entries(id);
      expect(kept).toMatchObject({ after: { label: 'otherwise' }, state: 'undone' });
    });

    it('refuses a run or an entry that it does not know', async () => {
      const notFound = { kind: 'not-found' };
      await expect(journal.run('nope')).rejects.toMatchObject(notFound);
      await expect(journal.entries('nope')).rejects.toMatchObject(notFound);
      await expect(journal.intend('nope', entry('Hearing'))).rejects.toMatchObject(notFound);
      await expect(journal.finish('nope', 'done')).rejects.toMatchObject(notFound);
      const { id } = await journal.start(plan('a'.repeat(64)));
      await expect(journal.settle(id, 'group:x', 'done')).rejects.toMatchObject(notFound);
    });
  });
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry, RunJournal } from '../../src/migrate/ports.ts';

export interface RunJournalUnderTest {
  readonly journal: RunJournal;
  readonly close: () => Promise<void>;
}

const plan = (planHash: string) => ({ planHash, site: 'hilltop', caseType: 'appeal' });

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
      expect(first).toEqual({ ...plan('a'.repeat(64)), id: 'aaaaaaaaaaaa-1', state: 'running' });
      expect(await journal.start(plan('a'.repeat(64)))).toEqual(first);
      const other = await journal.start(plan('b'.repeat(64)));
      expect(other.id).toBe('bbbbbbbbbbbb-1');
      expect(await journal.runs()).toHaveLength(2);
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

import { describe, expect, it } from 'vitest';
import type { IdLink, MirroredCase, MirrorStore } from '../../src/mirror/ports.ts';

const mirroredCase = (sourceId: number, more: Partial<MirroredCase> = {}): MirroredCase => ({
  sourceId,
  targetId: 70 + sourceId,
  state: 'mirrored',
  sourceModified: '2026-03-01 10:00:00',
  modifiedSeenAt: 1_772_359_200_000,
  readAt: 1_772_359_203_000,
  linkDigest: 'abc',
  fileDigest: 'def',
  foreignActivityIds: [4, 5],
  ourClientIds: [9],
  ourRoles: ['Coordinator is|Coordinator|9|2'],
  mirroredAt: null,
  ...more,
});

const link = (sourceId: number, more: Partial<IdLink> = {}): IdLink => ({
  entity: 'Activity',
  sourceId,
  targetId: 500 + sourceId,
  ours: true,
  sent: { subject: 'Été', targets: [1, 2] },
  kept: { subject: null, targets: [] },
  ...more,
});

/** What every memory of the mirror does. */
export function mirrorStoreContract(
  name: string,
  open: () => Promise<{ store: MirrorStore; close: () => Promise<void> }>,
): void {
  describe(`${name} remembers a mirror`, () => {
    const using = (test: (store: MirrorStore) => Promise<void>) => async () => {
      const { store, close } = await open();
      try {
        await test(store);
      } finally {
        await close();
      }
    };

    it(
      'knows nothing of a new pair',
      using(async (store) => {
        expect(await store.cursor('ab')).toBeNull();
        expect(await store.cases('ab')).toEqual([]);
        expect(await store.links('ab', 'Case', [1])).toEqual([]);
        expect(await store.rejects('ab')).toEqual([]);
        expect(await store.conflicts('ab')).toEqual([]);
        expect(await store.lastRun('ab')).toBeNull();
      }),
    );

    it(
      'keeps cursors, cases, links and runs apart by pair, and overwrites them',
      using(async (store) => {
        await store.saveCursor('ab', '2026-03-01 10:00:00');
        await store.saveCursor('ab', '2026-03-01 11:00:00');
        await store.saveCursor('ac', '2020-01-01 00:00:00');
        expect(await store.cursor('ab')).toBe('2026-03-01 11:00:00');

        await store.saveOutcomes('ab', [
          { mirroredCase: mirroredCase(1, { state: 'writing' }), links: [link(1), link(2)] },
          { mirroredCase: mirroredCase(2, { targetId: null }), links: [] },
        ]);
        await store.saveOutcomes('ab', [
          { mirroredCase: mirroredCase(1), links: [link(2, { ours: false })] },
        ]);
        expect(await store.cases('ab')).toEqual([mirroredCase(1), mirroredCase(2, { targetId: null })]);
        expect(await store.cases('ac')).toEqual([]);
        expect(await store.links('ab', 'Activity', [2, 1, 3])).toEqual(
          expect.arrayContaining([link(1), link(2, { ours: false })]),
        );
        expect(await store.links('ab', 'Case', [1])).toEqual([]);

        await store.saveRun('ab', { startedAt: 1, finishedAt: null, outcome: null });
        await store.saveRun('ab', {
          startedAt: 2_000_000_000_000,
          finishedAt: 2_000_000_000_001,
          outcome: { a: [1] },
        });
        expect(await store.lastRun('ab')).toEqual({
          startedAt: 2_000_000_000_000,
          finishedAt: 2_000_000_000_001,
          outcome: { a: [1] },
        });
      }),
    );

    it(
      'replaces the rejects and conflicts of a case only when an outcome brings new ones',
      using(async (store) => {
        const reject = { caseId: 1, entity: 'Activity', sourceId: 3, reason: 'No such type', at: 5 } as const;
        const conflict = {
          caseId: 1,
          entity: 'Case',
          sourceId: 1,
          targetId: 71,
          field: 'subject',
          sourceValue: 'here',
          targetValue: null,
          at: 5,
        } as const;
        const outcome = { mirroredCase: mirroredCase(1), links: [] };
        await store.saveOutcomes('ab', [{ ...outcome, rejects: [reject], conflicts: [conflict] }]);
        await store.saveOutcomes('ab', [outcome]);
        expect(await store.rejects('ab')).toEqual([reject]);
        expect(await store.conflicts('ab')).toEqual([conflict]);
        await store.saveOutcomes('ab', [{ ...outcome, rejects: [], conflicts: [] }]);
        expect(await store.rejects('ab')).toEqual([]);
        expect(await store.conflicts('ab')).toEqual([]);
      }),
    );

    it(
      'takes thousands of links at once',
      using(async (store) => {
        const links = Array.from({ length: 2500 }, (_, index) => link(index + 1));
        await store.saveLinks('ab', links);
        await store.saveLinks('ab', links);
        const ids = links.map((one) => one.sourceId);
        expect(await store.links('ab', 'Activity', ids)).toHaveLength(2500);
      }),
    );
  });
}

import { beforeEach, describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/case/rule.ts';
import type { MemoryFollowUpSite } from '../../../src/follow-up/memory-follow-up-site.ts';
import { planFollowUps } from '../../../src/follow-up/plan-follow-ups.ts';
import { madeActivity, madeCase, madeRule } from '../../support/made-case.ts';
import { DUE, openDesk, zone } from './desk.ts';

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});

describe('planning follow-ups', () => {
  it('stores what is new and wakes a worker for it, once', async () => {
    expect(await desk.plan()).toEqual({ site: 'riverside', cases: 1, planned: 1, cancelled: 0 });
    expect(desk.woken).toEqual([{ occurrenceId: (await desk.planned())[0]!.id, at: DUE }]);
    expect(await desk.plan()).toEqual({ site: 'riverside', cases: 1, planned: 0, cancelled: 0 });
    expect(desk.woken).toHaveLength(1);
  });

  it('cancels when the activity is completed, and plans again when it is reopened', async () => {
    desk.rules = [madeRule({ when: { ...madeRule().when, status: 'incomplete' } })];
    const id = await desk.planOne();
    desk.site.put(madeCase({ activities: [madeActivity(70, { statusClass: 'completed' })] }));
    expect(await desk.plan()).toMatchObject({ planned: 0, cancelled: 1 });
    expect(await desk.occurrences.find(id)).toMatchObject({
      state: 'cancelled',
      reason: 'the activity changed its status',
    });
    desk.site.put(madeCase());
    expect(await desk.plan()).toMatchObject({ planned: 1, cancelled: 0 });
    expect(await desk.occurrences.find(id)).toMatchObject({ state: 'planned', reason: null });
    expect(desk.woken).toHaveLength(2);
  });

  it('cancels the old and plans the new occurrence when the date of the activity moves', async () => {
    const old = await desk.planOne();
    desk.site.put(madeCase({ activities: [madeActivity(70, { dateTime: '2026-03-04 10:00:00' })] }));
    expect(await desk.plan()).toMatchObject({ planned: 1, cancelled: 1 });
    expect(await desk.occurrences.find(old)).toMatchObject({
      state: 'cancelled',
      reason: 'the due moment moved',
    });
    expect((await desk.planned()).map(({ dueAt }) => zone.toLocal(dueAt))).toEqual(['2026-03-11 09:00:00']);
  });

  it.each([
    ['the case is closed', () => desk.site.put(madeCase({ statusGrouping: 'Closed' }))],
    ['the case is trashed', () => desk.site.put(madeCase({ isDeleted: true }))],
    ['the case is gone', () => desk.site.remove(7)],
    ['the rule is gone', () => void (desk.rules = [])],
    ['the rule does not apply to this case', () => void (desk.rules = [madeRule({ caseTypes: ['other'] })])],
    ['the rule does not apply to this case', () => void (desk.rules = [madeRule({ sites: ['hilltop'] })])],
  ])('cancels because %s', async (reason, change) => {
    const id = await desk.planOne();
    change();
    expect(await desk.plan()).toMatchObject({ planned: 0, cancelled: 1 });
    expect(await desk.occurrences.find(id)).toMatchObject({ state: 'cancelled', reason });
  });

  it('leaves the occurrences of other sites alone', async () => {
    await planFollowUps({ ...desk.planning(), site: 'hilltop' });
    desk.rules = [];
    await desk.plan();
    expect(await desk.occurrences.listPlanned({ site: 'hilltop' })).toHaveLength(1);
  });

  it('reads only case types that a rule of the site watches', async () => {
    const asked: (readonly string[] | null)[] = [];
    const cases: MemoryFollowUpSite = {
      ...desk.site,
      readOpenCases: (types) => {
        asked.push(types);
        return desk.site.readOpenCases(types);
      },
    };
    const planWith = (chosen: readonly Rule[]) => planFollowUps({ ...desk.planning(), cases, rules: chosen });
    await planWith([madeRule({ caseTypes: ['one'] }), madeRule({ name: 'b', caseTypes: ['two', 'one'] })]);
    await planWith([madeRule({ caseTypes: ['one'] }), madeRule({ name: 'b' })]);
    await planWith([madeRule({ sites: ['hilltop'] })]);
    expect(asked).toEqual([['one', 'two'], null]);
  });

  it('previews without writing', async () => {
    const preview = await desk.preview();
    expect(preview).toMatchObject({ cases: 1, upcoming: [{ dueAt: DUE, isNew: true }], cancellations: [] });
    expect(await desk.occurrences.countByState()).toEqual([]);
    await desk.plan();
    expect(await desk.preview()).toMatchObject({ upcoming: [{ dueAt: DUE, isNew: false }] });
    desk.site.put(madeCase({ statusGrouping: 'Closed' }));
    const after = await desk.preview();
    expect(after).toMatchObject({
      upcoming: [],
      cancellations: [{ caseId: 7, reason: 'the case is closed' }],
    });
    expect(await desk.planned()).toHaveLength(1);
  });

  it('no longer previews what is done', async () => {
    const id = await desk.planOne();
    desk.now = DUE;
    await desk.run(id);
    expect((await desk.preview()).upcoming).toEqual([]);
  });
});

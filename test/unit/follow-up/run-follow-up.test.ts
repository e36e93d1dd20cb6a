import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorKind } from '../../../src/base/errors.ts';
import { occurrenceKey } from '../../../src/case/origin-key.ts';
import type { Rule } from '../../../src/case/rule.ts';
import { runFollowUp } from '../../../src/follow-up/run-follow-up.ts';
import { madeCase, madeRule } from '../../support/made-case.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { DAY, DUE, MINUTE, openDesk } from './desk.ts';

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});

describe('running a follow-up', () => {
  it('writes the activity under its origin key and remembers it', async () => {
    desk.rules = [
      madeRule({ action: { ...madeRule().action, dueIn: { amount: 2, unit: 'days' } } as Rule['action'] }),
    ];
    const id = await desk.planOne();
    desk.now = DUE;
    expect(await desk.run(id)).toEqual({ kind: 'done', activityId: 1001 });
    expect(await desk.occurrences.find(id)).toMatchObject({ state: 'done', resultActivityId: 1001 });
    expect(desk.followUps()).toEqual([
      expect.objectContaining({
        type: 'Follow up',
        status: 'Scheduled',
        subject: 'Call the client',
        dateTime: '2026-03-11 09:00:00',
        targetContactIds: [1],
        assigneeContactIds: [4],
        originKey: `occurrence/${id}`,
      }),
    ]);
    expect(await desk.run(id)).toEqual({ kind: 'not-mine' });
  });

  it('does nothing before its moment, nor for what it does not know', async () => {
    const id = await desk.planOne();
    desk.now = DUE - 1;
    expect(await desk.run(id)).toEqual({ kind: 'not-mine' });
    expect(await desk.run('activity-unknown')).toEqual({ kind: 'not-mine' });
    expect(desk.followUps()).toEqual([]);
  });

  it('reads the case again, and skips what no longer holds', async () => {
    const id = await desk.planOne();
    desk.site.put(madeCase({ statusGrouping: 'Closed' }));
    desk.now = DUE;
    expect(await desk.run(id)).toEqual({ kind: 'skipped', reason: 'the case is closed' });
    expect(await desk.occurrences.find(id)).toMatchObject({ state: 'skipped', reason: 'the case is closed' });
  });

  it('assigns whoever holds the role by then', async () => {
    const id = await desk.planOne();
    const [role] = madeCase().roles;
    desk.site.put(madeCase({ roles: [{ ...role!, contactIdB: 5 }] }));
    desk.now = DUE;
    await desk.run(id);
    expect(desk.followUps()[0]?.assigneeContactIds).toEqual([5]);
  });

  it('catches up after a day of downtime, up to the late limit of the rule', async () => {
    const id = await desk.planOne();
    desk.now = DUE + DAY;
    await desk.sweep();
    expect(desk.woken.at(-1)).toEqual({ occurrenceId: id, at: DUE });
    expect(await desk.run(id)).toMatchObject({ kind: 'done' });
    expect(desk.followUps()[0]?.dateTime).toBe('2026-03-09 09:00:00');
  });

  it.each([
    ['after the limit', { send: true, untilDays: 3 }, 3 * DAY + 1],
    ['when the rule wants nothing late', { send: false, untilDays: 3 }, DAY],
  ])('skips what is too late: %s', async (_, late, delay) => {
    desk.rules = [madeRule({ late })];
    const id = await desk.planOne();
    desk.now = DUE + delay;
    expect(await desk.run(id)).toEqual({ kind: 'skipped', reason: 'its moment is too long past' });
    expect(desk.followUps()).toEqual([]);
  });

  it.each<[ErrorKind, string]>([
    ['invalid-input', 'the site lacks a name that the rule uses'],
    ['forbidden', 'the site does not permit it'],
    ['remote-rejected', 'the site refused the activity or stored something else'],
  ])('gives up when the site answers %s, without storing its words', async (kind, reason) => {
    const id = await desk.planOne();
    const error = new AppError(kind, 'Ada Example may not');
    desk.site.writeFollowUp = () => Promise.reject(error);
    desk.now = DUE;
    const logger = createRecordingLogger();
    expect(await runFollowUp(id, { ...desk.running(), logger })).toEqual({ kind: 'failed', reason, error });
    expect(logger.lines).toEqual([
      expect.objectContaining({ level: 'warn', message: `A follow-up was not written: ${reason}` }),
    ]);
    expect(JSON.stringify(logger.lines)).not.toContain('Ada');
    expect(await desk.occurrences.find(id)).toMatchObject({ state: 'failed', reason });
  });

  it('gives up when the site left the configuration', async () => {
    const id = await desk.planOne();
    desk.now = DUE;
    const parts = {
      ...desk.running(),
      site: () => {
        throw new AppError('not-found', 'There is no site riverside');
      },
    };
    expect(await runFollowUp(id, parts)).toMatchObject({ kind: 'failed' });
  });

  it('puts off while the site does not answer, longer every time, and then does it', async () => {
    const id = await desk.planOne();
    const answering = { ...desk.site };
    desk.site.writeFollowUp = () => Promise.reject(new AppError('remote-unavailable', 'no answer'));
    desk.now = DUE;
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      expect(await desk.run(id)).toEqual({ kind: 'put-off', at: desk.now + minutes * MINUTE });
      expect(await desk.run(id)).toEqual({ kind: 'not-mine' });
      desk.now += minutes * MINUTE;
    }
    desk.site.writeFollowUp = (followUp) => answering.writeFollowUp(followUp);
    expect(await desk.run(id)).toMatchObject({ kind: 'done' });
    expect(desk.followUps()).toHaveLength(1);
  });

  it('discards what a dead attempt left on no case when there is nothing to write any more', async () => {
    const id = await desk.planOne();
    const key = occurrenceKey(id);
    desk.now = DUE;
    desk.site.writeFollowUp = (followUp) => {
      desk.site.strand(followUp.originKey);
      return Promise.reject(new AppError('remote-unavailable', 'no answer'));
    };
    expect(await desk.run(id)).toMatchObject({ kind: 'put-off' });
    expect(desk.site.placeOf(key)).toMatchObject({ caseId: null });
    desk.site.remove(7);
    desk.now += MINUTE;
    expect(await desk.run(id)).toMatchObject({ kind: 'skipped' });
    expect(desk.site.placeOf(key)).toBeUndefined();
  });
});
